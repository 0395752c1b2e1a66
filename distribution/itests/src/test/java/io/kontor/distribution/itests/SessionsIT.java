package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What visitors do counts for the answers to others without a training, after a restart and on another server, too. */
class SessionsIT {

    private static final String KNN = "io.kontor.recommend.session-knn";
    private static final String PLUGIN = "/stores/berlin/plugins/" + KNN;
    private static final Instant BEGIN = Instant.parse("2026-01-01T08:00:00Z");

    @TempDir
    Path folder;

    private static String visits() {
        StringBuilder csv = new StringBuilder("id,time,type,sessionId,productId\n");
        for (int visit = 0; visit < 200; visit++) {
            for (int click = 0; click < 3; click++) {
                csv.append("e").append(visit).append('-').append(click).append(',').append(BEGIN.plusSeconds(600L * visit + click))
                        .append(",view,v").append(visit).append(",p").append((visit + click * (1 + visit % 3)) % 20).append('\n');
            }
        }
        return csv.toString();
    }

    private static void post(KontorServer server, String customer, String session, String... products) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < products.length; i++) {
            events.append(i == 0 ? "[" : ",").append("{\"type\":\"view\",\"time\":\"").append(BEGIN.plusSeconds(200_000 + i))
                    .append("\",\"sessionId\":\"").append(session).append("\",\"productId\":\"").append(products[i]).append('"')
                    .append(customer == null ? "" : ",\"customerId\":\"" + customer + "\"").append('}');
        }
        assertEquals(products.length, server.json("POST", "/stores/berlin/events", events + "]").expect(202).json().get("accepted").asInt());
    }

    private static void train(KontorServer server) {
        String job = server.send("POST", PLUGIN + "/train", null, (String) null).expect(202).json().get("job").asText();
        assertTrue(server.job(job, Duration.ofMinutes(2)).get("result").get("promoted").asBoolean());
    }

    /** What an anonymous visitor sees who has looked at a product: scores by product, of the first answer that the plugin itself gives. */
    private static Map<String, Double> answer(KontorServer server, String product) {
        return answer(server, product, scores -> true);
    }

    private static Map<String, Double> answer(KontorServer server, String product, Predicate<Map<String, Double>> awaited) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Map<String, Double> scores = new LinkedHashMap<>();
        boolean there = false;
        while (!there && System.nanoTime() < until) {
            scores.clear();
            JsonNode answer = server.get("/stores/berlin/recommendations?plugin=" + KNN + "&session=" + product + "&n=30").expect(200).json();
            answer.get("items").forEach(item -> scores.put(item.get("product").asText(), item.get("score").asDouble()));
            there = answer.get("fallback").isNull() && KNN.equals(answer.get("servedBy").get("plugin").asText()) && awaited.test(scores);
        }
        assertTrue(there, scores.toString());
        return scores;
    }

    private static void open(KontorServer server) {
        Shop.create(server, "berlin");
        server.importCsv("berlin", "customers", "id,consent\nloner,none\n");
        server.importCsv("berlin", "events", visits());
        server.json("PUT", PLUGIN, "{\"settings\":{}}").expect(200);
        train(server);
    }

    @Test
    void visitorsLearnFromEachOtherWithoutATraining() throws Exception {
        Map<String, Double> live;
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            open(server);
            assertFalse(answer(server, "p1").containsKey("brand-new"));
            post(server, "loner", "l", "p1", "secret");
            post(server, null, "a", "p1", "brand-new", "p17");
            post(server, "anna", "b", "p1", "brand-new", "newest");
            live = answer(server, "p1", scores -> scores.keySet().containsAll(Set.of("brand-new", "newest")));
            assertFalse(live.containsKey("secret"), "who does not agree is not learned from: " + live);
            assertTrue(answer(server, "brand-new").containsKey("p1"));
            server.kill();
        }
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            assertEquals(live, answer(server, "p1"), "after a restart");
            train(server);
            Map<String, Double> trained = answer(server, "p1", scores -> scores.get("brand-new") != null);
            assertEquals(live.keySet(), trained.keySet());
            live.forEach((product, score) -> assertEquals(score, trained.get(product), 1e-4 * score, "what was learned does not count twice"));
            post(server, null, "c", "p1", "newer");
            answer(server, "p1", scores -> scores.containsKey("newer"));
            String job = server.send("DELETE", "/stores/berlin/customers/anna", new byte[0], "application/json").expect(202).json().get("job")
                    .asText();
            assertEquals("SUCCEEDED", server.job(job, Duration.ofSeconds(30)).get("state").asText());
        }
    }

    @Test
    void whatOneServerTakesCountsOnAnother() throws Exception {
        FreshDatabase fresh = FreshDatabase.postgres();
        Map<String, String> database = Map.of("KONTOR_DB_URL", fresh.url(), "KONTOR_DB_USER", fresh.user(), "KONTOR_DB_PASSWORD",
                fresh.password());
        try (KontorServer one = KontorServer.start(folder.resolve("one"), database)) {
            open(one);
            Files.createDirectories(folder.resolve("two"));
            Files.createSymbolicLink(folder.resolve("two/models"), folder.resolve("one/models"));
            try (KontorServer two = KontorServer.start(folder.resolve("two"), database)) {
                assertFalse(answer(two, "p1").containsKey("brand-new"));
                post(one, null, "a", "p1", "brand-new");
                answer(two, "p1", scores -> scores.containsKey("brand-new"));
                post(two, null, "b", "p1", "newer");
                answer(one, "p1", scores -> scores.containsKey("newer") && scores.containsKey("brand-new"));
                post(one, "anna", "c", "p1", "annas");
                post(one, "bo", "d", "p1", "bos");
                post(one, "cy", "e", "p1", "cys");
                answer(two, "p1", scores -> scores.keySet().containsAll(Set.of("annas", "bos", "cys")));
                one.send("DELETE", "/stores/berlin/customers/anna", new byte[0], "application/json").expect(202);
                answer(two, "p1", scores -> !scores.containsKey("annas") && scores.containsKey("bos"));
                one.json("PUT", "/stores/berlin/customers/bo/consent", "{\"personalisation\": false}").expect(200);
                answer(two, "p1", scores -> !scores.containsKey("bos") && scores.containsKey("cys"));
                one.importCsv("berlin", "customers", "id,consent\ncy,none\n");
                answer(two, "p1", scores -> !scores.containsKey("cys") && scores.containsKey("newer"));
                one.importCsv("berlin", "orders", "orderId,time,customerId,productId,quantity,unitPrice\no1," + Instant.now()
                        + ",dora,p1,1,5\no1," + Instant.now() + ",dora,ordered,1,5\n");
                answer(two, "p1", scores -> scores.containsKey("ordered"));
            }
        }
    }
}
