package io.kontor.platform.decisions.internal;

/**
 * What became of answers, in the mean, with bounds that hold at all times: one may look as often as one likes and stop at any moment. Immutable.
 *
 * <p>The bounds are the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Time-uniform central limit theory
 * and asymptotic confidence sequences, 2021, theorem 2.2), tuned to be narrowest at a thousand outcomes (their equation 28).
 *
 * @param count how many answers have an outcome
 * @param mean of the outcomes
 * @param variance of the outcomes
 */
record OutcomeMean(long count, double mean, double variance) {

    /** Nothing is known. */
    static final OutcomeMean NONE = new OutcomeMean(0, Double.NaN, Double.NaN);

    private static final double NARROWEST_AT = 1_000;

    /**
     * From sums.
     *
     * @param count how many outcomes
     * @param sum of the outcomes
     * @param squares sum of their squares
     * @return their mean and variance
     */
    static OutcomeMean of(long count, double sum, double squares) {
        if (count == 0) {
            return NONE;
        }
        double mean = sum / count;
        return new OutcomeMean(count, mean, Math.max(0, squares / count - mean * mean));
    }

    /**
     * Half the width of the interval.
     *
     * @param alpha the chance that the interval ever misses the mean; above 0 and below 1
     * @return infinite with fewer than two outcomes
     */
    double halfWidth(double alpha) {
        if (count < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double log = -2 * Math.log(alpha);
        double tuning = (log + Math.log(log + 1)) / NARROWEST_AT;
        double spread = count * tuning + 1;
        return Math.sqrt(variance * 2 * spread / (count * (double) count * tuning) * Math.log(Math.sqrt(spread) / alpha));
    }
}
