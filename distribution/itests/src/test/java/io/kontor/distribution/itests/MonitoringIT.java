package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a planted drift to the training that answers it, from the outside. */
class MonitoringIT {

    private static final String PLUGIN = "io.kontor.recommend.item-knn";
    private static final String KNN = "/stores/berlin/plugins/" + PLUGIN;
    private static final String PROBLEMS = "/stores/berlin/problems?closed=";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Instant BEGIN = Instant.parse("2025-01-06T00:00:00Z");
    private static final int A_DAY = 60;
    private static final int PRODUCTS = 60;

    @TempDir
    private static Path folder;
    private static KontorServer server;

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of());
        Shop.create(server, "berlin");
        server.importCsv("berlin", "products", products(1));
        server.importCsv("berlin", "orders", orders(0, 10, 3));
        server.json("PUT", KNN, "{\"settings\":{}}").expect(200);
        train();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void train() {
        server.job(server.json("POST", KNN + "/train", "{\"seed\":42}").expect(202).json().get("job").asText(), PATIENCE);
    }

    private static String products(int factor) {
        StringBuilder csv = new StringBuilder("id,title,category,price\n");
        for (int i = 0; i < PRODUCTS; i++) {
            csv.append('p').append(i).append(",Product ").append(i).append(",group").append(i % 3).append(',').append((5 + i) * factor)
                    .append('\n');
        }
        return csv.toString();
    }

    /** Orders of some weeks, over the first so many of three groups of products. */
    private static String orders(int firstWeek, int weeks, int groups) {
        Random random = new Random(firstWeek);
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int day = firstWeek * 7; day < (firstWeek + weeks) * 7; day++) {
            for (int i = 0; i < A_DAY; i++) {
                int customer = random.nextInt(150);
                int product = random.nextInt(PRODUCTS / 3) * 3 + (random.nextInt(5) == 0 ? random.nextInt(groups) : customer % groups);
                csv.append('o').append(day).append('-').append(i).append(',').append(BEGIN.plusSeconds(day * 86_400L + i * 1_200L)).append(",c")
                        .append(customer).append(",p").append(product).append(',').append(1 + random.nextInt(3)).append(",9.90\n");
            }
        }
        return csv.toString();
    }

    private JsonNode look() {
        return server.job(server.json("POST", KNN + "/monitoring", "").expect(202).json().get("job").asText(), PATIENCE).get("result");
    }

    private Set<String> problems(boolean closed) {
        Set<String> names = new TreeSet<>();
        server.get(PROBLEMS + closed).expect(200).json().get("items").forEach(one -> names.add(one.get("what").asText()));
        return names;
    }

    @Test
    void aPlantedDriftIsNamedTrainedForOnceAndGoneAfterwards() {
        JsonNode result = look();
        assertEquals(0, result.get("problem").asInt(), result.toString());
        assertTrue(result.get("well").asInt() >= 6, result.toString());
        assertEquals(Set.of(), problems(false));

        server.importCsv("berlin", "orders", orders(10, 1, 1));
        server.importCsv("berlin", "products", products(100));
        server.json("PUT", KNN + "/monitoring", "{\"retrain\":true}").expect(200);
        String champion = look().get("model").asText();
        assertEquals(Set.of("interactions.category", "ndcg@10", "products.price"), problems(false),
                "lists of before the drift are worse after it");
        JsonNode price = server.get(KNN + "/monitoring").expect(200).json().get("latest").get("findings").get(0);
        assertEquals("products.price", price.get("what").asText());
        assertEquals("PROBLEM", price.get("state").asText());
        assertEquals(price.get("spread").get("reference").size(), price.get("spread").get("now").size());
        String metrics = server.get("/metrics").expect(200).body();
        assertTrue(metrics.contains("kontor_model_problems{plugin=\"" + PLUGIN + "\",kind=\"input\"} 2"), metrics);

        String problem = server.get(PROBLEMS + "false").expect(200).json().get("items").get(0).get("id").asText();
        look();
        JsonNode trainings = server.get("/jobs?store=berlin").expect(200).json().get("items");
        String training = null;
        int started = 0;
        for (JsonNode job : trainings) {
            if (job.get("type").asText().equals("train")) {
                training = started++ == 0 ? job.get("id").asText() : training;
            }
        }
        assertEquals(2, started, "the first one and the one that followed");
        assertTrue(server.job(training, PATIENCE).get("result").get("promoted").asBoolean());

        assertEquals(Set.of(), problems(false), "another model serves");
        JsonNode closed = server.get(PROBLEMS + "true").expect(200).json().get("items");
        assertEquals(3, closed.size());
        assertEquals("NEW_MODEL", closed.get(0).get("closedBy").asText());
        assertEquals(problem, closed.get(0).get("id").asText());
        assertEquals(champion, closed.get(0).get("model").asText());
        JsonNode after = look();
        assertEquals(0, after.get("problem").asInt(), after.toString());
        assertFalse(after.has("training"));
        assertEquals(4, server.get(KNN + "/monitoring/looks").expect(200).json().get("items").size());
    }

    @Test
    void aScheduleLooksEachDayAndBadPoliciesAreRefusedByTheirField() {
        boolean scheduled = false;
        for (JsonNode schedule : server.get("/stores/berlin/schedules").expect(200).json().get("items")) {
            if (schedule.get("task").asText().equals("monitor")) {
                scheduled = schedule.get("enabled").asBoolean() && schedule.get("timeZone").asText().equals("Europe/Berlin");
            }
        }
        assertTrue(scheduled);
        JsonNode errors = server.json("PUT", KNN + "/monitoring", "{\"index\":0,\"coolDownHours\":0}").expect(422).json().get("errors");
        assertEquals("index", errors.get(0).get("field").asText());
        assertEquals("coolDownHours", errors.get(1).get("field").asText());
        assertEquals(0.25, server.get(KNN + "/monitoring").expect(200).json().get("policy").get("index").asDouble());
        server.get("/stores/berlin/plugins/io.kontor.none/monitoring").expect(404);
        server.json("POST", "/stores/berlin/problems/999/acknowledge", "{}").expect(404);
    }
}
