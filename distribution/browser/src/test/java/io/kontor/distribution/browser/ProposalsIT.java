package io.kontor.distribution.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person looks at a proposed price, approves it and takes it back; the price record follows. */
@ExtendWith(Running.class)
class ProposalsIT {

    private static final LocalDate BEGIN = LocalDate.of(2025, 1, 6);

    private static String sales() {
        Random random = new Random(3);
        StringBuilder lines = new StringBuilder("productId,date,quantity,price\n");
        for (int product = 0; product < 6; product++) {
            double price = 10;
            for (int day = 0; day < 280; day++) {
                if (day % 14 == 0) {
                    price = day + 14 >= 280 ? 10 : Math.rint(1000 * Math.exp(0.15 * random.nextGaussian())) / 100;
                }
                double mean = 30 * Math.pow(price / 10, -1.4);
                lines.append("p").append(product).append(',').append(BEGIN.plusDays(day)).append(',')
                        .append(Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()))).append(',').append(price).append('\n');
            }
        }
        return lines.toString();
    }

    private static void prepare(KontorServer server) {
        server.json("POST", "/stores", "{\"id\":\"prices\",\"name\":\"Prices\"}").expect(201);
        StringBuilder products = new StringBuilder("id,title,category,price,cost\n");
        for (int product = 0; product < 6; product++) {
            products.append("p").append(product).append(",Product ").append(product).append(",food,10,6\n");
        }
        server.importCsv("prices", "products", products.toString());
        server.importCsv("prices", "sales", sales());
        for (String plugin : new String[] {"io.kontor.pricing.elasticity", "io.kontor.pricing.guarded-price"}) {
            server.json("PUT", "/stores/prices/plugins/" + plugin, "{}").expect(200);
        }
        finished(server, "/stores/prices/plugins/io.kontor.pricing.elasticity/train");
        finished(server, "/stores/prices/prices/plan");
    }

    private static void finished(KontorServer server, String route) {
        server.job(server.json("POST", route, "{}").expect(202).json().get("job").asText(), Duration.ofMinutes(2));
    }

    private static int prices(KontorServer server) {
        for (JsonNode each : server.get("/stores/prices/data").expect(200).json().get("items")) {
            if (each.get("entity").asText().equals("prices")) {
                return each.get("rows").asInt();
            }
        }
        throw new AssertionError("no prices among the entities");
    }

    @Test
    void aProposedPriceIsApprovedAndTakenBack(KontorServer server, Browser browser) {
        prepare(server);
        JsonNode proposal = server.get("/stores/prices/proposals?family=pricing&state=pending").expect(200).json().get("items").get(0);
        String id = proposal.get("id").asText();
        int before = prices(server);
        browser.prefer("en", "light");
        browser.open("/admin/stores/prices/proposals/" + id);
        browser.find("table.arithmetic");
        browser.find("table.trail");
        browser.find(".plot canvas");
        browser.click("Approve");
        browser.waitForText(".badge", "Approved");
        assertEquals("approved", state(server, id));
        assertEquals(before + 1, prices(server));

        browser.open("/admin/stores/prices/proposals/" + id);
        browser.click("Take back");
        browser.confirm();
        browser.waitForText(".badge", "Taken back");
        assertEquals("reverted", state(server, id));
        JsonNode told = server.get("/stores/prices/proposals/" + id).expect(200).json();
        List<String> history = new ArrayList<>();
        told.get("history").forEach(each -> history.add(each.get("state").asText() + " by " + each.get("by").asText()));
        assertEquals(List.of("approved by admin", "reverted by admin"), history);
        assertEquals("max-change", told.get("trail").get(0).get("guardrail").asText());
    }

    private static String state(KontorServer server, String id) {
        return server.get("/stores/prices/proposals/" + id).expect(200).json().get("state").asText();
    }
}
