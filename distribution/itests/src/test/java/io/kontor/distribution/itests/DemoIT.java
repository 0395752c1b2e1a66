package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.demo.DemoStore;
import io.kontor.platform.demo.History;
import io.kontor.platform.demo.Truths;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo as an operator starts it, and its plugins against the truth that the generator kept from them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {

    private static final long SEED = 11;
    private static final LocalDate LAST = LocalDate.of(2026, 3, 31);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String END = "REST API";
    private static final int AHEAD = 28;
    private static final int SHOWN = 3;
    private static final int VISITS = 240;
    /** A constant elasticity, were it the true mean, would miss by the true spread. */
    private static final double MOST_OF_SPREAD = 0.8;
    /** Of intervals that should hold 95 of 100 truths, on 39 to 72 products. */
    private static final double LEAST_HELD = 0.85;
    private static final double MOST_OF_NAIVE = 0.6;
    /** Days of the last 60 on which a product that is short of stock ran out. */
    private static final int OFTEN = 10;
    private static final double MOST_MISSED = 0.15;
    /** Chance alone would meet a taste in one of five cases. */
    private static final double MORE_MET = 0.15;
    private static final double LEAST_AUC = 0.93;

    @TempDir
    static Path folder;

    private static KontorServer server;

    /**
     * How far forecasts are from true demand.
     *
     * @param error sum of absolute errors over true demand
     * @param shortShare forecast over true demand of products that were often out of stock
     */
    private record Errors(double error, double shortShare) {
    }

    static Stream<DemoStore> stores() {
        return DemoStore.all().stream();
    }

    private static KontorServer demo(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("demo"));
        command.addAll(List.of(options));
        return KontorServer.launch(folder.resolve("data"), KontorServer.PATIENT, command.toArray(String[]::new));
    }

    @BeforeAll
    static void run() throws IOException {
        server = demo("--seed", Long.toString(SEED), "--until", LAST.toString());
        server.line(END, PATIENCE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void printsAResultOfEachFamilyInEachStoreWithinAHundredColumns() {
        List<String> output = server.output();
        for (DemoStore store : DemoStore.all()) {
            int begin = output.indexOf(store.id() + " · " + store.name() + " · " + store.currency());
            assertTrue(begin >= 0, String.join("\n", output));
            List<String> own = output.subList(begin + 1, output.size()).stream().takeWhile(line -> !line.isEmpty()).toList();
            for (String family : List.of("recommend", "inventory", "pricing", "risk")) {
                assertTrue(own.stream().anyMatch(line -> line.startsWith("  " + family + " ")), String.join("\n", own));
            }
        }
        assertTrue(output.stream().noneMatch(line -> line.contains("not trained")), String.join("\n", output));
        output.forEach(line -> assertTrue(line.codePoints().map(c -> c >= 0x2e80 ? 2 : 1).sum() <= 100, line));
        assertTrue(output.stream().anyMatch(line -> line.startsWith("Login      admin / ")), String.join("\n", output));
    }

    @ParameterizedTest
    @MethodSource("stores")
    @Order(1)
    void leavesProposalsForPeopleToDecideOn(DemoStore store) {
        for (String family : List.of("inventory", "pricing")) {
            assertFalse(get(store, "/proposals?family=" + family + "&state=pending").get("items").isEmpty(), family);
        }
        assertFalse(get(store, "/risk/cases").get("items").isEmpty());
        get(store, "/data").get("items").forEach(entity -> assertEquals(0, entity.get("quarantined").asInt(), entity.toString()));
    }

    @ParameterizedTest
    @MethodSource("stores")
    @Order(1)
    void elasticitiesComeNearTheTruthAndTheirIntervalsHoldIt(DemoStore store) {
        Truths truths = history(store).truths();
        double error = 0;
        double squares = 0;
        double sum = 0;
        int held = 0;
        int count = 0;
        for (JsonNode one : get(store, "/elasticities?limit=200").get("items")) {
            double truth = truths.elasticity(one.get("product").asText());
            error += Math.pow(one.get("elasticity").asDouble() - truth, 2);
            squares += truth * truth;
            sum += truth;
            held += one.get("low").asDouble() <= truth && truth <= one.get("high").asDouble() ? 1 : 0;
            count++;
        }
        double rmse = Math.sqrt(error / count);
        double spread = Math.sqrt(squares / count - sum / count * sum / count);
        String figures = store.id() + ": root mean squared error %.2f, true spread %.2f, %d of %d intervals hold the truth"
                .formatted(rmse, spread, held, count);
        assertTrue(rmse < MOST_OF_SPREAD * spread, figures);
        assertTrue(held >= LEAST_HELD * count, figures);
        assertEquals(truths.products().size(), count);
    }

    @ParameterizedTest
    @MethodSource("stores")
    @Order(1)
    void forecastsComeNearerToTrueDemandThanSeasonalNaive(DemoStore store) throws IOException {
        Truths truths = history(store).truths();
        Errors own = errors(store, truths, "io.kontor.inventory.exponential-smoothing");
        Errors naive = errors(store, truths, "io.kontor.inventory.seasonal-naive");
        String figures = store.id() + ": error %.3f against %.3f; of what is truly wanted of products short of stock %.3f against %.3f"
                .formatted(own.error, naive.error, own.shortShare, naive.shortShare);
        assertTrue(own.error < MOST_OF_NAIVE * naive.error, figures);
        // Only fresh food runs out often enough on many products; there sales say less than was wanted.
        if (store.id().equals("grocery")) {
            assertTrue(Math.abs(own.shortShare - 1) < MOST_MISSED && naive.shortShare < own.shortShare, figures);
        }
    }

    private static Errors errors(DemoStore store, Truths truths, String plugin) throws IOException {
        double error = 0;
        double all = 0;
        double shortForecast = 0;
        double shortTruth = 0;
        for (JsonNode forecast : batch(store, "/forecasts/batch", "{\"horizon\":" + AHEAD + ",\"plugin\":\"" + plugin + "\"}")) {
            String product = forecast.get("product").asText();
            boolean isShort = LAST.minusDays(60).datesUntil(LAST).filter(day -> !truths.served(product, day)).count() >= OFTEN;
            for (JsonNode point : forecast.get("points")) {
                double truth = truths.expectedDemand(product, LocalDate.parse(point.get("date").asText()));
                double mean = point.get("mean").asDouble();
                error += Math.abs(mean - truth);
                all += truth;
                shortForecast += isShort ? mean : 0;
                shortTruth += isShort ? truth : 0;
            }
        }
        return new Errors(error / all, shortForecast / shortTruth);
    }

    @ParameterizedTest
    @MethodSource("stores")
    @Order(1)
    void recommendationsMeetTrueTastesMoreOftenThanMostPopular(DemoStore store) throws IOException {
        Truths truths = history(store).truths();
        double own = met(store, truths, "io.kontor.recommend.item-knn");
        double popular = met(store, truths, "io.kontor.recommend.most-popular");
        String figures = store.id() + ": %.3f of the products shown are to the customer's taste against %.3f".formatted(own, popular);
        assertTrue(own > popular + MORE_MET, figures);
    }

    /** How often the first products shown to customers are to their taste; asked for those who have enough such products still to buy. */
    private static double met(DemoStore store, Truths truths, String plugin) throws IOException {
        Map<String, Set<String>> bought = new TreeMap<>();
        StringBuilder orders = new StringBuilder();
        history(store).write("orders", orders);
        orders.toString().lines().skip(1).map(line -> line.split(",")).forEach(line ->
                bought.computeIfAbsent(line[2], id -> new HashSet<>()).add(line[3]));
        List<String> customers = bought.keySet().stream().filter(customer -> bought.get(customer).size() >= 3 && truths.products().stream()
                .filter(product -> truths.tasteOfProduct(product) == truths.tasteOfCustomer(customer))
                .filter(product -> !bought.get(customer).contains(product)).count() >= SHOWN).limit(300).toList();
        String body = "{\"n\":" + SHOWN + ",\"plugin\":\"" + plugin + "\",\"customers\":"
                + customers.stream().map(id -> '"' + id + '"').collect(Collectors.joining(",", "[", "]")) + "}";
        int met = 0;
        int all = 0;
        for (JsonNode answer : batch(store, "/recommendations/batch", body)) {
            for (JsonNode item : answer.get("items")) {
                met += truths.tasteOfCustomer(answer.get("customer").asText()) == truths.tasteOfProduct(item.get("product").asText()) ? 1 : 0;
                all++;
            }
        }
        return (double) met / all;
    }

    /** Asked for the payments of which the shop does not know yet what they are. */
    @ParameterizedTest
    @MethodSource("stores")
    @Order(1)
    void fraudScoresHigherThanHonestPayments(DemoStore store) throws IOException {
        StringBuilder csv = new StringBuilder();
        history(store).write("transactions", csv);
        List<String> rows = csv.toString().lines().toList();
        List<String> columns = List.of(rows.get(0).split(","));
        ObjectMapper mapper = new ObjectMapper();
        StringBuilder lines = new StringBuilder();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",");
            Map<String, String> transaction = new TreeMap<>();
            for (int i = 0; i < cells.length; i++) {
                transaction.put(columns.get(i), cells[i]);
            }
            if (transaction.get("label").isEmpty()) {
                transaction.values().removeIf(String::isEmpty);
                lines.append(mapper.writeValueAsString(Map.of("transaction", transaction))).append('\n');
            }
        }
        Truths truths = history(store).truths();
        List<Double> frauds = new ArrayList<>();
        List<Double> honest = new ArrayList<>();
        String answers = server.send("POST", "/stores/" + store.id() + "/risk/assessments/batch",
                lines.toString().getBytes(StandardCharsets.UTF_8), "application/x-ndjson").expect(200).body();
        for (String line : answers.split("\n")) {
            JsonNode answer = mapper.readTree(line);
            (truths.fraud(answer.get("transaction").asText()) ? frauds : honest).add(answer.get("score").asDouble());
        }
        double pairs = frauds.stream().mapToDouble(fraud -> honest.stream().mapToDouble(other ->
                fraud > other ? 1 : fraud.equals(other) ? 0.5 : 0).sum()).sum();
        double auc = pairs / frauds.size() / honest.size();
        String figures = store.id() + ": area under the curve %.3f of %d frauds among %d".formatted(auc, frauds.size(),
                frauds.size() + honest.size());
        assertTrue(auc >= LEAST_AUC, figures);
    }

    @ParameterizedTest
    @Order(1)
    @MethodSource("stores")
    void whatCustomersClickedOnIsThereToBeLookedAt(DemoStore store) {
        JsonNode results = get(store, "/experiments/home-trending/results");
        assertEquals("too_early", results.get("verdict").asText(), results.toString());
        int seen = 0;
        for (JsonNode variant : results.get("variants")) {
            seen += variant.get("impressions").asInt();
            assertTrue(variant.get("clickThroughRate").get("value").asDouble() > 0, variant.toString());
        }
        assertEquals(VISITS, seen);
    }

    @Test
    @Order(2)
    void endsCleanlyAndShowsTheSameStoresAgain() throws Exception {
        String before = stateOf(server);
        server.process().destroy();
        assertTrue(server.process().waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, server.process().exitValue());
        KontorServer other = demo("--seed", "12");
        assertTrue(other.process().waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, other.process().exitValue());
        assertTrue(other.output().stream().anyMatch(line -> line.startsWith("The data folder holds the demo of seed 11 until 2026-03-31")),
                other.output().toString());
        server = demo();
        server.line(END, PATIENCE);
        assertEquals(before, stateOf(server));
    }

    private static String stateOf(KontorServer server) {
        StringBuilder state = new StringBuilder();
        for (DemoStore store : DemoStore.all()) {
            server.get("/stores/" + store.id() + "/data").expect(200).json().get("items").forEach(entity ->
                    state.append("%s %s %s%n".formatted(store.id(), entity.get("entity").asText(), entity.get("rows"))));
            server.get("/stores/" + store.id() + "/models").expect(200).json().get("items").forEach(model ->
                    state.append(model.get("id").asText()).append('\n'));
        }
        return state.toString();
    }

    private static History history(DemoStore store) {
        return store.history(SEED, LAST);
    }

    private static JsonNode get(DemoStore store, String path) {
        return server.get("/stores/" + store.id() + path).expect(200).json();
    }

    private static List<JsonNode> batch(DemoStore store, String path, String body) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : server.json("POST", "/stores/" + store.id() + path, body).expect(200).body().split("\n")) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }
}
