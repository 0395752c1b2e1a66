package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that come to serve and go back while requests run. */
class ReleaseIT {

    private static final String KNN = "io.kontor.recommend.item-knn";
    private static final String PLUGIN = "/plugins/" + KNN;

    @TempDir
    private static Path folder;
    private static KontorServer server;

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), KontorServer.java("-Dkontor.release.look=300"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void shop(String store) throws Exception {
        Shop.create(server, store);
        server.importCsv(store, "orders", Shop.orders(1));
        server.json("PUT", "/stores/" + store + PLUGIN, "{\"settings\":{}}").expect(200);
    }

    /** Trains and gives the id of the model. */
    private static String train(String store, int neighbours) throws Exception {
        String job = server.json("POST", "/stores/" + store + PLUGIN + "/train", "{\"settings\":{\"neighbours\":" + neighbours + "}}")
                .expect(202).json().get("job").asText();
        return server.job(job, Duration.ofMinutes(2)).get("result").get("model").asText();
    }

    private static String model(String store, String customer) {
        return server.get("/stores/" + store + "/recommendations?n=5&customer=" + customer).expect(200).json().get("servedBy").get("model")
                .asText();
    }

    private static JsonNode serving(String store) {
        return server.get("/stores/" + store + PLUGIN + "/release").expect(200).json().get("serving");
    }

    @Test
    void aPromotionAndAWayBackUnderLoadFailNoRequestAndNeverMixTwoModels() throws Exception {
        shop("busy");
        String first = train("busy", 20);
        String second = train("busy", 5);
        server.json("PUT", "/stores/busy/models/" + first + "/aliases/champion", "").expect(200);
        List<Map<String, String>> answers = List.of(answersOf("busy", first), answersOf("busy", second));
        assertFalse(answers.get(0).equals(answers.get(1)), "the two models must answer differently");
        try (Load load = new Load("busy", Map.of(first, answers.get(0), second, answers.get(1)))) {
            for (int round = 0; round < 20; round++) {
                server.json("PUT", "/stores/busy/models/" + second + "/aliases/champion?reason=round+" + round, "").expect(200);
                load.awaitServedBy(second);
                long asked = System.nanoTime();
                assertEquals(first, server.json("POST", "/stores/busy" + PLUGIN + "/rollback", "{\"reason\":\"back\"}").expect(200).json()
                        .get("id").asText());
                assertEquals(first, model("busy", "c1"));
                long millis = Duration.ofNanos(System.nanoTime() - asked).toMillis();
                assertTrue(millis < 1_000, "going back took " + millis + " ms");
                load.awaitServedBy(first);
            }
            load.check(20 * 2);
        }
        JsonNode history = server.get("/stores/busy" + PLUGIN + "/release/history?limit=2").expect(200).json();
        assertEquals("ROLLBACK", history.get("items").get(0).get("cause").asText(), history.toString());
        assertEquals("back", history.get("items").get(0).get("reason").asText());
        assertEquals("round 19", history.get("items").get(1).get("reason").asText());
        assertEquals(2, server.get("/stores/busy" + PLUGIN + "/release/history?limit=2&cursor=" + history.get("next").asText()).expect(200)
                .json().get("items").size());
        assertEquals(first, serving("busy").get("champion").get("id").asText());
        assertTrue(serving("busy").get("previous").isNull(), "nobody goes back to a model that was gone back from");
        server.json("POST", "/stores/busy" + PLUGIN + "/rollback", "{}").expect(409);
    }

    @Test
    void aPolicyIsKeptAndABadOneIsRefusedFieldByField() throws Exception {
        shop("careful");
        JsonNode policy = server.get("/stores/careful" + PLUGIN + "/release").expect(200).json();
        assertEquals("AUTOMATIC", policy.get("promotion").asText());
        assertEquals(0, policy.get("canary").get("percent").asDouble());
        String first = train("careful", 20);
        server.json("PUT", "/stores/careful" + PLUGIN + "/release", "{\"promotion\":\"BY_HAND\"}").expect(200);
        String second = train("careful", 20);
        assertEquals(first, serving("careful").get("champion").get("id").asText());
        assertEquals(second, serving("careful").get("challenger").get("id").asText());
        KontorServer.Answer refused = server.json("PUT", "/stores/careful" + PLUGIN + "/release",
                "{\"canary\":{\"percent\":120},\"guards\":{\"hours\":-1}}").expect(422);
        assertTrue(refused.body().contains("canary.percent") && refused.body().contains("guards.hours"), refused.body());
        assertEquals("BY_HAND", server.get("/stores/careful" + PLUGIN + "/release").expect(200).json().get("promotion").asText());
        server.get("/stores/careful/plugins/io.kontor.nothing/release").expect(404);
    }

    @Test
    void aTrialGivesEachCustomerOneModelAndPassesWhenItIsOver() throws Exception {
        shop("trying");
        String first = train("trying", 20);
        server.json("PUT", "/stores/trying" + PLUGIN + "/release", "{\"canary\":{\"percent\":30,\"minutes\":0,\"cases\":100},"
                + "\"guards\":{\"p95Millis\":0}}").expect(200);
        String second = train("trying", 20);
        assertEquals(first, serving("trying").get("champion").get("id").asText());
        assertFalse(serving("trying").get("canarySince").isNull());
        Map<String, String> models = new ConcurrentHashMap<>();
        while (serving("trying").get("champion").get("id").asText().equals(first)) {
            for (int customer = 0; customer < Load.CUSTOMERS; customer++) {
                String served = model("trying", "c" + customer);
                String before = models.putIfAbsent("c" + customer, served);
                boolean over = !serving("trying").get("champion").get("id").asText().equals(first);
                assertTrue(before == null || before.equals(served) || over, "customer " + customer + " got another model");
            }
        }
        assertEquals(Set.of(first, second), Set.copyOf(models.values()));
        assertEquals(second, serving("trying").get("champion").get("id").asText());
        assertEquals(first, serving("trying").get("previous").get("id").asText());
        assertTrue(serving("trying").get("challenger").isNull());
        server.get("/stores/trying" + PLUGIN + "/release/trial").expect(404);
        JsonNode decisions = server.get("/stores/trying/decisions?family=recommend&limit=200").expect(200).json().get("items");
        Set<String> logged = new HashSet<>();
        decisions.forEach(decision -> logged.add(decision.get("servedBy").get("model").asText()));
        assertEquals(Set.of(first, second), logged, "the log tells which model answered");
    }

    @Test
    void aShadowIsComparedWithoutAnsweringAnybody() throws Exception {
        shop("shady");
        String first = train("shady", 20);
        String second = train("shady", 5);
        server.json("PUT", "/stores/shady" + PLUGIN + "/release", "{\"shadowPercent\":100}").expect(200);
        server.get("/stores/shady" + PLUGIN + "/release/shadow").expect(404);
        server.json("PUT", "/stores/shady/models/" + first + "/aliases/champion", "").expect(200);
        server.json("PUT", "/stores/shady/models/" + second + "/aliases/shadow", "").expect(200);
        Load.await("the champion answers", () -> model("shady", "c0").equals(first));
        JsonNode shadow = null;
        for (long cases = 0; cases < 20;) {
            for (int customer = 0; customer < Load.CUSTOMERS; customer++) {
                assertEquals(first, model("shady", "c" + customer));
            }
            shadow = server.get("/stores/shady" + PLUGIN + "/release/shadow").expect(200).json();
            for (JsonNode measure : shadow.get("measures")) {
                cases = measure.get("measure").asText().equals("OVERLAP") ? measure.get("cases").asLong() : cases;
            }
        }
        assertEquals(second, shadow.get("shadow").asText());
        for (JsonNode measure : shadow.get("measures")) {
            if (measure.get("measure").asText().equals("RANK_BIASED_OVERLAP")) {
                assertTrue(measure.get("mean").asDouble() > 0 && measure.get("mean").asDouble() <= 1, measure.toString());
            }
        }
        assertTrue(shadow.get("examples").get(0).get("champion").get("items").size() > 0, shadow.get("examples").get(0).toString());
    }

    @Test
    void aModelLeavesAsAFileAndComesBackAsTheChallenger() throws Exception {
        shop("from");
        shop("into");
        String model = train("from", 20);
        byte[] file = server.send("GET", "/stores/from/models/" + model + "/export", new byte[0], headers("application/json")).expect(200)
                .raw().body();
        JsonNode back = server.send("POST", "/stores/into/models", file, headers("application/zip")).expect(201).json();
        assertEquals("challenger", back.get("aliases").get(0).asText());
        assertTrue(serving("into").get("champion").isNull(), "an imported model never serves by itself");
        JsonNode card = server.get("/stores/into/models/" + back.get("id").asText() + "/card").expect(200).json();
        assertEquals("Imported from a file.", card.get("decision").get("reason").asText());
        assertTrue(card.get("limits").size() > 0 && card.get("model").get("metrics").has("ndcg@10"), card.toString());
        file[file.length / 2] ^= 1;
        String refused = server.send("POST", "/stores/into/models", file, headers("application/zip")).expect(422).body();
        assertTrue(refused.contains("The file is no model that can be imported"), refused);
        assertEquals(1, server.get("/stores/into/models?plugin=" + KNN).expect(200).json().get("items").size());
        server.json("PUT", "/stores/into/models/" + back.get("id").asText() + "/aliases/champion", "").expect(200);
        Load.await("the imported model answers", () -> model("into", "c1").equals(back.get("id").asText()));
    }

    private static Map<String, String> headers(String type) {
        return Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY, "Content-Type", type);
    }

    private static Map<String, String> answersOf(String store, String champion) throws Exception {
        server.json("PUT", "/stores/" + store + "/models/" + champion + "/aliases/champion", "").expect(200);
        Load.await("model " + champion + " answers", () -> model(store, "c0").equals(champion));
        Map<String, String> answers = new ConcurrentHashMap<>();
        for (int customer = 0; customer < Load.CUSTOMERS; customer++) {
            JsonNode answer = server.get("/stores/" + store + "/recommendations?n=5&customer=c" + customer).expect(200).json();
            answers.put("c" + customer, answer.get("items").toString());
        }
        return answers;
    }

    /** Clients that ask all the time and compare what they get with what the model that is named answers. */
    private static final class Load implements AutoCloseable {

        private static final int CUSTOMERS = 50;

        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicLong asked = new AtomicLong();
        private final List<String> wrong = new ArrayList<>();
        private final Map<String, AtomicLong> byModel = new ConcurrentHashMap<>();
        private final List<Thread> clients = new ArrayList<>();
        private final long begun = System.nanoTime();

        Load(String store, Map<String, Map<String, String>> answers) {
            for (int i = 0; i < 4; i++) {
                int client = i;
                Thread thread = new Thread(() -> {
                    for (int n = client; !stop.get(); n++) {
                        ask(store, "c" + n % CUSTOMERS, answers);
                    }
                });
                thread.start();
                clients.add(thread);
            }
        }

        private void ask(String store, String customer, Map<String, Map<String, String>> answers) {
            KontorServer.Answer answer = server.get("/stores/" + store + "/recommendations?n=5&customer=" + customer);
            asked.incrementAndGet();
            String model = answer.status() == 200 ? answer.json().get("servedBy").get("model").asText() : "";
            boolean right = answer.status() == 200 && answer.json().get("fallback").isNull() && answers.containsKey(model)
                    && answers.get(model).get(customer).equals(answer.json().get("items").toString());
            byModel.computeIfAbsent(model, m -> new AtomicLong()).incrementAndGet();
            if (!right) {
                synchronized (wrong) {
                    wrong.add(answer.status() + " " + answer.body());
                }
            }
        }

        void awaitServedBy(String model) throws Exception {
            long before = byModel.computeIfAbsent(model, m -> new AtomicLong()).get();
            await("model " + model + " answers", () -> byModel.get(model).get() > before + 20);
        }

        void check(int swaps) throws Exception {
            close();
            synchronized (wrong) {
                assertEquals(List.of(), wrong, "of " + asked.get());
            }
            assertEquals(Set.of(2), Set.of(byModel.size()));
            System.out.printf("%d requests, %d a second, %d swaps, 0 failed, 0 mixed%n", asked.get(),
                    asked.get() * 1_000_000_000L / (System.nanoTime() - begun), swaps);
        }

        static void await(String what, java.util.function.BooleanSupplier condition) {
            long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!condition.getAsBoolean()) {
                assertTrue(System.nanoTime() < until, what);
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
        }

        @Override
        public void close() throws InterruptedException {
            stop.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
    }
}
