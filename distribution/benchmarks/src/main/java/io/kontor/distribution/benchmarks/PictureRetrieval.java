package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * How well products are found by their pictures alone through the running server: the catalogue has one picture a product and no texts, was
 * trained on, and then photographs come as new products, without training. Argument: a folder with {@code products.csv} (class_id, name,
 * group_id, ...), {@code images.csv} (file, class_id, kind) and the files; kind {@code iconic} is the catalogue, {@code test} the photographs.
 * Or a number, or two: so many generated pictures, and so many products (as many) that show them, for time and memory.
 */
final class PictureRetrieval implements Main.Benchmark {

    private static final String CONTENT = "io.kontor.recommend.content";
    private static final int FIRST = 5;
    private static final int SIDE = 500;
    private static final int KINDS = 50;
    private static final int PART = 1_000;
    private static final int MOST_ORDERS = 200_000;
    private static final int ASKED = 1_000;
    private static final Duration PATIENCE = Duration.ofHours(2);

    private KontorServer server;
    private int uploaded;
    private double megabytes;
    private double uploadSeconds;
    private double uploadBusy;

    /** A picture of a product. */
    private record Shot(String file, int product, int group, byte[] bytes) {
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("which folder, or how many generated pictures?");
        }
        Path data = Figures.folder().resolve("data");
        try (KontorServer started = KontorServer.start(data, Map.of("KONTOR_JAVA_OPTS", "-Xmx640m -XX:+UseSerialGC"))) {
            server = started;
            server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
            server.json("PUT", "/stores/shop/plugins/" + CONTENT, "{}").expect(200);
            if (arguments.get(0).matches("\\d+")) {
                int pictures = Integer.parseInt(arguments.get(0));
                scale(pictures, arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : pictures);
            } else {
                retrieve(Path.of(arguments.get(0)));
            }
        }
    }

    private static List<Shot> shots(Path folder, String kind) throws IOException {
        Map<Integer, Integer> groups = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve("products.csv")).stream().skip(1).toList()) {
            String[] fields = line.split(",", 4);
            groups.put(Integer.parseInt(fields[0]), Integer.parseInt(fields[2]));
        }
        List<Shot> shots = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("images.csv")).stream().skip(1).toList()) {
            String[] fields = line.split(",", 4);
            if (fields[2].equals(kind)) {
                int product = Integer.parseInt(fields[1]);
                shots.add(new Shot(fields[0].substring(fields[0].lastIndexOf('/') + 1), product, groups.get(product),
                        Files.readAllBytes(folder.resolve(fields[0]))));
            }
        }
        return shots;
    }

    private void retrieve(Path folder) throws Exception {
        List<Shot> catalogue = shots(folder, "iconic");
        List<Shot> photographs = shots(folder, "test");
        upload(catalogue);
        upload(photographs);
        tellUploads();
        introduce(catalogue);
        train();
        introduce(photographs);
        await(photographs.get(photographs.size() - 1).file);
        Figures.print("%-58s %9s %9s %9s %9s", "", "right@1", "right@5", "group@1", "group@5");
        List<int[]> found = new ArrayList<>();
        for (Shot shot : photographs) {
            found.add(asked(shot.file, catalogue));
        }
        print("photographs to the catalogue: looks", photographs, catalogue, found);
        print("photographs to the catalogue: histogram of RGB", photographs, catalogue, plain(photographs, catalogue));
        chance("photographs to the catalogue: chance", photographs, catalogue);
        found.clear();
        for (Shot shot : catalogue) {
            found.add(asked(shot.file, catalogue));
        }
        print("catalogue to the rest of it: looks", catalogue, catalogue, found);
        print("catalogue to the rest of it: histogram of RGB", catalogue, catalogue, plain(catalogue, catalogue));
        chance("catalogue to the rest of it: chance", catalogue, catalogue);
    }

    private void upload(List<Shot> shots) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Shot shot : shots) {
                zip.putNextEntry(new ZipEntry(shot.file));
                zip.write(shot.bytes);
                zip.closeEntry();
            }
        }
        long begin = System.nanoTime();
        double busy = Figures.cpuSeconds(server.process().toHandle());
        JsonNode job = server.job(server.send("POST", "/stores/shop/pictures", bytes.toByteArray(), "application/zip").expect(202).json()
                .get("job").asText(), PATIENCE);
        uploadSeconds += (System.nanoTime() - begin) / 1e9;
        uploadBusy += Figures.cpuSeconds(server.process().toHandle()) - busy;
        uploaded += job.get("result").get("stored").asInt();
        megabytes += bytes.size() / 1e6;
    }

    private void tellUploads() {
        Figures.print("%d pictures, %.1f MB, uploaded and kept in %.1f s, processor %.1f s, resident memory %.0f MiB", uploaded, megabytes,
                uploadSeconds, uploadBusy, resident());
    }

    // Everybody chose one product, so that nothing was chosen together.
    private void introduce(List<Shot> shots) {
        StringBuilder products = new StringBuilder("id,imageUrl\n");
        StringBuilder orders = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (Shot shot : shots) {
            products.append(shot.file).append(",https://pictures.example/").append(shot.file).append('\n');
            orders.append(shot.file).append(",2026-01-0").append(1 + shot.product % 9).append("T00:00:00Z,c").append(shot.file).append(',')
                    .append(shot.file).append(",1,1\n");
        }
        server.importCsv("shop", "products", products.toString());
        if (shots.get(0).file.contains("iconic")) {
            server.importCsv("shop", "orders", orders.toString());
        }
    }

    private JsonNode train() {
        long begin = System.nanoTime();
        double busy = Figures.cpuSeconds(server.process().toHandle());
        JsonNode result = server.job(server.json("POST", "/stores/shop/plugins/" + CONTENT + "/train", "{\"seed\":1}").expect(202).json()
                .get("job").asText(), PATIENCE).get("result");
        Figures.print("trained in %.1f s, processor %.1f s, resident memory %.0f MiB", (System.nanoTime() - begin) / 1e9,
                Figures.cpuSeconds(server.process().toHandle()) - busy, resident());
        return result;
    }

    private double resident() {
        try {
            return Figures.residentMiB(server.process().pid());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode ask(String product, int n) {
        return server.get("/stores/shop/recommendations?plugin=" + CONTENT + "&n=" + n + "&product=" + product).expect(200).json();
    }

    // The last one is looked at last.
    private void await(String file) {
        long begin = System.nanoTime();
        while (alike(ask(file, 1)).isEmpty()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IllegalStateException(file + " is not recommended");
            }
        }
        Figures.print("all new products are placed %.1f s after their import", (System.nanoTime() - begin) / 1e9);
    }

    private int[] asked(String file, List<Shot> catalogue) {
        List<String> files = catalogue.stream().map(Shot::file).toList();
        JsonNode answer = ask(file, 200);
        return alike(answer).stream().mapToInt(files::indexOf).filter(at -> at >= 0).limit(FIRST).toArray();
    }

    // Without what the server fills up a short list with.
    private static List<String> alike(JsonNode answer) {
        List<String> products = new ArrayList<>();
        for (JsonNode item : answer.get("items")) {
            if (item.get("reasons").findValuesAsText("code").stream().anyMatch(code -> code.contains("look"))) {
                products.add(item.get("product").asText());
            }
        }
        return products;
    }

    private static List<int[]> plain(List<Shot> questions, List<Shot> catalogue) throws IOException {
        List<double[]> known = new ArrayList<>();
        for (Shot shot : catalogue) {
            known.add(histogram(shot.bytes));
        }
        List<int[]> found = new ArrayList<>();
        for (Shot question : questions) {
            double[] asked = histogram(question.bytes);
            double[] near = known.stream().mapToDouble(one -> IntStream.range(0, one.length).mapToDouble(i -> Math.min(one[i], asked[i])).sum())
                    .toArray();
            found.add(IntStream.range(0, near.length).boxed().filter(at -> catalogue.get(at) != question)
                    .sorted(Comparator.comparingDouble(at -> -near[at])).limit(FIRST).mapToInt(Integer::intValue).toArray());
        }
        return found;
    }

    // Eight steps a channel, compared by what two have in common (Swain and Ballard 1991).
    private static double[] histogram(byte[] bytes) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        double[] histogram = new double[512];
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                histogram[(rgb >> 21 & 7) << 6 | (rgb >> 13 & 7) << 3 | rgb >> 5 & 7] += 1.0 / image.getWidth() / image.getHeight();
            }
        }
        return histogram;
    }

    private static void print(String name, List<Shot> questions, List<Shot> catalogue, List<int[]> found) {
        double[] sums = new double[4];
        for (int i = 0; i < found.size(); i++) {
            Shot question = questions.get(i);
            Set<Integer> products = new HashSet<>();
            for (int rank = 0; rank < found.get(i).length; rank++) {
                Shot shot = catalogue.get(found.get(i)[rank]);
                products.add(shot.product);
                sums[0] += rank == 0 && shot.product == question.product ? 1 : 0;
                sums[2] += rank == 0 && shot.group == question.group ? 1 : 0;
                sums[3] += shot.group == question.group ? 1.0 / FIRST : 0;
            }
            sums[1] += products.contains(question.product) ? 1 : 0;
        }
        Figures.print("%-58s %9.3f %9.3f %9.3f %9.3f", name, sums[0] / found.size(), sums[1] / found.size(), sums[2] / found.size(),
                sums[3] / found.size());
    }

    private static void chance(String name, List<Shot> questions, List<Shot> catalogue) {
        double right = 0;
        double group = 0;
        for (Shot question : questions) {
            long others = catalogue.stream().filter(shot -> shot != question).count();
            right += catalogue.stream().filter(shot -> shot != question && shot.product == question.product).count() / (double) others;
            group += catalogue.stream().filter(shot -> shot != question && shot.group == question.group).count() / (double) others;
        }
        Figures.print("%-58s %9.3f %9.3f %9.3f %9.3f", name, right / questions.size(), FIRST * right / questions.size(),
                group / questions.size(), group / questions.size());
    }

    // Products show the pictures in turn.
    private void scale(int pictures, int products) throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int from = 0; from < pictures; from += PART) {
            List<Shot> shots = new ArrayList<>();
            for (int i = from; i < Math.min(pictures, from + PART); i++) {
                shots.add(new Shot(i + ".jpg", i, i % KINDS, drawn(random, i % KINDS)));
            }
            upload(shots);
        }
        tellUploads();
        StringBuilder rows = new StringBuilder("id,imageUrl\n");
        for (int i = 0; i < products; i++) {
            rows.append('p').append(i).append(",https://pictures.example/").append(i % pictures).append(".jpg\n");
        }
        server.importCsv("shop", "products", rows.toString());
        rows = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int i = 0; i < Math.min(10 * products, MOST_ORDERS); i++) {
            int customer = random.nextInt(products);
            rows.append('o').append(i).append(",2026-02-01T00:00:00Z,u").append(customer).append(",p")
                    .append(random.nextInt(products / KINDS) * KINDS + customer % KINDS).append(",1,1\n");
        }
        server.importCsv("shop", "orders", rows.toString());
        train();
        server.send("PUT", "/stores/shop/pictures/new.jpg", drawn(random, 7), "image/jpeg").expect(200);
        server.importCsv("shop", "products", "id,imageUrl\nnew,new.jpg\n");
        await("new");
        tellRequests(products);
    }

    // The first half is for the compiler.
    private void tellRequests(int products) throws IOException {
        int looking = 0;
        double[] millis = new double[ASKED];
        double busy = 0;
        for (int i = 0; i < 2 * ASKED; i++) {
            busy = i == ASKED ? Figures.cpuSeconds(server.process().toHandle()) : busy;
            long begin = System.nanoTime();
            looking += alike(ask("p" + i % products, 10)).size();
            millis[i % ASKED] = (System.nanoTime() - begin) / 1e6;
        }
        busy = Figures.cpuSeconds(server.process().toHandle()) - busy;
        double least = Figures.cpuSeconds(server.process().toHandle());
        for (int i = 0; i < ASKED; i++) {
            server.get("/stores/shop").expect(200);
        }
        least = Figures.cpuSeconds(server.process().toHandle()) - least;
        Figures.print("%d products, looks are a reason for %.1f of the 10 of an answer: a request takes %.2f ms (median), processor %.2f ms (one"
                + " for the store's name %.2f ms), resident memory %.0f MiB", products, looking / (2.0 * ASKED), Figures.quantile(millis, 0.5),
                1e3 * busy / ASKED, 1e3 * least / ASKED, resident());
    }

    private static byte[] drawn(SplittableRandom random, int kind) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        int colour = new SplittableRandom(kind).nextInt(1 << 24);
        int radius = SIDE / 4 + random.nextInt(SIDE / 5);
        int[] pixels = new int[SIDE * SIDE];
        for (int at = 0; at < pixels.length; at++) {
            int u = at % SIDE - SIDE / 2;
            int v = (at / SIDE - SIDE / 2) * (1 + kind % 3);
            pixels[at] = u * u + v * v < radius * radius ? colour ^ random.nextInt(16) : 0xf4f4f4;
        }
        image.getRaster().setDataElements(0, 0, SIDE, SIDE, pixels);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", bytes);
        return bytes.toByteArray();
    }
}
