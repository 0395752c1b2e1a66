package io.kontor.api.metric;

/**
 * The test of Pearson (On the criterion that a given system of deviations from the probable can be reasonably supposed to have arisen from
 * random sampling, 1900) that two sets of cases are spread over bins alike. Fit for bins of which at least five cases are expected on both
 * sides (Cochran, Some methods for strengthening the common chi-square tests, 1954).
 */
public final class ChiSquare {

    private static final double TINY = 1e-300;
    private static final double ENOUGH = 1e-15;
    private static final int MOST_TERMS = 10_000;

    private ChiSquare() {
    }

    /**
     * The statistic: the sum of (observed - expected)^2 / expected over the bins of both sides.
     *
     * @param one cases of each bin, at least 0
     * @param other cases of each bin, as many bins
     * @return at least 0; NaN when one side has no cases
     */
    public static double statistic(double[] one, double[] other) {
        double[] used = totals(one, other);
        double all = used[0] + used[1];
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double both = one[i] + other[i];
            if (both > 0) {
                double first = both * used[0] / all;
                double second = both * used[1] / all;
                sum += (one[i] - first) * (one[i] - first) / first + (other[i] - second) * (other[i] - second) / second;
            }
        }
        return used[0] > 0 && used[1] > 0 ? sum : Double.NaN;
    }

    /**
     * How probable so great a statistic is when both sides come from one distribution.
     *
     * @param one cases of each bin, at least 0
     * @param other cases of each bin, as many bins
     * @return 0 to 1; 1 when all cases are in one bin; NaN when one side has no cases
     */
    public static double pValue(double[] one, double[] other) {
        int degrees = (int) totals(one, other)[2] - 1;
        double statistic = statistic(one, other);
        return degrees < 1 && !Double.isNaN(statistic) ? 1 : survival(statistic, degrees);
    }

    /**
     * The probability that a chi-square variable exceeds a value: the regularised upper incomplete gamma function, by its series below the
     * mean and by its continued fraction above (Abramowitz and Stegun, Handbook of mathematical functions, 1964, 6.5.29 and 6.5.31; the
     * fraction evaluated after Lentz, 1976).
     *
     * @param value the value
     * @param degrees degrees of freedom, at least 1
     * @return 0 to 1; NaN for a value of NaN
     */
    public static double survival(double value, int degrees) {
        if (!(value > 0)) {
            return Double.isNaN(value) ? Double.NaN : 1;
        }
        double a = degrees / 2.0;
        double x = value / 2;
        double front = Math.exp(a * Math.log(x) - x - logGammaOfHalf(degrees));
        return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > sum * ENOUGH; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    private static double fraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double h = d;
        for (int n = 1; n < MOST_TERMS; n++) {
            double an = -n * (n - a);
            b += 2;
            d = 1 / away(an * d + b);
            c = away(b + an / c);
            double change = d * c;
            h *= change;
            if (Math.abs(change - 1) < ENOUGH) {
                break;
            }
        }
        return h;
    }

    private static double away(double fromZero) {
        return Math.abs(fromZero) < TINY ? TINY : fromZero;
    }

    // ln of the gamma function at half a whole number, by its recurrence from 1/2 or 1.
    private static double logGammaOfHalf(int twice) {
        double log = twice % 2 == 0 ? 0 : Math.log(Math.PI) / 2;
        for (double at = twice % 2 == 0 ? 1 : 0.5; at < twice / 2.0; at++) {
            log += Math.log(at);
        }
        return log;
    }

    // The cases of both sides, and how many bins have any.
    static double[] totals(double[] one, double[] other) {
        if (one.length != other.length) {
            throw new IllegalArgumentException("one side has " + one.length + " bins and the other " + other.length);
        }
        double[] totals = new double[3];
        for (int i = 0; i < one.length; i++) {
            totals[0] += one[i];
            totals[1] += other[i];
            totals[2] += one[i] + other[i] > 0 ? 1 : 0;
        }
        return totals;
    }
}
