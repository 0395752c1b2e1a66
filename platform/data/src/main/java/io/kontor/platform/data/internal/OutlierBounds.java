package io.kontor.platform.data.internal;

import java.util.Arrays;
import java.util.Optional;

/**
 * Between which values those of a column lie as a rule. What is outside of both the robust z-score's bound (Iglewicz and Hoaglin 1993: distance
 * to the median in units of the scaled median absolute deviation, at least 3.5) and the far-out fence (Tukey 1977: three interquartile ranges
 * beyond the quartiles) is an outlier. Positive values are judged as logarithms unless these are clearly more skewed: amounts, prices and
 * quantities have long tails, and a few hundred of them cannot tell so for certain.
 *
 * <p>3.5 alone would call 5 of 10,000 good rows outliers. The bound is therefore so much wider that a column of good rows, normal or log-normal,
 * has none at all with probability 1 - {@value #FALSE_ALARM}, however many rows it has (Bonferroni), and by three standard errors of the
 * estimated spread.
 *
 * <p>Small counts such as pieces of an order line have no such spread: mostly 1, and 5 is no slip. They are taken to thin out geometrically, at
 * the pace between their quantiles 0.9 and 0.99 or a factor e a piece, and the bound is where fewer than {@value #FALSE_ALARM} rows are left.
 *
 * @param low what is below is an outlier
 * @param high what is above is an outlier
 * @param median of all
 * @param logarithm whether logarithms were judged
 */
record OutlierBounds(double low, double high, double median, boolean logarithm) {

    /** How often a column without outliers has one, at most. */
    static final double FALSE_ALARM = 0.001;

    /** Two standard errors of the difference for a hundred values. */
    private static final double CLEARLY = 0.25;
    private static final double Z = 3.5;
    private static final double FAR_OUT = 3;
    /** Positive values within this factor of the median are no slips, however much alike the others are: a discounted price is right. */
    private static final double SLIP = 3;
    private static final int FEWEST = 50;

    /**
     * Learns bounds.
     *
     * @param values finite values of a sample
     * @param rows how many rows the bounds will be held against
     * @return bounds, or empty when the values are too few or all equal
     */
    static Optional<OutlierBounds> of(double[] values, long rows) {
        if (values.length < FEWEST) {
            return Optional.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (smallCounts(sorted)) {
            double last = Robust.quantile(sorted, 0.99);
            double pace = Math.max(1, (last - Robust.quantile(sorted, 0.9)) / Math.log(10));
            return Optional.of(new OutlierBounds(0, last + pace * Math.log(Math.max(1, 0.01 * rows / FALSE_ALARM)),
                    Robust.quantile(sorted, 0.5), false));
        }
        boolean logarithm = false;
        if (sorted[0] > 0) {
            double[] logs = new double[sorted.length];
            Arrays.setAll(logs, i -> Math.log(sorted[i]));
            logarithm = Math.abs(skewness(logs)) <= Math.abs(skewness(sorted)) + CLEARLY;
            if (logarithm) {
                System.arraycopy(logs, 0, sorted, 0, logs.length);
            }
        }
        double median = Robust.quantile(sorted, 0.5);
        double sigma = Robust.sigma(sorted, median);
        if (sigma == 0) {
            return Optional.empty();
        }
        double z = Math.max(Z, Robust.z(FALSE_ALARM / 2 / Math.max(rows, 1))) * (1 + 3 * Robust.MAD_ERROR / Math.sqrt(sorted.length));
        double first = Robust.quantile(sorted, 0.25);
        double third = Robust.quantile(sorted, 0.75);
        double low = Math.min(median - z * sigma, first - FAR_OUT * (third - first));
        double high = Math.max(median + z * sigma, third + FAR_OUT * (third - first));
        if (logarithm) {
            low = Math.min(low, median - Math.log(SLIP));
            high = Math.max(high, median + Math.log(SLIP));
        }
        return Optional.of(logarithm ? new OutlierBounds(Math.exp(low), Math.exp(high), Math.exp(median), true)
                : new OutlierBounds(low, high, median, false));
    }

    boolean outside(double value) {
        return value < low || value > high;
    }

    /** Whether values are whole, not below 0, and half of them within one of the median. */
    private static boolean smallCounts(double[] sorted) {
        double spread = Robust.quantile(sorted, 0.75) - Robust.quantile(sorted, 0.25);
        return sorted[0] >= 0 && spread <= 2 && sorted[0] < sorted[sorted.length - 1]
                && Arrays.stream(sorted).allMatch(value -> value == Math.rint(value));
    }

    /** Skewness by quantiles (Kelly 1923), -1 to 1. */
    private static double skewness(double[] sorted) {
        double low = Robust.quantile(sorted, 0.1);
        double high = Robust.quantile(sorted, 0.9);
        return high > low ? (high + low - 2 * Robust.quantile(sorted, 0.5)) / (high - low) : 0;
    }
}
