package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server in the middle of event ingestion and counts what was acknowledged against what is there. */
class DurabilityIT {

    private static final int KILLS = Integer.getInteger("kontor.kills", 15);
    private static final int BATCH = 50;

    @TempDir
    Path folder;

    /** What came of some kills. */
    private record Outcome(long acknowledged, long sent, long stored) {
    }

    @Test
    void nothingAcknowledgedIsLostOnH2() throws Exception {
        check(KILLS, killWhileIngesting(KILLS, Map.of(), 11));
    }

    @Test
    void nothingAcknowledgedIsLostOnPostgreSql() throws Exception {
        FreshDatabase fresh = FreshDatabase.postgres();
        check(KILLS / 3, killWhileIngesting(KILLS / 3, Map.of("KONTOR_DB_URL", fresh.url(), "KONTOR_DB_USER", fresh.user(),
                "KONTOR_DB_PASSWORD", fresh.password()), 13));
    }

    @Test
    void theSameTestFailsWithTheDatabasesDefaultDelayOfWriting() throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("delayed/kontor") + ";WRITE_DELAY=500;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                + ";DEFAULT_NULL_ORDERING=HIGH";
        Outcome outcome = killWhileIngesting(5, Map.of("KONTOR_DB_URL", url), 12);
        assertTrue(outcome.stored() < outcome.acknowledged(), "the test must be able to fail, but nothing was lost: " + outcome);
    }

    private static void check(int kills, Outcome outcome) {
        assertTrue(outcome.acknowledged() > kills * 10L * BATCH, "too little was ingested to prove anything: " + outcome);
        assertTrue(outcome.stored() >= outcome.acknowledged(), "acknowledged events were lost: " + outcome);
        assertTrue(outcome.stored() <= outcome.sent(), "events were stored twice: " + outcome);
    }

    private Outcome killWhileIngesting(int kills, Map<String, String> environment, long seed) throws Exception {
        Random random = new Random(seed);
        AtomicLong acknowledged = new AtomicLong();
        AtomicLong sent = new AtomicLong();
        Path data = folder.resolve("data" + seed);
        for (int kill = 0; kill < kills; kill++) {
            KontorServer server = KontorServer.start(data, environment);
            if (kill == 0) {
                Shop.create(server, "shop");
            }
            CountDownLatch first = new CountDownLatch(1);
            Thread[] clients = new Thread[4];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = new Thread(() -> ingest(server, acknowledged, sent, first));
                clients[i].start();
            }
            assertTrue(first.await(60, TimeUnit.SECONDS), "no event was taken");
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100 + random.nextInt(700)));
            server.kill();
            for (Thread client : clients) {
                client.join();
            }
        }
        try (KontorServer server = KontorServer.start(data, environment)) {
            return new Outcome(acknowledged.get(), sent.get(), stored(server));
        }
    }

    private static void ingest(KontorServer server, AtomicLong acknowledged, AtomicLong sent, CountDownLatch first) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + KontorServer.ADMIN_KEY);
        headers.put("Content-Type", "application/json");
        try {
            while (server.process().isAlive()) {
                long begin = sent.getAndAdd(BATCH);
                StringBuilder json = new StringBuilder("[");
                for (long id = begin; id < begin + BATCH; id++) {
                    json.append(id == begin ? "" : ",").append("{\"id\":\"e").append(id)
                            .append("\",\"time\":\"2026-01-01T00:00:00Z\",\"type\":\"view\",\"customerId\":\"c1\",\"productId\":\"p1\"}");
                }
                KontorServer.Answer answer = server.send("POST", "/stores/shop/events",
                        json.append(']').toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
                if (answer.status() == 202) {
                    assertEquals(BATCH, answer.json().get("accepted").asInt());
                    acknowledged.addAndGet(BATCH);
                    first.countDown();
                }
            }
        } catch (java.io.UncheckedIOException killed) {
            // The process was killed under this request: what it had not acknowledged does not count.
            return;
        }
    }

    private static long stored(KontorServer server) {
        for (JsonNode extent : server.get("/stores/shop/data").expect(200).json().get("items")) {
            if (extent.get("entity").asText().equals("events")) {
                return extent.get("rows").asLong();
            }
        }
        throw new AssertionError("no extent of events");
    }
}
