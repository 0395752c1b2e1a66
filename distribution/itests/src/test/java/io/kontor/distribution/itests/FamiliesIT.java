package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory and pricing families as a shop uses them: data in, models trained, decisions served, proposals approved and reverted. */
class FamiliesIT {

    private static final LocalDate BEGIN = LocalDate.of(2025, 1, 6);
    private static final int PRODUCTS = 8;
    private static final int DAYS = 300;
    private static final double ELASTICITY = -2.2;

    @TempDir
    Path folder;

    /** Daily sales with a weekly pattern and prices that change; the first product is short of stock. */
    private static void fill(KontorServer server) {
        Random random = new Random(2);
        StringBuilder products = new StringBuilder("id,title,category,price,cost\n");
        StringBuilder sales = new StringBuilder("productId,date,quantity,price\n");
        StringBuilder stock = new StringBuilder("productId,time,onHand\n");
        StringBuilder supply = new StringBuilder("productId,supplierId,leadTimeDays,leadTimeStdDays,packSize,unitCost\n");
        StringBuilder prices = new StringBuilder("productId,price,from,kind\n");
        for (int p = 0; p < PRODUCTS; p++) {
            products.append("p").append(p).append(",Product ").append(p).append(",food,10,6\n");
            stock.append("p").append(p).append(",2025-11-01T00:00:00Z,").append(p == 0 ? 5 : 100_000).append('\n');
            supply.append("p").append(p).append(",acme,9,2,12,6\n");
            double price = 10;
            for (int day = 0; day < DAYS; day++) {
                if (day % 14 == 0) {
                    price = day + 14 >= DAYS ? 10 : Math.rint(1000 * Math.exp(0.12 * random.nextGaussian())) / 100;
                    prices.append("p").append(p).append(',').append(price).append(',').append(BEGIN.plusDays(day)).append("T00:00:00Z,list\n");
                }
                double mean = (10 + 3 * p) * Math.pow(price / 10, ELASTICITY) * (day % 7 > 4 ? 1.6 : 0.8);
                sales.append("p").append(p).append(',').append(BEGIN.plusDays(day)).append(',')
                        .append(Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()))).append(',').append(price).append('\n');
            }
        }
        server.importCsv("berlin", "products", products.toString());
        assertEquals(PRODUCTS * DAYS, server.importCsv("berlin", "sales", sales.toString()).get("stored").asInt());
        server.importCsv("berlin", "stock", stock.toString());
        server.importCsv("berlin", "supply", supply.toString());
        server.importCsv("berlin", "prices", prices.toString());
    }

    private static void enable(KontorServer server, String plugin) {
        server.json("PUT", "/stores/berlin/plugins/" + plugin, "{\"settings\":{}}").expect(200);
    }

    private static JsonNode train(KontorServer server, String plugin) {
        String job = server.json("POST", "/stores/berlin/plugins/" + plugin + "/train", "{}").expect(202).json().get("job").asText();
        return server.job(job, Duration.ofMinutes(2)).get("result");
    }

    private static JsonNode plan(KontorServer server, String route) {
        String job = server.json("POST", "/stores/berlin/" + route + "/plan", "").expect(202).json().get("job").asText();
        return server.job(job, Duration.ofMinutes(2)).get("result");
    }

    @Test
    void forecastsOrdersAndPricesAreServedAndDecidedOn() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "berlin");
            fill(server);
            inventory(server);
            pricing(server);
        }
    }

    @Test
    void aStoreWhoseSalesComeAsSumsOfWeeksGetsAChampionThatIsJudgedByWeek() throws Exception {
        Random random = new Random(4);
        StringBuilder sales = new StringBuilder("productId,date,quantity\n");
        for (int p = 0; p < PRODUCTS; p++) {
            for (int week = 0; week < 120; week++) {
                double mean = (200 + 40 * p) * (1 + 0.4 * Math.sin(2 * Math.PI * week / 52));
                sales.append("p").append(p).append(',').append(LocalDate.of(2023, 6, 2).plusWeeks(week)).append(',')
                        .append(Math.max(0, Math.round(mean + 15 * random.nextGaussian()))).append('\n');
            }
        }
        try (KontorServer server = KontorServer.start(folder.resolve("weekly"), Map.of())) {
            Shop.create(server, "berlin");
            server.importCsv("berlin", "sales", sales.toString());
            enable(server, "io.kontor.inventory.seasonal-naive");
            enable(server, "io.kontor.inventory.exponential-smoothing");
            JsonNode trained = train(server, "io.kontor.inventory.exponential-smoothing");
            assertTrue(trained.get("promoted").asBoolean(), trained.toString());
            assertTrue(trained.get("metrics").get("mase").asDouble() < trained.get("baseline").get("mase").asDouble(), trained.toString());
            assertTrue(trained.get("metrics").get("wape").asDouble() < 0.15, "weeks, not days: " + trained);
            JsonNode forecast = server.get("/stores/berlin/forecasts/p1?step=week&horizon=4").expect(200).json();
            assertTrue(forecast.get("fallback").isNull(), forecast.toString());
        }
    }

    private static void explained(JsonNode explanation, String kinds, double output) {
        assertTrue(explanation.get("kind").asText().matches(kinds), explanation.toString());
        double sum = explanation.get("base").asDouble();
        for (JsonNode each : explanation.get("contributions")) {
            sum += each.get("amount").asDouble();
        }
        assertEquals(output, sum, 1e-9 * Math.max(1, output), explanation.toString());
    }

    private static JsonNode decision(KontorServer server, JsonNode answer) {
        return server.get("/stores/berlin/decisions/" + answer.get("requestId").asText()).expect(200).json().get("decision");
    }

    private static void inventory(KontorServer server) {
        assertEquals(409, server.get("/stores/berlin/forecasts/p1").status(), "nobody can forecast yet");
        enable(server, "io.kontor.inventory.seasonal-naive");
        enable(server, "io.kontor.inventory.exponential-smoothing");
        enable(server, "io.kontor.inventory.reorder-point");
        JsonNode naive = server.get("/stores/berlin/forecasts/p1?horizon=7").expect(200).json();
        assertEquals("snaive", naive.get("method").asText());
        assertFalse(naive.get("fallback").isNull(), "the plugin without a model is stood in for: " + naive);

        JsonNode trained = train(server, "io.kontor.inventory.exponential-smoothing");
        assertTrue(trained.get("metrics").get("mase").asDouble() < 0.9 * trained.get("baseline").get("mase").asDouble(), trained.toString());
        JsonNode forecast = server.get("/stores/berlin/forecasts/p1?horizon=14&quantiles=0.1,0.5,0.9").expect(200).json();
        assertTrue(forecast.get("fallback").isNull(), forecast.toString());
        assertEquals(BEGIN.plusDays(DAYS).toString(), forecast.get("points").get(0).get("date").asText());
        double weekend = 0;
        double weekdays = 0;
        double expected = 0;
        for (JsonNode point : forecast.get("points")) {
            expected += point.get("mean").asDouble();
            assertTrue(point.get("quantiles").get("0.1").asDouble() <= point.get("quantiles").get("0.9").asDouble(), point.toString());
            if (LocalDate.parse(point.get("date").asText()).getDayOfWeek().getValue() > 5) {
                weekend += point.get("mean").asDouble() / 4;
            } else {
                weekdays += point.get("mean").asDouble() / 10;
            }
        }
        assertEquals(2, weekend / weekdays, 0.5, "weekends sell twice as much");
        String[] lines = server.json("POST", "/stores/berlin/forecasts/batch", "{\"horizon\":3,\"step\":\"week\"}").expect(200).body()
                .split("\n");
        assertEquals(PRODUCTS, lines.length);

        JsonNode orders = plan(server, "replenishment");
        assertEquals(1, orders.get("proposals").asInt(), orders.toString());
        JsonNode order = server.get("/stores/berlin/proposals?family=inventory&state=pending").expect(200).json().get("items").get(0);
        assertEquals("p0", order.get("subject").asText());
        assertEquals(0, order.get("change").get("quantity").asDouble() % 12, 1e-9, "whole packs: " + order);
        explained(order.get("explanation"), "constraints", order.get("change").get("quantity").asDouble());
        assertTrue(order.get("arithmetic").size() > 8 && !order.get("reasons").isEmpty(), order.toString());
        String path = "/stores/berlin/proposals/" + order.get("id").asText();
        assertEquals("approved", server.json("POST", path + "/approve", "").expect(200).json().get("state").asText());
        assertEquals(409, server.json("POST", path + "/approve", "").status());
        assertEquals(0, plan(server, "replenishment").get("proposals").asInt(), "what is on order is not ordered again");
        assertEquals("reverted", server.json("POST", path + "/revert", "").expect(200).json().get("state").asText());
        assertEquals(1, plan(server, "replenishment").get("proposals").asInt());

        String request = forecast.get("requestId").asText();
        JsonNode decision = decision(server, forecast);
        assertEquals("p1", decision.get("subject").asText());
        explained(decision.get("answer").get("explanation"), "additive|shapley", expected);
        JsonNode receipt = server.json("POST", "/stores/berlin/feedback", "[{\"requestId\":\"" + request
                + "\",\"type\":\"purchase\",\"time\":\"2026-01-01T00:00:00Z\"},{\"requestId\":\"none\",\"type\":\"click\","
                + "\"time\":\"2026-01-01T00:00:00Z\"}]").expect(202).json();
        assertEquals(1, receipt.get("accepted").asInt(), receipt.toString());
        assertEquals(1, receipt.get("rejected").get(0).get("index").asInt());
    }

    private static void pricing(KontorServer server) {
        enable(server, "io.kontor.pricing.current-price");
        enable(server, "io.kontor.pricing.elasticity");
        enable(server, "io.kontor.pricing.guarded-price");
        JsonNode trained = train(server, "io.kontor.pricing.elasticity");
        assertTrue(trained.get("metrics").get("wape").asDouble() < trained.get("baseline").get("wape").asDouble(), trained.toString());
        JsonNode all = server.get("/stores/berlin/elasticities").expect(200).json().get("items");
        assertEquals(PRODUCTS, all.size());
        for (JsonNode one : all) {
            assertEquals(ELASTICITY, one.get("elasticity").asDouble(), 0.5, one.toString());
            assertTrue(one.get("low").asDouble() < one.get("high").asDouble());
        }
        JsonNode trial = server.json("POST", "/stores/berlin/prices/simulate", "{\"changes\":[{\"product\":\"p3\",\"price\":11}]}")
                .expect(200).json();
        double ratio = trial.get("after").get("units").asDouble() / trial.get("before").get("units").asDouble();
        assertEquals(Math.pow(1.1, ELASTICITY), ratio, 0.06, trial.toString());
        explained(decision(server, trial).get("answer").get(0).get("explanation"), "multiplicative",
                trial.get("after").get("units").asDouble());
        for (String wrong : List.of("\"price\":-1}]", "\"price\":9,\"promotion\":2}]", "\"price\":9,\"competitorPrice\":0}]",
                "\"price\":9}],\"period\":\"soon\"")) {
            assertEquals(422, server.json("POST", "/stores/berlin/prices/simulate", "{\"changes\":[{\"product\":\"p3\"," + wrong + "}")
                    .status(), wrong);
        }
        JsonNode planned = server.json("POST", "/stores/berlin/prices/simulate", "{\"changes\":[{\"product\":\"p3\",\"price\":11,"
                + "\"promotion\":1,\"competitorPrice\":9}],\"period\":\"2025-11-24\"}").expect(200).json();
        assertTrue(planned.get("after").get("units").asDouble() > trial.get("after").get("units").asDouble(), "a promotion: " + planned);
        assertTrue(server.get("/stores/berlin/prices/p3/prior?at=2025-10-01").expect(200).json().get("lowestPrice").asDouble() > 5);

        JsonNode prices = plan(server, "prices");
        assertTrue(prices.get("proposals").asInt() > 0, prices.toString());
        JsonNode price = server.get("/stores/berlin/proposals?family=pricing&state=pending").expect(200).json().get("items").get(0);
        double proposed = price.get("change").get("price").asDouble();
        explained(price.get("explanation"), "constraints", proposed);
        double best = 6 * ELASTICITY / (1 + ELASTICITY);
        assertTrue(Math.abs(proposed / 10 - 1) < 0.1001, "within the largest change: " + price);
        assertTrue(best > 10 == proposed > 10, "towards the best price " + best + ": " + price);
        String path = "/stores/berlin/proposals/" + price.get("id").asText();
        server.json("POST", path + "/approve", "").expect(200);
        JsonNode after = server.json("POST", "/stores/berlin/prices/simulate", "{\"changes\":[{\"product\":\"" + price.get("subject").asText()
                + "\",\"price\":10}]}").expect(200).json();
        assertEquals(proposed, after.get("items").get(0).get("currentPrice").asDouble(), 1e-9, "the approved price holds");
        server.json("POST", path + "/revert", "").expect(200);
    }
}
