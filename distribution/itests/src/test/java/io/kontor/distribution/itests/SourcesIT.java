package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store's records come from a folder of files, by job: looked at first, read once, gone on with after a kill. */
class SourcesIT {

    private static final String CSV = "/stores/shop/sources/io.kontor.source.csv";
    private static final String SETTINGS = """
            {"settings": {"delimiter": ";", "charset": "windows-1252", "dates": "dd.MM.yyyy HH:mm", "decimal": ",", "settleSeconds": 0,
            "files": ["orders=bestellungen*.csv*"],
            "mapping": ["orders.orderId:Nummer", "orders.time:Datum", "orders.customerId:Kunde", "orders.productId:Artikel",
            "orders.quantity:Menge", "orders.unitPrice:Preis in Cent;unit=0.01"]}}""";
    private static final String HEADER = "Nummer;Datum;Kunde;Artikel;Menge;Preis in Cent;Bemerkung\n";

    @TempDir
    private Path folder;

    private Path files() throws IOException {
        return Files.createDirectories(folder.resolve("data/sources/shop"));
    }

    private void write(String name, String text) throws IOException {
        Files.write(files().resolve(name), text.getBytes("windows-1252"));
    }

    private static JsonNode run(KontorServer server) {
        return server.send("POST", CSV + "/run", null,
                Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY, "Prefer", "wait=60")).expect(200).json();
    }

    private static void assertCounts(JsonNode result, long read, long stored, long duplicates, long quarantined) {
        assertEquals(List.of(read, stored, duplicates, quarantined), List.of(result.get("read").asLong(), result.get("stored").asLong(),
                result.get("duplicates").asLong(), result.get("quarantined").asLong()), result.toString());
    }

    @Test
    void aFolderOfGermanFilesIsLookedAtReadAndRemembered() throws Exception {
        write("bestellungen-1.csv", HEADER + "1;31.03.2025 12:00;Müller;a;2;1.099;schön\n1;31.03.2025 12:00;Müller;b;1;250;\n"
                + "2;31.02.2025 12:00;Weiß;a;1;1.099;\n");
        try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(files().resolve("bestellungen-2.csv.gz")))) {
            gzip.write((HEADER + "3;01.04.2025 08:30;Weiß;a;-1;1.099;\n").getBytes("windows-1252"));
        }
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            server.get(CSV).expect(404);
            server.json("PUT", "/stores/shop/plugins/io.kontor.source.csv", SETTINGS).expect(200);
            JsonNode schedule = server.get("/stores/shop/schedules/io-kontor-source-csv-read").expect(200).json();
            assertEquals("*/5 * * * *", schedule.get("cron").asText());
            Shop.readByHandOnly(server, "shop");
            JsonNode preview = server.json("POST", CSV + "/run?dryRun=true", "").expect(200).json();
            JsonNode rows = preview.get("feeds").get(0).get("rows");
            assertEquals(4, rows.size(), preview.toString());
            assertEquals("10.99", rows.get(0).get("values").get("unitPrice").asText());
            assertEquals("2025-03-31T10:00:00Z", rows.get(0).get("values").get("time").asText(), "in the store's time zone");
            assertEquals("Müller", rows.get(0).get("values").get("customerId").asText());
            assertEquals("QUARANTINED", rows.get(2).get("verdict").asText());
            assertEquals("time must be a time written as dd.MM.yyyy HH:mm", rows.get(2).get("reason").asText());
            assertEquals("[\"Bemerkung\"]", preview.get("feeds").get(0).get("leftOut").toString());
            assertEquals(0, server.get("/stores/shop/data").expect(200).json().get("items").findValues("rows").stream()
                    .mapToLong(JsonNode::asLong).sum(), "a dry run stores nothing");

            assertCounts(run(server).get("result"), 4, 3, 0, 1);
            assertCounts(run(server).get("result"), 0, 0, 0, 0);
            write("bestellungen-1.csv", HEADER + "1;31.03.2025 12:00;Müller;a;2;1.099;schön\n1;31.03.2025 12:00;Müller;b;1;250;\n"
                    + "4;02.04.2025 12:00;Weiß;a;1;1.099;\n");
            assertCounts(run(server).get("result"), 3, 1, 2, 0);
            JsonNode source = server.get(CSV).expect(200).json();
            assertCounts(source.get("feeds").get(0), 7, 4, 2, 1);
            assertEquals("SUCCEEDED", source.get("lastState").asText());
            assertEquals("Preis in Cent;format=dd.MM.yyyy HH:mm;decimal=,;unit=0.01",
                    source.get("feeds").get(0).get("mapping").get("unitPrice").asText());

            write("bestellungen-3.csv", "Nummer;Datum\n5;01.04.2025 08:30\n");
            JsonNode failed = run(server);
            assertEquals("FAILED", failed.get("state").asText());
            assertTrue(failed.get("error").asText().startsWith("A file was refused: bestellungen-3.csv: Required columns are missing: "
                    + "productId, quantity, unitPrice."), failed.toString());
            Files.delete(files().resolve("bestellungen-3.csv"));

            server.send("DELETE", CSV + "/watermark", null, (String) null).expect(204);
            assertCounts(run(server).get("result"), 4, 0, 4, 0);
        }
    }

    @Test
    void nothingOutsideTheStoresFolderIsRead() throws Exception {
        Files.createDirectories(folder.resolve("data/sources/other"));
        Files.writeString(folder.resolve("data/sources/other/products.csv"), "id\np1\n");
        Files.createSymbolicLink(files().resolve("link"), folder.resolve("data/sources/other"));
        Files.createSymbolicLink(files().resolve("products.csv"), folder.resolve("data/sources/other/products.csv"));
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            for (String path : List.of("../other", "link", "/etc", "")) {
                server.json("PUT", "/stores/shop/plugins/io.kontor.source.csv",
                        "{\"settings\":{\"settleSeconds\":0,\"folder\":\"" + path + "\"}}").expect(200);
                JsonNode job = run(server);
                assertEquals("FAILED", job.get("state").asText(), path);
                assertTrue(job.get("error").asText().startsWith("The folder must lie in "), job.toString());
            }
        }
    }

    @Test
    void aKilledRunGoesOnWhereItWasAndLosesNothing() throws Exception {
        StringBuilder csv = new StringBuilder("id,title,price\n");
        int rows = 200_000;
        for (int i = 0; i < rows; i++) {
            csv.append("p").append(i).append(",Product ").append(i).append(',').append(i % 100).append('\n');
        }
        Files.write(files().resolve("products.csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
        KontorServer server = KontorServer.start(folder.resolve("data"), Map.of());
        Shop.create(server, "shop");
        server.json("PUT", "/stores/shop/plugins/io.kontor.source.csv", "{\"settings\":{\"settleSeconds\":0}}").expect(200);
        Shop.readByHandOnly(server, "shop");
        String job = server.json("POST", CSV + "/run", "").expect(202).json().get("job").asText();
        while (server.get(CSV).expect(200).json().path("feeds").path(0).path("read").asLong() < 10_000) {
            Thread.onSpinWait();
        }
        server.kill();
        try (KontorServer again = KontorServer.start(folder.resolve("data"), Map.of())) {
            JsonNode done;
            do {
                done = again.send("GET", "/jobs/" + job, null,
                        Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY, "Prefer", "wait=30")).expect(200).json();
            } while (!done.has("finishedAt"));
            assertEquals("SUCCEEDED", done.get("state").asText(), done.toString());
            JsonNode products = again.get(CSV).expect(200).json().get("feeds").get(0);
            assertCounts(products, rows, rows, 0, 0);
            assertEquals(1, products.get("files").asInt());
        }
    }

    private static JsonNode runOf(KontorServer server, String plugin) {
        return server.send("POST", "/stores/shop/sources/" + plugin + "/run", null,
                Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY, "Prefer", "wait=60")).expect(200).json();
    }

    @Test
    void aDatabaseIsReadWithTheDriverOfTheInstallation() throws Exception {
        FreshDatabase shop = FreshDatabase.postgres();
        try (Connection connection = DriverManager.getConnection(shop.url(), shop.user(), shop.password());
                Statement statement = connection.createStatement();
                KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            statement.execute("create table line (order_id varchar(20), placed timestamptz, sku varchar(20), quantity integer, cents integer, "
                    + "updated timestamptz)");
            statement.execute("insert into line select 'o' || i / 2, timestamptz '2025-03-01 10:00+00' + i * interval '1 hour', 'p' || i % 7, "
                    + "1, 100 + i, timestamptz '2025-04-01 10:00+00' + i * interval '1 hour' from generate_series(0, 4999) i");
            Shop.create(server, "shop");
            String settings = """
                    {"settings": {"url": "%s", "user": "%s", "password": "%s", "queries": ["orders=line"], "increments": ["orders=updated"],
                    "mapping": ["orders.time:placed", "orders.productId:sku", "orders.unitPrice:cents;unit=0.01"]}}""";
            server.json("PUT", "/stores/shop/plugins/io.kontor.source.jdbc",
                    settings.formatted(shop.url(), shop.user(), "hush-" + shop.password())).expect(200);
            assertFalse(server.get("/stores/shop/plugins/io.kontor.source.jdbc").expect(200).body().contains("hush-"), "secrets are masked");
            server.json("PUT", "/stores/shop/plugins/io.kontor.source.jdbc",
                    settings.formatted(shop.url(), shop.user(), shop.password())).expect(200);
            assertCounts(runOf(server, "io.kontor.source.jdbc").get("result"), 5000, 5000, 0, 0);
            statement.execute("insert into line values ('new', '2025-03-01 10:00+00', 'p1', 2, 250, '2026-01-01 00:00+00')");
            assertCounts(runOf(server, "io.kontor.source.jdbc").get("result"), 2, 1, 1, 0);
            assertEquals("o:2026-01-01T00:00Z", server.get("/stores/shop/sources/io.kontor.source.jdbc").expect(200).json().get("feeds").get(0)
                    .get("watermark").asText());
        }
    }

    @Test
    void anApiInAPrivateNetworkIsReadWhenTheInstallationAllowsItOnly() throws Exception {
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            boolean first = exchange.getRequestURI().getQuery().contains("page=1");
            byte[] answer = (first ? "[{\"id\":\"p1\",\"price\":5},{\"id\":\"p2\",\"price\":-1}]" : "[]").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        api.start();
        String host = "127.0.0.1:" + api.getAddress().getPort();
        String settings = "{\"settings\":{\"url\":\"http://" + host + "\",\"requests\":[\"products=/p?page={{page}}\"],\"paging\":\"page\"}}";
        try {
            for (String allowed : List.of("", host)) {
                Path data = folder.resolve("data" + allowed.length());
                try (KontorServer server = KontorServer.start(data, allowed.isEmpty() ? Map.of() : Map.of("KONTOR_SOURCE_HOSTS", allowed))) {
                    Shop.create(server, "shop");
                    server.json("PUT", "/stores/shop/plugins/io.kontor.source.http", settings).expect(200);
                    JsonNode job = runOf(server, "io.kontor.source.http");
                    if (allowed.isEmpty()) {
                        assertTrue(job.get("error").asText().startsWith("The host 127.0.0.1 lies in a private network"), job.toString());
                    } else {
                        assertCounts(job.get("result"), 2, 1, 0, 1);
                    }
                }
            }
        } finally {
            api.stop(0);
        }
    }
}
