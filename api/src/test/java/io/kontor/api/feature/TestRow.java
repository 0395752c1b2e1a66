package io.kontor.api.feature;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A row of a test, with its label: Double, String and Long (for moments) by column name. */
record TestRow(List<Column> columns, long time, Map<String, Object> values, boolean positive, long known) implements Row {

    TestRow with(String column, Object value) {
        Map<String, Object> changed = new HashMap<>(values);
        changed.put(column, value);
        return new TestRow(columns, time, changed, positive, known);
    }

    TestRow labelled(boolean label, long since) {
        return new TestRow(columns, time, values, label, since);
    }

    TestRow at(long moment) {
        return new TestRow(columns, moment, values, positive, Math.max(known, moment));
    }

    @Override
    public double number(int column) {
        return values.get(columns.get(column).name()) instanceof Double number ? number : Double.NaN;
    }

    @Override
    public String text(int column) {
        return values.get(columns.get(column).name()) instanceof String text ? text : "";
    }
}
