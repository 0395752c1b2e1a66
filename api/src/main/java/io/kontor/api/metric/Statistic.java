package io.kontor.api.metric;

import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A measure over cases as a function of how much each case weighs. With all weights 1 it is the measure itself; with the weights being how
 * often each case was drawn it is the measure of a resample, which is what {@link Bootstrap} asks for, so that nothing is copied. Called by one
 * thread, some hundred times; must neither change nor keep the array. NaN where the measure is undefined.
 */
@ConsumerType
@FunctionalInterface
public interface Statistic {

    /**
     * The measure.
     *
     * @param weights one a case, at least 0
     * @return its value, or NaN
     */
    double of(double[] weights);

    /**
     * The weighted mean.
     *
     * @param values one a case; a NaN is a case about which nothing is known, which is left out; not copied
     * @return the statistic; NaN when the cases that are known weigh nothing
     */
    static Statistic mean(double[] values) {
        Objects.requireNonNull(values, "values");
        return weights -> {
            double sum = 0;
            double total = 0;
            for (int i = 0; i < values.length; i++) {
                double value = values[i];
                if (value == value) {
                    sum += weights[i] * value;
                    total += weights[i];
                }
            }
            return total > 0 ? sum / total : Double.NaN;
        };
    }

    /**
     * The ratio of two weighted sums, for example of absolute errors and of units sold.
     *
     * @param numerators one a case; not copied
     * @param denominators one a case; not copied
     * @return the statistic; NaN when the lower sum is 0
     * @throws IllegalArgumentException when the lengths differ
     */
    static Statistic ratio(double[] numerators, double[] denominators) {
        if (numerators.length != denominators.length) {
            throw new IllegalArgumentException(numerators.length + " numerators and " + denominators.length + " denominators");
        }
        return weights -> {
            double upper = 0;
            double lower = 0;
            for (int i = 0; i < numerators.length; i++) {
                upper += weights[i] * numerators[i];
                lower += weights[i] * denominators[i];
            }
            return lower == 0 ? Double.NaN : upper / lower;
        };
    }
}
