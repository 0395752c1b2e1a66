package io.kontor.platform.rest.internal.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes metrics as Prometheus' text format 0.0.4 wants them: families one after the other, each with help and type, its samples together.
 * For one thread.
 */
public final class Exposition {

    /** The media type of the text. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder(16_384);
    private final Set<String> names = new HashSet<>();

    /** The kinds of metrics. */
    public enum Type {
        /** Only rises, but for a restart. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Counts by buckets. */
        HISTOGRAM
    }

    /** The samples of one metric. */
    public final class Family {

        private final String name;

        private Family(String name) {
            this.name = name;
        }

        /**
         * Writes a sample.
         *
         * @param value any double
         * @param labels names and values in turn
         * @return this family
         */
        public Family sample(double value, String... labels) {
            line(name, value, List.of(labels));
            return this;
        }

        /**
         * Writes a histogram.
         *
         * @param bounds upper bounds, rising
         * @param counts one more than bounds, each bucket by itself
         * @param sum of what was observed
         * @param labels names and values in turn
         * @return this family
         */
        public Family histogram(double[] bounds, long[] counts, double sum, String... labels) {
            long below = 0;
            for (int i = 0; i < counts.length; i++) {
                below += counts[i];
                List<String> more = new ArrayList<>(List.of(labels));
                more.add("le");
                more.add(i < bounds.length ? number(bounds[i]) : "+Inf");
                line(name + "_bucket", below, more);
            }
            line(name + "_sum", sum, List.of(labels));
            line(name + "_count", below, List.of(labels));
            return this;
        }
    }

    /**
     * Begins a metric.
     *
     * @param name its name; a counter's ends with {@code _total}
     * @param type its kind
     * @param help one sentence
     * @return to write its samples, before the next metric is begun
     */
    public Family family(String name, Type type, String help) {
        if (!names.add(name)) {
            throw new IllegalStateException("the metric " + name + " was written already");
        }
        text.append("# HELP ").append(name).append(' ').append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type.name().toLowerCase(Locale.ROOT)).append('\n');
        return new Family(name);
    }

    private void line(String name, double value, List<String> labels) {
        text.append(name);
        for (int i = 0; i < labels.size(); i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels.get(i)).append("=\"").append(escape(labels.get(i + 1))).append('"');
        }
        text.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }

    /**
     * Everything written so far.
     *
     * @return the text
     */
    public String text() {
        return text.toString();
    }
}
