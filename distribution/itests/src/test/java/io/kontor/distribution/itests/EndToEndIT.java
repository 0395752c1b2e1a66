package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job from end to end: data in, plugin enabled, model trained, recommendations served, all of it again after a restart. */
class EndToEndIT {

    private static final String KNN = "io.kontor.recommend.item-knn";

    @TempDir
    Path folder;

    @Test
    void recommendsWhatTheCustomersGroupBuysAndStillDoesAfterAKill() throws Exception {
        String before;
        try (KontorServer server = KontorServer.start(folder.resolve("data"), KontorServer.AS_SHIPPED)) {
            Shop.create(server, "berlin");
            JsonNode imported = server.importCsv("berlin", "orders", Shop.orders(1));
            assertEquals(2400, imported.get("stored").asInt() + imported.get("duplicates").asInt());
            JsonNode again = server.importCsv("berlin", "orders", Shop.orders(1));
            assertEquals(0, again.get("stored").asInt(), "importing twice stores nothing twice: " + again);

            JsonNode enabled = server.json("PUT", "/stores/berlin/plugins/" + KNN, "{\"settings\":{}}").expect(200).json();
            assertEquals("WAITING", enabled.get("state").asText());
            assertTrue(enabled.get("reason").asText().contains("no model"), enabled.toString());

            String job = server.json("POST", "/stores/berlin/plugins/" + KNN + "/train", "{\"seed\":7}").expect(202).json().get("job").asText();
            JsonNode result = server.job(job, Duration.ofMinutes(2)).get("result");
            assertTrue(result.get("promoted").asBoolean(), result.toString());
            assertTrue(result.get("metrics").get("ndcg@10").asDouble() > result.get("baseline").get("ndcg@10").asDouble(),
                    result.toString());
            JsonNode model = server.get("/stores/berlin/models?plugin=" + KNN).expect(200).json().get("items").get(0);
            JsonNode interval = model.get("intervals").get("metrics").get("ndcg@10");
            double ndcg = model.get("metrics").get("ndcg@10").asDouble();
            assertTrue(interval.get("low").asDouble() <= ndcg && ndcg <= interval.get("high").asDouble(), model.toString());
            assertTrue(model.get("differences").get("baseline").get("low").asDouble() > 0, "clearly better: " + model);
            for (JsonNode slice : model.get("slices")) {
                assertTrue(slice.get("cases").asInt() > 0 && slice.get("baseline").has("ndcg@10"), slice.toString());
            }
            assertEquals("ACTIVE", server.get("/stores/berlin/plugins/" + KNN).expect(200).json().get("state").asText());

            JsonNode answer = server.get("/stores/berlin/recommendations?customer=c7&n=5").expect(200).json();
            check(answer);
            before = products(answer).toString();
            server.kill();
        }
        try (KontorServer server = KontorServer.start(folder.resolve("data"), KontorServer.AS_SHIPPED)) {
            JsonNode answer = server.get("/stores/berlin/recommendations?customer=c7&n=5").expect(200).json();
            check(answer);
            assertEquals(before, products(answer).toString());
            int bought = server.get("/stores/berlin/data").expect(200).json().get("items").size();
            assertNotEquals(0, bought);
        }
    }

    private static void check(JsonNode answer) {
        assertEquals(KNN, answer.get("servedBy").get("plugin").asText(), answer.toString());
        assertTrue(answer.get("fallback").isNull(), answer.toString());
        assertFalse(answer.get("servedBy").get("model").isNull());
        assertEquals(5, answer.get("items").size());
        int ofGroup = 0;
        for (JsonNode item : answer.get("items")) {
            int product = Integer.parseInt(item.get("product").asText().substring(1));
            ofGroup += product / 20 == 2 ? 1 : 0;
            assertFalse(item.get("reasons").isEmpty(), "every item says why");
        }
        assertTrue(ofGroup >= 4, "customer 7 belongs to group 2: " + answer);
    }

    private static Set<String> products(JsonNode answer) {
        Set<String> products = new HashSet<>();
        answer.get("items").forEach(item -> products.add(item.get("product").asText()));
        return products;
    }
}
