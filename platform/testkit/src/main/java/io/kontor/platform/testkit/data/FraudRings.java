package io.kontor.platform.testkit.data;

import io.kontor.api.data.Entity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Payments of a shop with two kinds of fraud, whose truth is known. Customers pay again and again about their usual amount, with their own
 * card, device and address. A ring opens new accounts with new cards from one device within hours; a thief uses a customer's card from a
 * device of his own, abroad and for more than usual. Neither kind shows in a single payment alone.
 */
public final class FraudRings {

    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    private static final String[] COUNTRIES = {"DE", "FR", "NL", "PL"};
    private static final String[] CHANNELS = {"web", "app", "phone"};
    private static final double DAY_SECONDS = 86_400;

    private final SampleStore store;
    private final Random random;
    private final int days;
    private int payments;

    private FraudRings(Locale locale, int days, long seed) {
        store = new SampleStore(locale);
        random = new Random(seed);
        this.days = days;
    }

    /**
     * Makes a shop.
     *
     * @param locale the language of its reasons
     * @param customers how many people buy
     * @param days how long they do, each about once in ten days
     * @param rings how many rings strike, with three to eight payments each
     * @param thefts how many cards are stolen, with one to three payments each
     * @param seed the seed
     * @return the shop with its labelled transactions
     */
    public static SampleStore generate(Locale locale, int customers, int days, int rings, int thefts, long seed) {
        FraudRings shop = new FraudRings(locale, days, seed);
        for (int c = 0; c < customers; c++) {
            shop.customer(c);
        }
        for (int r = 0; r < rings; r++) {
            shop.ring(r);
        }
        for (int t = 0; t < thefts; t++) {
            shop.theft(t, shop.random.nextInt(customers));
        }
        return shop.store;
    }

    private double usual(int customer) {
        return 15 * Math.exp(new Random(customer).nextGaussian());
    }

    private static String country(int customer) {
        return COUNTRIES[customer % COUNTRIES.length];
    }

    private void customer(int c) {
        double time = random.nextDouble() * 10 * DAY_SECONDS;
        while (time < days * DAY_SECONDS) {
            boolean travels = random.nextInt(30) == 0;
            boolean newDevice = random.nextInt(25) == 0;
            double amount = usual(c) * Math.exp(0.4 * random.nextGaussian()) * (random.nextInt(20) == 0 ? 4 : 1);
            pay(time, amount, "c" + c, "card" + c, newDevice ? "d" + c + "-" + payments : "d" + c, "ip" + c / 2,
                    travels ? COUNTRIES[random.nextInt(COUNTRIES.length)] : country(c), country(c), 1 + random.nextInt(4), false);
            time -= Math.log(1 - random.nextDouble()) * 10 * DAY_SECONDS;
        }
    }

    private void ring(int r) {
        double time = random.nextDouble() * (days - 1) * DAY_SECONDS;
        int size = 3 + random.nextInt(6);
        for (int i = 0; i < size; i++) {
            String country = COUNTRIES[random.nextInt(COUNTRIES.length)];
            pay(time, 20 * Math.exp(0.6 * random.nextGaussian()), "ring" + r + "-" + i, "stolen" + r + "-" + i, "ring" + r,
                    "ringip" + r + "-" + i / 2, country, country, 1 + random.nextInt(2), true);
            time += random.nextDouble() * 7_200;
        }
    }

    private void theft(int t, int victim) {
        double time = random.nextDouble() * (days - 1) * DAY_SECONDS;
        int size = 1 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            pay(time, usual(victim) * 3 * Math.exp(0.5 * random.nextGaussian()), "thief" + t, "card" + victim, "thief" + t, "thiefip" + t,
                    COUNTRIES[random.nextInt(COUNTRIES.length)], country(victim), 1 + random.nextInt(3), true);
            time += random.nextDouble() * 3_600;
        }
    }

    private void pay(double second, double amount, String customer, String card, String device, String ip, String country,
            String billingCountry, int items, boolean fraud) {
        Instant time = BEGIN.plusMillis((long) (second * 1_000));
        Map<String, Object> row = new HashMap<>(Map.of("id", "t" + payments++, "time", time, "amount", Math.rint(amount * 100) / 100,
                "customerId", customer, "cardHash", card, "device", device, "ip", ip, "country", country, "billingCountry", billingCountry));
        row.put("method", "card");
        row.put("attr.items", (double) items);
        row.put("attr.channel", CHANNELS[random.nextInt(CHANNELS.length)]);
        row.put("label", fraud ? "fraud" : "legitimate");
        row.put("labelTime", time.plus(Duration.ofDays(fraud ? 2 + random.nextInt(10) : 14)));
        store.add(Entity.TRANSACTIONS, row);
    }
}
