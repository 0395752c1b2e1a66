package io.kontor.platform.models.internal;

import io.kontor.api.metric.BinaryScores;
import io.kontor.api.metric.Bootstrap;
import io.kontor.api.metric.Curve;
import io.kontor.api.metric.Difference;
import io.kontor.api.metric.Interval;
import io.kontor.api.metric.Statistic;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;

/**
 * What is measured of one model on the held-out cases. From what each case gives, kept in primitive arrays, come the metrics over all cases,
 * their intervals and the metrics of slices, without asking the model again. For one thread.
 */
final class Measures {

    private static final double LEVEL = 0.95;
    private static final long SEED = 1;
    private static final int FEWEST = 200;
    private static final int CUSTOMARY = 1_000;
    /** Cases drawn for all intervals of a metric together, so that a hundred thousand cases take no longer than a few seconds. */
    private static final int DRAWN = 20_000_000;

    private final String primary;
    private final boolean higherIsBetter;
    private final int cases;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Double> whole = new LinkedHashMap<>();
    private final Map<String, Curve> curves = new LinkedHashMap<>();

    /** A metric over any of the cases. */
    @FunctionalInterface
    interface Measure {

        /**
         * The metric over some cases.
         *
         * @param chosen indices of cases
         * @return the statistic over them, in their order
         */
        Statistic over(int[] chosen);
    }

    private record Entry(Measure measure, boolean sampled) {
    }

    Measures(String primary, boolean higherIsBetter, int cases) {
        this.primary = primary;
        this.higherIsBetter = higherIsBetter;
        this.cases = cases;
    }

    static Measure mean(double[] values) {
        return chosen -> Statistic.mean(gathered(values, chosen));
    }

    static Measure ratio(double[] numerators, double[] denominators) {
        return chosen -> Statistic.ratio(gathered(numerators, chosen), gathered(denominators, chosen));
    }

    /** A measure of another's values. */
    static Measure mapped(Measure measure, DoubleUnaryOperator operator) {
        return chosen -> {
            Statistic statistic = measure.over(chosen);
            return weights -> operator.applyAsDouble(statistic.of(weights));
        };
    }

    private static double[] gathered(double[] values, int[] chosen) {
        double[] gathered = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            gathered[i] = values[chosen[i]];
        }
        return gathered;
    }

    /** Scores of cases, sorted once for all measures over the same cases. */
    static final class Scored {

        private final double[] scores;
        private final boolean[] positive;
        private int[] last;
        private BinaryScores sorted;

        Scored(double[] scores, boolean[] positive) {
            this.scores = scores;
            this.positive = positive;
        }

        BinaryScores over(int[] chosen) {
            if (last != chosen) {
                boolean[] truths = new boolean[chosen.length];
                for (int i = 0; i < chosen.length; i++) {
                    truths[i] = positive[chosen[i]];
                }
                sorted = BinaryScores.of(gathered(scores, chosen), truths);
                last = chosen;
            }
            return sorted;
        }

        Measure measure(ToDoubleBiFunction<BinaryScores, double[]> metric) {
            return chosen -> {
                BinaryScores over = over(chosen);
                return weights -> metric.applyAsDouble(over, weights);
            };
        }
    }

    /** A metric with an interval. */
    Measures add(String name, Measure measure) {
        entries.put(name, new Entry(measure, true));
        return this;
    }

    /** A metric of all cases and of slices of which no interval is told. */
    Measures addUnsure(String name, Measure measure) {
        entries.put(name, new Entry(measure, false));
        return this;
    }

    /** A metric of all cases together only. */
    Measures addWhole(String name, double value) {
        whole.put(name, value);
        return this;
    }

    Measures addCurve(String name, Curve curve) {
        if (curve.x().length > 0) {
            curves.put(name, curve);
        }
        return this;
    }

    private static Bootstrap bootstrap(int cases, double level) {
        return new Bootstrap(Math.max(FEWEST, Math.min(CUSTOMARY, DRAWN / Math.max(1, cases))), level, SEED);
    }

    /** By how much one model's primary metric exceeds another's on the same cases. */
    static Difference difference(int cases, Statistic one, Statistic other, double level) {
        return bootstrap(cases, level).difference(cases, one, other);
    }

    /**
     * Metrics, intervals and slices.
     *
     * @param slicing how the cases are parted
     * @return the judgement
     */
    FamilyEvaluation.Judgement judgement(Slicing slicing) {
        int[] all = new int[cases];
        Arrays.setAll(all, i -> i);
        Map<String, Statistic> statistics = new LinkedHashMap<>();
        entries.forEach((name, entry) -> statistics.put(name, entry.measure.over(all)));
        Map<String, Double> metrics = values(statistics, cases);
        whole.forEach((name, value) -> {
            if (!Double.isNaN(value)) {
                metrics.put(name, value);
            }
        });
        List<String> sampled = metrics.keySet().stream().filter(name -> entries.containsKey(name) && entries.get(name).sampled).toList();
        Map<String, Interval> intervals = intervals(sampled, statistics, cases);
        List<Slice> slices = new ArrayList<>();
        for (Slicing.Part part : slicing.parts()) {
            Map<String, Statistic> own = new LinkedHashMap<>();
            entries.forEach((name, entry) -> own.put(name, entry.measure.over(part.cases())));
            Map<String, Double> values = values(own, part.cases().length);
            if (!values.get(primary).isNaN()) {
                slices.add(new Slice(part.dimension(), part.segment(), part.cases().length, values,
                        intervals(List.of(primary), own, part.cases().length)));
            }
        }
        return new FamilyEvaluation.Judgement(new Evaluation(metrics, primary, higherIsBetter, cases, intervals, slices, curves), cases,
                statistics.get(primary));
    }

    /** Those that are defined, and the primary one. */
    private Map<String, Double> values(Map<String, Statistic> statistics, int size) {
        double[] ones = new double[size];
        Arrays.fill(ones, 1);
        Map<String, Double> values = new LinkedHashMap<>();
        statistics.forEach((name, statistic) -> {
            double value = statistic.of(ones);
            if (!Double.isNaN(value) || name.equals(primary)) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static Map<String, Interval> intervals(List<String> names, Map<String, Statistic> statistics, int size) {
        Interval[] found = bootstrap(size, LEVEL).intervals(size, names.stream().map(statistics::get).toArray(Statistic[]::new));
        Map<String, Interval> intervals = new LinkedHashMap<>();
        for (int i = 0; i < found.length; i++) {
            if (!Double.isNaN(found[i].low())) {
                intervals.put(names.get(i), found[i]);
            }
        }
        return intervals;
    }
}
