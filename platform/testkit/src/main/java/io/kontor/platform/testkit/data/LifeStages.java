package io.kontor.platform.testkit.data;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Purchases as of people whose needs move on, as those of parents do: everybody begins at some stage, buys a few of its products, popular ones
 * more often (by Zipf's law), and goes on to the next stage, never back. What is known to have been bought is in the store; what each buys next
 * is kept aside. A recommender without order learns which stages are near each other, but not which comes next.
 *
 * @param store the purchases; customers are named {@code cNUMBER}, products {@code pSTAGE-NUMBER}
 * @param next what each customer buys next
 */
public record LifeStages(SampleStore store, Map<String, String> next) {

    private static final int STAGES = 12;
    private static final int PRODUCTS = 20;
    private static final double MOVES_ON = 0.45;
    private static final int FEWEST = 5;
    private static final int MORE = 5;
    private static final int DAY = 86_400;
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    /**
     * Generates a store.
     *
     * @param customers how many customers
     * @param seed the same seed gives the same store
     * @return the store and what comes next
     */
    public static LifeStages generate(int customers, long seed) {
        Random random = new Random(seed);
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Map<String, String> next = new LinkedHashMap<>();
        for (int customer = 0; customer < customers; customer++) {
            int stage = random.nextInt(STAGES);
            int purchases = FEWEST + random.nextInt(MORE);
            Set<String> bought = new HashSet<>();
            for (int purchase = 0; purchase <= purchases; purchase++) {
                stage = random.nextDouble() < MOVES_ON ? (stage + 1) % STAGES : stage;
                String product;
                do {
                    product = "p" + stage + "-" + (int) (Math.pow(PRODUCTS, random.nextDouble()) - 1);
                } while (!bought.add(product));
                if (purchase == purchases) {
                    next.put("c" + customer, product);
                } else {
                    store.purchase("c" + customer, product, START.plusSeconds((long) purchase * DAY + customer));
                }
            }
        }
        return new LifeStages(store, next);
    }
}
