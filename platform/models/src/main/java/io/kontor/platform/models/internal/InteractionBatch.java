package io.kontor.platform.models.internal;

import io.kontor.api.data.ColumnBatch;
import java.io.DataInput;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

/** Some interactions column by column. Filled again for each batch; for one thread. */
final class InteractionBatch implements ColumnBatch {

    /** The columns of texts. */
    static final List<String> TEXTS = List.of("type", "customerId", "sessionId", "productId");

    private static final int CAPACITY = 4_096;

    private final long[] times = new long[CAPACITY];
    private final double[] values = new double[CAPACITY];
    private final String[][] texts = new String[TEXTS.size()][CAPACITY];
    private int size;

    /** Adds a row as it was written, but for the time, which is before it. */
    void read(long time, DataInput in) throws IOException {
        times[size] = time;
        values[size] = in.readDouble();
        for (String[] column : texts) {
            column[size] = in.readBoolean() ? in.readUTF() : null;
        }
        size++;
    }

    void takeBack() {
        size--;
    }

    void clear() {
        size = 0;
    }

    boolean full() {
        return size == CAPACITY;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String[] texts(String column) {
        int index = TEXTS.indexOf(column);
        if (index < 0) {
            throw missing(column, "texts");
        }
        return texts[index];
    }

    @Override
    public double[] numbers(String column) {
        if (!column.equals("value")) {
            throw missing(column, "numbers");
        }
        return values;
    }

    @Override
    public long[] times(String column) {
        if (!column.equals("time")) {
            throw missing(column, "times");
        }
        return times;
    }

    @Override
    public SortedSet<String> attributes() {
        return Collections.emptySortedSet();
    }

    private static IllegalArgumentException missing(String column, String kind) {
        return new IllegalArgumentException("interactions have no column " + column + " of " + kind
                + "; they have [time, type, customerId, sessionId, productId, value]");
    }
}
