package io.kontor.platform.testkit.data;

import io.kontor.api.data.Entity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A generated store whose products sell day by day, with weekdays, changing prices, promotions, competitors and days out of stock. Demand is
 * Poisson with a mean of {@code level × (price / 10)^-2 × 1.5 when promoted × (competitor / 10)^0.5}, and half more on weekends. Among the
 * products are one that seldom sells ({@code rare}), one that is new ({@code new}, ten days), and one that was out of stock ({@code out}, the
 * last week); the others are {@code p0}, {@code p1}, and so on, in the categories {@code food/0} and {@code food/1}.
 */
public final class CornerShop {

    /** The first day of the records, a Monday. */
    public static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
    /** The price around which all prices lie. */
    public static final double PRICE = 10;
    /** By how many percent units change when the price rises by one percent. */
    public static final double ELASTICITY = -2;
    private static final double COMPETITION = 0.5;
    private static final double PROMOTION = 1.5;
    private static final int SPECIAL_DAYS = 10;
    private static final int DAYS_OF_WEEK = 7;

    private final SampleStore store;
    private final Random random;
    private final int days;

    private CornerShop(SampleStore store, int days, long seed) {
        this.store = store;
        this.days = days;
        random = new Random(seed);
    }

    /**
     * Generates a store.
     *
     * @param locale the language of its reasons
     * @param products how many products besides the three special ones
     * @param days how many days of records, from {@link #BEGIN} on
     * @param seed the only source of randomness
     * @return the store
     */
    public static SampleStore generate(Locale locale, int products, int days, long seed) {
        SampleStore store = new SampleStore(locale);
        CornerShop shop = new CornerShop(store, days, seed);
        for (int p = 0; p < products; p++) {
            shop.sell("p" + p, "food/" + p % 2, 4 + 3 * p, 0, days);
        }
        shop.sell("rare", "food/0", 0.1, 0, days);
        shop.sell("new", "food/1", 8, days - SPECIAL_DAYS, days);
        shop.sell("out", "food/1", 12, 0, days - DAYS_OF_WEEK);
        return store;
    }

    private void sell(String product, String category, double level, int from, int stocked) {
        store.add(Entity.PRODUCTS, Map.of("id", product, "title", product, "category", category, "price", PRICE, "cost", 0.6 * PRICE));
        double price = PRICE;
        double competitor = PRICE;
        for (int day = from; day < days; day++) {
            Instant date = BEGIN.plus(day, ChronoUnit.DAYS);
            if (day % DAYS_OF_WEEK == 0) {
                price = random.nextInt(3) > 0 ? price : Math.rint(100 * PRICE * Math.exp(0.12 * random.nextGaussian())) / 100;
                competitor = PRICE * Math.exp(0.1 * random.nextGaussian());
                store.add(Entity.PRICES, Map.of("productId", product, "price", competitor, "from", date, "kind", "competitor", "source",
                        "rival"));
            }
            boolean promoted = day / DAYS_OF_WEEK % 6 == product.length() % 6;
            boolean in = day < stocked;
            double mean = level * Math.pow(price / PRICE, ELASTICITY) * Math.pow(competitor / PRICE, COMPETITION) * (promoted ? PROMOTION : 1)
                    * (day % DAYS_OF_WEEK > 4 ? 1.5 : 1);
            Map<String, Object> row = new HashMap<>(Map.of("productId", product, "date", date, "quantity", in ? poisson(mean) : 0.0,
                    "price", price, "promotion", promoted ? 1.0 : 0.0, "inStock", in ? 1.0 : 0.0));
            store.add(Entity.SALES, row);
        }
    }

    private double poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
