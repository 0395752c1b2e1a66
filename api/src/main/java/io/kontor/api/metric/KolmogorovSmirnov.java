package io.kontor.api.metric;

import java.util.Arrays;

/**
 * The test of Smirnov (On the estimation of the discrepancy between empirical curves of distribution for two independent samples, 1939) that
 * two samples of numbers come from one distribution, by the greatest distance between their cumulative shares. The probability is that of
 * the limit (Kolmogorov, Sulla determinazione empirica di una legge di distribuzione, 1933), good from about forty cases a side; where values
 * repeat or are counted in bins, the test is conservative (Noether, Note on the Kolmogorov statistic in the discrete case, 1963).
 */
public final class KolmogorovSmirnov {

    private static final double SMALL = 1.18;
    private static final int TERMS = 20;

    private KolmogorovSmirnov() {
    }

    /**
     * The distance of two samples.
     *
     * @param one numbers in any order, without NaN
     * @param other numbers in any order, without NaN
     * @return 0 to 1; NaN when one of them is empty
     */
    public static double distance(double[] one, double[] other) {
        if (one.length == 0 || other.length == 0) {
            return Double.NaN;
        }
        double[] a = one.clone();
        double[] b = other.clone();
        Arrays.sort(a);
        Arrays.sort(b);
        double greatest = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length;) {
            double value = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= value) {
                i++;
            }
            while (j < b.length && b[j] <= value) {
                j++;
            }
            greatest = Math.max(greatest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return greatest;
    }

    /**
     * The distance of two samples that are counted in the same ascending bins; at most that of the samples themselves.
     *
     * @param one cases of each bin, at least 0
     * @param other cases of each bin, as many bins
     * @return 0 to 1; NaN when one side has no cases
     */
    public static double distanceOfCounts(double[] one, double[] other) {
        double[] totals = ChiSquare.totals(one, other);
        double greatest = totals[0] > 0 && totals[1] > 0 ? 0 : Double.NaN;
        double difference = 0;
        for (int i = 0; i < one.length; i++) {
            difference += one[i] / totals[0] - other[i] / totals[1];
            greatest = Math.max(greatest, Math.abs(difference));
        }
        return greatest;
    }

    /**
     * How probable so great a distance is when both samples come from one distribution: the survival function at
     * distance times the root of n m / (n + m).
     *
     * @param distance 0 to 1
     * @param n cases of the one sample, at least 1
     * @param m cases of the other one, at least 1
     * @return 0 to 1; NaN for a distance of NaN
     */
    public static double pValue(double distance, double n, double m) {
        return survival(distance * Math.sqrt(n * m / (n + m)));
    }

    /**
     * The probability that Kolmogorov's limit variable exceeds a value: 2 sum of (-1)^(k-1) exp(-2 k^2 x^2), for small values in the form
     * 1 - sqrt(2 pi) / x sum of exp(-(2 k - 1)^2 pi^2 / (8 x^2)), which converges faster there.
     *
     * @param value the value
     * @return 0 to 1; NaN for a value of NaN
     */
    public static double survival(double value) {
        if (!(value > 0)) {
            return Double.isNaN(value) ? Double.NaN : 1;
        }
        double sum = 0;
        for (int k = 1; k <= TERMS; k++) {
            if (value < SMALL) {
                double odd = 2 * k - 1;
                sum += Math.exp(-odd * odd * Math.PI * Math.PI / (8 * value * value));
            } else {
                sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * value * value);
            }
        }
        return value < SMALL ? 1 - Math.sqrt(2 * Math.PI) / value * sum : sum;
    }
}
