package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * What one decision costs over REST: latency and the server's processor time a request, as ratios to its empty JSON answer, which is measured
 * in turns with it. Each assessment is of another payment, which is recorded. Arguments: how many requests a turn, and a canonical orders.csv
 * in place of made-up sales.
 */
final class ServingCost implements Main.Benchmark {

    private static final int TURNS = 5;
    private static final int WARM_UP = 60_000;
    private static final int WARM_UP_OF_DECISIONS = 20_000;
    private static final int PRODUCTS = 500;
    private static final int CUSTOMERS = 2_000;
    private static final int PAYMENTS = 20_000;
    private static final String EMPTY = "/health/live";

    /** A kind of request; which product or customer it is about goes by its number. */
    private record Asked(String name, IntFunction<byte[]> request) {
    }

    /** What a turn showed: sorted latencies in nanoseconds, and processor seconds a request. */
    private record Turn(long[] nanos, double busy) {

        double millis(double share) {
            return Figures.millis(nanos[(int) Math.min(nanos.length - 1, share * nanos.length)]);
        }
    }

    @Override
    public void run(List<String> arguments) throws Exception {
        int requests = arguments.isEmpty() ? 5_000 : Integer.parseInt(arguments.get(0));
        try (KontorServer server = KontorServer.start(Figures.folder().resolve("data"), Map.of())) {
            List<String> customers = new ArrayList<>();
            List<String> products = new ArrayList<>();
            fill(server, arguments.size() > 1 ? Files.readString(Path.of(arguments.get(1))) : Sales.tasteful(60_000, PRODUCTS, CUSTOMERS, 10, 1),
                    customers, products);
            AtomicInteger payment = new AtomicInteger(PAYMENTS);
            List<Asked> all = List.of(
                    new Asked("recommendation", i -> Wire.request("GET", "/stores/shop/recommendations?customer=" + pick(customers, i), "")),
                    new Asked("forecast", i -> Wire.request("GET", "/stores/shop/forecasts/" + pick(products, i), "")),
                    new Asked("risk", i -> Wire.request("POST", "/stores/shop/risk/assessments",
                            Payments.toAssess(payment.getAndIncrement(), CUSTOMERS))));
            Asked empty = new Asked("empty", i -> Wire.request("GET", EMPTY, ""));
            Figures.print("%-16s %11s %9s %9s %9s %9s %9s %9s", "decision", "connections", "p50 ms", "p99 ms", "CPU us",
                    "p50 /", "p99 /", "CPU /");
            ask(server, empty, 1, WARM_UP);
            for (Asked asked : all) {
                checkOwnAnswer(server, asked);
                ask(server, asked, 2, WARM_UP_OF_DECISIONS);
                for (int connections : List.of(1, 4)) {
                    compare(server, asked, empty, connections, requests);
                }
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
    private static void checkOwnAnswer(KontorServer server, Asked asked) throws IOException {
        try (Wire wire = new Wire(server)) {
            String answer = wire.exchange(asked.request.apply(0));
            if (!answer.contains("\"fallback\":null")) {
                throw new IllegalStateException("not an answer of the plugin: " + answer);
            }
        }
    }

    private static void compare(KontorServer server, Asked asked, Asked empty, int connections, int requests) throws Exception {
        List<double[]> turns = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            Turn base = ask(server, empty, connections, requests);
            Turn own = ask(server, asked, connections, requests);
            turns.add(new double[] {own.millis(0.5), own.millis(0.99), own.busy * 1e6, own.millis(0.5) / base.millis(0.5),
                own.millis(0.99) / base.millis(0.99), own.busy / base.busy});
        }
        double[] median = new double[turns.get(0).length];
        for (int i = 0; i < median.length; i++) {
            int column = i;
            median[i] = Figures.quantile(turns.stream().mapToDouble(turn -> turn[column]).toArray(), 0.5);
        }
        Figures.print("%-16s %11d %9.3f %9.3f %9.0f %9.2f %9.2f %9.2f", asked.name, connections, median[0], median[1], median[2], median[3],
                median[4], median[5]);
    }

    private static Turn ask(KontorServer server, Asked asked, int connections, int requests)
            throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            double before = Figures.cpuSeconds(server.process().toHandle());
            List<Future<long[]>> parts = new ArrayList<>();
            for (int connection = 0; connection < connections; connection++) {
                int offset = connection;
                parts.add(threads.submit(() -> ask(server, asked, offset, connections, requests)));
            }
            long[] nanos = new long[0];
            for (Future<long[]> part : parts) {
                nanos = LongStream.concat(Arrays.stream(nanos), Arrays.stream(part.get())).toArray();
            }
            Arrays.sort(nanos);
            return new Turn(nanos, (Figures.cpuSeconds(server.process().toHandle()) - before) / nanos.length);
        } finally {
            threads.shutdown();
        }
    }

    private static long[] ask(KontorServer server, Asked asked, int offset, int every, int requests) throws IOException {
        long[] nanos = new long[requests / every];
        try (Wire wire = new Wire(server)) {
            for (int i = 0; i < nanos.length; i++) {
                byte[] request = asked.request.apply(i * every + offset);
                long begin = System.nanoTime();
                wire.exchange(request);
                nanos[i] = System.nanoTime() - begin;
            }
        }
        return nanos;
    }
}
