package io.kontor.inventory.exponentialsmoothing;

/**
 * The recursion of a form over a series, in the innovations form of Hyndman, Koehler, Ord and Snyder (Forecasting with Exponential
 * Smoothing, 2008, table 2.3). Missing values let the state go on by itself. For one thread.
 */
final class Smoothing {

    private static final int FIRST_SEASONS = 4;
    private static final int FIRST_PERIODS = 10;
    private static final double LEAST = 1e-8;

    private final Form form;
    private final int season;
    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double phi;
    private double level;
    private double slope;
    private double[] seasons;
    private double squares;
    private double logs;
    private int observed;
    private int periods;

    /**
     * A recursion.
     *
     * @param form the form
     * @param season periods of a season; 1 for none
     * @param alpha smoothing of the level, above 0 and below 1
     * @param beta smoothing of the trend, above 0 and below alpha
     * @param gamma smoothing of the season, above 0 and below 1 - alpha
     * @param phi damping of the trend, 1 for none
     */
    Smoothing(Form form, int season, double alpha, double beta, double gamma, double phi) {
        this.form = form;
        this.season = form.seasonal() ? season : 1;
        this.alpha = alpha;
        this.beta = form.trend() ? beta : 0;
        this.gamma = form.seasonal() ? gamma : 0;
        this.phi = form.trend() ? form.damped() ? phi : 1 : 0;
    }

    /**
     * The states before the first period, estimated from the first few seasons.
     *
     * @param level where the series begins
     * @param slope by how much it rises a period
     * @param seasons what a period of the season adds, or by what it multiplies
     */
    record Start(double level, double slope, double[] seasons) {

        static Start of(double[] y, Form form, int length) {
            int season = form.seasonal() ? length : 1;
            double[] seasons = seasons(y, form, season);
            int first = Math.min(y.length, Math.max(FIRST_PERIODS, 2 * season));
            double n = 0;
            double sumX = 0;
            double sumY = 0;
            double sumXx = 0;
            double sumXy = 0;
            for (int t = 0; t < first; t++) {
                if (!Double.isNaN(y[t])) {
                    double value = form.multiplicative() ? y[t] / seasons[t % season] : y[t] - seasons[t % season];
                    n++;
                    sumX += t + 1.0;
                    sumY += value;
                    sumXx += (t + 1.0) * (t + 1.0);
                    sumXy += (t + 1.0) * value;
                }
            }
            if (n == 0) {
                return new Start(0, 0, seasons);
            }
            double spread = sumXx - sumX * sumX / n;
            double slope = form.trend() && n > 2 && spread > 0 ? (sumXy - sumX * sumY / n) / spread : 0;
            double level = sumY / n - slope * sumX / n;
            return form.multiplicative() && level <= 0 ? new Start(Math.max(sumY / n, LEAST), 0, seasons) : new Start(level, slope, seasons);
        }

        private static double[] seasons(double[] y, Form form, int season) {
            double[] sums = new double[season];
            int[] counts = new int[season];
            int whole = season == 1 ? 0 : Math.min(y.length / season, FIRST_SEASONS);
            for (int k = 0; k < whole; k++) {
                double mean = mean(y, k * season, season);
                for (int i = 0; i < season; i++) {
                    double value = y[k * season + i];
                    if (!Double.isNaN(value) && (mean > 0 || !form.multiplicative())) {
                        sums[i] += form.multiplicative() ? value / mean : value - mean;
                        counts[i]++;
                    }
                }
            }
            double total = 0;
            for (int i = 0; i < season; i++) {
                double neutral = form.multiplicative() ? 1 : 0;
                sums[i] = counts[i] == 0 ? neutral : sums[i] / counts[i];
                sums[i] = form.multiplicative() ? Math.max(sums[i], 0.01) : sums[i];
                total += sums[i];
            }
            for (int i = 0; i < season; i++) {
                sums[i] = form.multiplicative() ? sums[i] * season / total : sums[i] - total / season;
            }
            return sums;
        }

        private static double mean(double[] y, int from, int length) {
            double sum = 0;
            int n = 0;
            for (int i = from; i < from + length; i++) {
                if (!Double.isNaN(y[i])) {
                    sum += y[i];
                    n++;
                }
            }
            return n == 0 ? 0 : sum / n;
        }
    }

    /**
     * Runs over a series from its beginning.
     *
     * @param y the series; NaN where missing
     * @param start the states before
     * @return false when a multiplicative form met a forecast that is not above 0
     */
    boolean run(double[] y, Start start) {
        level = start.level;
        slope = start.slope;
        seasons = start.seasons.clone();
        squares = 0;
        logs = 0;
        observed = 0;
        periods = y.length;
        for (int t = 0, s = 0; t < y.length; t++, s = s + 1 == season ? 0 : s + 1) {
            double base = level + phi * slope;
            double fit = form.multiplicative() ? base * seasons[s] : base + seasons[s];
            if (form.multiplicative() && !(fit > LEAST)) {
                return false;
            }
            double value = y[t];
            if (Double.isNaN(value)) {
                level = base;
                slope = phi * slope;
            } else if (form.multiplicative()) {
                double error = (value - fit) / fit;
                level = base * (1 + alpha * error);
                slope = phi * slope + beta * base * error;
                seasons[s] *= 1 + gamma * error;
                squares += error * error;
                logs += Math.log(fit);
                observed++;
            } else {
                double error = value - fit;
                level = base + alpha * error;
                slope = phi * slope + beta * error;
                seasons[s] += gamma * error;
                squares += error * error;
                observed++;
            }
        }
        return true;
    }

    /** The Gaussian -2 log likelihood of the last run, but for a constant. */
    double deviance() {
        return observed * Math.log(Math.max(squares / observed, 1e-12)) + 2 * logs;
    }

    /** How many values the last run met. */
    int observed() {
        return observed;
    }

    /** Variance of the one-step errors of the last run, of the relative ones for a multiplicative form. */
    double variance() {
        return observed == 0 ? 0 : squares / Math.max(1, observed - form.parameters());
    }

    /** The level at the end of the last run. */
    double level() {
        return level;
    }

    /** The trend a period at the end of the last run. */
    double slope() {
        return slope;
    }

    /** What the trend adds until the h-th period after the end of the last run, counted from 0. */
    double trend(int h) {
        return slope * dampedSum(h + 1);
    }

    /** What the season adds to that period, or multiplies it by. */
    double season(int h) {
        return seasons[(periods + h) % season];
    }

    /** Mean and variance of the periods after the end of the last run. */
    void project(double[] mean, double[] variance) {
        double sum = 0;
        double spread = 1;
        double damping = phi;
        double one = variance();
        for (int h = 0; h < mean.length; h++) {
            sum += damping * slope;
            damping *= phi;
            double base = level + sum;
            double s = season(h);
            mean[h] = form.multiplicative() ? base * s : base + s;
            variance[h] = form.multiplicative() ? mean[h] * mean[h] * one * spread : one * spread;
            double weight = alpha + beta * dampedSum(h + 1) + ((h + 1) % season == 0 ? gamma : 0);
            spread += weight * weight;
        }
    }

    private double dampedSum(int j) {
        return phi == 1 ? j : phi == 0 ? 0 : phi * (1 - Math.pow(phi, j)) / (1 - phi);
    }
}
