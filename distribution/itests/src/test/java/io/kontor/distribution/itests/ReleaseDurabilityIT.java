package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server in the middle of training, promotion and changes of aliases: afterwards all is as before or as after, never in between. */
class ReleaseDurabilityIT {

    private static final int KILLS = Integer.getInteger("kontor.release.kills", 8);
    private static final String KNN = "io.kontor.recommend.item-knn";
    private static final String PLUGIN = "/stores/shop/plugins/" + KNN;

    @TempDir
    private Path folder;

    private Map<String, String> environment;

    /** The champion that was acknowledged last, and the one that was asked for after it. */
    private volatile String acknowledged;
    private volatile String asked;

    @Test
    void aKillLeavesTheOldStateOrTheNewOneOnH2() throws Exception {
        killAtWork(KILLS, Map.of());
    }

    @Test
    void aKillLeavesTheOldStateOrTheNewOneOnPostgreSql() throws Exception {
        FreshDatabase fresh = FreshDatabase.postgres();
        killAtWork(KILLS / 2, Map.of("KONTOR_DB_URL", fresh.url(), "KONTOR_DB_USER", fresh.user(), "KONTOR_DB_PASSWORD", fresh.password()));
    }

    private void killAtWork(int kills, Map<String, String> environment) throws Exception {
        this.environment = environment;
        Random random = new Random(17);
        try (KontorServer server = start()) {
            Shop.create(server, "shop");
            server.importCsv("shop", "orders", Shop.orders(1));
            server.json("PUT", PLUGIN, "{\"settings\":{}}").expect(200);
            for (int neighbours : new int[] {20, 10, 5}) {
                train(server, neighbours);
            }
        }
        int changed = 0;
        for (int kill = 0; kill < kills; kill++) {
            boolean training = kill % 2 == 0;
            KontorServer server = start();
            try {
                check(server, acknowledged == null);
                killAtWork(server, training, kill, random);
            } finally {
                server.kill();
            }
            changed += acknowledged == null ? 0 : 1;
        }
        assertTrue(changed >= kills / 2, "too few kills met a change: " + changed);
        try (KontorServer server = start()) {
            check(server, acknowledged == null);
            // A training that goes on after the kill may remove a model.
            for (JsonNode job : server.get("/jobs?store=shop").expect(200).json().get("items")) {
                server.await(job.get("id").asText(), Duration.ofMinutes(1));
            }
            for (JsonNode model : server.get("/stores/shop/models?plugin=" + KNN).expect(200).json().get("items")) {
                String id = model.get("id").asText();
                server.json("PUT", "/stores/shop/models/" + id + "/aliases/champion", "").expect(200);
                awaitServedBy(server, id);
            }
        }
    }

    private void killAtWork(KontorServer server, boolean training, int turn, Random random) throws InterruptedException {
        server.json("PUT", PLUGIN + "/release", "{\"promotion\":\"" + (training ? "AUTOMATIC" : "BY_HAND") + "\"}").expect(200);
        CountDownLatch first = new CountDownLatch(1);
        acknowledged = null;
        Thread client = new Thread(() -> {
            try {
                for (int n = turn; server.process().isAlive(); n++) {
                    if (training) {
                        first.countDown();
                        train(server, 5 + n % 20);
                    } else {
                        change(server, n);
                        first.countDown();
                    }
                }
            } catch (UncheckedIOException | InterruptedException killed) {
                return;
            }
        });
        client.start();
        assertTrue(first.await(60, TimeUnit.SECONDS), "nothing was asked for");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50 + random.nextInt(training ? 1_500 : 300)));
        server.kill();
        client.join();
    }

    /** Makes another model the champion; a training that goes on after the kill may have removed it meanwhile. */
    private void change(KontorServer server, int n) {
        JsonNode models = server.get("/stores/shop/models?plugin=" + KNN).expect(200).json().get("items");
        String model = models.get(n % models.size()).get("id").asText();
        String before = asked;
        asked = model;
        KontorServer.Answer answer = server.json("PUT", "/stores/shop/models/" + model + "/aliases/champion", "");
        if (answer.status() == 404) {
            asked = before;
            return;
        }
        answer.expect(200);
        acknowledged = model;
    }

    private KontorServer start() throws Exception {
        return KontorServer.start(folder.resolve("data"), environment);
    }

    private static String train(KontorServer server, int neighbours) throws InterruptedException {
        String job = server.json("POST", PLUGIN + "/train", "{\"settings\":{\"neighbours\":" + neighbours + "}}").expect(202).json()
                .get("job").asText();
        return server.job(job, Duration.ofMinutes(2)).get("result").get("model").asText();
    }

    /** After a start the model is read first, and the baseline answers meanwhile. */
    private static void awaitServedBy(KontorServer server, String model) {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        JsonNode answer = null;
        while (answer == null || !answer.get("fallback").isNull() || !answer.get("servedBy").get("model").asText().equals(model)) {
            assertTrue(System.nanoTime() < until, "model " + model + " never answers: " + answer);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            answer = server.get("/stores/shop/recommendations?n=5&customer=c1").expect(200).json();
        }
    }

    /** Checks again when a training that went on after the kill has made another model the champion meanwhile. */
    private void check(KontorServer server, boolean any) {
        JsonNode serving = serving(server);
        try {
            check(server, serving, any);
        } catch (AssertionError e) {
            if (serving(server).equals(serving)) {
                throw e;
            }
            check(server, any);
        }
    }

    private static JsonNode serving(KontorServer server) {
        return server.get(PLUGIN + "/release").expect(200).json().get("serving");
    }

    /** The list of models, the release, the history and what answers all tell the same, and nothing acknowledged is lost. */
    private void check(KontorServer server, JsonNode serving, boolean any) {
        String champion = serving.get("champion").get("id").asText();
        Map<String, String> bearers = new HashMap<>();
        for (JsonNode model : server.get("/stores/shop/models?limit=500&plugin=" + KNN).expect(200).json().get("items")) {
            for (JsonNode alias : model.get("aliases")) {
                assertEquals(null, bearers.put(alias.asText(), model.get("id").asText()), "two models with the alias " + alias);
            }
        }
        assertEquals(champion, bearers.get("champion"));
        assertEquals(serving.get("challenger").path("id").asText(null), bearers.get("challenger"));
        Map<String, String> last = new HashMap<>();
        for (JsonNode change : server.get(PLUGIN + "/release/history?limit=500").expect(200).json().get("items")) {
            last.putIfAbsent(change.get("alias").asText(), change.get("to").path("id").asText(null));
        }
        assertEquals(champion, last.get("champion"), "the history ends with the champion that serves");
        assertEquals(bearers.get("challenger"), last.get("challenger"));
        awaitServedBy(server, champion);
        if (!any) {
            assertTrue(champion.equals(acknowledged) || champion.equals(asked),
                    champion + " is neither what was acknowledged last (" + acknowledged + ") nor what was asked for (" + asked + ")");
        }
    }
}
