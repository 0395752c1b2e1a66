package io.kontor.distribution.browser;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** A shop that has something to show on every page: records of all kinds, models, decisions, proposals, cases and rows that were refused. */
final class Shop {

    /** The store's id. */
    static final String ID = "berlin";

    private static final LocalDate BEGIN = LocalDate.of(2025, 6, 2);
    private static final int PRODUCTS = 6;
    private static final int DAYS = 160;
    private static final double ELASTICITY = -2.2;

    private Shop() {
    }

    static void create(KontorServer server, String id) {
        server.json("POST", "/stores", "{\"id\":\"" + id + "\",\"name\":\"Shop " + id
                + "\",\"currency\":\"EUR\",\"locale\":\"en\",\"timeZone\":\"Europe/Berlin\",\"country\":\"DE\"}").expect(201);
    }

    static void furnish(KontorServer server) {
        create(server, ID);
        goods(server);
        people(server);
        JsonNode unpacking = server.send("POST", "/stores/" + ID + "/pictures", archive(), "application/zip").expect(202).json();
        server.job(unpacking.get("job").asText(), Duration.ofMinutes(2));
        for (String plugin : List.of("recommend.most-popular", "recommend.item-knn", "inventory.seasonal-naive",
                "inventory.exponential-smoothing", "inventory.reorder-point", "pricing.current-price", "pricing.elasticity",
                "pricing.guarded-price", "risk.rules")) {
            server.json("PUT", "/stores/" + ID + "/plugins/io.kontor." + plugin, "{}").expect(200);
        }
        for (String plugin : List.of("recommend.most-popular", "inventory.exponential-smoothing", "pricing.elasticity")) {
            finish(server, "/plugins/io.kontor." + plugin + "/train", "{}");
        }
        finish(server, "/replenishment/plan", "");
        finish(server, "/prices/plan", "");
        decide(server);
        server.json("POST", "/users", "{\"name\":\"zoe\",\"stores\":{\"" + ID + "\":\"operator\"}}").expect(201);
        server.json("POST", "/keys", "{\"name\":\"till\",\"role\":\"viewer\"}").expect(201);
    }

    private static JsonNode finish(KontorServer server, String path, String body) {
        String job = server.json("POST", "/stores/" + ID + path, body).expect(202).json().get("job").asText();
        return server.job(job, Duration.ofMinutes(2)).get("result");
    }

    /** Daily sales with a weekly pattern and prices that change; the first product is short of stock. */
    private static void goods(KontorServer server) {
        Random random = new Random(2);
        StringBuilder products = new StringBuilder("id,title,category,price,cost,imageUrl\n");
        StringBuilder sales = new StringBuilder("productId,date,quantity,price\n");
        StringBuilder stock = new StringBuilder("productId,time,onHand\n");
        StringBuilder supply = new StringBuilder("productId,supplierId,leadTimeDays,leadTimeStdDays,packSize,unitCost\n");
        StringBuilder prices = new StringBuilder("productId,price,from,kind\n");
        for (int p = 0; p < PRODUCTS; p++) {
            products.append("p").append(p).append(",Product ").append(p).append(",food/dry,10,6,shop/p").append(p).append(".png\n");
            stock.append("p").append(p).append(",2025-11-08T00:00:00Z,").append(p == 0 ? 5 : 100_000).append('\n');
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
        server.importCsv(ID, "products", products + "p9,Without a price,food,cheap,,\n");
        server.importCsv(ID, "sales", sales.toString());
        server.importCsv(ID, "stock", stock.toString());
        server.importCsv(ID, "supply", supply.toString());
        server.importCsv(ID, "prices", prices.toString());
    }

    /** A picture of a product. */
    static byte[] drawn(int product) {
        BufferedImage image = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 320, 240);
        pen.setColor(Color.getHSBColor(product / (float) PRODUCTS, 0.6f, 0.8f));
        pen.fillOval(60 + 5 * product, 30, 200 - 10 * product, 180);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Pictures of all products, and a file that is none. */
    static byte[] archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int product = 0; product < PRODUCTS; product++) {
                zip.putNextEntry(new ZipEntry("shop/p" + product + ".png"));
                zip.write(drawn(product));
            }
            zip.putNextEntry(new ZipEntry("notes.txt"));
            zip.write("from the photographer".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void people(KontorServer server) {
        StringBuilder orders = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        Random random = new Random(3);
        for (int order = 0; order < 300; order++) {
            orders.append('o').append(order).append(',').append(BEGIN.plusDays(order / 2)).append("T10:00:00Z,c").append(order % 40).append(",p")
                    .append(Math.min(PRODUCTS - 1, (int) Math.abs(2 * random.nextGaussian()))).append(",1,10\n");
        }
        server.importCsv(ID, "orders", orders.toString());
        server.importCsv(ID, "customers", "id,createdAt,country\nc1,2025-06-01T00:00:00Z,DE\n");
        server.importCsv(ID, "events", "time,type,customerId,productId\n2025-11-01T09:00:00Z,view,c1,p2\n");
        server.importCsv(ID, "reviews", "id,time,productId,customerId,rating,title\nr1,2025-11-01T09:00:00Z,p2,c1,4,Good\n");
        server.importCsv(ID, "applications", "id,time,amount,customerId\na1,2025-11-01T09:00:00Z,90,c1\n");
        server.importCsv(ID, "transactions", "id,time,amount,cardHash,label,labelTime\n"
                + "old1,2025-11-02T11:40:00Z,10,k1,fraud,2025-11-03T11:59:00Z\nold2,2025-11-02T11:50:00Z,10,k2,legitimate,\n");
    }

    private static void decide(KontorServer server) {
        String store = "/stores/" + ID;
        server.json("PUT", store + "/risk/rules/card", """
                {"name": "Card used often", "action": "review", "weight": 0.6, "conditions":
                 [{"aggregate": "count", "by": "cardHash", "window": "1h", "operator": "ge", "value": 2}]}""").expect(200);
        server.json("POST", store + "/risk/assessments", """
                {"transaction": {"id": "t1", "time": "2025-11-02T12:00:00Z", "amount": 5, "cardHash": "k1", "customerId": "c1"}}""").expect(200);
        String request = server.get(store + "/recommendations?customer=c1&n=3").expect(200).json().get("requestId").asText();
        server.json("POST", store + "/feedback", "[{\"requestId\":\"" + request
                + "\",\"product\":\"p1\",\"type\":\"click\",\"time\":\"2025-11-08T00:00:00Z\"}]").expect(202);
        server.get(store + "/forecasts/p1?horizon=14").expect(200);
        server.json("POST", store + "/prices/simulate", "{\"changes\":[{\"product\":\"p3\",\"price\":11}]}").expect(200);
    }
}
