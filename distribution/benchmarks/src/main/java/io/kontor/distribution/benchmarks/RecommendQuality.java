package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Ranking quality through the running server: of each customer with at least five products, a fifth is held out by the smallest SHA-256 of
 * "42:customer:product"; the rest is imported as order lines, beside what is told of the products. Or the last product of each customer with
 * three is held out, and the rest is imported in the order in which it was chosen. Each plugin that learns to recommend is
 * enabled, trained with its own settings and asked for all customers; then the store is asked without a plugin, which is what it gets when
 * nobody chooses one. Training counts what the platform does around it too: it learns once to judge and once on everything. Arguments: a file
 * as {@link ChoicePairs} reads it; PyTorch's jar, if the optional plugins that learn with it are to be there; and the ids of plugins, of ours
 * without {@code io.kontor.recommend.}, in the order in which they are enabled, each with settings behind it if they are not to be as they
 * come: {@code als{"factors":64}}. Without ids all that learn, those made of others right after four that learn by themselves.
 */
final class RecommendQuality implements Main.Benchmark {

    private static final int CUSTOMERS_OF_A_BATCH = 1_000;
    private static final int TIMED = 300;
    private static final String FAMILY = "recommend";
    private static final String OURS = "io.kontor.recommend.";
    private static final String PYTORCH = "io.kontor.bundles.pytorch";
    private static final List<String> OPTIONAL = List.of(OURS + "sequential", OURS + "two-tower");
    private static final List<String> FIRST = List.of(OURS + "als", OURS + "ease", OURS + "item-knn", OURS + "rp3beta", OURS + "ensemble",
            OURS + "ranker");
    private static final String STORE = "/stores/shop";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean last;

    /**
     * A benchmark.
     *
     * @param last whether the last product of each customer is held out, instead of any fifth
     */
    RecommendQuality(boolean last) {
        this.last = last;
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        Map<String, Set<String>> test = new TreeMap<>();
        Map<String, Set<String>> train = new TreeMap<>();
        Path file = Path.of(arguments.get(0));
        if (last) {
            ChoicePairs.splitLast(ChoicePairs.read(file), train, test);
        } else {
            ChoicePairs.split(ChoicePairs.read(file), train, test);
        }
        Set<String> catalogue = new TreeSet<>();
        train.values().forEach(catalogue::addAll);
        int products = catalogue.size();
        Figures.print("%d customers, %d products, %d training pairs, %d test pairs", train.size(), products, pairs(train), pairs(test));
        List<String> wanted = arguments.subList(1, arguments.size());
        Path data = Figures.folder().resolve("data");
        try (KontorServer server = KontorServer.start(data, Map.of())) {
            if (!wanted.isEmpty() && wanted.get(0).endsWith(".jar")) {
                network(server, Path.of(wanted.get(0)), data.resolve("native"));
                wanted = wanted.subList(1, wanted.size());
            }
            server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
            server.importCsv("shop", "products", ChoicePairs.productsCsv(file, catalogue));
            server.importCsv("shop", "orders", ChoicePairs.ordersCsv(train, last ? 1 : 0));
            List<String> plugins = wanted.isEmpty() ? learning(server)
                    : wanted.stream().map(plugin -> plugin.contains(".") ? plugin : OURS + plugin).toList();
            Figures.print("| plugin | nDCG@10 | recall@20 | MAP@10 | coverage@10 | training, s | training, CPU s | as the store judged it"
                    + " | p50 of a request, ms | wrong |");
            Figures.print("|---|---|---|---|---|---|---|---|---|---|");
            for (String named : plugins) {
                String plugin = named.replaceFirst("\\{.*", "");
                server.json("PUT", STORE + "/plugins/" + plugin, "{\"settings\":" + settings(named) + "}").expect(200);
                long begin = System.nanoTime();
                double cpu = cpu(server);
                JsonNode job = server.json("POST", STORE + "/plugins/" + plugin + "/train", "{\"seed\":42}").expect(202).json();
                JsonNode ended = server.await(job.get("job").asText(), Duration.ofHours(2));
                if (ended.get("state").asText().equals("SUCCEEDED")) {
                    row(server, plugin, train, test, products,
                            String.format(Locale.ROOT, "%.1f | %.1f | %.4f", (System.nanoTime() - begin) / 1e9, cpu(server) - cpu,
                                    ended.at("/result/metrics/ndcg@10").asDouble()));
                } else {
                    Figures.print("| %s | not trained: %s |", plugin, ended.get("error"));
                }
            }
            row(server, null, train, test, products, "- | - | -");
        }
    }

    private static String settings(String named) {
        int begin = named.indexOf('{');
        return begin < 0 ? "{}" : named.substring(begin);
    }

    private static double cpu(KontorServer server) {
        return Figures.cpuSeconds(server.process().toHandle());
    }

    private static void network(KontorServer server, Path jar, Path libraries) throws IOException {
        Files.createDirectories(libraries);
        Files.copy(jar, libraries.resolve(jar.getFileName()));
        List<String> bundles = new ArrayList<>(List.of(PYTORCH));
        bundles.addAll(OPTIONAL);
        for (String bundle : bundles) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(KontorServer.home().resolve("optional"), bundle + "-[0-9]*.jar")) {
                byte[] bytes = Files.readAllBytes(found.iterator().next());
                server.send("POST", "/bundles", bytes, "application/java-archive").expect(201);
            }
        }
    }

    private static List<String> learning(KontorServer server) {
        List<String> plugins = new ArrayList<>();
        for (JsonNode plugin : server.get("/plugins").expect(200).json().get("items")) {
            if (plugin.get("family").asText().equals(FAMILY) && plugin.get("trainable").asBoolean()) {
                plugins.add(plugin.get("id").asText());
            }
        }
        List<String> order = new ArrayList<>(FIRST);
        order.retainAll(plugins);
        plugins.removeAll(FIRST);
        order.addAll(plugins);
        return order;
    }

    private static void row(KontorServer server, String plugin, Map<String, Set<String>> train, Map<String, Set<String>> test, int products,
            String trained) throws IOException {
        RankingFigures figures = new RankingFigures(train, test);
        List<String> customers = List.copyOf(test.keySet());
        for (int from = 0; from < customers.size(); from += CUSTOMERS_OF_A_BATCH) {
            Map<String, Object> wanted = new HashMap<>(Map.of("n", RankingFigures.DEPTH,
                    "customers", customers.subList(from, Math.min(customers.size(), from + CUSTOMERS_OF_A_BATCH))));
            if (plugin != null) {
                wanted.put("plugin", plugin);
            }
            figures.add(server.json("POST", STORE + "/recommendations/batch", JSON.writeValueAsString(wanted)).expect(200).body());
        }
        double[] millis = new double[TIMED];
        for (int i = 0; i < 2 * TIMED; i++) {
            String ask = STORE + "/recommendations?n=10&customer=" + customers.get((int) (i * 104_729L % customers.size()))
                    + (plugin == null ? "" : "&plugin=" + plugin);
            long begin = System.nanoTime();
            server.get(ask).expect(200);
            millis[i % TIMED] = Figures.millis(System.nanoTime() - begin);
        }
        Figures.print("| %s | %.4f | %.4f | %.4f | %.3f | %s | %.2f | %s |", cells(plugin == null ? "without a plugin" : plugin,
                figures.cells(products), trained, Figures.quantile(millis, 0.5), figures.wrong()));
    }

    private static Object[] cells(Object name, List<Object> figures, Object... rest) {
        List<Object> cells = new ArrayList<>(List.of(name));
        cells.addAll(figures);
        cells.addAll(List.of(rest));
        return cells.toArray();
    }

    private static long pairs(Map<String, Set<String>> sets) {
        return sets.values().stream().mapToLong(Set::size).sum();
    }
}
