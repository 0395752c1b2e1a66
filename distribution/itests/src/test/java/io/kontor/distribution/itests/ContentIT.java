package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products that came after the training: by words at first, by meaning when the optional encoders are deployed, and among what is new. */
class ContentIT {

    private static final String CONTENT = "io.kontor.recommend.content";
    private static final List<String> DRINKS = List.of("Green tea", "Earl grey", "Espresso beans", "Hot chocolate", "Mate", "Lemonade");
    private static final List<String> SPORTS = List.of("Running shoes", "Football", "Tennis racket", "Yoga mat", "Bicycle bell", "Dumbbell");

    @TempDir
    Path folder;

    private static String products() {
        StringBuilder csv = new StringBuilder("id,title\n");
        for (int i = 0; i < DRINKS.size(); i++) {
            csv.append("drink").append(i).append(',').append(DRINKS.get(i)).append('\n');
            csv.append("sport").append(i).append(',').append(SPORTS.get(i)).append('\n');
        }
        return csv.toString();
    }

    private static String orders() {
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int customer = 0; customer < 60; customer++) {
            for (int i = 0; i < 5; i++) {
                csv.append('o').append(customer).append('-').append(i).append(",2026-01-").append(10 + 3 * i).append("T10:00:00Z,c")
                        .append(customer).append(',').append(customer % 2 == 0 ? "drink" : "sport").append((customer / 2 + i) % 6)
                        .append(",1,5\n");
            }
        }
        return csv.toString();
    }

    private static String train(KontorServer server) {
        String job = server.json("POST", "/stores/shop/plugins/" + CONTENT + "/train", "{\"seed\":1}").expect(202).json().get("job").asText();
        server.job(job, Duration.ofMinutes(3));
        return job;
    }

    private static List<String> asked(KontorServer server, String plugin, String query) {
        JsonNode answer = server.get("/stores/shop/recommendations?n=5&plugin=" + plugin + query).expect(200).json();
        assertTrue(answer.get("fallback").isNull(), answer.toString());
        return answer.get("items").findValuesAsText("product");
    }

    private static byte[] optional(String bundle) throws IOException {
        return Files.readAllBytes(KontorServer.home().resolve("optional").resolve(bundle + "-0.1.0.jar"));
    }

    @Test
    void newProductsAreRecommendedAtOnceByWordsAndByMeaning() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), KontorServer.PATIENT)) {
            Shop.create(server, "shop");
            server.importCsv("shop", "products", products());
            server.importCsv("shop", "orders", orders());
            server.json("PUT", "/stores/shop/plugins/" + CONTENT, "{}").expect(200);
            server.json("PUT", "/stores/shop/plugins/io.kontor.recommend.new-arrivals", "{}").expect(200);
            train(server);
            server.importCsv("shop", "products", "id,title,createdAt\nnew,Tea with green leaves,2026-02-01T00:00:00Z\n");
            assertEquals("new", asked(server, "io.kontor.recommend.new-arrivals", "").get(0));
            assertTrue(asked(server, CONTENT, "&customer=c0").contains("new"));
            for (String bundle : List.of("io.kontor.bundles.onnxruntime", "io.kontor.bundles.text-encoders")) {
                server.send("POST", "/bundles", optional(bundle), "application/java-archive").expect(201);
            }
            train(server);
            server.importCsv("shop", "products", "id,title\nbrew,Coffee capsules\n");
            List<String> beside = asked(server, CONTENT, "&product=brew");
            assertTrue(beside.get(0).startsWith("drink") && beside.get(1).startsWith("drink"), "no word in common: " + beside);
        }
    }
}
