package io.kontor.platform.models.internal;

import io.kontor.api.data.DemandSeries;
import java.util.Arrays;
import java.util.Optional;

/**
 * A product whose latest periods are held out.
 *
 * @param history the periods before
 * @param actual what was sold in each held-out period; NaN where the product was out of stock
 * @param scale mean absolute difference of a period of the history to the one a season before, or to the one before where the history is
 *     shorter than two seasons (Hyndman and Koehler, 2006); above 0
 * @param step root of the mean squared difference of a period of the history to the one before; above 0
 */
record DemandCase(DemandSeries history, double[] actual, double scale, double step) {

    private static final double IN_STOCK = 0.9;

    /** Empty for products that never changed, by which nothing can be scaled, or that were out of stock all the time. */
    static Optional<DemandCase> of(DemandSeries history, DemandSeries whole, int horizon) {
        int offset = whole.step().between(whole.start(), history.end());
        double[] actual = new double[Math.min(horizon, whole.quantity().length - offset)];
        Arrays.setAll(actual, h -> whole.inStock()[offset + h] < IN_STOCK ? Double.NaN : whole.quantity()[offset + h]);
        int season = history.step().season();
        double scale = difference(history.quantity(), history.quantity().length >= 2 * season ? season : 1, false);
        double step = Math.sqrt(difference(history.quantity(), 1, true));
        boolean known = Arrays.stream(actual).anyMatch(value -> !Double.isNaN(value));
        return known && scale > 0 && step > 0 ? Optional.of(new DemandCase(history, actual, scale, step)) : Optional.empty();
    }

    private static double difference(double[] y, int lag, boolean squared) {
        double sum = 0;
        for (int t = lag; t < y.length; t++) {
            double d = y[t] - y[t - lag];
            sum += squared ? d * d : Math.abs(d);
        }
        return y.length > lag ? sum / (y.length - lag) : 0;
    }
}
