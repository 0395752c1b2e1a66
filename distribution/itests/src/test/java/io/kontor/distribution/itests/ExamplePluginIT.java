package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin of {@code distribution/example-plugin}, written from the API alone, on a running server: its model, its task and its page. */
class ExamplePluginIT {

    private static final String PLUGIN = "com.example.rising";
    private static final String ACTIVATION = "/stores/berlin/plugins/" + PLUGIN;
    private static final String PASSWORD = "correct-horse-battery";
    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);

    @TempDir
    Path folder;

    private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** Two months: "up" sells more and more, "down" less and less, "even" all the time. */
    private static String orders() {
        StringBuilder lines = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int day = 0; day < 60; day++) {
            for (int customer = 0; customer < 12; customer++) {
                String product = customer < 4 ? "even" : customer < 4 + 8 * day / 60 ? "up" : "down";
                lines.append("o").append(day).append('-').append(customer).append(',').append(BEGIN.plusDays(day)).append("T12:00:00Z,c")
                        .append(day * 12 + customer).append(',').append(product).append(",1,10\n");
            }
        }
        return lines.toString();
    }

    private static JsonNode finished(KontorServer server, String route) {
        return server.job(server.json("POST", route, "{}").expect(202).json().get("job").asText(), Duration.ofMinutes(2));
    }

    private HttpResponse<String> page(KontorServer server, String path) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private void logIn(KontorServer server) throws Exception {
        HttpResponse<String> answer = browser.send(HttpRequest.newBuilder(URI.create(server.url() + "/admin/login"))
                .header("Origin", server.url()).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=admin&password=" + PASSWORD)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(303, answer.statusCode(), answer.body());
    }

    @Test
    void isDeployedTrainedAskedScheduledAndSeenAndLeavesNothingBehind() throws Exception {
        byte[] jar = Files.readAllBytes(Path.of(System.getProperty("kontor.example")));
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of("KONTOR_ADMIN_PASSWORD", PASSWORD))) {
            Shop.create(server, "berlin");
            server.importCsv("berlin", "products", "id,title\nup,Umbrella\ndown,Sun hat\neven,Socks\n");
            server.importCsv("berlin", "orders", orders());
            server.send("POST", "/bundles", jar, "application/java-archive").expect(201);
            server.json("PUT", ACTIVATION, "{\"settings\":{\"days\":30}}").expect(200);
            assertEquals(422, server.json("PUT", ACTIVATION, "{\"settings\":{\"days\":0}}").status());

            assertEquals("SUCCEEDED", finished(server, ACTIVATION + "/train").get("state").asText());
            JsonNode first = server.get("/stores/berlin/recommendations?plugin=" + PLUGIN + "&n=3").expect(200).json().get("items").get(0);
            assertEquals("up", first.get("product").asText());
            assertTrue(first.get("reasons").get(0).get("text").asText().matches("Sold \\d+ times in the last 30 days, \\d+ times.*"));

            String schedule = schedule(server);
            assertEquals("up", finished(server, "/stores/berlin/schedules/" + schedule + "/run").get("result").get("rising").get(0).asText());

            logIn(server);
            String address = "/admin/stores/berlin/pages/" + PLUGIN + "/rising";
            assertTrue(page(server, "/admin/stores/berlin").body().contains(address));
            HttpResponse<String> page = page(server, address);
            assertEquals(200, page.statusCode());
            assertTrue(page.body().contains("Umbrella") && page.body().contains("Rising products"), page.body());

            server.send("DELETE", "/bundles/" + PLUGIN + "/1.0.0", null, (String) null).expect(204);
            assertEquals(404, page(server, address).statusCode());
            assertTrue(!page(server, "/admin/stores/berlin").body().contains(address));
        }
    }

    private static String schedule(KontorServer server) {
        for (JsonNode each : server.get("/stores/berlin/schedules").expect(200).json().get("items")) {
            if (each.get("plugin").asText().equals(PLUGIN) && each.get("task").asText().equals("report")) {
                return each.get("id").asText();
            }
        }
        throw new AssertionError("no schedule of the plugin's task");
    }
}
