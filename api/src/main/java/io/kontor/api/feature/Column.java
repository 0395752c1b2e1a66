package io.kontor.api.feature;

import java.util.Objects;

/**
 * A column that features read. Immutable.
 *
 * @param name as in the import files, for example {@code amount} or {@code attr.browser}
 * @param type as what it is read
 */
public record Column(String name, Type type) {

    /** As what a column is read. */
    public enum Type {
        /** Numbers; texts count as missing. */
        NUMBER,
        /** Texts; numbers count as missing. */
        TEXT,
        /** Moments: columns of times, and attributes that hold a date or time by ISO 8601. */
        MOMENT
    }

    /** Checks that there is a name. */
    public Column {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name");
        }
        Objects.requireNonNull(type, "type");
    }
}
