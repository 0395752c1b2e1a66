package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.BundleForge;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What persons may ask of a store: a copy, to be forgotten, and to be left alone. */
class PrivacyIT {

    private static final int DEADLINE_MILLIS = 1_500;

    @TempDir
    private static Path folder;
    private static KontorServer server;

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of("KONTOR_JAVA_OPTS", "-Xmx512m -Dkontor.privacy.deadline="
                + DEADLINE_MILLIS));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** A recommender of somebody else's that notes whom it was asked about; a Java block runs before it erases. */
    private static void club(String store, String name, String erasing) {
        String source = """
                package com.acme.%1$s;

                import io.kontor.api.plugin.Plugin;
                import io.kontor.api.privacy.*;
                import io.kontor.api.recommend.*;
                import java.util.*;
                import java.util.concurrent.*;
                import org.osgi.service.component.annotations.*;

                @Plugin(family = "recommend")
                @Component(name = "com.acme.%1$s", configurationPolicy = ConfigurationPolicy.REQUIRE)
                public class Club implements Recommender, PersonalDataHandler {

                    private static int calls;
                    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

                    @Override
                    public Ranking recommend(RecommendationRequest request) {
                        request.customer().ifPresent(customer -> asked.merge(customer, 1, Integer::sum));
                        return new Ranking(List.of());
                    }

                    @Override
                    public long erase(Person person) throws Exception {
                        calls++;
                        %2$s
                        return asked.remove(person.pseudonym()) == null ? 0 : 1;
                    }

                    @Override
                    public List<Map<String, Object>> export(Person person) throws Exception {
                        %2$s
                        Integer times = asked.get(person.pseudonym());
                        return times == null ? List.of() : List.of(Map.of("asked", times, "known", asked.containsKey(person.customer())));
                    }
                }
                """.formatted(name, erasing);
        server.send("POST", "/bundles", BundleForge.bundle("com.acme." + name, "1.0.0", Map.of("com.acme." + name + ".Club", source),
                Map.of()), "application/java-archive").expect(201);
        server.json("PUT", "/stores/" + store + "/plugins/com.acme." + name, "{\"settings\":{}}").expect(200);
    }

    private static JsonNode part(JsonNode job, String plugin) {
        for (JsonNode each : job.get("result").get("plugins")) {
            if (each.get("plugin").asText().equals(plugin)) {
                return each;
            }
        }
        throw new AssertionError("nothing of " + plugin + " in " + job);
    }

    @Test
    void pluginsOfOthersTakePartInCopiesAndErasuresAndHoldNoneUp() throws Exception {
        Shop.create(server, "club");
        server.importCsv("club", "orders", Shop.orders(1));
        club("club", "good", "");
        club("club", "moody", "if (calls < 2) { throw new java.io.IOException(\"not now\"); }");
        club("club", "stuck", "while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }");
        server.get("/stores/club/recommendations?customer=c7&plugin=com.acme.good").expect(200);

        JsonNode copy = server.get("/stores/club/customers/c7/export").expect(200).json();
        assertTrue(copy.get("records").get("orders").size() > 0);
        assertEquals(1, copy.get("records").get("com.acme.good").get(0).get("asked").asInt());
        assertFalse(copy.get("records").get("com.acme.good").get(0).get("known").asBoolean(), "plugins know pseudonyms only");
        assertEquals("com.acme.moody failed with IOException", missing(copy, "com.acme.moody"));
        assertEquals("com.acme.stuck did not answer within " + DEADLINE_MILLIS + " ms", missing(copy, "com.acme.stuck"));

        String id = server.send("DELETE", "/stores/club/customers/c7", new byte[0], "application/json").expect(202).json().get("job").asText();
        JsonNode job = server.job(id, Duration.ofSeconds(30));
        assertEquals("SUCCEEDED", job.get("state").asText());
        assertEquals(12, job.get("result").get("orders").asInt());
        assertEquals("erased", part(job, "com.acme.good").get("state").asText());
        assertEquals(1, part(job, "com.acme.good").get("erased").asInt());
        assertEquals("waiting", part(job, "com.acme.moody").get("state").asText());
        assertEquals("com.acme.stuck has not come back from an earlier call", part(job, "com.acme.stuck").get("reason").asText());
        assertFalse(job.toString().contains("c7"), job.toString());

        long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!part(job, "com.acme.moody").get("state").asText().equals("erased") && System.nanoTime() < until) {
            job = server.get("/jobs/" + id).expect(200).json();
        }
        assertEquals("erased", part(job, "com.acme.moody").get("state").asText(), job.toString());
        server.send("DELETE", "/stores/club/plugins/com.acme.stuck", new byte[0], "application/json").expect(204);
        while (!part(job, "com.acme.stuck").get("state").asText().equals("disabled") && System.nanoTime() < until) {
            job = server.get("/jobs/" + id).expect(200).json();
        }
        assertEquals("disabled", part(job, "com.acme.stuck").get("state").asText(), job.toString());
        assertEquals("The records are erased.", job.get("message").asText());
        assertEquals("{}", server.get("/stores/club/customers/c7/export").expect(200).json().get("records").toString());
    }

    private static String missing(JsonNode copy, String plugin) {
        for (JsonNode each : copy.get("missing")) {
            if (each.get("plugin").asText().equals(plugin)) {
                return each.get("reason").asText();
            }
        }
        throw new AssertionError(plugin + " is not missing in " + copy);
    }
}
