package io.kontor.api.metric;

import java.util.Objects;

/**
 * By how much one model's measure exceeds another's on the same cases. Immutable.
 *
 * @param value the first model's measure less the second's
 * @param interval where the true difference lies; see {@link Bootstrap#difference}
 */
public record Difference(double value, Interval interval) {

    /** Checks that the interval is not null. */
    public Difference {
        Objects.requireNonNull(interval, "interval");
    }

    /**
     * Tells a difference from noise.
     *
     * @return 1 when the whole interval lies above 0, -1 when it lies below, 0 when it holds 0 or nothing can be said
     */
    public int sign() {
        return interval.low() > 0 ? 1 : interval.high() < 0 ? -1 : 0;
    }
}
