package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one decision costs over REST: latency and the server's processor time a request, as ratios to its empty JSON answer, which is measured
 * in turns with it. Each assessment is of another payment, which is recorded. Arguments: how many requests a turn, and a canonical orders.csv
 * in place of made-up sales.
 */
final class ServingCost implements Main.Benchmark {

    private static final int WARM_UP = 20_000;
    private static final int PRODUCTS = 500;
    private static final int CUSTOMERS = 2_000;
    private static final int PAYMENTS = 20_000;

    @Override
    public void run(List<String> arguments) throws Exception {
        int requests = arguments.isEmpty() ? 5_000 : Integer.parseInt(arguments.get(0));
        try (KontorServer server = KontorServer.start(Figures.folder().resolve("data"), Map.of())) {
            List<String> customers = new ArrayList<>();
            List<String> products = new ArrayList<>();
            fill(server, arguments.size() > 1 ? Files.readString(Path.of(arguments.get(1))) : Sales.tasteful(60_000, PRODUCTS, CUSTOMERS, 10, 1),
                    customers, products);
            AtomicInteger payment = new AtomicInteger(PAYMENTS);
            List<InTurns.Asked> all = List.of(
                    new InTurns.Asked("recommendation", i -> Wire.request("GET",
                            "/stores/shop/recommendations?customer=" + pick(customers, i), "")),
                    new InTurns.Asked("forecast", i -> Wire.request("GET", "/stores/shop/forecasts/" + pick(products, i), "")),
                    new InTurns.Asked("risk", i -> Wire.request("POST", "/stores/shop/risk/assessments",
                            Payments.toAssess(payment.getAndIncrement(), CUSTOMERS))));
            InTurns turns = new InTurns(server, requests);
            for (InTurns.Asked asked : all) {
                checkOwnAnswer(server, asked);
                turns.compare(asked, WARM_UP, List.of(1, 4));
            }
        }
    }

    private static String pick(List<String> ids, int number) {
        return ids.get(Math.floorMod(number * 7919, ids.size()));
    }

    private static void fill(KontorServer server, String csv, List<String> customers, List<String> products) {
        server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
        server.importCsv("shop", "orders", csv);
        List<String> lines = csv.lines().toList();
        List<String> header = List.of(lines.get(0).split(","));
        lines.stream().skip(1).map(line -> line.split(",", -1)[header.indexOf("customerId")]).filter(id -> !id.isEmpty()).distinct()
                .limit(CUSTOMERS).forEach(customers::add);
        lines.stream().skip(1).map(line -> line.split(",", -1)[header.indexOf("productId")]).filter(id -> id.matches("[\\w-]+")).distinct()
                .limit(PRODUCTS).forEach(products::add);
        server.importCsv("shop", "transactions", Payments.csv(PAYMENTS, CUSTOMERS));
        for (String plugin : List.of("recommend.item-knn", "inventory.exponential-smoothing", "risk.random-forest")) {
            String path = "/stores/shop/plugins/io.kontor." + plugin;
            server.json("PUT", path, "{}").expect(200);
            server.job(server.json("POST", path + "/train", "{\"seed\":42}").expect(202).json().get("job").asText(), Duration.ofMinutes(20));
        }
    }

    /** A fallback's answer would be measured as the plugin's. */
    private static void checkOwnAnswer(KontorServer server, InTurns.Asked asked) throws IOException {
        try (Wire wire = new Wire(server)) {
            String answer = wire.exchange(asked.request().apply(0));
            if (!answer.contains("\"fallback\":null")) {
                throw new IllegalStateException("not an answer of the plugin: " + answer);
            }
        }
    }
}
