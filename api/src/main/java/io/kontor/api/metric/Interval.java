package io.kontor.api.metric;

/**
 * Where the true value lies with some confidence. Immutable.
 *
 * @param low lower end; NaN together with the upper end when nothing can be said
 * @param high upper end
 * @param level the confidence, above 0 and below 1, for example 0.95
 */
public record Interval(double low, double high, double level) {

    /** Checks the order of the ends and the level. */
    public Interval {
        if (Double.isNaN(low) != Double.isNaN(high) || low > high) {
            throw new IllegalArgumentException("an interval cannot go from " + low + " to " + high);
        }
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level of an interval must be between 0 and 1, not " + level);
        }
    }

    /**
     * Whether a value lies inside, the ends included.
     *
     * @param value the value
     * @return true when inside; false when nothing can be said
     */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
