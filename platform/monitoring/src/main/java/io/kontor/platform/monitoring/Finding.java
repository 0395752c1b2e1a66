package io.kontor.platform.monitoring;

import io.kontor.platform.models.ColumnProfile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One thing that monitoring looked at. Immutable.
 *
 * @param kind what kind of thing
 * @param what which one: a column as {@code orders.unitPrice}, {@code predictions}, {@code outcomes}, or the name of a metric
 * @param state how it is
 * @param figures by name, in a stable order; without those that are undefined
 * @param reference how it was spread at the training; null where nothing is spread, or when only the figures are kept
 * @param now the counts of now in the bins of the reference; null with it
 */
public record Finding(Kind kind, String what, State state, Map<String, Double> figures, ColumnProfile reference, double[] now) {

    /** What kind of thing. */
    public enum Kind {
        /** The records that the plugin learns from. */
        INPUT,
        /** The answers of the model. */
        PREDICTION,
        /** What became of the answers. */
        OUTCOME,
        /** How good the model has been since its training. */
        QUALITY
    }

    /** How it is. */
    public enum State {
        /** As it was. */
        WELL,
        /** Somewhat changed; no problem. */
        CHANGED,
        /** A problem. */
        PROBLEM,
        /** There is not enough data yet to say. */
        TOO_LITTLE,
        /** It could not be looked at. */
        FAILED
    }

    /** Copies the figures. */
    public Finding {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(state, "state");
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /**
     * The same in another state.
     *
     * @param other the state
     * @return a copy
     */
    public Finding in(State other) {
        return new Finding(kind, what, other, figures, reference, now);
    }

    /**
     * The same without histograms.
     *
     * @return a copy
     */
    public Finding figuresOnly() {
        return new Finding(kind, what, state, figures, null, null);
    }
}
