package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal records, settings and seed give the same model, byte for byte, whatever the threads, the process and the database. */
class SameModelsIT {

    private static final int PRODUCTS = 12;
    private static final String FOREST = "io.kontor.risk.random-forest";

    @TempDir
    Path folder;

    /** The artifact's hash and the snapshot's, by plugin. */
    private static Map<String, String> trainAll(KontorServer server, int threads) {
        server.json("PUT", "/stores/berlin/training-limits", "{\"threads\":" + threads + "}").expect(200);
        Map<String, String> hashes = new TreeMap<>();
        for (JsonNode plugin : server.get("/plugins").expect(200).json().get("items")) {
            if (plugin.get("trainable").asBoolean()) {
                String id = plugin.get("id").asText();
                String path = "/stores/berlin/plugins/" + id;
                if (server.get(path).status() == 404) {
                    server.json("PUT", path, id.equals(FOREST) ? "{\"settings\":{\"trees\":20}}" : "{\"settings\":{}}").expect(200);
                }
                String job = server.json("POST", path + "/train", "{\"seed\":5}").expect(202).json().get("job").asText();
                String model = server.job(job, Duration.ofMinutes(3)).get("result").get("model").asText();
                hashes.put(id, hashes(server, model));
            }
        }
        assertTrue(hashes.size() >= 6, hashes.toString());
        return hashes;
    }

    private static String hashes(KontorServer server, String model) {
        JsonNode card = server.get("/stores/berlin/models/" + model + "/card").expect(200).json().get("model");
        assertTrue(card.get("code").get("bundleSha256").asText().matches("[0-9a-f]{64}"), card.toString());
        assertFalse(card.get("code").get("platform").asText().isEmpty(), card.toString());
        return card.get("sha256").asText() + " from " + card.get("snapshot").get("hash").asText();
    }

    @Test
    void threadsRestartsAndDatabasesMakeNoDifference() throws Exception {
        Map<String, String> first;
        try (KontorServer server = KontorServer.start(folder.resolve("h2"), Map.of())) {
            Market.open(server, "berlin", PRODUCTS);
            first = trainAll(server, 1);
        }
        try (KontorServer server = KontorServer.start(folder.resolve("h2"), Map.of())) {
            assertEquals(first, trainAll(server, 3), "after a restart and with three threads instead of one");
        }
        FreshDatabase fresh = FreshDatabase.postgres();
        try (KontorServer server = KontorServer.start(folder.resolve("pg"), Map.of("KONTOR_DB_URL", fresh.url(), "KONTOR_DB_USER", fresh.user(),
                "KONTOR_DB_PASSWORD", fresh.password()))) {
            Market.open(server, "berlin", PRODUCTS);
            assertEquals(first, trainAll(server, 2), "on PostgreSQL");
        }
    }
}
