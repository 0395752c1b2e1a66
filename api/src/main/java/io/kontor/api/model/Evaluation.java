package io.kontor.api.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How good a model was on data it had not seen. Immutable.
 *
 * @param metrics by the field's names, for example {@code ndcg@10}; in a stable order
 * @param primary the metric by which models of the family are compared; a key of metrics
 * @param higherIsBetter the direction of the primary metric
 * @param cases on how many held-out cases it was measured (users, series, transactions)
 */
public record Evaluation(Map<String, Double> metrics, String primary, boolean higherIsBetter, long cases) {

    /** Checks that the primary metric is there. */
    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        if (!metrics.containsKey(Objects.requireNonNull(primary, "primary"))) {
            throw new IllegalArgumentException("metrics do not contain the primary metric " + primary);
        }
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
