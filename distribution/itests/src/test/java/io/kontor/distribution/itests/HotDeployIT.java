package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles come, change and go while the server answers up to 200 requests a second for another plugin. */
class HotDeployIT {

    private static final String COUNTING = "com.acme.counting";

    @TempDir
    Path folder;

    @Test
    void twentyInstallsUpdatesAndRemovalsFailNoRequestAndReactivateNothingElse() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            // The answer is the time of the instance's construction: it changes when the component is activated again.
            byte[] steady = TestPlugins.recommender(COUNTING, COUNTING, "1.0.0", "return answer(\"born-\" + born);", Map.of(),
                    "born = System.nanoTime();").clone();
            server.send("POST", "/bundles", steady, "application/java-archive").expect(201);
            server.json("PUT", "/stores/shop/plugins/" + COUNTING, "{}").expect(200);
            String born = product(server.get("/stores/shop/recommendations?plugin=" + COUNTING).expect(200).json());
            try (Load load = new Load(server, "/stores/shop/recommendations?plugin=" + COUNTING, 200)) {
                for (int cycle = 1; cycle <= 20; cycle++) {
                    cycle(server, cycle);
                }
                assertTrue(load.sent() > 200, "the load ran: " + load.sent());
                assertEquals(List.of(), load.failures());
            }
            assertEquals(born, product(server.get("/stores/shop/recommendations?plugin=" + COUNTING).expect(200).json()),
                    "the other plugin was activated again");
        }
    }

    private static void cycle(KontorServer server, int cycle) {
        String first = "1.0." + cycle;
        String second = "1.1." + cycle;
        server.send("POST", "/bundles", TestPlugins.recommender(first, "return answer(\"first\");"), "application/java-archive").expect(201);
        server.json("PUT", "/stores/shop/plugins/" + TestPlugins.PID, "{}").expect(200);
        String ask = "/stores/shop/recommendations?plugin=" + TestPlugins.PID;
        assertEquals("first", product(server.get(ask).expect(200).json()));
        server.send("POST", "/bundles", TestPlugins.recommender(second, "return answer(\"second\");"), "application/java-archive").expect(201);
        assertEquals("second", product(server.get(ask).expect(200).json()), "the store follows the newer version");
        server.send("DELETE", "/bundles/" + TestPlugins.BUNDLE + "/" + first, null, (String) null).expect(204);
        assertEquals("second", product(server.get(ask).expect(200).json()));
        server.send("DELETE", "/bundles/" + TestPlugins.BUNDLE + "/" + second, null, (String) null).expect(204);
        server.send("DELETE", "/stores/shop/plugins/" + TestPlugins.PID, null, (String) null).expect(204);
    }

    @Test
    void aJarInTheDeployFolderIsTakenReplacedAndRemoved() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            Path deploy = folder.resolve("data-deploy");
            drop(deploy, TestPlugins.recommender("1.0.0", "return answer(\"one\");"));
            await("it is in the catalogue", () -> server.get("/plugins").body().contains(TestPlugins.PID));
            server.json("PUT", "/stores/shop/plugins/" + TestPlugins.PID, "{}").expect(200);
            String ask = "/stores/shop/recommendations?plugin=" + TestPlugins.PID;
            assertEquals("one", product(server.get(ask).expect(200).json()));
            drop(deploy, TestPlugins.recommender("1.1.0", "return answer(\"two\");"));
            await("the newer one answers", () -> server.get(ask).body().contains("two"));
            Files.delete(deploy.resolve("shelf.jar"));
            await("it has gone", () -> !server.get("/plugins").body().contains(TestPlugins.PID));
        }
    }

    private static void drop(Path deploy, byte[] jar) throws Exception {
        Path written = Files.write(deploy.resolve("shelf.jar.part"), jar);
        Files.move(written, deploy.resolve("shelf.jar"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String product(JsonNode answer) {
        assertTrue(answer.get("fallback").isNull(), answer.toString());
        return answer.get("items").get(0).get("product").asText();
    }

    static void await(String what, java.util.function.BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited in vain until " + what);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    /** Sends requests at a steady rate, as long as not too many wait for their answers, and keeps what failed. */
    private static final class Load implements AutoCloseable {

        /** Fewer than the calls that a plugin may have at once, which a stall of the machine would bring together. */
        private static final int OPEN_AT_ONCE = 3;

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger open = new AtomicInteger();

        Load(KontorServer server, String path, int perSecond) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
                    .header("Authorization", "Bearer " + KontorServer.ADMIN_KEY).timeout(Duration.ofSeconds(20)).build();
            clock.scheduleAtFixedRate(() -> send(request), 0, 1_000_000L / perSecond, TimeUnit.MICROSECONDS);
        }

        private void send(HttpRequest request) {
            if (open.get() >= OPEN_AT_ONCE) {
                return;
            }
            sent.incrementAndGet();
            open.incrementAndGet();
            client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).whenComplete((answer, failure) -> {
                if (failure != null) {
                    failures.add(failure.toString());
                } else if (answer.statusCode() != 200 || answer.body().contains("\"fallback\":\"")) {
                    failures.add(answer.statusCode() + ": " + answer.body());
                }
                open.decrementAndGet();
            });
        }

        int sent() {
            return sent.get();
        }

        List<String> failures() {
            return failures.stream().limit(5).toList();
        }

        @Override
        public void close() {
            clock.shutdownNow();
            await("all answers are in", () -> open.get() == 0);
            assertEquals(List.of(), failures());
        }
    }
}
