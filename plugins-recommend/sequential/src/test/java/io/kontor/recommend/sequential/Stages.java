package io.kontor.recommend.sequential;

import io.kontor.platform.testkit.data.SampleStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Purchases as of people whose needs move on, as those of parents do: everybody begins at some stage, buys a few of its products, popular ones
 * more often (by Zipf's law), and goes on to the next stage, never back. Who is known to have bought is in the store; what each bought next is
 * kept aside. A model without order knows which stages are near each other, but not which comes next.
 */
final class Stages {

    static final int STAGES = 12;
    static final int PRODUCTS = 20;
    private static final double MOVES_ON = 0.45;
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    final SampleStore store = new SampleStore(Locale.ENGLISH);
    final Map<String, String> next = new HashMap<>();

    Stages(int customers, int seed) {
        Random random = new Random(seed);
        for (int customer = 0; customer < customers; customer++) {
            int stage = random.nextInt(STAGES);
            int purchases = 5 + random.nextInt(5);
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
                    store.purchase("c" + customer, product, START.plusSeconds(purchase * 86_400L + customer));
                }
            }
        }
    }
}
