package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plugin that misbehaves hurts nobody else, and its own store is answered by the fallback. */
class IsolationIT {

    private static final String POPULAR = "io.kontor.recommend.most-popular";

    @TempDir
    static Path folder;
    private static KontorServer server;

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of());
        for (String store : List.of("sick", "healthy")) {
            Shop.create(server, store);
            server.importCsv(store, "orders", Shop.orders(3));
            server.json("PUT", "/stores/" + store + "/plugins/" + POPULAR, "{}").expect(200);
            server.job(server.json("POST", "/stores/" + store + "/plugins/" + POPULAR + "/train", "{}").expect(202).json().get("job").asText(),
                    Duration.ofMinutes(1));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "throws  | throw new IllegalStateException(\"on purpose\");",
        "errors  | throw new StackOverflowError(\"on purpose\");",
        "sleeps  | try { Thread.sleep(60_000); } catch (InterruptedException e) { throw new RuntimeException(e); } return null;",
        "spins   | long n = 0; while (request.n() > 0) { n++; } return answer(String.valueOf(n));",
        "nothing | return null;",
        "rubbish | return new Ranking(Collections.nCopies(5000, answer(\"x\").items().get(0)));"
    })
    void aBrokenPluginIsAnsweredForAndOthersDoNotNotice(String name, String body) throws Exception {
        String pid = "com.acme." + name;
        byte[] jar = TestPlugins.recommender(pid, pid, "1.0.0", body, Map.of(), "");
        server.send("POST", "/bundles", jar, "application/java-archive").expect(201);
        server.json("PUT", "/stores/sick/plugins/" + pid, "{}").expect(200);
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> others = new ArrayList<>();
            List<Future<JsonNode>> broken = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Callable<JsonNode> sick = () -> server.get("/stores/sick/recommendations?customer=c1&plugin=" + pid).expect(200).json();
                broken.add(clients.submit(sick));
                others.add(clients.submit(() -> server.get("/stores/healthy/recommendations?customer=c1").status()));
                others.add(clients.submit(() -> server.get("/stores/sick/recommendations?customer=c1&plugin=" + POPULAR).status()));
            }
            for (Future<JsonNode> answer : broken) {
                JsonNode json = answer.get();
                assertFalse(json.get("fallback").isNull(), json.toString());
                assertEquals(POPULAR, json.get("servedBy").get("plugin").asText());
                assertTrue(json.get("items").size() > 0, json.toString());
            }
            for (Future<Integer> status : others) {
                assertEquals(200, status.get());
            }
        } finally {
            clients.shutdownNow();
        }
        server.send("DELETE", "/stores/sick/plugins/" + pid, null, (String) null).expect(204);
    }
}
