package io.kontor.platform.data.internal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A row as it was written, sorted into the columns of its entity: texts, not yet understood. Reused from row to row; for one thread. */
final class RawRow {

    private final String[] values;
    private final SortedMap<String, String> attributes = new TreeMap<>();

    RawRow(Records records) {
        values = new String[records.columns().size()];
    }

    void clear() {
        Arrays.fill(values, null);
        attributes.clear();
    }

    /** Sets a column; an empty text is a missing value. */
    void set(int column, String value) {
        values[column] = value == null || value.isEmpty() ? null : value;
    }

    /** Sets an attribute by its name without the prefix. */
    void attribute(String name, String value) {
        if (value != null && !value.isEmpty()) {
            attributes.put(name, value);
        }
    }

    /** The text of a column; null when it is missing. */
    String value(int column) {
        return values[column];
    }

    /** What there is, by the names of the import files, cleaned so that any database keeps it. */
    Map<String, String> fields(Records records) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                fields.put(records.columns().get(i).name(), Texts.clean(values[i]));
            }
        }
        attributes.forEach((name, value) -> fields.put(Attributes.PREFIX + Texts.clean(name), Texts.clean(value)));
        return fields;
    }

    SortedMap<String, String> attributes() {
        return attributes;
    }
}
