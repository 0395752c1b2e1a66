package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.BundleForge;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A newer version of a third party's bundle whose models do well in the evaluation and ill with real customers: the guards send its model
 * back, and the one of the version before answers again.
 */
class GuardIT {

    private static final String PID = "com.acme.moody";
    private static final String PLUGIN = "/plugins/" + PID;

    @TempDir
    private static Path folder;
    private static KontorServer server;
    private static int version;

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), KontorServer.java("-Dkontor.release.look=300"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A recommender whose models hold what they do when they are asked for a place, which judging does not. */
    private static byte[] moody(String mood) {
        String source = """
                package com.acme.moody;

                import io.kontor.api.decision.Reason;
                import io.kontor.api.model.Training;
                import io.kontor.api.plugin.Plugin;
                import io.kontor.api.recommend.*;
                import java.io.*;
                import java.util.*;
                import org.osgi.service.component.annotations.*;
                import org.osgi.service.metatype.annotations.*;

                @Plugin(family = "recommend")
                @Designate(ocd = Moody.Settings.class, factory = true)
                @Component(name = "com.acme.moody", configurationPolicy = ConfigurationPolicy.REQUIRE)
                public class Moody implements TrainedRecommender<String> {

                    @ObjectClassDefinition(name = "Moody", description = "Recommends as it feels")
                    public @interface Settings {
                        @AttributeDefinition(name = "How many", min = "1", max = "50")
                        int count() default 1;
                    }

                    @Override
                    public String train(Training training) {
                        training.data().interactions(batch -> { });
                        return "%s";
                    }

                    @Override
                    public void write(String model, OutputStream out) throws IOException {
                        out.write(model.getBytes());
                    }

                    @Override
                    public String read(InputStream in) throws IOException {
                        return new String(in.readAllBytes());
                    }

                    @Override
                    public Ranking recommend(String model, RecommendationRequest request) {
                        boolean live = request.placement().isPresent();
                        if (live && model.equals("throws")) {
                            throw new IllegalStateException("a defect");
                        } else if (live && model.equals("late")) {
                            try {
                                Thread.sleep(120);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        }
                        List<RankedItem> items = new ArrayList<>();
                        for (int i = 0; i < 100 && items.size() < request.n(); i++) {
                            if (request.eligible().test("p" + i)) {
                                items.add(new RankedItem("p" + i, 1.0 / (i + 1), List.of(new Reason("mood", "It feels so.", 1))));
                            }
                        }
                        return new Ranking(items);
                    }
                }
                """.formatted(mood);
        return BundleForge.bundle(PID, "1.0." + version++, Map.of("com.acme.moody.Moody", source), new HashMap<>());
    }

    /** Deploys a version of the bundle and trains with it; gives the model. */
    private static String model(String store, String mood) throws Exception {
        server.send("POST", "/bundles", moody(mood), "application/java-archive").expect(201);
        if (server.get("/stores/" + store + PLUGIN).status() == 404) {
            server.json("PUT", "/stores/" + store + PLUGIN, "{}").expect(200);
        }
        String job = server.json("POST", "/stores/" + store + PLUGIN + "/train", "{}").expect(202).json().get("job").asText();
        return server.job(job, Duration.ofMinutes(2)).get("result").get("model").asText();
    }

    private static void shop(String store) throws Exception {
        Shop.create(server, store);
        server.importCsv(store, "orders", Shop.orders(1));
        server.json("PUT", "/stores/" + store + "/plugins/io.kontor.recommend.most-popular", "{}").expect(200);
    }

    private static JsonNode ask(String store, String customer) {
        return server.get("/stores/" + store + "/recommendations?n=5&placement=home&customer=" + customer + "&plugin=" + PID).expect(200).json();
    }

    private static String champion(String store) {
        return server.get("/stores/" + store + PLUGIN + "/release").expect(200).json().get("serving").get("champion").get("id").asText();
    }

    /** Asks until the first model serves again; every request gets an answer. */
    private static void awaitBack(String store, String first, String second, String cause) {
        assertEquals(second, champion(store));
        long[] asked = {0};
        long begun = System.nanoTime();
        HotDeployIT.await("the guard sends the model back", () -> {
            ask(store, "live" + asked[0]++);
            return champion(store).equals(first);
        });
        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        JsonNode change = server.get("/stores/" + store + PLUGIN + "/release/history?limit=1").expect(200).json().get("items").get(0);
        assertEquals(cause, change.get("cause").asText(), change.toString());
        assertEquals(first, change.get("to").get("id").asText());
        HotDeployIT.await("the model before answers", () -> {
            JsonNode answer = ask(store, "live0");
            return answer.get("fallback").isNull() && answer.get("servedBy").get("model").asText().equals(first);
        });
        System.out.printf("%s: back after %d requests and %d ms; %s%n", cause, asked[0], millis, change.get("reason").asText());
    }

    @Test
    void aNewVersionWhoseAnswersThrowIsSentBack() throws Exception {
        shop("throwing");
        String first = model("throwing", "fine");
        String second = model("throwing", "throws");
        awaitBack("throwing", first, second, "ERRORS");
    }

    @Test
    void aNewVersionWhoseAnswersAreLateIsSentBack() throws Exception {
        shop("late");
        String first = model("late", "fine");
        server.json("PUT", "/stores/late" + PLUGIN + "/release", "{\"guards\":{\"p95Millis\":60}}").expect(200);
        String second = model("late", "late");
        awaitBack("late", first, second, "LATENCY");
    }

    @Test
    void aNewVersionWhoseAnswersNobodyWantsIsSentBackFromItsTrial() throws Exception {
        shop("worse");
        String first = model("worse", "fine");
        server.json("PUT", "/stores/worse" + PLUGIN + "/release", "{\"canary\":{\"percent\":50,\"minutes\":60,\"cases\":1000000},"
                + "\"guards\":{\"p95Millis\":0,\"errorPercent\":100}}").expect(200);
        String second = model("worse", "unwanted");
        assertEquals(first, champion("worse"));
        List<String> clicked = new ArrayList<>();
        for (int customer = 0; customer < 700; customer++) {
            JsonNode answer = ask("worse", "live" + customer);
            if (answer.get("servedBy").get("model").asText().equals(first) && customer % 2 == 0) {
                clicked.add("{\"requestId\":\"" + answer.get("requestId").asText() + "\",\"product\":\"p0\",\"type\":\"click\",\"time\":\""
                        + Instant.now() + "\"}");
            }
        }
        server.json("POST", "/stores/worse/feedback", clicked.toString()).expect(202);
        HotDeployIT.await("the trial ends", () -> server.get("/stores/worse" + PLUGIN + "/release").expect(200).json().get("serving")
                .get("challenger").isNull());
        JsonNode change = server.get("/stores/worse" + PLUGIN + "/release/history?limit=1").expect(200).json().get("items").get(0);
        assertEquals("QUALITY", change.get("cause").asText(), change.toString());
        assertEquals(second, change.get("from").get("id").asText());
        assertTrue(change.get("reason").asText().startsWith("What became of the answers is clearly worse"), change.toString());
        assertEquals(first, champion("worse"));
    }
}
