package io.kontor.api.metric;

import java.util.Arrays;
import java.util.Comparator;

/** Probabilities of several tests at once, made greater so that the chance of even one alarm without cause stays what one test's would be. */
public final class MultipleTests {

    private MultipleTests() {
    }

    /**
     * The probabilities adjusted after Holm (A simple sequentially rejective multiple test procedure, 1979): the i-th smallest of k times
     * (k - i + 1), made to rise. Whatever depends on whatever, the chance that one of those without cause falls below a bound is at most the
     * bound.
     *
     * @param probabilities 0 to 1; NaN for a test that could not be made, which does not count
     * @return one for each, in their order, 0 to 1; NaN where NaN was given
     */
    public static double[] holm(double... probabilities) {
        Integer[] order = new Integer[probabilities.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
        int left = (int) Arrays.stream(probabilities).filter(p -> !Double.isNaN(p)).count();
        double[] adjusted = new double[probabilities.length];
        double least = 0;
        for (int i : order) {
            least = Math.max(least, Math.min(1, probabilities[i] * left--));
            adjusted[i] = Double.isNaN(probabilities[i]) ? Double.NaN : least;
        }
        return adjusted;
    }
}
