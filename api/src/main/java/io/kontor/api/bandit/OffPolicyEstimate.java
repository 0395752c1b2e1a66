package io.kontor.api.bandit;

import io.kontor.api.metric.Interval;
import java.util.Objects;

/**
 * What a way to choose would have earned a case, judged from choices that were made otherwise. Immutable.
 *
 * @param value the mean reward; NaN when the logged choices say nothing
 * @param standardError of the value; NaN with fewer than two choices
 * @param interval where the true value lies, with room for a rare choice of much weight that was not seen yet; of NaN with fewer than two
 *     choices
 * @param effectiveSize the size of an evenly weighted sample that would say as much: (sum of weights)² / sum of squared weights (Kish, Survey
 *     sampling, 1965). Below about 50 the interval is too narrow to be believed
 * @param largestWeight the largest weight after clipping
 * @param clippedShare which share of the choices had their weight cut down, 0 to 1. Above 0 the value leans towards too little (for rewards
 *     of at least 0) or, doubly robust, towards the model
 */
public record OffPolicyEstimate(double value, double standardError, Interval interval, double effectiveSize, double largestWeight,
        double clippedShare) {

    /** Checks that the interval is not null. */
    public OffPolicyEstimate {
        Objects.requireNonNull(interval, "interval");
    }
}
