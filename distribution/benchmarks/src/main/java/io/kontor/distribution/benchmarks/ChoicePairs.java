package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Who chose which products, read from one of four kinds of file, plain or {@code .gz}: canonical orders.csv, the lines of UCI Online Retail (any
 * purchase that is no cancellation), MovieLens' u.data (ratings of 3 and more), or lines with a customer and the products in blanks.
 */
final class ChoicePairs {

    private static final int FEWEST = 5;
    private static final int FEWEST_BEFORE_LAST = 3;
    private static final Instant LAST = Instant.parse("2025-01-01T00:00:00Z");
    private static final double HELD = 0.2;
    private static final int GOOD_RATING = 3;
    private static final int FIRST_GENRE = 5;
    private static final int GENRES = 19;

    private ChoicePairs() {
    }

    @FunctionalInterface
    private interface Reading {

        void from(BufferedReader in) throws IOException;
    }

    private static void lines(Path file, Reading reading) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader in = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            reading.from(in);
        }
    }

    /** The products of each customer, in the order in which they were first chosen. */
    static Map<String, Set<String>> read(Path file) throws IOException {
        Map<String, Set<String>> chosen = new TreeMap<>();
        lines(file, in -> {
            String first = in.readLine();
            if (first.contains("InvoiceNo") || first.contains("customerId")) {
                orders(in, cells(first), chosen);
            } else {
                List<String> lines = new ArrayList<>(List.of(first));
                in.lines().forEach(lines::add);
                if (first.indexOf('\t') >= 0) {
                    lines.sort(Comparator.comparingLong(line -> Long.parseLong(line.substring(line.lastIndexOf('\t') + 1))));
                }
                lines.forEach(line -> pairs(line, chosen));
            }
        });
        return chosen;
    }

    private static void orders(BufferedReader in, List<String> header, Map<String, Set<String>> chosen) throws IOException {
        boolean canonical = header.contains("customerId");
        int customer = header.indexOf(canonical ? "customerId" : "CustomerID");
        int product = header.indexOf(canonical ? "productId" : "StockCode");
        int order = header.indexOf(canonical ? "orderId" : "InvoiceNo");
        int quantity = header.indexOf(canonical ? "quantity" : "Quantity");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> cells = cells(line);
            boolean bought = canonical || !cells.get(order).startsWith("C") && Double.parseDouble(cells.get(quantity)) > 0;
            if (bought && !cells.get(customer).isEmpty()) {
                chosen.computeIfAbsent(cells.get(customer), one -> new LinkedHashSet<>()).add(cells.get(product));
            }
        }
    }

    private static void pairs(String line, Map<String, Set<String>> chosen) {
        String[] cells = line.split("\\s+");
        if (line.indexOf('\t') >= 0) {
            if (Double.parseDouble(cells[2]) >= GOOD_RATING) {
                chosen.computeIfAbsent(cells[0], one -> new LinkedHashSet<>()).add(cells[1]);
            }
        } else {
            chosen.computeIfAbsent(cells[0], one -> new LinkedHashSet<>()).addAll(List.of(cells).subList(1, cells.length));
        }
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    /**
     * Of each customer with at least five products holds out a fifth, those with the smallest SHA-256 of "42:customer:product"; held-out
     * products that nobody else chose are dropped.
     */
    static void split(Map<String, Set<String>> chosen, Map<String, Set<String>> train, Map<String, Set<String>> test) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (Map.Entry<String, Set<String>> entry : chosen.entrySet()) {
            Set<String> kept = new TreeSet<>(entry.getValue());
            if (kept.size() >= FEWEST) {
                Map<String, BigInteger> order = new LinkedHashMap<>();
                for (String product : kept) {
                    byte[] name = ("42:" + entry.getKey() + ":" + product).getBytes(StandardCharsets.UTF_8);
                    order.put(product, new BigInteger(1, sha.digest(name)));
                }
                Set<String> held = new TreeSet<>();
                order.entrySet().stream().sorted(Comparator.comparing(Map.Entry::getValue)).limit((long) (HELD * kept.size() + 0.5))
                        .forEach(e -> held.add(e.getKey()));
                kept.removeAll(held);
                test.put(entry.getKey(), held);
            }
            train.put(entry.getKey(), kept);
        }
        dropUnknown(train, test);
    }

    private static void dropUnknown(Map<String, Set<String>> train, Map<String, Set<String>> test) {
        Set<String> known = new HashSet<>();
        train.values().forEach(known::addAll);
        test.values().forEach(held -> held.retainAll(known));
        test.values().removeIf(Set::isEmpty);
    }

    /** Of each customer with at least three products holds out the last one; such as nobody else chose are dropped. */
    static void splitLast(Map<String, Set<String>> chosen, Map<String, Set<String>> train, Map<String, Set<String>> test) {
        chosen.forEach((customer, products) -> {
            List<String> kept = new ArrayList<>(products);
            if (kept.size() >= FEWEST_BEFORE_LAST) {
                test.put(customer, new HashSet<>(Set.of(kept.remove(kept.size() - 1))));
            }
            train.put(customer, new LinkedHashSet<>(kept));
        });
        dropUnknown(train, test);
    }

    /**
     * The catalogue, as far as the file or one beside it tells of products: descriptions of Online Retail, titles and genres of {@code u.item},
     * attributes of {@code ..._item2attributes.json.gz} as the words of a title.
     *
     * @return canonical products.csv of the products that are given; only their ids where nothing is told
     */
    static String productsCsv(Path file, Set<String> products) throws IOException {
        Path films = file.resolveSibling("u.item");
        Path attributes = file.resolveSibling(file.getFileName().toString().replace(".txt", "_item2attributes.json"));
        Map<String, String> said = new TreeMap<>();
        StringBuilder header = new StringBuilder("id,title");
        if (Files.exists(films)) {
            for (String line : Files.readAllLines(films, StandardCharsets.ISO_8859_1)) {
                String[] cells = line.split("\\|");
                said.put(cells[0], quoted(cells[1]) + "," + String.join(",", Arrays.asList(cells).subList(FIRST_GENRE, cells.length)
                        .stream().map(flag -> flag.equals("1") ? "yes" : "").toList()));
            }
            for (int genre = 0; genre < GENRES; genre++) {
                header.append(",attr.genre").append(genre);
            }
        } else if (!attributes.equals(file) && Files.exists(attributes)) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(attributes))) {
                new ObjectMapper().readTree(in).properties().forEach(one -> {
                    StringBuilder words = new StringBuilder();
                    one.getValue().forEach(attribute -> words.append('a').append(attribute.asText()).append(' '));
                    said.put(one.getKey(), words.toString().strip());
                });
            }
        } else {
            lines(file, in -> {
                List<String> first = cells(in.readLine());
                int product = first.indexOf("StockCode");
                int title = first.indexOf("Description");
                for (String line = in.readLine(); line != null && title >= 0; line = in.readLine()) {
                    List<String> cells = cells(line);
                    if (!cells.get(title).isBlank()) {
                        said.putIfAbsent(cells.get(product), quoted(cells.get(title)));
                    }
                }
            });
        }
        StringBuilder csv = header.append('\n');
        products.forEach(product -> csv.append(product).append(',').append(said.getOrDefault(product, product)).append('\n'));
        return csv.toString();
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** An order for each product of a customer, so many hours after the one before; the last ones of all customers at the same time. */
    static String ordersCsv(Map<String, Set<String>> train, int hours) {
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        int[] line = {0};
        train.forEach((customer, products) -> {
            Instant time = LAST.minus(Duration.ofHours((long) hours * (products.size() - 1)));
            for (String product : products) {
                line[0]++;
                csv.append('o').append(line[0]).append(',').append(time).append(',').append(customer).append(',').append(product)
                        .append(",1,1\n");
                time = time.plus(Duration.ofHours(hours));
            }
        });
        return csv.toString();
    }
}
