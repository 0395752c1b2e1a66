package io.kontor.platform.admin.internal.models;

import io.kontor.api.metric.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Values with their intervals on one small scale, to be seen beside each other. The scale holds all of them and a little room.
 *
 * @param marks one a value, in the order in which they were given
 */
public record Ranges(List<Mark> marks) {

    private static final double ROOM = 0.06;

    /**
     * A value on the scale.
     *
     * @param look its class
     * @param low where its interval begins, in percent of the scale
     * @param high where its interval ends
     * @param at where it stands
     */
    public record Mark(String look, String low, String high, String at) {
    }

    /**
     * A value still to be put on a scale.
     *
     * @param look its class
     * @param value the value; null or NaN for none
     * @param interval where its true value lies; null when unknown
     */
    record Given(String look, Double value, Interval interval) {

        boolean known() {
            return value != null && Double.isFinite(value);
        }

        double low() {
            return interval == null ? value : Math.min(interval.low(), value);
        }

        double high() {
            return interval == null ? value : Math.max(interval.high(), value);
        }
    }

    static Ranges of(Given... all) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Given given : all) {
            if (given.known()) {
                low = Math.min(low, given.low());
                high = Math.max(high, given.high());
            }
        }
        double room = high > low ? (high - low) * ROOM : 1;
        List<Mark> marks = new ArrayList<>();
        for (Given given : all) {
            if (given.known()) {
                marks.add(new Mark(given.look(), percent(given.low(), low - room, high + room), percent(given.high(), low - room, high + room),
                        percent(given.value(), low - room, high + room)));
            }
        }
        return new Ranges(marks);
    }

    private static String percent(double value, double low, double high) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * (value - low) / (high - low));
    }
}
