package io.kontor.api.metric;

/** The standard normal distribution. */
public final class Normal {

    private static final double FARTHEST = 39;
    private static final int HALVINGS = 70;

    private Normal() {
    }

    /**
     * The distribution function, from {@link ChiSquare#survival}: the square of a standard normal variable is chi-square with one degree of
     * freedom.
     *
     * @param value any number, infinite ones too
     * @return the probability of less than the value, 0 to 1; NaN for NaN
     */
    public static double cumulative(double value) {
        double tail = Double.isInfinite(value) ? 0 : ChiSquare.survival(value * value, 1) / 2;
        return value < 0 ? tail : 1 - tail;
    }

    /**
     * The value below which a share of the distribution lies, by halving.
     *
     * @param share 0 to 1
     * @return the quantile, infinite for shares of 0 and 1
     * @throws IllegalArgumentException when the share is outside
     */
    public static double quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share must be 0 to 1, not " + share);
        }
        if (share > 0.5) {
            return -quantile(1 - share);
        }
        if (share == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double low = -FARTHEST;
        double high = 0;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (cumulative(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /**
     * How many standard errors an interval of a confidence reaches to each side.
     *
     * @param level the confidence, above 0 and below 1
     * @return 1.96 for 0.95
     */
    public static double reach(double level) {
        return quantile((1 + level) / 2);
    }
}
