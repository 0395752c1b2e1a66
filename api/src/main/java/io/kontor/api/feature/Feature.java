package io.kontor.api.feature;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * One definition of what a model looks at. Says what, not how: {@link #definition} holds all of it as plain texts, from which {@link #of}
 * makes an equal one. Immutable.
 */
public sealed interface Feature {

    /** How many numbers a feature may give at most. */
    int MOST_WIDE = 1 << 16;

    /** How a text of few different values becomes numbers. */
    enum Encoding {
        /** One number for each of the most frequent texts and one for all others; 1 for the one it is, 0 elsewhere. */
        ONE_HOT,
        /** One number a bucket, 1 in the bucket of the text's hash (Weinberger et al., Feature hashing, 2009, without signs). */
        HASHED,
        /**
         * By how much the log odds of the label among the rows of this text exceed those of all rows, to which they are drawn
         * (Micci-Barreca, A preprocessing scheme for high-cardinality categorical attributes, 2001), in tenths; 0 for texts of fewer than 20
         * labelled rows. In training a row gets what other rows' labels told strictly before its time
         * (Prokhorenkova et al., CatBoost: unbiased boosting with categorical features, 2018, ordered target statistics, the order being
         * time): its own label, labels of later rows and labels that became known later are out.
         */
        TARGET
    }

    /** What is told of a moment, in the store's time zone. */
    enum Part {
        /** Hour of the day with its fraction, 0 to below 24. */
        HOUR(24),
        /** Day of the week, 1 for Monday. */
        WEEKDAY(7),
        /** Month, 1 for January. */
        MONTH(12),
        /** Day of the year from 1. */
        DAY_OF_YEAR(365.25);

        private final double period;

        Part(double period) {
            this.period = period;
        }

        /**
         * After how much it begins anew.
         *
         * @return in its own unit
         */
        public double period() {
            return period;
        }
    }

    /** What is told of the earlier rows with the same key inside a window. All are missing when the row names no key. */
    enum Stat {
        /** How many. */
        COUNT,
        /** The sum of a number; 0 without any. */
        SUM,
        /** The mean of a number; missing without any. */
        MEAN,
        /** The least; missing without any. */
        MIN,
        /** The greatest; missing without any. */
        MAX,
        /** The row's own number divided by the mean of theirs; missing without any or when that mean is not above 0. */
        RATIO,
        /** How many different texts, that of the row itself included. */
        DISTINCT,
        /** Hours since the newest; missing without any. */
        HOURS_SINCE_LAST,
        /** Hours since the oldest; 0 without any. */
        HOURS_SINCE_FIRST;

        /**
         * As what the aggregated column is read.
         *
         * @return the type, or null when there is none
         */
        public Column.Type reads() {
            return switch (this) {
                case COUNT, HOURS_SINCE_LAST, HOURS_SINCE_FIRST -> null;
                case SUM, MEAN, MIN, MAX, RATIO -> Column.Type.NUMBER;
                case DISTINCT -> Column.Type.TEXT;
            };
        }
    }

    /**
     * A number.
     *
     * @param column of numbers
     * @param scaling how it is scaled
     */
    record Numeric(String column, Scaling scaling) implements Feature {

        /** Checks. */
        public Numeric {
            new Column(column, Column.Type.NUMBER);
            Objects.requireNonNull(scaling, "scaling");
        }

        @Override
        public List<Column> columns() {
            return List.of(new Column(column, Column.Type.NUMBER));
        }

        @Override
        public SortedMap<String, String> definition() {
            return Definition.parts("numeric", scaling, "column", column);
        }
    }

    /**
     * A text of which there are few different ones.
     *
     * @param column of texts
     * @param encoding how it becomes numbers
     * @param size how many texts of their own (ONE_HOT) or buckets (HASHED), 1 to {@value #MOST_WIDE} - 1; 1 for TARGET
     */
    record Category(String column, Encoding encoding, int size) implements Feature {

        /** Checks. */
        public Category {
            new Column(column, Column.Type.TEXT);
            if (size < 1 || size >= MOST_WIDE || encoding == Encoding.TARGET && size != 1) {
                throw new IllegalArgumentException("a category of " + size + " by " + encoding);
            }
        }

        @Override
        public List<Column> columns() {
            return List.of(new Column(column, Column.Type.TEXT));
        }

        @Override
        public SortedMap<String, String> definition() {
            return Definition.parts("category", Scaling.NONE, "column", column, "encoding", encoding.name(), "size", Integer.toString(size));
        }

        @Override
        public int width() {
            return encoding == Encoding.ONE_HOT ? size + 1 : size;
        }
    }

    /**
     * Whether two texts differ: 1 when they do, 0 when they are equal, missing when one of them is.
     *
     * @param column of texts
     * @param other of texts
     */
    record Differs(String column, String other) implements Feature {

        /** Checks. */
        public Differs {
            new Column(column, Column.Type.TEXT);
            new Column(other, Column.Type.TEXT);
        }

        @Override
        public List<Column> columns() {
            return List.of(new Column(column, Column.Type.TEXT), new Column(other, Column.Type.TEXT));
        }

        @Override
        public SortedMap<String, String> definition() {
            return Definition.parts("differs", Scaling.NONE, "column", column, "other", other);
        }
    }

    /**
     * A text that somebody wrote: its words in lower case, and runs of up to so many of them, counted in buckets by their hash; a bucket counted
     * c times gives (1 + log c) log(rows / rows that have the bucket) (Salton and Buckley, Term-weighting approaches in automatic text
     * retrieval, 1988). Chinese, which puts no spaces between words, goes by pairs of neighbouring characters.
     *
     * @param column of texts
     * @param buckets how many numbers it gives, 1 to {@value #MOST_WIDE}
     * @param grams how many words a run has at most, 1 to 3
     */
    record Text(String column, int buckets, int grams) implements Feature {

        /** Checks. */
        public Text {
            new Column(column, Column.Type.TEXT);
            if (buckets < 1 || buckets > MOST_WIDE || grams < 1 || grams > 3) {
                throw new IllegalArgumentException("a text of " + buckets + " buckets and runs of " + grams);
            }
        }

        @Override
        public List<Column> columns() {
            return List.of(new Column(column, Column.Type.TEXT));
        }

        @Override
        public SortedMap<String, String> definition() {
            return Definition.parts("text", Scaling.NONE, "column", column, "buckets", Integer.toString(buckets),
                    "grams", Integer.toString(grams));
        }

        @Override
        public int width() {
            return buckets;
        }
    }

    /**
     * A part of the row's own time.
     *
     * @param part which
     * @param cyclic as sine and cosine of its share of the period, so that the end lies beside the beginning; otherwise as it is
     */
    record Clock(Part part, boolean cyclic) implements Feature {

        /** Checks. */
        public Clock {
            Objects.requireNonNull(part, "part");
        }

        @Override
        public List<Column> columns() {
            return List.of();
        }

        @Override
        public SortedMap<String, String> definition() {
            return Definition.parts("clock", Scaling.NONE, "part", part.name(), "cyclic", Boolean.toString(cyclic));
        }

        @Override
        public int width() {
            return cyclic ? 2 : 1;
        }
    }

    /**
     * Hours from a moment to the row's own time; below 0 when the moment comes later.
     *
     * @param since of moments
     * @param scaling how it is scaled
     */
    record Age(String since, Scaling scaling) implements Feature {

        /** Checks. */
        public Age {
            new Column(since, Column.Type.MOMENT);
            Objects.requireNonNull(scaling, "scaling");
        }

        @Override
        public List<Column> columns() {
            return List.of(new Column(since, Column.Type.MOMENT));
        }

        @Override
        public SortedMap<String, String> definition() {
            return Definition.parts("age", scaling, "since", since);
        }
    }

    /**
     * A figure about the earlier rows that have a text in common with the row.
     *
     * @param stat which figure
     * @param key column of texts; rows without one have nothing in common
     * @param column what is aggregated; empty where the figure needs none
     * @param window how long before the row's time an earlier row still counts; from 1 ms
     * @param scaling how the figure is scaled
     */
    record Aggregate(Stat stat, String key, String column, Duration window, Scaling scaling) implements Feature {

        /** Checks. */
        public Aggregate {
            new Column(key, Column.Type.TEXT);
            if (column.isBlank() != (stat.reads() == null)) {
                throw new IllegalArgumentException(stat + (stat.reads() == null ? " needs no column" : " needs a column"));
            }
            if (window.toMillis() < 1) {
                throw new IllegalArgumentException("a window of " + window);
            }
            Objects.requireNonNull(scaling, "scaling");
        }

        @Override
        public List<Column> columns() {
            return stat.reads() == null ? List.of(new Column(key, Column.Type.TEXT))
                    : List.of(new Column(key, Column.Type.TEXT), new Column(column, stat.reads()));
        }

        @Override
        public SortedMap<String, String> definition() {
            return Definition.parts("aggregate", scaling, "stat", stat.name(), "key", key, "column", column, "window", window.toString());
        }
    }

    /**
     * Which columns it reads.
     *
     * @return without the row's time, which every row has
     */
    List<Column> columns();

    /**
     * All that it says, ready to be written as JSON.
     *
     * @return a text a part, by name; {@code kind} among them
     */
    SortedMap<String, String> definition();

    /**
     * How many numbers it gives.
     *
     * @return 1 to {@value #MOST_WIDE}
     */
    default int width() {
        return 1;
    }

    /**
     * How its numbers are scaled.
     *
     * @return NONE for features that have nothing to scale
     */
    default Scaling scaling() {
        return Scaling.NONE;
    }

    /**
     * The feature of a definition.
     *
     * @param parts what {@link #definition} gave
     * @return an equal feature
     * @throws IllegalArgumentException when it is none
     */
    static Feature of(Map<String, String> parts) {
        Definition from = new Definition(parts);
        return switch (from.text("kind")) {
            case "numeric" -> new Numeric(from.text("column"), from.scaling());
            case "category" -> new Category(from.text("column"), Encoding.valueOf(from.text("encoding")), from.count("size"));
            case "differs" -> new Differs(from.text("column"), from.text("other"));
            case "text" -> new Text(from.text("column"), from.count("buckets"), from.count("grams"));
            case "clock" -> new Clock(Part.valueOf(from.text("part")), Boolean.parseBoolean(from.text("cyclic")));
            case "age" -> new Age(from.text("since"), from.scaling());
            case "aggregate" -> new Aggregate(Stat.valueOf(from.text("stat")), from.text("key"), from.text("column"), from.span("window"),
                    from.scaling());
            default -> throw new IllegalArgumentException("no feature is of kind " + from.text("kind"));
        };
    }
}
