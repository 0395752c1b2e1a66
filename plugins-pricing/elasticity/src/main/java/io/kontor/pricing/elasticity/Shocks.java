package io.kontor.pricing.elasticity;

import java.util.Map;
import java.util.TreeMap;

/**
 * How much less the products of a group tell together than as many products that know nothing of each other: holidays, weather and
 * campaigns of the shop move all of them in one week. The design effect of the clusters that weeks are (Moulton, 1990), from the scores of
 * all products by week. For one thread.
 */
final class Shocks {

    private final Map<Integer, double[]> together = new TreeMap<>();
    private final double[] alone = new double[Driver.COUNT];

    /**
     * Adds a product's week.
     *
     * @param week the week
     * @param scores one a {@link Driver}
     */
    void add(int week, double[] scores) {
        double[] sums = together.computeIfAbsent(week, w -> new double[Driver.COUNT]);
        for (int k = 0; k < Driver.COUNT; k++) {
            sums[k] += scores[k];
            alone[k] += scores[k] * scores[k];
        }
    }

    /** The factor by which evidence of single products is to be weakened when it is put together, 1 or more: the mean over what varies. */
    double effect() {
        double logs = 0;
        int varying = 0;
        double weeks = together.size();
        for (int k = 0; k < Driver.SEASON; k++) {
            double squares = 0;
            for (double[] sums : together.values()) {
                squares += sums[k] * sums[k];
            }
            if (alone[k] > 0 && weeks > 2) {
                logs += Math.log(Math.max(1, squares / alone[k] * weeks / (weeks - 1)));
                varying++;
            }
        }
        return varying == 0 ? 1 : Math.exp(logs / varying);
    }
}
