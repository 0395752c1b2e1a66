package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of one bundle in one process, each for its store. */
class SideBySideIT {

    @TempDir
    Path folder;

    @Test
    void eachStoreIsAnsweredByItsVersionAlsoAfterARestart() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "a");
            Shop.create(server, "b");
            deploy(server, "1.0.0", "return answer(\"one\");");
            server.json("PUT", "/stores/a/plugins/" + TestPlugins.PID, "{\"version\":\"1.0.0\"}").expect(200);
            deploy(server, "2.0.0", "return answer(\"two\");");
            server.json("PUT", "/stores/b/plugins/" + TestPlugins.PID, "{\"version\":\"2.0.0\"}").expect(200);
            check(server);
        }
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            check(server);
            assertEquals(409, server.send("POST", "/bundles", TestPlugins.recommender("1.0.0", "return answer(\"x\");"),
                    "application/java-archive").status());
        }
    }

    private static void deploy(KontorServer server, String version, String body) {
        server.send("POST", "/bundles", TestPlugins.recommender(version, body), "application/java-archive").expect(201);
    }

    private static void check(KontorServer server) {
        expect(server, "a", "1.0.0", "one");
        expect(server, "b", "2.0.0", "two");
    }

    private static void expect(KontorServer server, String store, String version, String product) {
        JsonNode answer = server.get("/stores/" + store + "/recommendations?plugin=" + TestPlugins.PID).expect(200).json();
        assertEquals(version, answer.get("servedBy").get("version").asText(), answer.toString());
        assertEquals(product, answer.get("items").get(0).get("product").asText());
    }
}
