package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;

/** Synthetic order lines with a skewed catalogue. */
final class Sales {

    private Sales() {
    }

    static String csv(int lines, int products, int customers, long seed) {
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice,channel\n");
        SplittableRandom random = new SplittableRandom(seed);
        Instant begin = Instant.parse("2024-01-01T00:00:00Z");
        for (int line = 0; line < lines; line++) {
            int product = (int) (products * Math.pow(random.nextDouble(), 2.5));
            csv.append('o').append(line / 4).append(',').append(begin.plusSeconds(line * 30L)).append(",c")
                    .append(Math.floorMod(line / 4 * 31, customers)).append(",p").append(product).append(',')
                    .append(1 + random.nextInt(5)).append(',').append(product % 90 + 1).append(".95,web\n");
        }
        return csv.toString();
    }

    /** Order lines of customers with tastes: four of five products come from the group of products that a customer likes. */
    static String tasteful(int lines, int products, int customers, int groups, long seed) {
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        SplittableRandom random = new SplittableRandom(seed);
        Instant begin = Instant.parse("2024-01-01T00:00:00Z");
        int width = products / groups;
        for (int line = 0; line < lines; line++) {
            int customer = Math.floorMod(line / 4 * 31, customers);
            int within = (int) (width * Math.pow(random.nextDouble(), 1.5));
            int group = random.nextInt(5) == 0 ? random.nextInt(groups) : customer % groups;
            csv.append('o').append(line / 4).append(',').append(begin.plusSeconds(line / 4 * 1_000L)).append(",c").append(customer)
                    .append(",p").append(group * width + within).append(',').append(1 + random.nextInt(5)).append(',')
                    .append(within % 90 + 1).append(".95\n");
        }
        return csv.toString();
    }

    static Path file(Path folder, int lines, int products, int customers) throws IOException {
        Path file = folder.resolve("orders.csv");
        int part = 100_000;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int begin = 0; begin < lines; begin += part) {
                String csv = csv(Math.min(part, lines - begin), products, customers, begin);
                String rows = begin == 0 ? csv : csv.substring(csv.indexOf('\n') + 1);
                out.write(rows.replace("\no", "\no" + begin + "-"));
            }
        }
        return file;
    }

    static void createShop(KontorServer server, String id, int lines, int products, int customers) {
        server.json("POST", "/stores", "{\"id\":\"" + id + "\",\"name\":\"" + id + "\"}").expect(201);
        server.importCsv(id, "orders", csv(lines, products, customers, 1));
    }
}
