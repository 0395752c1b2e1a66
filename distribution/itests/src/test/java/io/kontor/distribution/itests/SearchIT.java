package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches over settings from the outside. */
class SearchIT {

    private static final String KNN = "/stores/berlin/plugins/io.kontor.recommend.item-knn";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;
    private KontorServer server;

    @BeforeEach
    void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of());
        Shop.create(server, "berlin");
        server.importCsv("berlin", "orders", Shop.orders(1));
        server.json("PUT", KNN, "{\"settings\":{\"halfLifeDays\":1,\"shrinkage\":1000}}").expect(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String search(String wanted) {
        return server.json("POST", KNN + "/search", wanted).expect(202).json().get("job").asText();
    }

    private JsonNode searched(String job) {
        return server.get(KNN + "/searches/" + job).expect(200).json();
    }

    @Test
    void aSearchIsJudgedTrialByTrialAndItsSettingsAreTakenOver() throws Exception {
        String job = search("{\"trials\":8,\"settings\":{\"neighbours\":{\"min\":5,\"max\":100},\"shrinkage\":[0,10,100]}}");
        JsonNode result = server.job(job, PATIENCE).get("result");
        JsonNode search = searched(job);
        assertEquals("SUCCEEDED", search.get("state").asText());
        assertEquals(9, search.get("trials").size());
        assertEquals(1000, search.get("trials").get(0).get("settings").get("shrinkage").asInt());
        for (JsonNode trial : search.get("trials")) {
            assertTrue(trial.get("score").asDouble() > 0, trial.toString());
            assertEquals(trial.get("score"), trial.get("metrics").get(search.get("primary").asText()));
        }
        assertEquals(result.get("settings"), search.get("trials").get(search.get("outcome").get("trial").asInt()).get("settings"));
        assertFalse(result.get("applied").asBoolean());
        assertEquals(1000, server.get(KNN).expect(200).json().get("settings").get("shrinkage").asInt());
        JsonNode applied = server.json("POST", KNN + "/searches/" + job + "/apply", "{\"trial\":3}").expect(200).json();
        assertEquals(3, applied.get("appliedTrial").asInt());
        JsonNode settings = server.get(KNN).expect(200).json().get("settings");
        assertEquals(search.get("trials").get(3).get("settings").get("neighbours"), settings.get("neighbours"));
        assertEquals(1, settings.get("halfLifeDays").asInt(), "what was not searched over stays");
        assertEquals(job, server.get(KNN + "/searches").expect(200).json().get("items").get(0).get("job").asText());
        server.json("POST", KNN + "/searches/" + job + "/apply", "{\"trial\":99}").expect(404);
        server.get(KNN + "/searches/none").expect(404);
    }

    @Test
    void aSearchThatAKillCutShortGoesOnWithTheNextTrial() throws Exception {
        String job = search("{\"trials\":60,\"strategy\":\"random\"}");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (searched(job).get("trials").size() < 4) {
            assertTrue(System.nanoTime() < deadline, "no trials");
            LockSupport.parkNanos(10_000_000);
        }
        server.kill();
        server = KontorServer.start(folder.resolve("data"), Map.of());
        JsonNode before = searched(job);
        server.job(job, PATIENCE);
        JsonNode after = searched(job);
        assertEquals(61, after.get("trials").size());
        for (int i = 0; i < before.get("trials").size(); i++) {
            assertEquals(before.get("trials").get(i), after.get("trials").get(i));
        }
        assertTrue(after.get("outcome").get("reason").asText().length() > 20, after.toString());
    }

    @Test
    void badTermsAreRefusedByTheNameOfTheField() {
        Map.of("{\"strategy\":\"magic\"}", "strategy", "{\"trials\":0}", "trials", "{\"seconds\":0}", "seconds",
                "{\"strategy\":\"grid\",\"trials\":7}", "trials", "{\"settings\":{\"nothing\":[1,2]}}", "settings.nothing",
                "{\"settings\":{\"neighbours\":{\"min\":-1,\"max\":9}}}", "settings.neighbours",
                "{\"settings\":{\"neighbours\":{\"min\":9,\"max\":9}}}", "settings.neighbours",
                "{\"settings\":{\"neighbours\":{\"least\":9}}}", "settings.neighbours").forEach((wanted, field) -> {
                    JsonNode errors = server.json("POST", KNN + "/search", wanted).expect(422).json().get("errors");
                    assertEquals(field, errors.get(0).get("field").asText(), wanted);
                });
        server.json("POST", "/stores/berlin/plugins/io.kontor.none/search", "{}").expect(404);
        assertEquals(0, server.get(KNN + "/searches").expect(200).json().get("items").size());
    }
}
