package io.kontor.inventory.exponentialsmoothing;

import java.util.Arrays;

/**
 * Takes a season out of a series and puts it back: classical decomposition by ratio or difference to a centred moving average (Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 2021, section 3.4). Immutable.
 *
 * @param multiplicative whether the season multiplies
 * @param factors what each period of the season multiplies by or adds
 */
record Seasons(boolean multiplicative, double[] factors) {

    /** From so many periods on, neighbouring factors are smoothed: each of them rests on few years. */
    private static final int LONG = 24;
    private static final double LEAST = 0.05;
    private static final double RESEMBLANCE = 0.15;
    /** One-sided 5 % point of the normal distribution. */
    private static final double Z = 1.645;

    /** A season that does nothing. */
    static Seasons none() {
        return new Seasons(false, new double[1]);
    }

    /** The season of a series, or none when it is too short for two or shows none. */
    static Seasons of(double[] y, int season, boolean positive) {
        if (season < 2 || y.length < 2 * season || !shown(y, season)) {
            return none();
        }
        double[] trend = trend(y, season);
        double[] sums = new double[season];
        int[] counts = new int[season];
        for (int t = 0; t < y.length; t++) {
            if (!Double.isNaN(y[t]) && !Double.isNaN(trend[t]) && (trend[t] > 0 || !positive)) {
                sums[t % season] += positive ? y[t] / trend[t] : y[t] - trend[t];
                counts[t % season]++;
            }
        }
        double neutral = positive ? 1 : 0;
        for (int i = 0; i < season; i++) {
            sums[i] = counts[i] == 0 ? neutral : sums[i] / counts[i];
        }
        double[] factors = season >= LONG ? smoothed(sums) : sums;
        double mean = Arrays.stream(factors).average().orElse(neutral);
        Arrays.setAll(factors, i -> positive ? Math.max(LEAST, factors[i] / mean) : factors[i] - mean);
        return new Seasons(positive, factors);
    }

    /**
     * Whether the series resembles itself a season ago: for short seasons by the autocorrelation against what chance gives (Bartlett, 1946),
     * as in the theta method. That test never finds a long smooth season, whose neighbours resemble each other too; there the series,
     * without its straight line, must resemble itself a season ago more than half a season ago.
     */
    private static boolean shown(double[] y, int season) {
        if (season >= LONG) {
            double[] level = withoutLine(y);
            double whole = correlation(level, season) * y.length / (y.length - season);
            double half = correlation(level, season / 2) * y.length / (y.length - season / 2.0);
            return whole > RESEMBLANCE && whole > half + RESEMBLANCE;
        }
        double bound = 1;
        for (int lag = 1; lag < season; lag++) {
            double r = correlation(y, lag);
            bound += 2 * r * r;
        }
        return correlation(y, season) > Z * Math.sqrt(bound / y.length);
    }

    private static double[] withoutLine(double[] y) {
        double n = 0;
        double sumT = 0;
        double sumY = 0;
        double sumTt = 0;
        double sumTy = 0;
        for (int t = 0; t < y.length; t++) {
            if (!Double.isNaN(y[t])) {
                n++;
                sumT += t;
                sumY += y[t];
                sumTt += (double) t * t;
                sumTy += t * y[t];
            }
        }
        double spread = sumTt - sumT * sumT / n;
        double slope = spread > 0 ? (sumTy - sumT * sumY / n) / spread : 0;
        double start = (sumY - slope * sumT) / n;
        double[] rest = new double[y.length];
        Arrays.setAll(rest, t -> y[t] - start - slope * t);
        return rest;
    }

    private static double correlation(double[] y, int lag) {
        double mean = Arrays.stream(y).filter(v -> !Double.isNaN(v)).average().orElse(0);
        double together = 0;
        double alone = 0;
        for (int t = 0; t < y.length; t++) {
            if (!Double.isNaN(y[t])) {
                alone += (y[t] - mean) * (y[t] - mean);
                if (t >= lag && !Double.isNaN(y[t - lag])) {
                    together += (y[t] - mean) * (y[t - lag] - mean);
                }
            }
        }
        return alone == 0 ? 0 : together / alone;
    }

    private static double[] trend(double[] y, int season) {
        double[] trend = new double[y.length];
        Arrays.fill(trend, Double.NaN);
        int half = season / 2;
        for (int t = half; t + half < y.length; t++) {
            double sum = 0;
            double weights = 0;
            for (int k = -half; k <= half; k++) {
                double weight = season % 2 == 0 && Math.abs(k) == half ? 0.5 : 1;
                if (!Double.isNaN(y[t + k])) {
                    sum += weight * y[t + k];
                    weights += weight;
                }
            }
            trend[t] = weights == 0 ? Double.NaN : sum / weights;
        }
        return trend;
    }

    private static double[] smoothed(double[] factors) {
        int n = factors.length;
        double[] smooth = new double[n];
        Arrays.setAll(smooth, i -> 0.25 * factors[(i + n - 1) % n] + 0.5 * factors[i] + 0.25 * factors[(i + 1) % n]);
        return smooth;
    }

    boolean present() {
        return factors.length > 1;
    }

    double[] takenOut(double[] y) {
        double[] adjusted = new double[y.length];
        Arrays.setAll(adjusted, t -> multiplicative ? y[t] / factors[t % factors.length] : y[t] - factors[t % factors.length]);
        return adjusted;
    }

    /** What the season makes of a value of a period, counted from the beginning of the series. */
    double putBack(double value, int period) {
        return multiplicative ? value * of(period) : value + of(period);
    }

    /** What the season multiplies a period by, or adds to it. */
    double of(int period) {
        return factors[period % factors.length];
    }

    /** What the season multiplies a standard deviation by. */
    double scale(int period) {
        return multiplicative ? of(period) : 1;
    }
}
