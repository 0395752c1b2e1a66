package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Ranking quality through the running server: of each customer with at least five products, a fifth is held out by the smallest SHA-256 of
 * "42:customer:product"; the rest is imported as order lines, each plugin is trained and asked for all customers. Held-out products that
 * nobody else bought are dropped. Arguments: a canonical orders.csv, then optionally the ids of plugins.
 */
final class RecommendQuality implements Main.Benchmark {

    private static final int DEPTH = 20;
    private static final int TOP = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public void run(List<String> arguments) throws Exception {
        Map<String, Set<String>> bought = read(Path.of(arguments.get(0)));
        Map<String, Set<String>> test = new TreeMap<>();
        Map<String, Set<String>> train = new TreeMap<>();
        split(bought, train, test);
        List<String> plugins = arguments.size() > 1 ? arguments.subList(1, arguments.size())
                : List.of("io.kontor.recommend.most-popular", "io.kontor.recommend.item-knn");
        Figures.print("%d customers, %d products, %d training pairs, %d test pairs", train.size(),
                train.values().stream().flatMap(Set::stream).distinct().count(), pairs(train), pairs(test));
        try (KontorServer server = KontorServer.start(Figures.folder().resolve("data"), Map.of())) {
            server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
            server.importCsv("shop", "orders", csv(train));
            for (String plugin : plugins) {
                String path = "/stores/shop/plugins/" + plugin;
                server.json("PUT", path, "{}").expect(200);
                long begin = System.nanoTime();
                JsonNode result = server.job(server.json("POST", path + "/train", "{\"seed\":42}").expect(202).json().get("job").asText(),
                        Duration.ofMinutes(20)).get("result");
                double trained = (System.nanoTime() - begin) / 1e9;
                String wanted = JSON.writeValueAsString(Map.of("customers", test.keySet(), "n", DEPTH, "plugin", plugin));
                begin = System.nanoTime();
                String answers = server.json("POST", "/stores/shop/recommendations/batch", wanted).expect(200).body();
                double served = (System.nanoTime() - begin) / 1e9;
                Figures.print("%s: trained in %.1f s, own evaluation %s", plugin, trained, result.get("metrics"));
                judge(answers, train, test, served);
            }
        }
    }

    private static long pairs(Map<String, Set<String>> sets) {
        return sets.values().stream().mapToLong(Set::size).sum();
    }

    static Map<String, Set<String>> read(Path file) throws IOException {
        Map<String, Set<String>> bought = new TreeMap<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            List<String> header = List.of(in.readLine().split(","));
            int customer = header.indexOf("customerId");
            int product = header.indexOf("productId");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                if (!cells[customer].isEmpty()) {
                    bought.computeIfAbsent(cells[customer], c -> new TreeSet<>()).add(cells[product]);
                }
            }
        }
        return bought;
    }

    static void split(Map<String, Set<String>> bought, Map<String, Set<String>> train, Map<String, Set<String>> test)
            throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (Map.Entry<String, Set<String>> entry : bought.entrySet()) {
            Set<String> kept = new TreeSet<>(entry.getValue());
            if (kept.size() >= 5) {
                Map<String, BigInteger> order = new LinkedHashMap<>();
                for (String product : kept) {
                    byte[] name = ("42:" + entry.getKey() + ":" + product).getBytes(StandardCharsets.UTF_8);
                    order.put(product, new BigInteger(1, sha.digest(name)));
                }
                Set<String> held = new TreeSet<>();
                order.entrySet().stream().sorted(Comparator.comparing(Map.Entry::getValue)).limit((long) (0.2 * kept.size() + 0.5))
                        .forEach(e -> held.add(e.getKey()));
                kept.removeAll(held);
                test.put(entry.getKey(), held);
            }
            train.put(entry.getKey(), kept);
        }
        Set<String> known = new HashSet<>();
        train.values().forEach(known::addAll);
        test.values().forEach(held -> held.retainAll(known));
        test.values().removeIf(Set::isEmpty);
    }

    private static String csv(Map<String, Set<String>> train) {
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        int[] line = {0};
        train.forEach((customer, products) -> {
            for (String product : products) {
                line[0]++;
                csv.append('o').append(line[0]).append(",2025-01-01T00:00:00Z,").append(customer).append(',').append(product)
                        .append(",1,1\n");
            }
        });
        return csv.toString();
    }

    private static void judge(String answers, Map<String, Set<String>> train, Map<String, Set<String>> test, double seconds)
            throws IOException {
        double ndcg = 0;
        double hits20 = 0;
        long shortLists = 0;
        long seen = 0;
        Set<String> shown = new HashSet<>();
        List<String> lines = new ArrayList<>();
        try (Stream<String> split = answers.lines()) {
            split.forEach(lines::add);
        }
        for (String text : lines) {
            JsonNode line = JSON.readTree(text);
            String customer = line.get("customer").asText();
            Set<String> held = test.get(customer);
            double gain = 0;
            int rank = 0;
            for (JsonNode item : line.get("items")) {
                String product = item.get("product").asText();
                seen += train.get(customer).contains(product) ? 1 : 0;
                boolean hit = held.contains(product);
                if (rank < TOP) {
                    gain += hit ? 1 / log2(rank + 2) : 0;
                    shown.add(product);
                }
                hits20 += hit ? 1.0 / held.size() : 0;
                rank++;
            }
            shortLists += rank < DEPTH ? 1 : 0;
            double ideal = 0;
            for (int i = 0; i < Math.min(TOP, held.size()); i++) {
                ideal += 1 / log2(i + 2);
            }
            ndcg += gain / ideal;
        }
        Figures.print("  nDCG@10 %.4f, recall@20 %.4f, products in any top 10: %d; seen products returned %d, short lists %d;"
                + " %d customers in %.1f s", ndcg / test.size(), hits20 / test.size(), shown.size(), seen, shortLists, lines.size(), seconds);
    }

    private static double log2(int n) {
        return Math.log(n) / Math.log(2);
    }
}
