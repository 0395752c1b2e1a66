package io.kontor.platform.data.internal;

import io.kontor.api.data.ColumnBatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Some rows of a table column by column. Filled again for each batch; for one thread. */
final class RowBatch implements ColumnBatch {

    /** How many rows a batch has at most. */
    static final int CAPACITY = 4_096;

    private final List<Column> columns;
    private final String entity;
    private final Map<String, Object> arrays = new HashMap<>();
    private final Object[] byIndex;
    private final boolean attributes;
    private final String[] json;
    private Map<String, String>[] parsed;
    private int size;

    /**
     * An empty batch.
     *
     * @param entity what the rows are, for messages
     * @param columns the columns in the order of the query
     * @param attributes whether the query has attributes behind them
     */
    RowBatch(String entity, List<Column> columns, boolean attributes) {
        this.entity = entity;
        this.columns = columns;
        this.attributes = attributes;
        this.byIndex = new Object[columns.size()];
        this.json = attributes ? new String[CAPACITY] : null;
        for (int i = 0; i < byIndex.length; i++) {
            Column column = columns.get(i);
            byIndex[i] = column.kind().text() ? new String[CAPACITY] : column.kind().number() ? new double[CAPACITY] : new long[CAPACITY];
            arrays.put(column.name(), byIndex[i]);
        }
    }

    void clear() {
        size = 0;
        parsed = null;
    }

    /** Takes rows out; the others move up. */
    void remove(BitSet rows) {
        int kept = 0;
        for (int row = rows.nextClearBit(0); row < size; row = rows.nextClearBit(row + 1)) {
            for (Object array : byIndex) {
                System.arraycopy(array, row, array, kept, 1);
            }
            if (attributes) {
                json[kept] = json[row];
            }
            kept++;
        }
        size = kept;
    }

    boolean full() {
        return size == CAPACITY;
    }

    /** Adds the row at which a result stands; its first column is at an index of the result. */
    void add(ResultSet row, int first) throws SQLException {
        for (int i = 0; i < byIndex.length; i++) {
            Object array = byIndex[i];
            if (array instanceof String[] texts) {
                texts[size] = row.getString(first + i);
            } else if (array instanceof double[] numbers) {
                double number = row.getDouble(first + i);
                numbers[size] = row.wasNull() ? Double.NaN : number;
            } else {
                long time = row.getLong(first + i);
                ((long[]) array)[size] = row.wasNull() ? Long.MIN_VALUE : time;
            }
        }
        if (attributes) {
            json[size] = row.getString(first + byIndex.length);
        }
        size++;
    }

    /** Adds a row that was put together by hand, in the order of the columns. */
    void add(Object... values) {
        for (int i = 0; i < byIndex.length; i++) {
            if (byIndex[i] instanceof String[] texts) {
                texts[size] = (String) values[i];
            } else if (byIndex[i] instanceof double[] numbers) {
                numbers[size] = (Double) values[i];
            } else {
                ((long[]) byIndex[i])[size] = (Long) values[i];
            }
        }
        size++;
    }

    /**
     * Takes a row's label away when it became known at or after a moment.
     *
     * @return whether it did
     */
    boolean hideLaterLabel(int row, long moment) {
        if (arrays.get("labelTime") instanceof long[] known && arrays.get("label") instanceof String[] labels && known[row] >= moment) {
            known[row] = Long.MIN_VALUE;
            labels[row] = null;
            return true;
        }
        return false;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String[] texts(String column) {
        if (attributes && Attributes.named(column)) {
            String name = column.substring(Attributes.PREFIX.length());
            String[] texts = new String[size];
            Arrays.setAll(texts, row -> parsed(row).get(name));
            return texts;
        }
        if (arrays.get(column) instanceof String[] texts) {
            return texts;
        }
        throw missing(column, "texts");
    }

    @Override
    public double[] numbers(String column) {
        if (attributes && Attributes.named(column)) {
            String name = column.substring(Attributes.PREFIX.length());
            double[] numbers = new double[size];
            Arrays.setAll(numbers, row -> {
                String text = parsed(row).get(name);
                return text == null ? Double.NaN : Numbers.parse(text);
            });
            return numbers;
        }
        if (arrays.get(column) instanceof double[] numbers) {
            return numbers;
        }
        throw missing(column, "numbers");
    }

    @Override
    public long[] times(String column) {
        if (arrays.get(column) instanceof long[] times) {
            return times;
        }
        throw missing(column, "times");
    }

    @Override
    public SortedSet<String> attributes() {
        SortedSet<String> names = new TreeSet<>();
        for (int row = 0; attributes && row < size; row++) {
            parsed(row).keySet().forEach(name -> names.add(Attributes.PREFIX + name));
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> parsed(int row) {
        if (parsed == null) {
            parsed = (Map<String, String>[]) new Map<?, ?>[size];
        }
        if (parsed[row] == null) {
            parsed[row] = Attributes.read(json[row]);
        }
        return parsed[row];
    }

    private IllegalArgumentException missing(String column, String kind) {
        return new IllegalArgumentException(entity + " have no column " + column + " of " + kind + "; they have "
                + columns.stream().map(Column::name).toList());
    }
}
