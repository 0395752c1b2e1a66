package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.testkit.data.CsvTable;
import io.kontor.platform.testkit.data.Damage;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten exports as shop systems write them, damaged in every way of {@link Damage}, come by a folder and by REST: every row is accounted for,
 * messages name line and field, and a file that cannot be understood leaves nothing behind.
 */
class DirtyFilesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SOURCE = "/stores/shop/sources/io.kontor.source.csv";
    private static final int ROWS = 40;

    @TempDir
    private Path folder;
    private final Random random = new Random(20260301);

    /**
     * An export.
     *
     * @param name of the file
     * @param entity what it has
     * @param table its rows
     * @param mapping lines of the setting; the rest of the columns is canonical or left out
     * @param columns which columns are hit
     */
    private record Export(String name, String entity, CsvTable table, List<String> mapping, Damage.Columns columns) {
    }

    private Export export(String name, String entity, String header, List<String> mapping, Damage.Columns columns, IntFunction<String> row) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(List.of(row.apply(i).split("\\|", -1)));
        }
        return new Export(name, entity, new CsvTable(List.of(header.split("\\|")), rows), mapping, columns);
    }

    private String price() {
        return (1 + random.nextInt(200)) + "." + (10 + random.nextInt(90));
    }

    private String time() {
        return "2025-%02d-%02dT%02d:%02d:00Z".formatted(1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(24), random.nextInt(60));
    }

    private String day() {
        return time().substring(0, 10);
    }

    private List<Export> exports() {
        return List.of(
                export("marketplace-products", "products", "Handle|Title|Vendor|Type|Variant Price|Published At|Tags",
                        List.of("products.id:Handle", "products.title:Title", "products.brand:Vendor", "products.category:Type",
                        "products.price:Variant Price",
                        "products.createdAt:Published At"), new Damage.Columns(0, 1, 4, 5),
                        i -> "shirt-" + i + "|Shirt, no. " + i + "|Acme|Clothes/Shirts|" + price() + "|" + time() + "|new"),
                export("erp-items", "products", "ITEMNO|DESCR|LISTPRICE|COST|CREATED", List.of("products.id:ITEMNO", "products.title:DESCR",
                        "products.price:LISTPRICE", "products.cost:COST", "products.createdAt:CREATED"), new Damage.Columns(0, 1, 2, 4),
                        i -> "10" + i + "|Screw M" + i + "|" + price() + "|1.00|" + day()),
                export("newsletter-customers", "customers", "customer_id|created_at|country|city|zip|opt_in|ltv",
                        List.of("customers.id:customer_id", "customers.createdAt:created_at", "customers.postalCode:zip",
                        "customers.attr.ltv:ltv"), new Damage.Columns(0, 3, 6, 1),
                        i -> "c" + i + "|" + time() + "|DE|Köln|50667|1|" + price()),
                export("platform-order-lines", "orders", "Name|Created at|Email hash|Lineitem sku|Lineitem quantity|Lineitem price|Note",
                        List.of("orders.orderId:Name", "orders.time:Created at", "orders.customerId:Email hash",
                        "orders.productId:Lineitem sku", "orders.quantity:Lineitem quantity", "orders.unitPrice:Lineitem price"),
                        new Damage.Columns(3, 6, 5, 1),
                        i -> "#" + (1000 + i / 3) + "|" + time() + "|h" + i % 7 + "|sku-" + i % 5 + "|" + (1 + i % 4) + "|" + price()
                        + "|thanks"),
                export("till-receipts", "orders", "orderId|time|productId|quantity|unitPrice|discount|channel", List.of(),
                        new Damage.Columns(2, 6, 4, 1),
                        i -> "r" + i / 2 + "|" + time() + "|p" + i % 9 + "|" + (i % 6 == 0 ? -1 : 2) + "|" + price() + "|0.5|store"),
                export("clickstream", "events", "ts|event|visitor|item|amount|q", List.of("events.time:ts", "events.type:event",
                        "events.sessionId:visitor", "events.productId:item", "events.value:amount", "events.query:q"),
                        new Damage.Columns(0, 5, 4, 0), i -> time() + "|view|v" + i + "|p" + i % 9 + "|" + price() + "|red shoes"),
                export("daily-sales", "sales", "sku|day|units|price|branch", List.of("sales.productId:sku", "sales.date:day",
                        "sales.quantity:units", "sales.location:branch"), new Damage.Columns(0, 4, 3, 1),
                        i -> "p" + i + "|" + day() + "|" + random.nextInt(50) + "|" + price() + "|Nord"),
                export("warehouse-stock", "stock", "article|counted|qty|site|ordered", List.of("stock.productId:article", "stock.time:counted",
                        "stock.onHand:qty", "stock.location:site", "stock.onOrder:ordered"), new Damage.Columns(0, 3, 4, 1),
                        i -> "p" + i + "|" + time() + "|" + random.nextInt(500) + "|Halle 1|" + random.nextInt(20)),
                export("psp-transactions", "transactions", "txn|booked|gross|scheme|bin_country|risk_score",
                        List.of("transactions.id:txn", "transactions.time:booked", "transactions.amount:gross", "transactions.method:scheme",
                        "transactions.country:bin_country", "transactions.attr.score:risk_score"), new Damage.Columns(0, 3, 2, 1),
                        i -> "t" + i + "|" + time() + "|" + price() + "|card|FR|" + random.nextInt(100)),
                export("review-site", "reviews", "id|posted|sku|stars|headline|body", List.of("reviews.time:posted", "reviews.productId:sku",
                        "reviews.rating:stars", "reviews.title:headline", "reviews.text:body"), new Damage.Columns(0, 5, 3, 1),
                        i -> "rv" + i + "|" + time() + "|p" + i % 9 + "|" + (1 + i % 5) + "|Fine|Does what it should, 很好"));
    }

    private static JsonNode run(KontorServer server, String path, byte[] body, String type) {
        KontorServer.Answer answer = server.send("POST", path, body,
                Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY, "Prefer", "wait=60", "Content-Type", type));
        return answer.json();
    }

    private static long rows(KontorServer server, String entity) {
        for (JsonNode item : server.get("/stores/shop/data").expect(200).json().get("items")) {
            if (item.get("entity").asText().equals(entity)) {
                return item.get("rows").asLong();
            }
        }
        throw new AssertionError(entity);
    }

    /** Every row is stored, a duplicate, or put aside with its line and a reason. */
    private static void assertAccounted(String name, JsonNode counts, long expected) {
        long read = counts.get("read").asLong();
        long quarantined = counts.get("quarantined").asLong();
        assertEquals(expected, read, name + " " + counts);
        assertEquals(read, counts.get("stored").asLong() + counts.get("duplicates").asLong() + quarantined, name + " " + counts);
        JsonNode issues = counts.get("issues");
        assertEquals(Math.min(100, quarantined), issues.size(), name);
        for (JsonNode issue : issues) {
            assertTrue(issue.get("line").asLong() > 1, name + " " + issue);
            assertFalse(issue.get("reason").asText().isBlank(), name + " " + issue);
            String field = issue.get("field").asText();
            assertTrue(field.isEmpty() || issue.get("reason").asText().contains(field), name + " " + issue);
        }
    }

    @Test
    void everyRowOfEveryDamagedFileIsAccountedFor() throws Exception {
        Path files = Files.createDirectories(folder.resolve("data/sources/shop"));
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            long total = 0;
            for (Export export : exports()) {
                server.json("PUT", "/stores/shop/plugins/io.kontor.source.csv", JSON.writeValueAsString(Map.of("settings", Map.of(
                        "settleSeconds", 0, "files", List.of(export.entity + "=" + export.name + "*"), "mapping", export.mapping)))).expect(200);
                Shop.readByHandOnly(server, "shop");
                for (Damage damage : Damage.values()) {
                    String name = export.name + " " + damage;
                    Path file = files.resolve(export.name + "-" + damage + (damage == Damage.TRUNCATED_GZIP ? ".csv.gz" : ".csv"));
                    Files.write(file, damage.of(export.table, export.columns, total));
                    long before = rows(server, export.entity);
                    JsonNode job = run(server, SOURCE + "/run", null, "application/json");
                    boolean refused = job.get("state").asText().equals("FAILED");
                    if (damage.whole() || refused) {
                        assertTrue(refused && damage.whole(), name + " " + job);
                        String error = job.get("error").asText();
                        assertTrue(error.startsWith("A file was refused: " + file.getFileName() + ": "), error);
                        assertEquals(before, rows(server, export.entity), name + " leaves nothing behind");
                        Files.delete(file);
                    } else {
                        assertEquals("SUCCEEDED", job.get("state").asText(), name + " " + job);
                        assertAccounted(name, job.get("result").get("feeds").get(0), damage.rows(export.table));
                        total += damage.rows(export.table);
                    }
                }
            }
            JsonNode feeds = server.get(SOURCE).expect(200).json().get("feeds");
            long read = 0;
            for (JsonNode feed : feeds) {
                read += feed.get("read").asLong();
                assertEquals(feed.get("read").asLong(), feed.get("stored").asLong() + feed.get("duplicates").asLong()
                        + feed.get("quarantined").asLong(), feed.toString());
            }
            assertEquals(total, read, "nothing is lost between the runs");
        }
    }

    @Test
    void filesThatAreSentAreJudgedTheSameWay() throws Exception {
        Export receipts = exports().get(4);
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            for (Damage damage : Damage.values()) {
                long before = rows(server, "orders");
                byte[] bytes = damage.of(receipts.table, receipts.columns, 7);
                Map<String, String> headers = new HashMap<>(Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY, "Prefer",
                        "wait=60", "Content-Type", "text/csv"));
                if (damage == Damage.TRUNCATED_GZIP) {
                    headers.put("Content-Encoding", "gzip");
                }
                KontorServer.Answer answer = server.send("POST", "/stores/shop/imports/orders", bytes, headers);
                if (damage.whole() || damage == Damage.EXTRA_COLUMNS) {
                    boolean failed = answer.status() == 422 || answer.json().get("state").asText().equals("FAILED");
                    assertTrue(failed, damage + " " + answer.body());
                    assertEquals(before, rows(server, "orders"), damage + " leaves nothing behind");
                } else {
                    assertAccounted("sent " + damage, answer.expect(200).json().get("result"), damage.rows(receipts.table));
                }
            }
        }
    }
}
