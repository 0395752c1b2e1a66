package io.kontor.platform.data.internal;

import java.util.Arrays;

/** Statistics that a few wrong values do not move. */
final class Robust {

    /** Makes the median absolute deviation an estimate of a normal's standard deviation: 1 / Φ⁻¹(3/4). */
    static final double MAD_TO_SIGMA = 1.482602218505602;

    /** The same for the mean absolute deviation: √(π/2). */
    static final double MEAN_AD_TO_SIGMA = 1.2533141373155003;

    /** Standard error of the scaled median absolute deviation of n normal values, as a share of it, times √n (efficiency 0.3675). */
    static final double MAD_ERROR = 1.166;

    private Robust() {
    }

    /** Median of some values; NaN when there are none. The array is not changed. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return quantile(sorted, 0.5);
    }

    /** Quantile of sorted values by linear interpolation (Hyndman and Fan 1996, type 7); NaN when there are none. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Spread of values about a centre as a standard deviation: from the median absolute deviation or, when more than half of the values are
     * equal, from the mean one (Iglewicz and Hoaglin 1993); 0 when all are equal.
     */
    static double sigma(double[] values, double centre) {
        double[] away = new double[values.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            away[i] = Math.abs(values[i] - centre);
            sum += away[i];
        }
        Arrays.sort(away);
        double mad = quantile(away, 0.5);
        return mad > 0 ? MAD_TO_SIGMA * mad : values.length == 0 ? 0 : MEAN_AD_TO_SIGMA * sum / values.length;
    }

    /**
     * How many standard deviations a normal value exceeds with a small probability: z with P(Z &gt; z) = tail, by the rational approximation of
     * Abramowitz and Stegun (1964, 26.2.23), absolute error below 0.00045.
     *
     * @param tail above 0, at most 0.5
     */
    static double z(double tail) {
        double t = Math.sqrt(-2 * Math.log(tail));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}
