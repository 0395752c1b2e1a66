package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Placements over HTTP: filters that follow imports, blocks, rules, previews and given lists. */
class PlacementsIT {

    private static final String STORE = "/stores/place";
    private static final String KNN = "io.kontor.recommend.item-knn";
    private static final String POPULAR = "io.kontor.recommend.most-popular";

    @TempDir
    private static Path folder;
    private static KontorServer server;

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of());
        Shop.create(server, "place");
        StringBuilder products = new StringBuilder("id,title,category,brand,price\n");
        StringBuilder stock = new StringBuilder("productId,time,onHand\n");
        for (int i = 0; i < 100; i++) {
            products.append('p').append(i).append(",Product ").append(i).append(",group").append(i / 20).append(",brand").append(i % 4)
                    .append(',').append(i).append('\n');
            stock.append('p').append(i).append(",2025-02-01T00:00:00Z,5\n");
        }
        server.importCsv("place", "products", products.toString());
        server.importCsv("place", "stock", stock.toString());
        server.importCsv("place", "orders", Shop.orders(7));
        for (String plugin : List.of(KNN, POPULAR)) {
            server.json("PUT", STORE + "/plugins/" + plugin, "{}").expect(200);
            String job = server.json("POST", STORE + "/plugins/" + plugin + "/train", "{\"seed\":7}").expect(202).json().get("job").asText();
            server.job(job, Duration.ofMinutes(3));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode put(String id, String definition) {
        return server.json("PUT", STORE + "/placements/" + id, definition).expect(200).json();
    }

    private static JsonNode ask(String query) {
        return server.get(STORE + "/recommendations?" + query).expect(200).json();
    }

    private static List<String> products(JsonNode answer) {
        List<String> products = new ArrayList<>();
        answer.get("items").forEach(item -> products.add(item.get("product").asText()));
        return products;
    }

    private static List<String> codes(JsonNode item) {
        List<String> codes = new ArrayList<>();
        item.get("reasons").forEach(reason -> codes.add(reason.get("code").asText()));
        return codes;
    }

    @Test
    void aPlacementIsKeptListedChangedAndRemoved() {
        put("kept", "{\"title\":\"Kept\",\"kind\":\"home\"}");
        JsonNode kept = put("kept", "{\"title\":\"Kept again\",\"kind\":\"cart\",\"filters\":{\"inStock\":true,\"brands\":[\"brand1\"]}}");
        assertEquals(kept, server.get(STORE + "/placements/kept").expect(200).json());
        assertTrue(server.get(STORE + "/placements").expect(200).json().get("items").toString().contains("Kept again"));
        JsonNode history = server.get(STORE + "/placements/kept/history").expect(200).json().get("items");
        assertEquals(List.of("Kept again", "Kept"), List.of(history.get(0).at("/content/title").asText(),
                history.get(1).at("/content/title").asText()));
        server.send("DELETE", STORE + "/placements/kept", null, (String) null).expect(204);
        server.get(STORE + "/placements/kept").expect(404);
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsKept() {
        JsonNode problem = server.json("PUT", STORE + "/placements/wrong", "{\"title\":\"\",\"kind\":\"attic\",\"filters\":{\"minPrice\":-1},"
                + "\"rules\":[{\"id\":\"a\",\"kind\":\"pin\",\"products\":[\"p1\"]}]}").expect(422).json();
        List<String> fields = new ArrayList<>();
        problem.get("errors").forEach(error -> fields.add(error.get("field").asText()));
        assertEquals(List.of("title", "kind", "filters.minPrice", "rules[0].position"), fields);
        server.json("PUT", STORE + "/placements/wrong", "{\"title\":\"A\",\"kind\":\"home\",\"colour\":\"red\"}").expect(400);
        server.get(STORE + "/placements/wrong").expect(404);
    }

    @Test
    void aProductIsGoneAsSoonAsItsStockIs() {
        put("stocked", "{\"title\":\"Stocked\",\"kind\":\"home\",\"filters\":{\"inStock\":true}}");
        JsonNode before = ask("placement=stocked&customer=c1&n=5");
        assertEquals("stocked", before.get("placement").asText());
        assertEquals(0, before.get("fallbackLevel").asInt());
        assertEquals(KNN, before.at("/items/0/strategy").asText());
        String first = products(before).get(0);
        server.importCsv("place", "stock", "productId,time,onHand\n" + first + ",2025-03-01T00:00:00Z,0\n");
        List<String> after = products(ask("placement=stocked&customer=c1&n=5"));
        assertEquals(5, after.size());
        assertFalse(after.contains(first), after + " must not have " + first);
        assertTrue(products(ask("customer=c1&n=5")).contains(first), "without a placement nothing is filtered");
        assertTrue(products(ask("placement=elsewhere&customer=c1&n=5")).contains(first), "nor by a name that the store does not have");
        server.importCsv("place", "stock", "productId,time,onHand\n" + first + ",2025-03-02T00:00:00Z,3\n");
        assertTrue(products(ask("placement=stocked&customer=c1&n=5")).contains(first));
    }

    @Test
    void whatACustomerBlocksIsInNoAnswerAndGoesWithTheCustomer() {
        put("open", "{\"title\":\"Open\",\"kind\":\"home\"}");
        String first = products(ask("placement=open&customer=c2&n=3")).get(0);
        server.send("PUT", STORE + "/customers/c2/blocks/" + first, null, (String) null).expect(204);
        assertFalse(products(ask("placement=open&customer=c2&n=3")).contains(first));
        assertFalse(products(ask("customer=c2&n=3")).contains(first));
        assertEquals(first, server.get(STORE + "/customers/c2/blocks").expect(200).json().at("/items/0").asText());
        assertEquals(first, server.get(STORE + "/customers/c2/export").expect(200).json().at("/records/blocks/0/product").asText());
        server.send("DELETE", STORE + "/customers/c2/blocks/" + first, null, (String) null).expect(204);
        server.send("DELETE", STORE + "/customers/c2/blocks/" + first, null, (String) null).expect(404);
        server.send("PUT", STORE + "/customers/c199/blocks/p1", null, (String) null).expect(204);
        String job = server.send("DELETE", STORE + "/customers/c199", null, (String) null).expect(202).json().get("job").asText();
        assertEquals(1, server.job(job, Duration.ofMinutes(1)).at("/result/blocks").asInt());
        assertEquals(0, server.get(STORE + "/customers/c199/blocks").expect(200).json().get("items").size());
    }

    @Test
    void whatACustomerBoughtOrRatedIsInNoAnswerHoweverMuchCameAfterIt() {
        put("owned", "{\"title\":\"Owned\",\"kind\":\"home\"}");
        StringBuilder events = new StringBuilder("id,time,type,customerId,productId,value\n");
        events.append("b,2024-01-01T00:00:00Z,purchase,curious,p0,\nr,2024-01-02T00:00:00Z,rating,curious,p1,4\n");
        for (int i = 0; i < 2_100; i++) {
            events.append('v').append(i).append(",2024-02-01T00:00:00Z,view,curious,p").append(2 + i % 98).append(",\n");
        }
        server.importCsv("place", "events", events.toString());
        for (String query : List.of("customer=curious&n=100", "placement=owned&customer=curious&n=100")) {
            Set<String> products = Set.copyOf(products(ask(query)));
            assertTrue(products.contains("p2"), query);
            assertFalse(products.contains("p0") || products.contains("p1"), query);
        }
    }

    /** Shops have ids of all kinds: a customer is no less to be forgotten for a slash in the number. */
    @Test
    void idsMayHoldWhatAddressesAreMadeOf() {
        List<String> ids = List.of("a/b", "..", ".", "a\\b", "50%", "a;b=c", "a?b#c", "x,y", "\u65e5\u672c");
        for (String id : ids) {
            server.send("PUT", STORE + "/customers/de%2F7/blocks/" + segment(id), null, (String) null).expect(204);
        }
        List<String> blocks = new ArrayList<>();
        server.get(STORE + "/customers/de%2F7/blocks").expect(200).json().get("items").forEach(id -> blocks.add(id.asText()));
        assertEquals(ids.stream().sorted().toList(), blocks.stream().sorted().toList());
        server.send("DELETE", STORE + "/customers/de%2F7/blocks/" + segment(".."), null, (String) null).expect(204);
        String job = server.send("DELETE", STORE + "/customers/de%2F7", null, (String) null).expect(202).json().get("job").asText();
        assertEquals(ids.size() - 1, server.job(job, Duration.ofMinutes(1)).at("/result/blocks").asInt());
        server.get("/%2E%2E/%2E%2E/admin/stores/place").expect(303);
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace(".", "%2E");
    }

    @Test
    void rulesMoveProductsAndTheLogKeepsHow() {
        put("ruled", "{\"title\":\"Ruled\",\"kind\":\"home\",\"strategies\":[\"" + KNN + "\",\"" + POPULAR + "\"],\"filters\":{\"maxPrice\":90},"
                + "\"rules\":[{\"id\":\"top\",\"title\":\"Top\",\"kind\":\"pin\",\"products\":[\"p95\",\"p85\"],\"position\":1},"
                + "{\"id\":\"later\",\"kind\":\"pin\",\"products\":[\"p84\"],\"position\":1,\"from\":\"2099-01-01\"},"
                + "{\"id\":\"group\",\"kind\":\"boost\",\"categories\":[\"group3\"],\"factor\":50}],\"diversity\":{\"maxPerCategory\":3}}");
        JsonNode answer = ask("placement=ruled&customer=c3&n=8");
        assertEquals("p85", products(answer).get(0), "the other costs too much");
        assertEquals("top", answer.at("/items/0/rule").asText());
        assertTrue(codes(answer.at("/items/0")).contains("placement-pin"));
        int third = Integer.parseInt(products(answer).get(1).substring(1)) / 20;
        assertEquals(3, third, "boosted");
        assertTrue(products(answer).stream().filter(p -> Integer.parseInt(p.substring(1)) / 20 == 3).count() <= 3);
        JsonNode logged = server.get(STORE + "/decisions/" + answer.get("requestId").asText()).expect(200).json();
        assertEquals("ruled", logged.at("/decision/answer/placement").asText());
        assertEquals("top", logged.at("/decision/answer/items/0/rule").asText());
    }

    @Test
    void aPreviewTellsTheStagesOfADefinitionThatIsNotKept() {
        JsonNode preview = server.json("POST", STORE + "/placements/draft/preview", "{\"customer\":\"c4\",\"n\":5,\"placement\":{"
                + "\"title\":\"Draft\",\"kind\":\"home\",\"filters\":{\"excludeBrands\":[\"brand0\"]}}}").expect(200).json();
        assertEquals(KNN, preview.at("/strategies/0/strategy").asText());
        assertTrue(preview.get("ranked").size() >= 5);
        assertTrue(preview.at("/heldCounts/brand").asInt() > 0);
        assertEquals(5, preview.at("/answer/items").size());
        server.get(STORE + "/placements/draft").expect(404);
        server.get(STORE + "/decisions/" + preview.at("/answer/requestId").asText()).expect(404);
        server.json("POST", STORE + "/placements/draft/preview", "{\"customer\":\"c4\"}").expect(404);
    }

    @Test
    void aGivenListIsOrderedForACustomerAndHasNothingElse() {
        String wished = products(ask("customer=c5&n=1")).get(0);
        List<String> given = new ArrayList<>(List.of("p99", "p98", "p41", "p97"));
        given.add(wished);
        String body = "{\"customer\":\"c5\",\"products\":[\"" + String.join("\",\"", given) + "\"],\"weight\":1}";
        JsonNode answer = server.json("POST", STORE + "/recommendations/rerank", body).expect(200).json();
        assertEquals(Set.copyOf(given), Set.copyOf(products(answer)));
        assertTrue(products(answer).indexOf(wished) < 4, products(answer) + " has " + wished + " before the end");
        JsonNode unknown = server.json("POST", STORE + "/recommendations/rerank", body.replace("\"customer\":\"c5\",", "")).expect(200).json();
        assertEquals(given, products(unknown), "the shop's order for somebody unknown");
        server.json("POST", STORE + "/recommendations/rerank", "{\"products\":[]}").expect(422);
        server.json("POST", STORE + "/recommendations/rerank", "{\"products\":[\"p1\"],\"weight\":2}").expect(422);
    }
}
