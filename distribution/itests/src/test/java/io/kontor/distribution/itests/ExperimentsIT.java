package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments, measures and learning of placements from the outside. */
class ExperimentsIT {

    private static final String KNN = "io.kontor.recommend.item-knn";
    private static final String POPULAR = "io.kontor.recommend.most-popular";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CUSTOMERS = 160;

    @TempDir
    private static Path folder;
    private static KontorServer server;

    /** An answer that a customer got. */
    private record Got(String requestId, String variant, String product) {
    }

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of());
        Shop.create(server, "berlin");
        StringBuilder products = new StringBuilder("id,title,category,price\n");
        for (int i = 0; i < 100; i++) {
            products.append('p').append(i).append(",Product ").append(i).append(",group").append(i / 20).append(",10\n");
        }
        server.importCsv("berlin", "products", products.toString());
        server.importCsv("berlin", "orders", Shop.orders(1));
        for (String plugin : List.of(KNN, POPULAR)) {
            String path = "/stores/berlin/plugins/" + plugin;
            server.json("PUT", path, "{\"settings\":{}}").expect(200);
            server.job(server.json("POST", path + "/train", "{\"seed\":1}").expect(202).json().get("job").asText(), PATIENCE);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void placement(String id, String learning, String... strategies) {
        server.json("PUT", "/stores/berlin/placements/" + id, "{\"title\":\"" + id + "\",\"kind\":\"home\",\"strategies\":[\""
                + String.join("\",\"", strategies) + "\"]" + (learning == null ? "" : ",\"learning\":\"" + learning + "\"") + "}").expect(200);
    }

    private static void experiment(String id, String placement) {
        server.json("PUT", "/stores/berlin/experiments/" + id, "{\"title\":\"More alike or more liked\",\"placement\":\"" + placement
                + "\",\"minDays\":0,\"minUnits\":30,\"variants\":[{\"id\":\"alike\",\"share\":1},{\"id\":\"liked\",\"share\":1,"
                + "\"definition\":{\"strategies\":[\"" + POPULAR + "\"]}}]}").expect(200);
    }

    private static Got ask(String placement, String who) {
        JsonNode answer = server.get("/stores/berlin/recommendations?n=5&placement=" + placement + "&" + who).expect(200).json();
        JsonNode variant = answer.get("variant");
        return new Got(answer.get("requestId").asText(), variant == null ? null : variant.asText(),
                answer.get("items").get(0).get("product").asText());
    }

    private static String said(Got got, String type) {
        return "{\"requestId\":\"" + got.requestId + "\",\"product\":\"" + got.product + "\",\"type\":\"" + type + "\",\"time\":\""
                + Instant.now() + "\"}";
    }

    private static void feedback(List<String> said) {
        assertEquals(said.size(), server.json("POST", "/stores/berlin/feedback", "[" + String.join(",", said) + "]").expect(202).json()
                .get("accepted").asInt());
    }

    private static JsonNode results(String id) {
        return server.get("/stores/berlin/experiments/" + id + "/results").expect(200).json();
    }

    private static JsonNode measure(String by, String name) {
        for (JsonNode row : server.get("/stores/berlin/recommendations/measures?by=" + by).expect(200).json().get("items")) {
            if (row.get("name").asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no measures of " + name);
    }

    @Test
    void anExperimentIsStickyMeasuredAndItsWinnerBecomesThePlacement() {
        StringBuilder earlier = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int c = 0; c < CUSTOMERS; c++) {
            if (c % 10 < 3) {
                earlier.append("before").append(c).append(',').append(Instant.now().minusSeconds(864_000 + c)).append(",c").append(c)
                        .append(",p99,1,").append(20 + c % 7).append('\n');
            }
        }
        server.importCsv("berlin", "orders", earlier.toString());
        placement("home", null, KNN);
        experiment("first", "home");
        Map<String, Got> seen = new TreeMap<>();
        List<String> said = new ArrayList<>();
        for (int c = 0; c < CUSTOMERS; c++) {
            Got got = ask("home", "customer=c" + c);
            assertEquals(got.variant, ask("home", "customer=c" + c).variant, "the same variant again");
            seen.put("c" + c, got);
            said.add(said(got, "impression"));
            if (c % 10 < (got.variant.equals("liked") ? 8 : 3)) {
                said.add(said(got, "click"));
            }
            if (c % 10 < (got.variant.equals("liked") ? 6 : 1)) {
                said.add(said(got, "purchase"));
            }
        }
        feedback(said);
        feedback(said);
        JsonNode results = results("first");
        assertEquals(CUSTOMERS, results.get("variants").get(0).get("units").asInt() + results.get("variants").get(1).get("units").asInt());
        assertFalse(results.get("sampleRatioMismatch").asBoolean(), results.toString());
        assertEquals("better", results.get("verdict").asText(), results.toString());
        assertEquals("liked", results.get("best").asText());
        JsonNode buyers = results.get("variants").get(1).get("comparisons").get(1);
        JsonNode adjusted = buyers.get("adjusted");
        assertEquals(CUSTOMERS, adjusted.get("customers").asInt());
        assertTrue(adjusted.get("narrower").asDouble() > 0.01, buyers.toString());
        assertTrue(adjusted.get("anytimeHigh").asDouble() - adjusted.get("anytimeLow").asDouble()
                < buyers.get("anytimeHigh").asDouble() - buyers.get("anytimeLow").asDouble());
        assertTrue(results.get("variants").get(1).get("comparisons").get(0).get("adjusted").isNull(), "nothing is known of clicks before");
        JsonNode liked = measure("variant", "first/liked");
        long visitors = seen.values().stream().filter(got -> got.variant.equals("liked")).count();
        assertEquals(visitors, liked.get("impressions").asLong());
        assertEquals(2 * visitors, liked.get("answers").asLong());
        assertEquals(0.8, liked.get("clickThroughRate").get("value").asDouble(), 0.12);
        assertEquals(10.0 * liked.get("purchases").asLong(), liked.get("revenue").get("value").asDouble(), 1e-6, "the catalogue's price");
        assertEquals(2 * CUSTOMERS, measure("placement", "home").get("answers").asInt());
        assertTrue(measure("strategy", POPULAR).get("answers").asInt() >= 2 * visitors);

        assertEquals("liked", server.json("POST", "/stores/berlin/experiments/first/finish", "{\"winner\":\"liked\"}").expect(200).json()
                .get("winner").asText());
        assertEquals(POPULAR, server.get("/stores/berlin/placements/home").expect(200).json().get("strategies").get(0).asText());
        assertEquals(null, ask("home", "customer=c1").variant);
        server.json("POST", "/stores/berlin/experiments/first/finish", "{}").expect(422);
    }

    @Test
    void aBrokenAssignmentIsToldLoudly() {
        placement("cart", null, KNN);
        experiment("broken", "cart");
        Map<String, String> variants = new LinkedHashMap<>();
        for (int v = 0; v < CUSTOMERS; v++) {
            variants.put("v" + v, ask("cart", "visitor=v" + v).variant);
        }
        assertFalse(results("broken").get("sampleRatioMismatch").asBoolean());
        server.send("DELETE", "/stores/berlin/experiments/broken", new byte[0], "application/json").expect(204);
        experiment("broken", "cart");
        int lost = 0;
        for (Map.Entry<String, String> one : variants.entrySet()) {
            if (one.getValue().equals("liked") || lost++ % 4 == 0) {
                assertEquals(one.getValue(), ask("cart", "visitor=" + one.getKey()).variant, "an id draws the same again");
            }
        }
        JsonNode results = results("broken");
        assertTrue(results.get("sampleRatioMismatch").asBoolean(), "three of four requests of a variant are lost: " + results);
        assertEquals("broken", results.get("verdict").asText());
    }

    @Test
    void importedOrdersBelongToTheAnswersThatShowedTheProduct() throws Exception {
        placement("email", null, POPULAR);
        Got got = ask("email", "customer=c7");
        server.importCsv("berlin", "orders", "orderId,time,customerId,productId,quantity,unitPrice\nlater-1," + Instant.now().plusSeconds(60)
                + ",c7," + got.product + ",2,7.50\n");
        Instant until = Instant.now().plus(PATIENCE);
        while (measure("placement", "email").get("viewThroughPurchases").asInt() == 0 && Instant.now().isBefore(until)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        JsonNode email = measure("placement", "email");
        assertEquals(15, email.get("viewThroughRevenue").get("value").asDouble(), 1e-9);
        assertEquals(0, email.get("purchases").asInt(), "kept apart from what was clicked");
    }

    @Test
    void aPlacementLearnsWhichStrategyIsClicked() {
        placement("advert", "thompson", KNN, POPULAR);
        server.get("/stores/berlin/recommendations?placement=advert&device=fridge").expect(422);
        List<String> said = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int c = 0; c < 50; c++) {
                Got got = ask("advert", "customer=c" + c + "&device=mobile");
                JsonNode question = server.get("/stores/berlin/decisions/" + got.requestId).expect(200).json().get("decision").get("question");
                assertEquals("mobile", question.get("device").asText());
                JsonNode logged = question.get("learning");
                assertTrue(logged.get("propensity").asDouble() >= 0.05 && logged.get("propensity").asDouble() <= 1, logged.toString());
                if (logged.get("strategy").asText().equals(POPULAR)) {
                    said.add(said(got, "click"));
                }
            }
            feedback(said);
            said.clear();
        }
        JsonNode learning = server.get("/stores/berlin/placements/advert/learning").expect(200).json();
        JsonNode knn = learning.get("strategies").get(0);
        JsonNode popular = learning.get("strategies").get(1);
        assertEquals(200, knn.get("choices").asInt() + popular.get("choices").asInt());
        assertTrue(popular.get("choices").asInt() > 120, "it learns while it serves: " + learning);
        assertEquals(1, popular.get("doublyRobust").get("value").asDouble(), 0.1);
        assertEquals(0, knn.get("selfNormalised").get("value").asDouble(), 1e-9);
        assertTrue(learning.get("served").asDouble() > learning.get("uniform").get("value").asDouble());
        server.get("/stores/berlin/placements/nothing/learning").expect(404);
    }

    @Test
    void aPlacementSaysForWhomItIsReady() {
        placement("shelf", null, KNN);
        JsonNode ready = server.get("/stores/berlin/placements/shelf/readiness").expect(200).json();
        assertEquals(200, ready.get("customers").get("asked").asInt());
        assertTrue(ready.get("customers").get("ready").asDouble() > 0.9, ready.toString());
        assertTrue(ready.get("products").get("asked").asInt() >= 50, ready.toString());
        assertTrue(ready.get("products").get("low").asDouble() > 0.5, ready.toString());
        placement("bare", null, "io.kontor.recommend.not-there");
        JsonNode bare = server.get("/stores/berlin/placements/bare/readiness").expect(200).json();
        assertEquals(0, bare.get("customers").get("ready").asDouble(), bare.toString());
        assertEquals(200, bare.get("customers").get("fallback").asInt(), "it still answers, by fallbacks");
    }
}
