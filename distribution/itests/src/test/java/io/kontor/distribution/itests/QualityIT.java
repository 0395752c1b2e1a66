package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults in a store's records are found, cleaned for training, and mended in quarantine, all over REST. */
class QualityIT {

    @TempDir
    Path folder;

    private static JsonNode waited(KontorServer server, String path, String body) {
        return server.send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Authorization",
                "Bearer " + KontorServer.ADMIN_KEY, "Content-Type", "application/json", "Prefer", "wait=60")).expect(200).json();
    }

    private static JsonNode finding(KontorServer server, String check) {
        for (JsonNode each : server.get("/stores/shop/data/quality").expect(200).json().get("items")) {
            if (each.get("check").asText().equals(check)) {
                return each;
            }
        }
        throw new AssertionError(check + " is not found");
    }

    @Test
    void whatIsWrongIsFoundCleanedAndMended() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            StringBuilder orders = new StringBuilder("orderId,time,productId,quantity,unitPrice\n");
            for (int i = 0; i < 300; i++) {
                orders.append("o").append(i).append(",2025-03-0").append(1 + i % 9).append(",p,").append(1 + i % 3).append(",9.5\n");
            }
            server.importCsv("shop", "products", "id,title,category,price,cost\np,Hat,hats,10,12\n");
            server.importCsv("shop", "orders", orders + "big,2025-03-03,p,90000,9.5\nbad1,2025-03-03,p,many,9.5\nbad2,2025-03-03,p,many,9\n"
                    + "bad3,never,p,1,9\n");

            assertEquals("error", finding(server, "margin").get("severity").asText(), "all of one product");
            JsonNode outlier = finding(server, "outliers");
            assertEquals("quantity", outlier.get("column").asText());
            assertEquals("big|p|9.5|1", outlier.get("examples").get(0).get("id").asText());
            assertEquals(3, finding(server, "quarantine").get("rows").asInt());

            String path = "/stores/shop/data/cleaning/orders";
            String rule = "{\"rules\":[{\"column\":\"quantity\",\"action\":\"cap\",\"high\":100}]}";
            JsonNode tried = server.json("PUT", path + "?dryRun=true", rule).expect(200).json();
            assertEquals(1, tried.get("effects").get(0).get("rows").asInt());
            assertEquals(100, tried.get("effects").get(0).get("examples").get(0).get("becomes").asDouble());
            assertEquals(0, server.get(path).expect(200).json().get("rules").size(), "only tried");
            assertTrue(server.json("PUT", path, "{\"rules\":[{\"column\":\"quantity\",\"action\":\"cap\"}]}").expect(422).body()
                    .contains("a cap needs a bound"));
            server.json("PUT", path, rule).expect(200);
            assertEquals("cap", server.get(path).expect(200).json().get("rules").get(0).get("action").asText());
            server.send("DELETE", path, null, (String) null).expect(204);
            assertEquals(0, server.get(path).expect(200).json().get("rules").size());

            JsonNode first = server.get("/stores/shop/quarantine?limit=500").expect(200).json().get("items").get(0);
            String row = "/stores/shop/quarantine/" + first.get("id").asText();
            assertEquals("bad3", server.get(row).expect(200).json().get("fields").get("orderId").asText());
            JsonNode again = server.json("POST", row + "/replay", "{\"fields\":{\"time\":\"2025-02-30\"}}").expect(200).json();
            assertEquals(List.of("quarantined", "time"), List.of(again.get("verdict").asText(), again.get("field").asText()));
            server.json("POST", row + "/replay", "{\"fields\":{\"colour\":\"red\"}}").expect(422);
            assertEquals("stored", server.json("POST", row + "/replay", "{\"fields\":{\"time\":\"2025-02-28\"}}").expect(200).json()
                    .get("verdict").asText());
            server.get(row).expect(404);
            JsonNode all = waited(server, "/stores/shop/quarantine/replay",
                    "{\"entity\":\"orders\",\"replace\":{\"quantity\":{\"many\":\"4\"}}}").get("result");
            assertEquals(List.of(2, 2, 0), List.of(all.get("read").asInt(), all.get("stored").asInt(), all.get("quarantined").asInt()));
            JsonNode looked = waited(server, "/stores/shop/data/quality", "").get("result");
            assertTrue(looked.get("warning").asInt() > 0, looked.toString());
            assertTrue(server.get("/audit?limit=50").expect(200).body().contains("replay"), "who replayed what is known");
        }
    }
}
