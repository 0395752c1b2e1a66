package io.kontor.platform.data.internal;

import java.util.Set;

/**
 * One column of an entity: its name in files and requests, its name in the database, and which values it takes.
 *
 * @param name as in the import files
 * @param sql as in the table
 * @param kind what it holds
 * @param required whether a row without it is refused
 * @param range which numbers it takes
 * @param choices the only texts it takes; empty for any
 */
record Column(String name, String sql, Kind kind, boolean required, Range range, Set<String> choices) {

    /** What a column holds, and how it is kept: texts as such, numbers as double, flags as 0 and 1, times as milliseconds. */
    enum Kind {
        /** A text that names something, at most 255 characters. */
        ID,
        /** Any other text, at most 100,000 characters. */
        TEXT,
        /** A finite number. */
        NUMBER,
        /** Yes or no. */
        FLAG,
        /** A moment, in milliseconds since 1970-01-01T00:00Z. */
        TIME,
        /** A day, as the milliseconds of its midnight UTC. */
        DATE;

        boolean text() {
            return this == ID || this == TEXT;
        }

        boolean number() {
            return this == NUMBER || this == FLAG;
        }

        boolean moment() {
            return this == TIME || this == DATE;
        }
    }

    /** Which numbers a column takes. */
    enum Range {
        /** Any finite number. */
        ANY("must be a number"),
        /** 0 or more. */
        NOT_NEGATIVE("must not be below 0"),
        /** More than 0. */
        POSITIVE("must be above 0"),
        /** Anything but 0. */
        NOT_ZERO("must not be 0");

        private final String demand;

        Range(String demand) {
            this.demand = demand;
        }

        String demand() {
            return demand;
        }

        boolean takes(double number) {
            return switch (this) {
                case ANY -> true;
                case NOT_NEGATIVE -> number >= 0;
                case POSITIVE -> number > 0;
                case NOT_ZERO -> number != 0;
            };
        }
    }

    static Column id(String name, String sql) {
        return new Column(name, sql, Kind.ID, false, Range.ANY, Set.of());
    }

    static Column text(String name, String sql) {
        return new Column(name, sql, Kind.TEXT, false, Range.ANY, Set.of());
    }

    static Column number(String name, String sql, Range range) {
        return new Column(name, sql, Kind.NUMBER, false, range, Set.of());
    }

    static Column flag(String name, String sql) {
        return new Column(name, sql, Kind.FLAG, false, Range.ANY, Set.of());
    }

    static Column time(String name, String sql) {
        return new Column(name, sql, Kind.TIME, false, Range.ANY, Set.of());
    }

    static Column date(String name, String sql) {
        return new Column(name, sql, Kind.DATE, false, Range.ANY, Set.of());
    }

    static Column choice(String name, String sql, String... choices) {
        return new Column(name, sql, Kind.ID, false, Range.ANY, Set.of(choices));
    }

    Column mandatory() {
        return new Column(name, sql, kind, true, range, choices);
    }
}
