package io.kontor.distribution.itests;

import io.kontor.platform.testkit.server.KontorServer;
import java.time.Instant;
import java.util.Random;

/** A small shop with tastes: customers of a group buy products of that group, the first products of a group most. */
final class Shop {

    private static final int GROUPS = 5;
    private static final int PRODUCTS = 100;
    private static final int CUSTOMERS = 200;
    private static final int LINES = 12;

    private Shop() {
    }

    static void create(KontorServer server, String store) {
        server.json("POST", "/stores", "{\"id\":\"" + store + "\",\"name\":\"Shop " + store
                + "\",\"currency\":\"EUR\",\"locale\":\"en\",\"timeZone\":\"Europe/Berlin\",\"country\":\"DE\"}").expect(201);
    }

    /** Pauses the schedule by which a source of files is read, so that only the test itself reads it. */
    static void readByHandOnly(KontorServer server, String store) {
        server.json("PUT", "/stores/" + store + "/schedules/io-kontor-source-csv-read",
                "{\"plugin\":\"io.kontor.source.csv\",\"task\":\"read\",\"cron\":\"*/5 * * * *\",\"enabled\":false}").expect(200);
    }

    static String orders(long seed) {
        Random random = new Random(seed);
        Instant begin = Instant.parse("2025-01-01T00:00:00Z");
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int line = 0; line < LINES; line++) {
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                int group = random.nextInt(10) == 0 ? random.nextInt(GROUPS) : customer % GROUPS;
                int within = (int) Math.min(PRODUCTS / GROUPS - 1, Math.abs(random.nextGaussian()) * 7);
                csv.append('o').append(line).append('-').append(customer).append(',')
                        .append(begin.plusSeconds(86_400L * line + customer * 60L)).append(",c").append(customer).append(",p")
                        .append(group * (PRODUCTS / GROUPS) + within).append(",1,9.90\n");
            }
        }
        return csv.toString();
    }
}
