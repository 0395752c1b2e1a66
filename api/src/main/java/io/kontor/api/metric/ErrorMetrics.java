package io.kontor.api.metric;

/**
 * Distances of predicted numbers and quantiles from what came. All functions take one element a case; an actual value of NaN is not known
 * and passed over, a prediction of NaN for a known case makes the result NaN. Without known cases, or without weight, the result is NaN.
 */
public final class ErrorMetrics {

    private ErrorMetrics() {
    }

    /** A loss of one case. */
    private interface Loss {
        double of(double actual, double predicted);
    }

    private static double mean(double[] actual, double[] predicted, double[] weights, Loss loss) {
        if (actual.length != predicted.length || weights != null && weights.length < actual.length) {
            throw new IllegalArgumentException(actual.length + " actual values, " + predicted.length + " predictions and "
                    + (weights == null ? "no" : weights.length) + " weights");
        }
        double sum = 0;
        double total = 0;
        for (int i = 0; i < actual.length; i++) {
            if (!Double.isNaN(actual[i])) {
                double weight = weights == null ? 1 : weights[i];
                sum += weight * loss.of(actual[i], predicted[i]);
                total += weight;
            }
        }
        return total > 0 ? sum / total : Double.NaN;
    }

    /**
     * Mean absolute error.
     *
     * @param actual what came
     * @param predicted what was predicted
     * @param weights one a case, or null
     * @return at least 0, in the unit of the values
     */
    public static double mae(double[] actual, double[] predicted, double[] weights) {
        return mean(actual, predicted, weights, (y, p) -> Math.abs(y - p));
    }

    /**
     * Root mean squared error.
     *
     * @param actual what came
     * @param predicted what was predicted
     * @param weights one a case, or null
     * @return at least 0, in the unit of the values
     */
    public static double rmse(double[] actual, double[] predicted, double[] weights) {
        return Math.sqrt(mean(actual, predicted, weights, (y, p) -> (y - p) * (y - p)));
    }

    /**
     * Mean error, predicted less actual: below 0 when predictions are too low.
     *
     * @param actual what came
     * @param predicted what was predicted
     * @param weights one a case, or null
     * @return in the unit of the values
     */
    public static double bias(double[] actual, double[] predicted, double[] weights) {
        return mean(actual, predicted, weights, (y, p) -> p - y);
    }

    /**
     * Root mean squared error of the logarithms of values plus one, which minds ratios rather than differences.
     *
     * @param actual what came, above -1
     * @param predicted what was predicted, above -1
     * @param weights one a case, or null
     * @return at least 0
     */
    public static double rmsle(double[] actual, double[] predicted, double[] weights) {
        return Math.sqrt(mean(actual, predicted, weights, (y, p) -> (Math.log1p(y) - Math.log1p(p)) * (Math.log1p(y) - Math.log1p(p))));
    }

    /**
     * Weighted absolute percentage error: the sum of the absolute errors by the sum of the absolute values (Kolassa and Schütz, Advantages
     * of the MAD/mean ratio over the MAPE, 2007).
     *
     * @param actual what came
     * @param predicted what was predicted
     * @param weights one a case, or null
     * @return at least 0; NaN when all that came is 0
     */
    public static double wape(double[] actual, double[] predicted, double[] weights) {
        double size = mean(actual, predicted, weights, (y, p) -> Math.abs(y));
        return size > 0 ? mae(actual, predicted, weights) / size : Double.NaN;
    }

    /**
     * By how much a series changes from a period to the same period a season later: the scale of {@link #mase} (Hyndman and Koehler, Another
     * look at measures of forecast accuracy, 2006, equation 3; with a season as in Hyndman and Athanasopoulos, Forecasting, 2021, 5.8).
     *
     * @param history what training saw, oldest first; a difference with a NaN is passed over
     * @param season the lag, at least 1; 1 for no season
     * @return the mean absolute difference; NaN when the history is not longer than the lag
     */
    public static double absoluteScale(double[] history, int season) {
        return scale(history, season, false);
    }

    /**
     * The scale of {@link #rmsse}, squared differences in place of absolute ones (Makridakis, Spiliotis and Assimakopoulos, The M5
     * accuracy competition: results, findings, and conclusions, 2022).
     *
     * @param history what training saw, oldest first; a difference with a NaN is passed over
     * @param season the lag, at least 1; M5 takes 1
     * @return the root of the mean squared difference; NaN when the history is not longer than the lag
     */
    public static double squaredScale(double[] history, int season) {
        return Math.sqrt(scale(history, season, true));
    }

    private static double scale(double[] history, int season, boolean squared) {
        if (season < 1) {
            throw new IllegalArgumentException("a season has at least 1 period, not " + season);
        }
        double sum = 0;
        int count = 0;
        for (int t = season; t < history.length; t++) {
            double difference = history[t] - history[t - season];
            if (!Double.isNaN(difference)) {
                sum += squared ? difference * difference : Math.abs(difference);
                count++;
            }
        }
        return count > 0 ? sum / count : Double.NaN;
    }

    /**
     * Mean absolute scaled error: below 1 when forecasts are better than the seasonal naive one was within the history (Hyndman and Koehler,
     * 2006).
     *
     * @param actual what came
     * @param predicted what was predicted
     * @param scale of {@link #absoluteScale}
     * @return at least 0; NaN when the scale is not above 0
     */
    public static double mase(double[] actual, double[] predicted, double scale) {
        return scale > 0 ? mae(actual, predicted, null) / scale : Double.NaN;
    }

    /**
     * Root mean squared scaled error (Hyndman and Koehler, 2006; the accuracy of the M5 competition).
     *
     * @param actual what came
     * @param predicted what was predicted
     * @param scale of {@link #squaredScale}
     * @return at least 0; NaN when the scale is not above 0
     */
    public static double rmsse(double[] actual, double[] predicted, double scale) {
        return scale > 0 ? rmse(actual, predicted, null) / scale : Double.NaN;
    }

    /**
     * The pinball loss of a quantile: too low costs the quantile's share of the distance, too high the rest (Koenker and Bassett, Regression
     * quantiles, 1978).
     *
     * @param actual what came
     * @param predicted the predicted quantile
     * @param quantile which, above 0 and below 1
     * @param weights one a case, or null
     * @return at least 0, in the unit of the values
     * @throws IllegalArgumentException when the quantile is none or the lengths differ
     */
    public static double pinball(double[] actual, double[] predicted, double quantile, double[] weights) {
        if (!(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("a quantile lies between 0 and 1, not at " + quantile);
        }
        return mean(actual, predicted, weights, (y, q) -> y >= q ? quantile * (y - q) : (1 - quantile) * (q - y));
    }

    /**
     * The pinball loss by a scale, so that series can be compared (Makridakis et al., The M5 uncertainty competition, 2022).
     *
     * @param actual what came
     * @param predicted the predicted quantile
     * @param quantile which, above 0 and below 1
     * @param scale of {@link #absoluteScale}
     * @return at least 0; NaN when the scale is not above 0
     */
    public static double scaledPinball(double[] actual, double[] predicted, double quantile, double scale) {
        return scale > 0 ? pinball(actual, predicted, quantile, null) / scale : Double.NaN;
    }

    /**
     * The share of cases inside an interval, its ends included; of a single quantile with minus infinity as the lower end (Christoffersen,
     * Evaluating interval forecasts, 1998).
     *
     * @param actual what came
     * @param low lower ends
     * @param high upper ends
     * @param weights one a case, or null
     * @return 0 to 1
     * @throws IllegalArgumentException when the lengths differ
     */
    public static double coverage(double[] actual, double[] low, double[] high, double[] weights) {
        if (actual.length != low.length || actual.length != high.length || weights != null && weights.length < actual.length) {
            throw new IllegalArgumentException(actual.length + " actual values, " + low.length + " lower and " + high.length
                    + " upper ends");
        }
        double inside = 0;
        double total = 0;
        for (int i = 0; i < actual.length; i++) {
            if (!Double.isNaN(actual[i])) {
                double weight = weights == null ? 1 : weights[i];
                boolean broken = Double.isNaN(low[i]) || Double.isNaN(high[i]);
                inside += broken ? Double.NaN : low[i] <= actual[i] && actual[i] <= high[i] ? weight : 0;
                total += weight;
            }
        }
        return total > 0 ? inside / total : Double.NaN;
    }
}
