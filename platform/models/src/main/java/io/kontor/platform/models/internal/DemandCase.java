package io.kontor.platform.models.internal;

import io.kontor.api.data.DemandSeries;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * A product whose latest days are held out.
 *
 * @param history the days before
 * @param actual what was sold on each held-out day; NaN where the product was out of stock
 * @param scale mean absolute difference of a day of the history to the same weekday before (Hyndman and Koehler, 2006); above 0
 * @param step root of the mean squared difference of a day of the history to the day before; above 0
 */
record DemandCase(DemandSeries history, double[] actual, double scale, double step) {

    private static final int SEASON = 7;
    private static final double IN_STOCK = 0.9;

    /** Empty for products that never changed, by which nothing can be scaled, or that were out of stock all the time. */
    static Optional<DemandCase> of(DemandSeries history, DemandSeries whole, int horizon) {
        int offset = (int) ChronoUnit.DAYS.between(whole.start(), history.start()) + history.quantity().length;
        double[] actual = new double[Math.min(horizon, whole.quantity().length - offset)];
        Arrays.setAll(actual, h -> whole.inStock()[offset + h] < IN_STOCK ? Double.NaN : whole.quantity()[offset + h]);
        double scale = difference(history.quantity(), SEASON, false);
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
