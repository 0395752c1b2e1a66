package io.kontor.distribution.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * A large shop's recommendations over REST: latency and throughput beside the server's empty answer, how soon an event changes the answer of
 * its customer, and what the server's memory does while a day of events and trainings goes by. Arguments: products (100,000), customers
 * (1,000,000), events (3,000,000), the plugin, and where PostgreSQL is as for {@code scale}.
 */
final class RecommendLoad implements Main.Benchmark {

    private static final int REQUESTS = 4_000;
    private static final int WARM_UP = 10_000;
    private static final int EVENTS_OF_A_VISIT = 3;
    private static final int FRESH = 200;
    private static final int HOURS = 24;
    private static final int EVENTS_OF_AN_HOUR = 10_000;
    private static final int EVENTS_OF_A_REQUEST = 1_000;
    private static final int TRAINED_EVERY = 6;
    private static final int LOADING = 100;
    private static final Duration PATIENCE = Duration.ofHours(2);

    private int products = 100_000;
    private int customers = 1_000_000;
    private long events = 3_000_000;
    private String plugin = "io.kontor.recommend.item-knn";
    private KontorServer server;

    @Override
    public void run(List<String> arguments) throws Exception {
        products = arguments.size() > 0 ? Integer.parseInt(arguments.get(0)) : products;
        customers = arguments.size() > 1 ? Integer.parseInt(arguments.get(1)) : customers;
        events = arguments.size() > 2 ? Long.parseLong(arguments.get(2)) : events;
        plugin = arguments.size() > 3 ? arguments.get(3) : plugin;
        Path folder = Figures.folder();
        Path file = Visits.file(folder, events, products, customers, EVENTS_OF_A_VISIT);
        try (KontorServer started = KontorServer.start(folder.resolve("data"), database(arguments))) {
            server = started;
            fill(file);
            train();
            serve();
            freshness();
            day();
        }
    }

    private Map<String, String> database(List<String> arguments) throws Exception {
        return arguments.size() < 5 ? Map.of() : ScaleTable.database(arguments.subList(3, arguments.size()), events);
    }

    private void fill(Path file) throws IOException, InterruptedException {
        server.json("POST", "/stores", "{\"id\":\"shop\",\"name\":\"Shop\"}").expect(201);
        StringBuilder catalogue = new StringBuilder("id,title,category,price\n");
        for (int product = 0; product < products; product++) {
            catalogue.append('p').append(product).append(",Product ").append(product).append(",c").append(product % 50).append(",10\n");
        }
        server.importCsv("shop", "products", catalogue.toString());
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/stores/shop/imports/events"))
                .header("Authorization", "Bearer " + KontorServer.ADMIN_KEY).header("Content-Type", "text/csv")
                .header("Content-Encoding", "gzip").POST(HttpRequest.BodyPublishers.ofFile(file)).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        server.job(answer.body().replaceAll(".*\"job\":\"([^\"]+)\".*", "$1"), PATIENCE);
        Files.delete(file);
        server.json("PUT", "/stores/shop/plugins/" + plugin, "{}").expect(200);
    }

    private void train() throws InterruptedException {
        long begin = System.nanoTime();
        double busy = Figures.cpuSeconds(server.process().toHandle());
        JsonNode result = server.job(server.json("POST", "/stores/shop/plugins/" + plugin + "/train", "{\"seed\":1}").expect(202).json()
                .get("job").asText(), PATIENCE).get("result");
        Figures.print("trained in %.0f s, processor %.0f s: %s", (System.nanoTime() - begin) / 1e9,
                Figures.cpuSeconds(server.process().toHandle()) - busy, result.get("metrics"));
        promote();
    }

    /** The records follow no taste, so that what is learned may be no better than the baseline, and would not answer by itself. */
    private void promote() throws InterruptedException {
        String model = server.get("/stores/shop/models?plugin=" + plugin).expect(200).json().get("items").get(0).get("id").asText();
        server.json("PUT", "/stores/shop/models/" + model + "/aliases/champion", "").expect(200);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!server.get("/stores/shop/recommendations?customer=c0").expect(200).json().get("servedBy").get("model").asText().equals(model)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the new model does not answer");
            }
            Thread.sleep(LOADING);
        }
    }

    private void serve() throws Exception {
        InTurns turns = new InTurns(server, REQUESTS);
        AtomicInteger asked = new AtomicInteger();
        turns.compare(new InTurns.Asked("recommendation", i -> Wire.request("GET", "/stores/shop/recommendations?customer=c"
                + Math.floorMod(asked.getAndIncrement() * 7919L, customers), "")), WARM_UP, List.of(1, 2, 4));
    }

    /** A customer buys the first product of the list: how long until the list that the customer gets is another one. */
    private void freshness() throws IOException {
        double[] millis = new double[FRESH];
        int changed = 0;
        for (int i = 0; i < FRESH; i++) {
            String ask = "/stores/shop/recommendations?customer=c" + Math.floorMod(i * 104_729L, customers);
            JsonNode list = server.get(ask).expect(200).json();
            String before = products(list);
            String event = "[{\"time\":\"" + Instant.now() + "\",\"type\":\"purchase\",\"customerId\":\"c"
                    + Math.floorMod(i * 104_729L, customers) + "\",\"productId\":\"" + list.get("items").get(0).get("product").asText() + "\"}]";
            long begin = System.nanoTime();
            server.json("POST", "/stores/shop/events", event).expect(202);
            String after = products(server.get(ask).expect(200).json());
            millis[i] = (System.nanoTime() - begin) / 1e6;
            changed += after.equals(before) ? 0 : 1;
        }
        Figures.print("event and next answer: %.1f ms (median), %.1f ms (99 %%); the answer was another one for %d of %d",
                Figures.quantile(millis, 0.5), Figures.quantile(millis, 0.99), changed, FRESH);
    }

    private static String products(JsonNode answer) {
        return StreamSupport.stream(answer.get("items").spliterator(), false).map(item -> item.get("product").asText()).toList().toString();
    }

    private void day() throws IOException, InterruptedException {
        double first = Figures.residentMiB(server.process().pid());
        SplittableRandom random = new SplittableRandom(5);
        for (int hour = 1; hour <= HOURS; hour++) {
            for (int part = 0; part < EVENTS_OF_AN_HOUR / EVENTS_OF_A_REQUEST; part++) {
                List<String> rows = new ArrayList<>();
                for (int i = 0; i < EVENTS_OF_A_REQUEST; i++) {
                    rows.add("{\"time\":\"" + Instant.now() + "\",\"type\":\"view\",\"customerId\":\"c" + random.nextInt(customers)
                            + "\",\"productId\":\"p" + (int) (products * Math.pow(random.nextDouble(), 3)) + "\"}");
                }
                server.json("POST", "/stores/shop/events", "[" + String.join(",", rows) + "]").expect(202);
                for (int i = 0; i < EVENTS_OF_A_REQUEST / 10; i++) {
                    server.get("/stores/shop/recommendations?customer=c" + random.nextInt(customers)).expect(200);
                }
            }
            if (hour % TRAINED_EVERY == 0) {
                train();
                double now = Figures.residentMiB(server.process().pid());
                Figures.print("hour %d: resident %.0f MiB, %.2f of that after the first training", hour, now, now / first);
            }
        }
    }
}
