package io.kontor.api.model;

import io.kontor.api.feature.LeakSuspect;
import io.kontor.api.metric.Curve;
import io.kontor.api.metric.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How good a model was on data it had not seen. Immutable.
 *
 * @param metrics by the field's names, for example {@code ndcg@10}; in a stable order
 * @param primary the metric by which models of the family are compared; a key of metrics
 * @param higherIsBetter the direction of the primary metric
 * @param cases on how many held-out cases it was measured (users, series, transactions)
 * @param intervals by metric, where its true value lies; without those metrics of which that cannot be told; may be empty
 * @param slices the same metrics over parts of the cases, dimension by dimension; may be empty
 * @param curves by name, for example {@code roc}, {@code pr} and {@code reliability} as {@link io.kontor.api.metric.BinaryScores} gives
 *     them; may be empty
 * @param suspects features that alone told the labels apart in training, so that the metrics may be too good to be true; may be empty
 */
public record Evaluation(Map<String, Double> metrics, String primary, boolean higherIsBetter, long cases, Map<String, Interval> intervals,
        List<Slice> slices, Map<String, Curve> curves, List<LeakSuspect> suspects) {

    /** Checks that the primary metric is there. */
    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
        slices = List.copyOf(slices);
        curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
        suspects = List.copyOf(suspects);
        if (!metrics.containsKey(Objects.requireNonNull(primary, "primary"))) {
            throw new IllegalArgumentException("metrics do not contain the primary metric " + primary);
        }
    }

    /**
     * An evaluation of metrics alone.
     *
     * @param metrics by the field's names
     * @param primary a key of metrics
     * @param higherIsBetter the direction of the primary metric
     * @param cases on how many held-out cases it was measured
     */
    public Evaluation(Map<String, Double> metrics, String primary, boolean higherIsBetter, long cases) {
        this(metrics, primary, higherIsBetter, cases, Map.of(), List.of(), Map.of());
    }

    /**
     * An evaluation of a model without suspected features.
     *
     * @param metrics by the field's names
     * @param primary a key of metrics
     * @param higherIsBetter the direction of the primary metric
     * @param cases on how many held-out cases it was measured
     * @param intervals by metric
     * @param slices dimension by dimension
     * @param curves by name
     */
    public Evaluation(Map<String, Double> metrics, String primary, boolean higherIsBetter, long cases, Map<String, Interval> intervals,
            List<Slice> slices, Map<String, Curve> curves) {
        this(metrics, primary, higherIsBetter, cases, intervals, slices, curves, List.of());
    }

    /**
     * The same evaluation of a model with suspected features.
     *
     * @param found the suspects
     * @return a copy
     */
    public Evaluation suspecting(List<LeakSuspect> found) {
        return new Evaluation(metrics, primary, higherIsBetter, cases, intervals, slices, curves, found);
    }

    /**
     * The value of the primary metric.
     *
     * @return its value
     */
    public double score() {
        return metrics.get(primary);
    }

    /**
     * Whether this evaluation beats another one of the same primary metric.
     *
     * @param other the one to beat
     * @return true when strictly better
     */
    public boolean betterThan(Evaluation other) {
        if (!primary.equals(other.primary)) {
            throw new IllegalArgumentException("cannot compare " + primary + " with " + other.primary);
        }
        return higherIsBetter ? score() > other.score() : score() < other.score();
    }
}
