package io.kontor.platform.data.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fills missing numbers with those that the same product had in the rows before. Holds a value a column and product. For one thread. */
final class LastValues {

    private final List<Column> columns;
    private final boolean products;
    private final Map<String, Map<String, Double>> last = new HashMap<>();

    LastValues(List<Column> columns, Records records) {
        this.columns = columns;
        this.products = records.indexOf("productId") >= 0;
        columns.forEach(column -> last.put(column.name(), new HashMap<>()));
    }

    void fill(RowBatch batch) {
        for (Column column : columns) {
            Map<String, Double> known = last.get(column.name());
            double[] numbers = batch.numbers(column.name());
            String[] keys = products ? batch.texts("productId") : null;
            for (int row = 0; row < batch.size(); row++) {
                String key = keys == null || keys[row] == null ? "" : keys[row];
                if (Double.isNaN(numbers[row])) {
                    numbers[row] = known.getOrDefault(key, Double.NaN);
                } else {
                    known.put(key, numbers[row]);
                }
            }
        }
    }
}
