package io.kontor.distribution.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who chose which products where that depends on the place, as with visits: products stand along the streets of some hundred towns, the larger
 * the fewer, and are popular by Zipf's law; customers choose mostly near their homes, sometimes in a second town or anywhere, and a few of them
 * choose much more than others.
 */
final class Towns {

    private static final int PRODUCTS_OF_A_TOWN = 200;
    private static final int FEWEST = 8;
    private static final double POPULARITY = 0.7;
    private static final double NEAR = 25;
    private static final double AWAY = 0.15;
    private static final double ANYWHERE = 0.05;

    private final SplittableRandom random = new SplittableRandom(7);
    private final int products;
    private final double[] popularity;
    private final int[] starts;

    private Towns(int products) {
        this.products = products;
        popularity = new double[products];
        for (int product = 0; product < products; product++) {
            popularity[product] = Math.pow(1 + random.nextInt(PRODUCTS_OF_A_TOWN), -POPULARITY);
        }
        starts = new int[Math.max(1, products / PRODUCTS_OF_A_TOWN) + 1];
        for (int town = 1; town < starts.length; town++) {
            starts[town] = (int) Math.round(products * Math.pow(town / (starts.length - 1.0), 2));
        }
    }

    /** Pairs of customers and products, about as many as are wanted; the same for the same numbers. */
    static Map<String, Set<String>> choices(int customers, int products, int pairs) {
        Towns towns = new Towns(products);
        Map<String, Set<String>> chosen = new TreeMap<>();
        double mean = Math.max(1, (double) pairs / customers - FEWEST);
        for (int customer = 0; customer < customers; customer++) {
            // A log-normal number with a deviation of 1, whose mean is e^0.5.
            int count = FEWEST + (int) (mean * Math.exp(towns.random.nextGaussian() - 0.5));
            int home = towns.random.nextInt(products);
            int second = towns.random.nextInt(products);
            Set<String> own = new TreeSet<>();
            for (int tried = 0; own.size() < count && tried < 20 * count; tried++) {
                own.add("p" + towns.product(home, second));
            }
            chosen.put("c" + customer, own);
        }
        return chosen;
    }

    private int product(int home, int second) {
        double kind = random.nextDouble();
        int around = kind < ANYWHERE ? random.nextInt(products) : kind < ANYWHERE + AWAY ? second : home;
        int town = 1;
        while (starts[town] <= around) {
            town++;
        }
        int size = starts[town] - starts[town - 1];
        while (true) {
            long steps = Math.round(NEAR * Math.log(1 - random.nextDouble())) * (random.nextBoolean() ? 1 : -1);
            int product = starts[town - 1] + (int) Math.floorMod(around - starts[town - 1] + steps, (long) size);
            if (random.nextDouble() < popularity[product]) {
                return product;
            }
        }
    }
}
