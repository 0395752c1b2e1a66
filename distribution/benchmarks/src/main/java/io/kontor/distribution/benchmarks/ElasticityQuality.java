package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.data.Step;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Price elasticities through the running server: by product over all locations, and with each product at each location as a product of its
 * own in the product's category. The latter are trained on all weeks but the last, on 26 of them and on 12, and asked through simulation for
 * the units of each held-out week at its price, with its promotion and rivals' price where the file has them; as a baseline the mean of the
 * logarithm of a series' weeks is taken. Arguments: a canonical sales.csv of weeks with locations and prices, where a column {@code rival}
 * may have rivals' price, and how many weeks are held out, 16 when missing.
 */
final class ElasticityQuality implements Main.Benchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLUGIN = "io.kontor.pricing.elasticity";
    private static final int LONG = 1_000;

    /** A row of the file. */
    private record Row(String product, String location, int week, String date, double units, double price, String promotion,
            String rival) {

        String series() {
            return product + "@" + location;
        }
    }

    /** An elasticity as the server gives it. */
    private record Estimate(String product, double value, double low, double high, String source) {
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        List<Row> rows = read(Path.of(arguments.get(0)));
        int held = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : 16;
        int cut = rows.stream().mapToInt(Row::week).max().orElseThrow() + 1 - held;
        try (KontorServer server = KontorServer.start(Figures.folder().resolve("data"), Map.of())) {
            fill(server, "products", rows.stream().filter(row -> row.week < cut).toList(), false);
            Figures.print("%-10s %10s %8s %8s  %s", "product", "elasticity", "low", "high", "source");
            for (Estimate one : elasticities(server, "products")) {
                Figures.print("%-10s %10.2f %8.2f %8.2f  %s", one.product, one.value, one.low, one.high, one.source);
            }
            Figures.print("%n%-12s %6s %6s %6s %6s %6s %8s %8s %9s", "training", "series", "WAPE", "bias", "base", "mean", "sd", "wrong",
                    "below 0");
            for (int weeks : new int[] {LONG, 26, 12}) {
                String store = weeks == LONG ? "all-weeks" : "weeks-" + weeks;
                List<Row> known = rows.stream().filter(row -> row.week < cut && row.week >= cut - weeks).toList();
                fill(server, store, known, true);
                judge(server, store, known, rows.stream().filter(row -> row.week >= cut).toList());
            }
        }
    }

    private static List<Row> read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            List<String> header = List.of(in.readLine().split(","));
            int promotion = header.indexOf("promotion");
            int rival = header.indexOf("rival");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] cells = line.split(",", -1);
                String date = cells[header.indexOf("date")];
                rows.add(new Row(cells[header.indexOf("productId")], cells[header.indexOf("location")],
                        DemandPanel.period(LocalDate.parse(date), Step.WEEK), date, Double.parseDouble(cells[header.indexOf("quantity")]),
                        Double.parseDouble(cells[header.indexOf("price")]), promotion < 0 ? "" : cells[promotion],
                        rival < 0 ? "" : cells[rival]));
            }
        }
        return rows;
    }

    private static void fill(KontorServer server, String store, List<Row> rows, boolean bySeries) {
        server.json("POST", "/stores", "{\"id\":\"" + store + "\",\"name\":\"Shop\",\"timeZone\":\"UTC\"}").expect(201);
        if (bySeries) {
            StringBuilder products = new StringBuilder("id,category\n");
            rows.stream().map(row -> row.series() + "," + row.product + "\n").distinct().forEach(products::append);
            server.importCsv(store, "products", products.toString());
        }
        StringBuilder sales = new StringBuilder("productId,date,quantity,location,price,promotion\n");
        for (Row row : rows) {
            sales.append(bySeries ? row.series() : row.product).append(',').append(row.date).append(',').append(row.units).append(',')
                    .append(bySeries ? "" : row.location).append(',').append(row.price).append(',').append(row.promotion).append('\n');
        }
        server.importCsv(store, "sales", sales.toString());
        if (bySeries && rows.stream().anyMatch(row -> !row.rival.isEmpty())) {
            StringBuilder prices = new StringBuilder("productId,price,from,kind,source\n");
            rows.stream().filter(row -> !row.rival.isEmpty()).forEach(row -> prices.append(row.series()).append(',').append(row.rival)
                    .append(',').append(row.date).append("T00:00:00Z,competitor,rivals\n"));
            server.importCsv(store, "prices", prices.toString());
        }
        String path = "/stores/" + store + "/plugins/" + PLUGIN;
        server.json("PUT", path, "{}").expect(200);
        String job = server.json("POST", path + "/train", "{\"seed\":42}").expect(202).json().get("job").asText();
        server.job(job, Duration.ofMinutes(20));
    }

    private static List<Estimate> elasticities(KontorServer server, String store) {
        List<Estimate> all = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = server.get("/stores/" + store + "/elasticities?limit=200&plugin=" + PLUGIN + (cursor == null ? "" : "&cursor="
                    + cursor)).expect(200).json();
            for (JsonNode item : page.get("items")) {
                if (!item.get("fallback").isNull()) {
                    throw new IllegalStateException("not an answer of the plugin: " + item);
                } else if (!item.get("elasticity").isNull()) {
                    all.add(new Estimate(item.get("product").asText(), item.get("elasticity").asDouble(), item.get("low").asDouble(),
                            item.get("high").asDouble(), item.get("source").asText()));
                }
            }
            cursor = page.get("next").isNull() ? null : page.get("next").asText();
        } while (cursor != null);
        return all;
    }

    private static Map<String, Object> change(Row row) {
        Map<String, Object> change = new HashMap<>(Map.of("product", row.series(), "price", row.price));
        if (!row.promotion.isEmpty()) {
            change.put("promotion", Double.valueOf(row.promotion));
        }
        if (!row.rival.isEmpty()) {
            change.put("competitorPrice", Double.valueOf(row.rival));
        }
        return change;
    }

    private static void judge(KontorServer server, String store, List<Row> known, List<Row> test) throws IOException {
        Map<String, double[]> logs = new TreeMap<>();
        for (Row row : known) {
            double[] sum = logs.computeIfAbsent(row.series(), id -> new double[2]);
            sum[0] += Math.log1p(row.units);
            sum[1]++;
        }
        Map<Integer, List<Row>> byWeek = new TreeMap<>();
        test.stream().filter(row -> logs.containsKey(row.series())).forEach(row -> byWeek.computeIfAbsent(row.week, w -> new ArrayList<>())
                .add(row));
        double error = 0;
        double baseError = 0;
        double bias = 0;
        double units = 0;
        for (List<Row> week : byWeek.values()) {
            List<Map<String, Object>> changes = new ArrayList<>();
            week.forEach(row -> changes.add(change(row)));
            JsonNode items = server.json("POST", "/stores/" + store + "/prices/simulate", JSON.writeValueAsString(Map.of("changes", changes,
                    "period", week.get(0).date, "plugin", PLUGIN))).expect(200).json().get("items");
            for (int i = 0; i < week.size(); i++) {
                Row row = week.get(i);
                double[] sum = logs.get(row.series());
                double expected = items.get(i).get("after").get("units").asDouble();
                error += Math.abs(row.units - expected);
                bias += expected - row.units;
                baseError += Math.abs(row.units - Math.expm1(sum[0] / sum[1]));
                units += row.units;
            }
        }
        double[] values = elasticities(server, store).stream().mapToDouble(Estimate::value).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / values.length);
        long below = elasticities(server, store).stream().filter(one -> one.high < 0).count();
        Figures.print("%-12s %6d %6.3f %6.3f %6.3f %6.2f %8.2f %7.1f%% %8.1f%%", store, values.length, error / units, bias / units,
                baseError / units, mean, spread,
                100.0 * Arrays.stream(values).filter(v -> v >= 0).count() / values.length, 100.0 * below / values.length);
    }
}
