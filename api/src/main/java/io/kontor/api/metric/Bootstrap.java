package io.kontor.api.metric;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How sure measures are that were taken on a sample of cases: the sample is drawn anew from itself, with replacement, and the measure taken
 * again (Efron, Bootstrap methods: another look at the jackknife, 1979). The interval is that of the percentiles (Efron and Tibshirani, An
 * introduction to the bootstrap, 1993, chapter 13), interpolated linearly between the sorted values (Hyndman and Fan, Sample quantiles in
 * statistical packages, 1996, definition 7). Several measures share the drawn samples, so that differences of two models on the same cases
 * are paired (Koehn, Statistical significance tests for machine translation evaluation, 2004).
 *
 * <p>What is resampled must be what is independent: customers rather than their order lines, products rather than their days. A measure that
 * grows with the number of different cases, such as the coverage of a catalogue, has no such interval.
 *
 * <p>Immutable. The same seed and cases give the same intervals, bit for bit. One resample costs a draw a case and one call of each
 * statistic; the memory is one array of weights and the values of each resample.
 *
 * @param resamples how many times, 10 to 1,000,000; 1,000 is customary
 * @param level the confidence, above 0 and below 1
 * @param seed the only source of randomness
 */
public record Bootstrap(int resamples, double level, long seed) {

    private static final int FEWEST = 10;
    private static final int MOST = 1_000_000;

    /** Checks the bounds. */
    public Bootstrap {
        if (resamples < FEWEST || resamples > MOST) {
            throw new IllegalArgumentException("resamples must be " + FEWEST + " to " + MOST + ", not " + resamples);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level must be between 0 and 1, not " + level);
        }
    }

    /**
     * The measures of the resamples. Empty arrays when there are no cases.
     *
     * @param cases how many cases there are, at least 0
     * @param statistics the measures
     * @return for each statistic its values, one a resample, in the order in which they were drawn
     */
    public double[][] samples(int cases, Statistic... statistics) {
        double[][] samples = new double[statistics.length][cases == 0 ? 0 : resamples];
        if (cases == 0) {
            return samples;
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] weights = new double[cases];
        for (int b = 0; b < resamples; b++) {
            Arrays.fill(weights, 0);
            for (int i = 0; i < cases; i++) {
                weights[random.nextInt(cases)]++;
            }
            for (int s = 0; s < statistics.length; s++) {
                samples[s][b] = statistics[s].of(weights);
            }
        }
        return samples;
    }

    /**
     * The intervals of some measures.
     *
     * @param cases how many cases there are, at least 0
     * @param statistics the measures
     * @return one a statistic; of NaN when there are fewer than 2 cases or the measure is undefined for more than half of the resamples.
     *     Other undefined values are left out
     */
    public Interval[] intervals(int cases, Statistic... statistics) {
        double[][] samples = samples(cases < 2 ? 0 : cases, statistics);
        Interval[] intervals = new Interval[statistics.length];
        for (int s = 0; s < intervals.length; s++) {
            intervals[s] = interval(samples[s]);
        }
        return intervals;
    }

    /**
     * By how much one model's measure exceeds another's, each resample judging both.
     *
     * @param cases how many cases both were measured on
     * @param one the measure of the first model
     * @param other the measure of the second one, over the same cases in the same order
     * @return the difference on all cases with its interval
     */
    public Difference difference(int cases, Statistic one, Statistic other) {
        double[] all = new double[cases];
        Arrays.fill(all, 1);
        Statistic difference = weights -> one.of(weights) - other.of(weights);
        return new Difference(difference.of(all), intervals(cases, difference)[0]);
    }

    private Interval interval(double[] samples) {
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        int known = sorted.length;
        while (known > 0 && Double.isNaN(sorted[known - 1])) {
            known--;
        }
        if (known == 0 || known * 2 < sorted.length) {
            return new Interval(Double.NaN, Double.NaN, level);
        }
        return new Interval(quantile(sorted, known, (1 - level) / 2), quantile(sorted, known, (1 + level) / 2), level);
    }

    private static double quantile(double[] sorted, int size, double share) {
        double at = share * (size - 1);
        int below = (int) at;
        int above = Math.min(below + 1, size - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
