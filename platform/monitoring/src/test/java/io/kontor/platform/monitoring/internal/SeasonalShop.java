package io.kontor.platform.monitoring.internal;

import io.kontor.api.data.Entity;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * Payments of a shop over a year and some weeks, with all that a shop has by nature: weekends are unlike working days, December is unlike July,
 * and each week is a little unlike every other. Fourteen columns.
 */
final class SeasonalShop {

    static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    /** What is learned from. */
    static final int WEEKS = 56;
    /** What comes after. */
    static final int LATER = 4;

    private static final int A_DAY = 35;
    private static final long DAY = Duration.ofDays(1).toMillis();

    final Table payments;
    private final int learned;

    SeasonalShop(long seed) {
        Random random = new Random(seed);
        int days = (WEEKS + LATER) * 7;
        payments = new Table(Entity.TRANSACTIONS, "time", new long[days * A_DAY]);
        learned = WEEKS * 7 * A_DAY;
        double week = 0;
        for (int day = 0; day < days; day++) {
            if (day % 7 == 0) {
                week = 0.05 * random.nextGaussian();
            }
            boolean weekend = day % 7 >= 5;
            double season = Math.cos(2 * Math.PI * day / 365.25);
            for (int i = 0; i < A_DAY; i++) {
                int row = day * A_DAY + i;
                payments.times()[row] = BEGIN.toEpochMilli() + day * DAY + i * DAY / A_DAY;
                payments.numbers("amount")[row] = 40 * Math.exp(0.9 * random.nextGaussian() + week + 0.25 * season + (weekend ? 0.4 : 0));
                payments.texts("currency")[row] = "EUR";
                payments.texts("method")[row] = pick(random, new String[] {"card", "invoice", "wallet", "transfer"},
                        0.5 + 0.08 * season + (weekend ? 0.1 : 0), 0.8, 0.95);
                payments.texts("country")[row] = pick(random, new String[] {"DE", "AT", "FR", "PL"}, 0.7, 0.85 + week / 4, 0.95);
                payments.texts("billingCountry")[row] = random.nextDouble() < 0.97 ? payments.texts("country")[row] : "US";
                payments.texts("orderId")[row] = "o" + row;
                payments.texts("customerId")[row] = random.nextDouble() < 0.8 + week / 4 ? "c" + random.nextInt(500) : null;
                payments.texts("ip")[row] = random.nextDouble() < 0.99 ? "10.0.0.1" : null;
                payments.texts("device")[row] = random.nextDouble() < 0.9 ? "d" + random.nextInt(900) : null;
                payments.texts("emailHash")[row] = "e" + random.nextInt(500);
                payments.texts("cardHash")[row] = payments.texts("method")[row].equals("card") ? "h" + random.nextInt(500) : null;
                payments.numbers("attr.items")[row] = 1 + Math.floor(-2 * Math.log(random.nextDouble()) * (weekend ? 1.3 : 1));
                payments.numbers("attr.age")[row] = random.nextDouble() < 0.95 ? 20 + 40 * random.nextDouble() : Double.NaN;
                payments.texts("attr.channel")[row] = pick(random, new String[] {"web", "app", "shop"}, 0.6, 0.9, 1);
            }
        }
    }

    private static String pick(Random random, String[] values, double... below) {
        double at = random.nextDouble();
        for (int i = 0; i < below.length; i++) {
            if (at < below[i]) {
                return values[i];
            }
        }
        return values[values.length - 1];
    }

    /** The first row after the training. */
    int later() {
        return learned;
    }

    /** The end of what is learned from. */
    Instant trained() {
        return BEGIN.plusMillis(WEEKS * 7 * DAY);
    }

    /** The end of the first weeks after the training. */
    Instant after(int weeks) {
        return BEGIN.plusMillis((WEEKS + weeks) * 7 * DAY);
    }
}
