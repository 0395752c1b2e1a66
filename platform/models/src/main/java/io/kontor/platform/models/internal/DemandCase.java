package io.kontor.platform.models.internal;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.metric.ErrorMetrics;
import java.util.Arrays;
import java.util.Optional;

/**
 * A product whose latest periods are held out.
 *
 * @param history the periods before
 * @param actual what was sold in each held-out period; NaN where the product was out of stock
 * @param scale of absolute errors, from a period of the history to the one a season before, or to the one before where the history is
 *     shorter than two seasons; above 0
 * @param step scale of squared errors, from a period of the history to the one before; above 0
 */
record DemandCase(DemandSeries history, double[] actual, double scale, double step) {

    private static final double IN_STOCK = 0.9;
    private static final double RARE = 1.32;
    private static final double CHANGING = 0.49;

    /** Empty for products that never changed, by which nothing can be scaled, or that were out of stock all the time. */
    static Optional<DemandCase> of(DemandSeries history, DemandSeries whole, int horizon) {
        int offset = whole.step().between(whole.start(), history.end());
        double[] actual = new double[Math.min(horizon, whole.quantity().length - offset)];
        Arrays.setAll(actual, h -> whole.inStock()[offset + h] < IN_STOCK ? Double.NaN : whole.quantity()[offset + h]);
        int season = history.step().season();
        double scale = ErrorMetrics.absoluteScale(history.quantity(), history.quantity().length >= 2 * season ? season : 1);
        double step = ErrorMetrics.squaredScale(history.quantity(), 1);
        boolean known = Arrays.stream(actual).anyMatch(value -> !Double.isNaN(value));
        return known && scale > 0 && step > 0 ? Optional.of(new DemandCase(history, actual, scale, step)) : Optional.empty();
    }

    /**
     * The kind of its demand (Syntetos, Boylan and Croston, On the categorization of demand patterns, 2005): by the mean time between periods
     * with sales, cut at 1.32 periods, and the squared coefficient of variation of what they sold, cut at 0.49.
     *
     * @return smooth, erratic, intermittent or lumpy
     */
    String kind() {
        double sum = 0;
        double squares = 0;
        int periods = 0;
        for (double units : history.quantity()) {
            if (units > 0) {
                sum += units;
                squares += units * units;
                periods++;
            }
        }
        boolean rare = history.quantity().length > RARE * periods;
        boolean changing = periods * squares / (sum * sum) - 1 > CHANGING;
        return rare ? changing ? "lumpy" : "intermittent" : changing ? "erratic" : "smooth";
    }
}
