package io.kontor.platform.admin.internal.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture over one axis, drawn by {@code part/chart.jte} in the shell's own look with a table beside it. Immutable but for its arrays,
 * which are not to be changed.
 *
 * @param title what it shows
 * @param axis what the axis is
 * @param labels one a place on an axis of labels; else empty
 * @param xLabel what stands below the axis
 * @param yLabel what stands beside it
 * @param x the places on the axis in rising order; seconds since 1970 for days
 * @param series what is drawn, from back to front
 * @param marks upright lines
 * @param close whether the upright axis begins near the least value, so that small differences show; else at zero
 */
public record Chart(String title, Axis axis, List<String> labels, String xLabel, String yLabel, double[] x, List<Series> series,
        List<Mark> marks, boolean close) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the lists and checks the shape. */
    public Chart {
        labels = List.copyOf(labels);
        series = List.copyOf(series);
        marks = List.copyOf(marks);
        for (Series each : series) {
            if (each.values().length != x.length) {
                throw new IllegalArgumentException("one value a place");
            }
        }
    }

    /**
     * A picture whose upright axis begins at zero.
     *
     * @param title what it shows
     * @param axis what the axis is
     * @param labels one a place on an axis of labels; else empty
     * @param xLabel what stands below the axis
     * @param yLabel what stands beside it
     * @param x the places on the axis in rising order; seconds since 1970 for days
     * @param series what is drawn, from back to front
     * @param marks upright lines
     */
    public Chart(String title, Axis axis, List<String> labels, String xLabel, String yLabel, double[] x, List<Series> series,
            List<Mark> marks) {
        this(title, axis, labels, xLabel, yLabel, x, series, marks, false);
    }

    /**
     * The same picture with small differences showing.
     *
     * @return a copy whose upright axis begins near the least value
     */
    public Chart closer() {
        return new Chart(title, axis, labels, xLabel, yLabel, x, series, marks, true);
    }

    /**
     * A picture over days or numbers.
     *
     * @param title what it shows
     * @param axis what the axis is
     * @param xLabel what stands below the axis
     * @param yLabel what stands beside it
     * @param x the places on the axis in rising order; seconds since 1970 for days
     * @param series what is drawn, from back to front
     * @param marks upright lines
     */
    public Chart(String title, Axis axis, String xLabel, String yLabel, double[] x, List<Series> series, List<Mark> marks) {
        this(title, axis, List.of(), xLabel, yLabel, x, series, marks);
    }

    /** What an axis is. */
    public enum Axis {
        /** Days in UTC. */
        DAYS,
        /** Numbers. */
        NUMBERS,
        /** Labels at the places 0, 1, 2, ... */
        LABELS
    }

    /** How a series is drawn. */
    public enum Look {
        /** A line. */
        LINE,
        /** A broken line. */
        DASHED,
        /** Points. */
        POINTS,
        /** Upright bars. */
        BARS,
        /** Upright bars left of their places. */
        LEFT_BARS,
        /** Upright bars right of their places, beside those of another series. */
        RIGHT_BARS,
        /** Upright bars that stand on those of the series before. */
        STACK,
        /** The upper edge of a band; the next series is the lower edge. */
        BAND_TOP,
        /** The lower edge of a band. */
        BAND_BOTTOM
    }

    /**
     * One series.
     *
     * @param name its name in the legend
     * @param look how it is drawn
     * @param values one a place; NaN leaves a gap
     * @param tone {@code good}, {@code warn} or {@code bad} for the colour that means so; empty for the next colour of charts
     */
    public record Series(String name, Look look, double[] values, String tone) {

        /**
         * A series in the next colour of charts.
         *
         * @param name its name in the legend
         * @param look how it is drawn
         * @param values one a place; NaN leaves a gap
         */
        public Series(String name, Look look, double[] values) {
            this(name, look, values, "");
        }
    }

    /**
     * An upright line.
     *
     * @param x where
     * @param label what it marks
     */
    public record Mark(double x, String label) {
    }

    /**
     * The place of a day on the axis.
     *
     * @param date the day
     * @return seconds since 1970
     */
    public static double day(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }

    /**
     * A place on the axis in words.
     *
     * @param i which
     * @param formats how
     * @return a date, a number or a label
     */
    public String xText(int i, Formats formats) {
        return switch (axis) {
            case LABELS -> labels.get(i);
            case DAYS -> formats.date(LocalDate.ofInstant(Instant.ofEpochSecond((long) x[i]), ZoneOffset.UTC));
            case NUMBERS -> formats.number(x[i], 2);
        };
    }

    /**
     * The description that {@code kontor.js} draws from.
     *
     * @return JSON; NaN as null
     */
    public String json() {
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("days", axis == Axis.DAYS);
        chart.put("xLabel", xLabel);
        chart.put("yLabel", yLabel);
        chart.put("labels", labels);
        chart.put("close", close);
        chart.put("x", x);
        List<Object> all = new ArrayList<>();
        for (Series each : series) {
            List<Double> values = new ArrayList<>(each.values().length);
            for (double value : each.values()) {
                values.add(Double.isFinite(value) ? value : null);
            }
            all.add(Map.of("name", each.name(), "look", each.look().name(), "values", values, "tone", each.tone()));
        }
        chart.put("series", all);
        chart.put("marks", marks);
        try {
            return JSON.writeValueAsString(chart);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
