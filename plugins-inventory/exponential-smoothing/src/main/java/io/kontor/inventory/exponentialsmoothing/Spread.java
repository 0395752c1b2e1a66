package io.kontor.inventory.exponentialsmoothing;

/**
 * Quantiles of demand with a given mean and variance, never below 0. Small whole-numbered demand is taken as negative binomial, as Poisson
 * where it varies no more than that; other demand as gamma, whose quantiles come from the cube-root approximation of Wilson and Hilferty
 * (1931).
 */
final class Spread {

    private static final double LARGEST_COUNT = 200;
    /** Demand that is expected less often than once in so many periods is none. */
    private static final double LEAST_MEAN = 1e-4;

    private Spread() {
    }

    /**
     * A quantile.
     *
     * @param mean expected demand, 0 or more
     * @param variance its variance, 0 or more
     * @param share above 0 and below 1
     * @param counts whether demand comes in whole units
     */
    static double quantile(double mean, double variance, double share, boolean counts) {
        if (mean < LEAST_MEAN) {
            return 0;
        } else if (counts && mean + 4 * Math.sqrt(variance) <= LARGEST_COUNT) {
            return variance <= mean * 1.001 ? poisson(mean, share) : negativeBinomial(mean, variance, share);
        } else if (variance <= 0) {
            return mean;
        }
        double shape = mean * mean / variance;
        double root = 1 - 1 / (9 * shape) + normal(share) / (3 * Math.sqrt(shape));
        return root <= 0 ? 0 : mean * root * root * root;
    }

    /**
     * How probable less than a demand is; of demand that does not come in whole units, up to it.
     *
     * @param mean expected demand, 0 or more
     * @param variance its variance, 0 or more
     * @param value the demand
     * @param counts whether demand comes in whole units
     * @return 0 to 1; a quantile of this share or less is below the demand
     */
    static double below(double mean, double variance, double value, boolean counts) {
        if (mean < LEAST_MEAN) {
            return value > 0 ? 1 : 0;
        } else if (counts && mean + 4 * Math.sqrt(variance) <= LARGEST_COUNT) {
            return belowCount(mean, variance, value);
        } else if (variance <= 0) {
            return value > mean ? 1 : 0;
        } else if (value <= 0) {
            return 0;
        }
        double shape = mean * mean / variance;
        return probability((Math.cbrt(value / mean) - 1 + 1 / (9 * shape)) * 3 * Math.sqrt(shape));
    }

    private static double belowCount(double mean, double variance, double value) {
        boolean spread = variance > mean * 1.001;
        double size = spread ? mean * mean / (variance - mean) : 0;
        double fail = spread ? mean / (size + mean) : 0;
        double term = spread ? Math.pow(1 - fail, size) : Math.exp(-mean);
        double sum = 0;
        for (int k = 0; k < value && k < 4 * LARGEST_COUNT; k++) {
            sum += term;
            term *= spread ? fail * (size + k) / (k + 1) : mean / (k + 1);
        }
        return Math.min(1, sum);
    }

    /** The standard normal distribution (Abramowitz and Stegun, 1964, formula 26.2.17; error below 1e-7). */
    private static double probability(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double tail = 0.3989422804 * Math.exp(-z * z / 2)
                * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z > 0 ? 1 - tail : tail;
    }

    private static double poisson(double mean, double share) {
        double term = Math.exp(-mean);
        double sum = term;
        int k = 0;
        while (sum < share && k < 4 * LARGEST_COUNT) {
            k++;
            term *= mean / k;
            sum += term;
        }
        return k;
    }

    private static double negativeBinomial(double mean, double variance, double share) {
        double size = mean * mean / (variance - mean);
        double fail = mean / (size + mean);
        double term = Math.pow(1 - fail, size);
        double sum = term;
        int k = 0;
        while (sum < share && k < 4 * LARGEST_COUNT) {
            term *= fail * (size + k) / (k + 1);
            k++;
            sum += term;
        }
        return k;
    }

    /** Quantile of the standard normal distribution, to 1e-9 (rational approximation of Acklam, 2003). */
    static double normal(double p) {
        if (p > 0.5) {
            return -normal(1 - p);
        }
        if (p < 0.02425) {
            double q = Math.sqrt(-2 * Math.log(p));
            return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q - 2.549732539343734) * q
                    + 4.374664141464968) * q + 2.938163982698783)
                    / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
        }
        double q = p - 0.5;
        double r = q * q;
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r
                - 3.066479806614716e+01) * r + 2.506628277459239) * q
                / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r
                - 1.328068155288572e+01) * r + 1);
    }
}
