package io.kontor.inventory.ensemble;

/** The quantiles that weights are found for; those between have weights between. Not instantiated. */
final class Levels {

    /** Ascending. */
    static final double[] QUANTILES = {0.1, 0.25, 0.5, 0.75, 0.9};

    private Levels() {
    }

    /**
     * The weights of a quantile, on the line between those of the levels around it.
     *
     * @param weights of each level
     * @param quantile above 0 and below 1
     * @return one a member
     */
    static double[] at(double[][] weights, double quantile) {
        int above = 0;
        while (above < QUANTILES.length && QUANTILES[above] < quantile) {
            above++;
        }
        if (above == 0 || above == QUANTILES.length) {
            return weights[Math.min(above, QUANTILES.length - 1)].clone();
        }
        double share = (quantile - QUANTILES[above - 1]) / (QUANTILES[above] - QUANTILES[above - 1]);
        double[] between = new double[weights[0].length];
        for (int m = 0; m < between.length; m++) {
            between[m] = (1 - share) * weights[above - 1][m] + share * weights[above][m];
        }
        return between;
    }
}
