package io.kontor.api.model;

import io.kontor.api.metric.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How good a model was on a part of the held-out cases, so that a model which is good on the whole and bad for some is found out. Immutable.
 *
 * @param dimension what the cases are parted by, for example {@code category}, {@code customer} or {@code product}
 * @param segment which part, for example the name of a category, or {@code new} and {@code known}
 * @param cases how many held-out cases it has
 * @param metrics by the names of the whole evaluation, in a stable order; those that are defined for the part
 * @param intervals by metric, where its true value lies; without those metrics of which that is not told
 */
public record Slice(String dimension, String segment, long cases, Map<String, Double> metrics, Map<String, Interval> intervals) {

    /** Copies the maps. */
    public Slice {
        Objects.requireNonNull(dimension, "dimension");
        Objects.requireNonNull(segment, "segment");
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
    }
}
