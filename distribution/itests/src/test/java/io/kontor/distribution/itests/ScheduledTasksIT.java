package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.BundleForge;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A third party's bundle brings a task; the operator sees it, runs it, changes it, pauses it, and takes the bundle away. */
class ScheduledTasksIT {

    private static final String CLERK = "com.acme.clerk";
    private static final String COUNT = "/stores/a/schedules/com-acme-clerk-count";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PLUGIN = """
            package com.acme;

            import io.kontor.api.data.StoreData;
            import io.kontor.api.job.*;
            import io.kontor.api.plugin.Plugin;
            import io.kontor.api.recommend.*;
            import java.util.*;
            import org.osgi.service.component.annotations.*;

            @Plugin(family = "recommend")
            @Component(name = "com.acme.clerk", configurationPolicy = ConfigurationPolicy.REQUIRE)
            public class Clerk implements Recommender {

                @Override
                public Ranking recommend(RecommendationRequest request) {
                    return new Ranking(List.of());
                }
            }
            """;

    private static final String TASK = """
            package com.acme;

            import io.kontor.api.data.StoreData;
            import io.kontor.api.job.*;
            import java.util.*;
            import org.osgi.service.component.annotations.*;

            @Task(id = "count", title = "%count", cron = "H 4 * * *")
            @Component(configurationPid = "com.acme.clerk", configurationPolicy = ConfigurationPolicy.REQUIRE)
            public class Counter implements ScheduledTask {

                @Reference
                private StoreData data;

                @Override
                public Map<String, Object> run(JobContext context) {
                    context.log("counting");
                    return Map.of("store", data.store().id());
                }
            }
            """;

    private static final byte[] BUNDLE = BundleForge.bundle(CLERK, "1.0.0", Map.of("com.acme.Clerk", PLUGIN, "com.acme.Counter", TASK),
            Map.of("-includeresource.l10n", "OSGI-INF/l10n/bundle.properties;literal='count=Count the records',"
                    + "OSGI-INF/l10n/bundle_zh.properties;literal='count=\\u6e05\\u70b9\\u8bb0\\u5f55'"));

    @TempDir
    private Path folder;

    @Test
    void aThirdPartysTaskIsSeenChangedPausedAndRunPerStore() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "a");
            Shop.create(server, "b");
            server.send("POST", "/bundles", BUNDLE, "application/java-archive").expect(201);
            enable(server, "a");
            assertEquals(List.of("com-acme-clerk-count", "io-kontor-recommend-most-popular-monitor",
                    "io-kontor-recommend-most-popular-train"), ids(server, "a"));
            assertEquals(List.of(), ids(server, "b"));
            JsonNode count = server.get(COUNT).expect(200).json();
            assertEquals("Count the records", count.get("title").asText());
            assertEquals("Europe/Berlin", count.get("timeZone").asText());
            assertTrue(Instant.parse(count.get("nextRun").asText()).isAfter(Instant.now()));
            assertEquals("清点记录", send(server, "GET", COUNT, "Accept-Language", "zh-CN").expect(200).json().get("title")
                    .asText());
            runsByHand(server);
            firesByTheClock(server);
            namesTheFieldAtFault(server);
            server.json("PUT", COUNT, "{\"plugin\":\"com.acme.clerk\",\"task\":\"count\",\"cron\":\"0 4 * * *\",\"enabled\":false}").expect(200);
        }
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            JsonNode paused = server.get(COUNT).expect(200).json();
            assertFalse(paused.get("enabled").asBoolean(), "the pause outlives a restart");
            assertEquals("SUCCEEDED", paused.get("lastState").asText());
            takesTheBundleAwayAndBringsItBack(server);
            server.send("DELETE", "/stores/a/plugins/" + CLERK, null, (String) null).expect(204);
            assertEquals("Waiting: the plugin com.acme.clerk is not enabled for this store.",
                    server.get(COUNT).expect(200).json().get("waiting").asText());
            server.send("DELETE", COUNT, null, (String) null).expect(204);
            server.get(COUNT).expect(404);
        }
    }

    private static KontorServer.Answer send(KontorServer server, String method, String path, String header, String value) {
        return server.send(method, path, null, Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY, header, value));
    }

    private static void enable(KontorServer server, String store) {
        server.json("PUT", "/stores/" + store + "/plugins/" + CLERK, "{}").expect(200);
    }

    private static List<String> ids(KontorServer server, String store) {
        List<String> ids = new ArrayList<>();
        server.get("/stores/" + store + "/schedules").expect(200).json().get("items").forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    private static void runsByHand(KontorServer server) {
        JsonNode job = send(server, "POST", COUNT + "/run", "Prefer", "wait=30").expect(200).json();
        assertEquals("SUCCEEDED", job.get("state").asText(), job.toString());
        assertEquals("a", job.get("result").get("store").asText());
        assertEquals(job.get("id").asText(), server.get(COUNT).expect(200).json().get("lastJob").asText());
        server.send("POST", "/stores/a/schedules/none/run", null, (String) null).expect(404);
    }

    private static void firesByTheClock(KontorServer server) {
        String byHand = server.get(COUNT).expect(200).json().get("lastJob").asText();
        server.json("PUT", COUNT, "{\"plugin\":\"com.acme.clerk\",\"task\":\"count\",\"cron\":\"* * * * *\"}").expect(200);
        Instant deadline = Instant.now().plusSeconds(90);
        String last = byHand;
        while (last.equals(byHand)) {
            assertTrue(Instant.now().isBefore(deadline), "a schedule for every minute fires within the next");
            LockSupport.parkNanos(200_000_000);
            last = server.get(COUNT).expect(200).json().get("lastJob").asText();
        }
        assertEquals("a", server.job(last, PATIENCE).get("result").get("store").asText());
    }

    private static void namesTheFieldAtFault(KontorServer server) {
        Map<String, String> wrong = Map.of("cron", "{\"plugin\":\"com.acme.clerk\",\"task\":\"count\",\"cron\":\"H 4 * * *\"}",
                "task", "{\"plugin\":\"com.acme.clerk\",\"task\":\"train\",\"cron\":\"0 4 * * *\"}",
                "plugin", "{\"plugin\":\"com.acme.none\",\"task\":\"count\",\"cron\":\"0 4 * * *\"}");
        wrong.forEach((field, body) -> assertEquals(field, server.json("PUT", "/stores/a/schedules/mine", body).expect(422).json()
                .get("errors").get(0).get("field").asText()));
        server.get("/stores/a/schedules/mine").expect(404);
    }

    private static void takesTheBundleAwayAndBringsItBack(KontorServer server) {
        server.send("DELETE", "/bundles/" + CLERK + "/1.0.0", null, (String) null).expect(204);
        JsonNode waiting = server.get(COUNT).expect(200).json();
        assertTrue(waiting.get("waiting").asText().startsWith("Waiting: the bundle of the plugin com.acme.clerk is not installed"),
                waiting.toString());
        assertEquals("0 4 * * *", waiting.get("cron").asText());
        server.send("POST", COUNT + "/run", null, (String) null).expect(409);
        server.send("POST", "/bundles", BUNDLE, "application/java-archive").expect(201);
        assertTrue(server.get(COUNT).expect(200).json().get("waiting").isNull());
        assertEquals("SUCCEEDED", send(server, "POST", COUNT + "/run", "Prefer", "wait=30").expect(200).json().get("state")
                .asText());
    }
}
