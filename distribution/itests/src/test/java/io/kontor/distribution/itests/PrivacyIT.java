package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.BundleForge;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
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
        club("club", "stuck", "while (asked != null) { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }");
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

    private static String transactions() {
        Random random = new Random(7);
        Instant begin = Instant.parse("2025-03-01T00:00:00Z");
        StringBuilder csv = new StringBuilder("id,time,amount,customerId,device,emailHash,label,labelTime\n");
        for (int i = 0; i < 800; i++) {
            boolean fraud = random.nextInt(8) == 0;
            Instant time = begin.plusSeconds(3_600L * i);
            csv.append('t').append(i).append(',').append(time).append(',').append(fraud ? 400 + random.nextInt(200) : 20 + random.nextInt(80))
                    .append(",person-").append(random.nextInt(200)).append(",d").append(random.nextInt(50)).append(",h")
                    .append(random.nextInt(200)).append(',').append(fraud ? "fraud" : "legitimate").append(',').append(time.plusSeconds(60))
                    .append('\n');
        }
        return csv.toString();
    }

    /** All that a model's file holds. */
    private static String content(byte[] file) throws IOException {
        StringBuilder all = new StringBuilder();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            while (zip.getNextEntry() != null) {
                byte[] entry = zip.readAllBytes();
                all.append(new String(entry, StandardCharsets.ISO_8859_1)).append(new String(entry, StandardCharsets.UTF_16BE));
            }
        }
        return all.toString();
    }

    @Test
    void noModelAndNoLogKnowsACustomer() throws Exception {
        Shop.create(server, "quiet");
        server.importCsv("quiet", "customers", "id,city,attr.email\nperson-1,Berlin,person-1@example.org\n");
        server.importCsv("quiet", "orders", Shop.orders(2).replace(",c", ",person-").replace(",person-ustomerId", ",customerId"));
        server.importCsv("quiet", "events", Market.visits(12).replaceAll(",c(\\d)", ",person-$1"));
        server.importCsv("quiet", "transactions", transactions());
        int learned = 0;
        for (JsonNode plugin : server.get("/plugins").expect(200).json().get("items")) {
            if (plugin.get("trainable").asBoolean()) {
                String id = plugin.get("id").asText();
                server.json("PUT", "/stores/quiet/plugins/" + id, "{\"settings\":{}}").expect(200);
                String job = server.json("POST", "/stores/quiet/plugins/" + id + "/train", "{}").expect(202).json().get("job").asText();
                JsonNode result = server.job(job, Duration.ofMinutes(2)).get("result");
                String content = content(server.get("/stores/quiet/models/" + result.get("model").asText() + "/export").expect(200).raw()
                        .body());
                assertTrue(content.contains(id), "the file was read");
                assertFalse(content.contains("person-") || content.contains("example.org"), id);
                learned++;
            }
        }
        assertTrue(learned >= 25, learned + " plugins");
        server.get("/stores/quiet/recommendations?customer=person-1&n=3").expect(200);
        server.json("POST", "/stores/quiet/risk/assessments",
                "{\"transaction\":{\"id\":\"t-new\",\"time\":\"2025-05-01T00:00:00Z\",\"amount\":900,\"customerId\":\"person-1\"}}").expect(200);
        assertEquals("person-1", server.get("/stores/quiet/decisions?subject=person-1").expect(200).json().get("items").get(0).get("subject")
                .asText(), "who may read decisions sees whom they are about");
        String job = server.send("DELETE", "/stores/quiet/customers/person-1", new byte[0], "application/json").expect(202).json().get("job")
                .asText();
        assertTrue(server.job(job, Duration.ofSeconds(30)).get("result").get("decisions").asInt() >= 2);
        assertEquals(0, server.get("/stores/quiet/decisions?subject=person-1").expect(200).json().get("items").size());
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
                assertFalse(Files.readString(log).contains("person-"), log.toString());
            }
        }
        assertFalse(String.join("\n", server.output()).contains("person-"));
    }

    @Test
    void whoDoesNotAgreeIsNotLearnedFromAndGetsNoPersonalAnswer() throws Exception {
        Shop.create(server, "asked");
        server.importCsv("asked", "customers", "id,consent\nc1,personalisation\nloner,none\n");
        String knn = "/stores/asked/plugins/io.kontor.recommend.item-knn";
        StringBuilder lonely = new StringBuilder(Shop.orders(3));
        for (int order = 0; order < 30; order++) {
            for (String product : new String[] {"secret-a", "secret-b"}) {
                lonely.append("l").append(order).append(",2025-01-0").append(1 + order % 9).append("T00:00:00Z,loner,").append(product)
                        .append(",1,9.90\n");
            }
        }
        server.importCsv("asked", "orders", lonely.toString());
        server.json("PUT", knn, "{\"settings\":{}}").expect(200);
        JsonNode shy = train(knn);
        assertEquals(60, shy.get("snapshot").get("withheld").asInt(), shy.toString());
        String file = content(server.get("/stores/asked/models/" + shy.get("id").asText() + "/export").expect(200).raw().body());
        assertTrue(file.contains("p1") && !file.contains("secret"), "no trace of what only the customer bought");

        JsonNode own = server.get("/stores/asked/recommendations?customer=c1&n=3").expect(200).json();
        JsonNode stranger = server.get("/stores/asked/recommendations?n=3").expect(200).json();
        JsonNode refusing = server.get("/stores/asked/recommendations?customer=loner&n=3").expect(200).json();
        assertFalse(own.toString().contains("no-consent"));
        assertEquals(products(stranger), products(refusing));
        refusing.get("items").forEach(item -> assertTrue(item.get("reasons").toString().contains("no-consent"), item.toString()));

        server.json("PUT", "/stores/asked/customers/loner/consent", "{\"personalisation\":true}").expect(200);
        JsonNode open = train(knn);
        assertEquals(0, open.get("snapshot").get("withheld").asInt());
        assertFalse(open.get("snapshot").get("hash").asText().equals(shy.get("snapshot").get("hash").asText()));
        server.json("POST", "/stores/asked/events",
                "[{\"type\":\"objection\",\"customerId\":\"c1\",\"time\":\"2025-02-01T00:00:00Z\"}]").expect(202);
        assertEquals(products(stranger), products(server.get("/stores/asked/recommendations?customer=c1&n=3").expect(200).json()));
        JsonNode told = server.get("/stores/asked/customers/c1/consent").expect(200).json().get("purposes");
        assertEquals("said", told.get("personalisation").get("source").asText());
        assertFalse(told.get("marketing").get("agreed").asBoolean());
        server.json("PUT", "/stores/asked/customers/c1/consent", "{}").expect(422);
    }

    @Test
    void whatIsOlderThanTheStoreKeepsItIsRemoved() throws Exception {
        Shop.create(server, "tidy");
        server.importCsv("tidy", "orders", Shop.orders(4));
        Instant yesterday = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        server.importCsv("tidy", "orders", "orderId,time,customerId,productId,quantity,unitPrice\nnew," + yesterday + ",c1,p1,1,9.90\n");
        server.json("PUT", "/stores/tidy/privacy", "{\"retention\":{\"products\":9}}").expect(422);
        server.json("PUT", "/stores/tidy/privacy", "{\"countries\":{\"Germany\":\"opt-in\"}}").expect(422);
        long days = Duration.between(Instant.parse("2025-06-01T00:00:00Z"), Instant.now()).toDays();
        JsonNode put = server.json("PUT", "/stores/tidy/privacy", "{\"silence\":\"opt-out\",\"countries\":{\"DE\":\"opt-in\"},"
                + "\"retention\":{\"orders\":" + days + "}}").expect(200).json();
        assertEquals(put, server.get("/stores/tidy/privacy").expect(200).json());
        String job = server.json("POST", "/stores/tidy/privacy/retention", "").expect(202).json().get("job").asText();
        assertEquals(2_400, server.job(job, Duration.ofSeconds(60)).get("result").get("orders").asInt());
        for (JsonNode extent : server.get("/stores/tidy/data").expect(200).json().get("items")) {
            if (extent.get("entity").asText().equals("orders")) {
                assertEquals(1, extent.get("rows").asInt());
                assertEquals(yesterday, Instant.parse(extent.get("from").asText()));
            }
        }
        assertFalse(server.get("/stores/tidy/customers/c1/consent").expect(200).json().get("purposes").get("analytics").get("agreed")
                .asBoolean(), "the store is in a country where silence is a refusal");
    }

    private static List<String> products(JsonNode answer) {
        List<String> products = new ArrayList<>();
        answer.get("items").forEach(item -> products.add(item.get("product").asText()));
        return products;
    }

    private static JsonNode train(String plugin) throws Exception {
        String job = server.json("POST", plugin + "/train", "{}").expect(202).json().get("job").asText();
        String model = server.job(job, Duration.ofMinutes(2)).get("result").get("model").asText();
        for (JsonNode each : server.get("/stores/asked/models").expect(200).json().get("items")) {
            if (each.get("id").asText().equals(model)) {
                return each;
            }
        }
        throw new AssertionError("no model " + model);
    }
}
