package io.kontor.api.feature;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import java.util.List;
import java.util.function.Consumer;

/** The rows of a snapshot as features read them. */
public final class StoreRows {

    private static final String ATTRIBUTE = "attr.";

    private StoreRows() {
    }

    /**
     * Streams the rows of an entity in the order of time.
     *
     * @param data the snapshot or a window of it
     * @param entity an entity whose rows have a {@code time}
     * @param columns what to read of them, as {@link FeatureSet#columns} gives it
     * @param each gets one row after the other, to be looked at during the call only
     * @throws IllegalArgumentException when the entity has no such column
     */
    public static void each(Snapshot data, Entity entity, List<Column> columns, Consumer<Row> each) {
        data.read(entity, batch -> {
            Cursor cursor = new Cursor(batch, columns);
            for (cursor.row = 0; cursor.row < batch.size(); cursor.row++) {
                each.accept(cursor);
            }
        });
    }

    /** A row of a batch; an attribute that no row of the batch has is missing. */
    private static final class Cursor implements Row {

        private final long[] times;
        private final double[][] numbers;
        private final String[][] texts;
        private final long[][] moments;
        private int row;

        Cursor(ColumnBatch batch, List<Column> columns) {
            times = batch.times("time");
            numbers = new double[columns.size()][];
            texts = new String[columns.size()][];
            moments = new long[columns.size()][];
            for (int c = 0; c < columns.size(); c++) {
                String name = columns.get(c).name();
                boolean attribute = name.startsWith(ATTRIBUTE);
                if (!attribute || batch.attributes().contains(name)) {
                    switch (columns.get(c).type()) {
                        case NUMBER -> numbers[c] = batch.numbers(name);
                        case TEXT -> texts[c] = batch.texts(name);
                        case MOMENT -> {
                            texts[c] = attribute ? batch.texts(name) : null;
                            moments[c] = attribute ? null : batch.times(name);
                        }
                        default -> throw new IllegalArgumentException("no such type: " + columns.get(c));
                    }
                }
            }
        }

        @Override
        public long time() {
            return times[row];
        }

        @Override
        public double number(int column) {
            return numbers[column] == null ? Double.NaN : numbers[column][row];
        }

        @Override
        public String text(int column) {
            return texts[column] == null || texts[column][row] == null ? "" : texts[column][row];
        }

        @Override
        public long moment(int column) {
            return moments[column] == null ? Moments.of(text(column)) : moments[column][row];
        }
    }
}
