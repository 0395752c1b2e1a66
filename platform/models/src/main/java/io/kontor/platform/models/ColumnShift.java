package io.kontor.platform.models;

import io.kontor.api.metric.ChiSquare;
import io.kontor.api.metric.KolmogorovSmirnov;
import io.kontor.api.metric.PopulationStability;
import java.util.Arrays;

/**
 * How far a column has moved from its reference. Immutable.
 *
 * @param index the population stability index over groups of about a tenth of the reference, and missing values
 * @param excess by how much the index exceeds what chance makes of it on average when nothing has changed
 * @param distance of numbers, the greatest distance of the cumulative shares of those that are there; NaN of categories
 * @param distanceProbability how probable so great a distance is by chance (Smirnov's test); NaN of categories
 * @param sharesProbability how probable such shares of the groups are by chance (Pearson's test)
 */
public record ColumnShift(double index, double excess, double distance, double distanceProbability, double sharesProbability) {

    /** Where fewer cases are expected, groups go together for the test (Cochran 1954). */
    private static final double FEWEST_EXPECTED = 5;

    /**
     * Compares.
     *
     * @param reference the reference
     * @param now counts in its bins
     * @return the shift; of NaN when one side has no cases
     */
    public static ColumnShift of(ColumnProfile reference, double[] now) {
        double[][] groups = pooled(reference.grouped(reference.counts()), reference.grouped(now));
        double cases = Arrays.stream(groups[0]).sum();
        double others = Arrays.stream(groups[1]).sum();
        double index = PopulationStability.index(groups[0], groups[1]);
        int used = 0;
        for (int i = 0; i < groups[0].length; i++) {
            used += groups[0][i] + groups[1][i] > 0 ? 1 : 0;
        }
        double excess = index - Math.max(0, used - 1) * (1 / cases + 1 / others);
        double distance = Double.NaN;
        double probability = Double.NaN;
        if (reference.kind() == ColumnProfile.Kind.NUMBER) {
            double[] present = Arrays.copyOf(reference.counts(), reference.bins() - 1);
            double[] presentNow = Arrays.copyOf(now, now.length - 1);
            distance = KolmogorovSmirnov.distanceOfCounts(present, presentNow);
            probability = KolmogorovSmirnov.pValue(distance, Arrays.stream(present).sum(), Arrays.stream(presentNow).sum());
        }
        return new ColumnShift(index, excess, distance, probability, ChiSquare.pValue(groups[0], groups[1]));
    }

    /** Groups of which few cases are expected become one, but for the missing values. */
    private static double[][] pooled(double[] reference, double[] now) {
        double share = Arrays.stream(now).sum() / Arrays.stream(reference).sum();
        int last = reference.length - 1;
        double[][] pooled = new double[2][reference.length + 1];
        int at = 0;
        for (int i = 0; i < last; i++) {
            int to = reference[i] * share < FEWEST_EXPECTED ? last : at++;
            pooled[0][to] += reference[i];
            pooled[1][to] += now[i];
        }
        pooled[0][last + 1] = reference[last];
        pooled[1][last + 1] = now[last];
        return pooled;
    }
}
