package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.BundleForge;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training runs that are killed or take too much. */
class TrainingRunsIT {

    private static final String SMOOTHING = "/stores/berlin/plugins/io.kontor.inventory.exponential-smoothing";
    private static final String POPULAR = "/stores/berlin/plugins/io.kontor.recommend.most-popular";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private static String train(KontorServer server, String plugin) {
        return server.json("POST", plugin + "/train", "{}").expect(202).json().get("job").asText();
    }

    private static JsonNode latest(KontorServer server) {
        return server.get("/stores/berlin/models?plugin=io.kontor.inventory.exponential-smoothing").expect(200).json().get("items").get(0);
    }

    private static JsonNode job(KontorServer server, String job) {
        return server.get("/jobs/" + job).expect(200).json();
    }

    @Test
    void aTrainingThatAKillCutsShortEndsInOneModelThatIsTheSameAsEver() throws Exception {
        Path data = folder.resolve("killed");
        KontorServer server = KontorServer.start(data, KontorServer.AS_SHIPPED);
        try {
            Market.open(server, "berlin", 40);
            server.json("PUT", SMOOTHING, "{\"settings\":{}}").expect(200);
            server.job(train(server, SMOOTHING), PATIENCE);
            String sha256 = latest(server).get("sha256").asText();
            int number = 1;
            for (double moment : new double[] {0.01, 0.3, 0.75}) {
                String job = train(server, SMOOTHING);
                long deadline = System.nanoTime() + PATIENCE.toNanos();
                while (job(server, job).get("progress").asDouble() < moment) {
                    assertTrue(System.nanoTime() < deadline, "the training does not begin");
                    LockSupport.parkNanos(5_000_000);
                }
                server.kill();
                server = KontorServer.start(data, KontorServer.AS_SHIPPED);
                server.job(job, PATIENCE);
                assertEquals(++number, latest(server).get("number").asInt(), "one model more after a kill at " + moment);
                assertEquals(sha256, latest(server).get("sha256").asText());
            }
        } finally {
            server.close();
        }
    }

    /** A trainer that keeps whatever it allocates. */
    private static byte[] greedy() {
        return BundleForge.bundle("com.acme.greedy", "1.0.0", Map.of("com.acme.greedy.Greedy", """
                package com.acme.greedy;

                import io.kontor.api.model.Training;
                import io.kontor.api.plugin.Plugin;
                import io.kontor.api.recommend.*;
                import java.io.*;
                import java.util.*;
                import org.osgi.service.component.annotations.*;
                import org.osgi.service.metatype.annotations.*;

                @Plugin(family = "recommend")
                @Designate(ocd = Greedy.Settings.class, factory = true)
                @Component(name = "com.acme.greedy", configurationPolicy = ConfigurationPolicy.REQUIRE)
                public class Greedy implements TrainedRecommender<String> {

                    @ObjectClassDefinition(name = "Greedy", description = "Takes all the memory there is")
                    public @interface Settings {
                    }

                    @Override
                    public String train(Training training) throws Exception {
                        List<byte[]> held = new ArrayList<>();
                        while (true) {
                            held.add(new byte[1 << 20]);
                            training.job().checkCancelled();
                        }
                    }

                    @Override
                    public void write(String model, OutputStream out) {
                    }

                    @Override
                    public String read(InputStream in) {
                        return "";
                    }

                    @Override
                    public Ranking recommend(String model, RecommendationRequest request) {
                        return new Ranking(List.of());
                    }
                }
                """), Map.of());
    }

    @Test
    void aPluginThatGrabsMemoryIsStoppedWhileTheServerServes() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("greedy"), KontorServer.AS_SHIPPED)) {
            Market.open(server, "berlin", 10);
            server.json("PUT", POPULAR, "{\"settings\":{}}").expect(200);
            server.job(train(server, POPULAR), PATIENCE);
            server.send("POST", "/bundles", greedy(), "application/java-archive").expect(201);
            server.json("PUT", "/stores/berlin/plugins/com.acme.greedy", "{\"settings\":{}}").expect(200);
            server.json("PUT", "/stores/berlin/training-limits", "{\"threads\":0}").expect(422);
            server.json("PUT", "/stores/berlin/training-limits", "{\"memoryMb\":100,\"minutes\":5}").expect(200);
            assertEquals("The training was stopped because it held about N MiB of memory: a training run of store berlin may hold no more than "
                    + "100 MiB. Allow more, or let it learn from less.", stopped(server));
            server.json("PUT", "/stores/berlin/training-limits", "{}").expect(200);
            String error = stopped(server);
            assertTrue(error.startsWith("The training was stopped because the server's memory was nearly used up") || error.startsWith(
                    "Plugin com.acme.greedy needs more memory"), error);
            server.job(train(server, POPULAR), PATIENCE);
        }
    }

    private static String stopped(KontorServer server) {
        String job = train(server, "/stores/berlin/plugins/com.acme.greedy");
        JsonNode now = job(server, job);
        int served = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (List.of("QUEUED", "RUNNING").contains(now.get("state").asText())) {
            assertTrue(System.nanoTime() < deadline, "it goes on");
            assertEquals(200, server.get("/stores/berlin/recommendations?customer=c" + served++ % 30).status());
            now = job(server, job);
        }
        assertTrue(served > 0);
        assertEquals("FAILED", now.get("state").asText(), now.toString());
        return now.get("error").asText().replaceAll("about \\d+ MiB", "about N MiB");
    }
}
