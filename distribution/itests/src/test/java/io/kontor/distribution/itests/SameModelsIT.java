package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal records, settings and seed give the same model, byte for byte, whatever the threads, the process and the database. */
class SameModelsIT {

    private static final int PRODUCTS = 12;
    private static final String PLUGINS = "/stores/berlin/plugins/";
    private static final Map<String, String> QUICK = Map.of("io.kontor.risk.random-forest", "{\"trees\":20}",
            "io.kontor.risk.ensemble", "{\"folds\":1}", "io.kontor.inventory.ensemble", "{\"folds\":1}",
            "io.kontor.recommend.ensemble", "{}");

    @TempDir
    Path folder;

    /** The artifact's hash and the snapshot's, by plugin. */
    private static Map<String, String> trainAll(KontorServer server, int threads) {
        server.json("PUT", "/stores/berlin/training-limits", "{\"threads\":" + threads + "}").expect(200);
        List<String> learning = new ArrayList<>();
        for (JsonNode plugin : server.get("/plugins").expect(200).json().get("items")) {
            String id = plugin.get("id").asText();
            if (plugin.get("trainable").asBoolean()) {
                learning.add(id);
                if (server.get(PLUGINS + id).status() == 404) {
                    server.json("PUT", PLUGINS + id, "{\"settings\":" + QUICK.getOrDefault(id, "{}") + "}").expect(200);
                }
            }
        }
        Map<String, String> hashes = new TreeMap<>();
        for (String id : learning) {
            String job = server.json("POST", PLUGINS + id + "/train", "{\"seed\":5}").expect(202).json().get("job").asText();
            String model = server.job(job, Duration.ofMinutes(3)).get("result").get("model").asText();
            hashes.put(id, hashes(server, model));
        }
        assertTrue(hashes.size() >= 25, hashes.toString());
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
        try (KontorServer server = KontorServer.start(folder.resolve("h2"), KontorServer.AS_SHIPPED)) {
            Market.openForVisitors(server, "berlin", PRODUCTS);
            first = trainAll(server, 1);
        }
        try (KontorServer server = KontorServer.start(folder.resolve("h2"), KontorServer.AS_SHIPPED)) {
            assertEquals(first, trainAll(server, 3), "after a restart and with three threads instead of one");
        }
        FreshDatabase fresh = FreshDatabase.postgres();
        try (KontorServer server = KontorServer.start(folder.resolve("pg"), Map.of("KONTOR_DB_URL", fresh.url(), "KONTOR_DB_USER", fresh.user(),
                "KONTOR_DB_PASSWORD", fresh.password(), "KONTOR_JAVA_OPTS", ""))) {
            Market.openForVisitors(server, "berlin", PRODUCTS);
            assertEquals(first, trainAll(server, 2), "on PostgreSQL");
        }
    }
}
