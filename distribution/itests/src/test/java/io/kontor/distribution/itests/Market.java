package io.kontor.distribution.itests;

import io.kontor.platform.testkit.server.KontorServer;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A small shop that every plugin which learns finds enough in: orders over four months with prices that change, and labelled payments. */
final class Market {

    private static final Instant BEGIN = Instant.parse("2025-01-01T08:00:00Z");
    private static final int DAYS = 120;
    private static final int CUSTOMERS = 150;
    private static final int PAYMENTS = 1_500;
    private static final int VISITS = 600;

    private Market() {
    }

    /** Creates a store and imports its records; equal for equal numbers of products. */
    static void open(KontorServer server, String store, int products) {
        Shop.create(server, store);
        server.importCsv(store, "orders", orders(products));
        server.importCsv(store, "transactions", payments());
    }

    /** Adds titles and categories of the products, and what visitors looked at, put into the cart and bought. */
    static void openForVisitors(KontorServer server, String store, int products) {
        open(server, store, products);
        StringBuilder catalogue = new StringBuilder("id,title,category,brand,price\n");
        for (int product = 0; product < products; product++) {
            catalogue.append('p').append(product).append(product % 3 == 0 ? ",Green tea " : product % 3 == 1 ? ",Black coffee " : ",Red cup ")
                    .append(product).append(",c").append(product % 3).append(",b").append(product % 2).append(",10\n");
        }
        server.importCsv(store, "products", catalogue.toString());
        server.importCsv(store, "events", visits(products));
    }

    static String visits(int products) {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("id,time,type,customerId,sessionId,productId\n");
        int event = 0;
        for (int visit = 0; visit < VISITS; visit++) {
            int customer = random.nextInt(CUSTOMERS);
            Instant time = BEGIN.plusSeconds(86_400L * DAYS / VISITS * visit);
            for (String type : List.of("view", "view", "cart", "purchase", "purchase")) {
                int product = customer % 3 + 3 * random.nextInt(products / 3);
                csv.append('e').append(event).append(',').append(time.plusSeconds(60L * (event++ % 5))).append(',').append(type).append(",c")
                        .append(customer).append(",v").append(visit).append(",p").append(product).append('\n');
            }
        }
        return csv.toString();
    }

    private static String orders(int products) {
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        int order = 0;
        for (int product = 0; product < products; product++) {
            double price = 10;
            for (int day = 0; day < DAYS; day++) {
                price = day % 14 == 0 ? Math.rint(1000 * Math.exp(0.12 * random.nextGaussian())) / 100 : price;
                double mean = (1 + product % 3) * Math.pow(price / 10, -2) * (day % 7 > 4 ? 1.6 : 0.8);
                for (int line = 0; line < Math.round(mean + Math.sqrt(mean) * random.nextGaussian()); line++) {
                    int customer = random.nextInt(CUSTOMERS / 3) * 3 + product % 3;
                    csv.append('o').append(order++).append(',').append(BEGIN.plusSeconds(86_400L * day + random.nextInt(36_000))).append(",c")
                            .append(customer).append(",p").append(product).append(",1,").append(price).append('\n');
                }
            }
        }
        return csv.toString();
    }

    private static String payments() {
        Random random = new Random(4);
        StringBuilder csv = new StringBuilder("id,time,amount,customerId,cardHash,method,country,label,labelTime\n");
        for (int i = 0; i < PAYMENTS; i++) {
            boolean fraud = random.nextInt(12) == 0;
            Instant time = BEGIN.plusSeconds(3_600L * i);
            csv.append('t').append(i).append(',').append(time).append(',')
                    .append(Math.rint(100 * Math.exp((fraud ? 5 : 3.5) + random.nextGaussian())) / 100).append(",c")
                    .append(random.nextInt(fraud ? 20 : CUSTOMERS)).append(",k").append(random.nextInt(fraud ? 10 : 400)).append(',')
                    .append(random.nextInt(fraud ? 2 : 4) == 0 ? "invoice" : "card").append(',').append(random.nextBoolean() ? "DE" : "FR")
                    .append(fraud ? ",fraud," : ",legitimate,").append(time.plusSeconds(86_400)).append('\n');
        }
        return csv.toString();
    }
}
