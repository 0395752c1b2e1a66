package io.kontor.api.feature;

import java.util.List;

/**
 * The latest rows by each key, for aggregates over rows that come in the order of time: ask for a row's features, then {@link #add} it. Made
 * for training on a stream and for serving alike.
 *
 * <p>Memory is bounded and taken at once: of a row, its time and the columns that aggregates need are kept as numbers and hashes, about
 * 8 bytes each and 12 more a key, plus 24 a key for finding it; beyond the capacity the row that came first is forgotten. Of the rows of one
 * key the newest {@value #MOST_OF_A_KEY} are looked at. A row that comes late is put in its place; it may be forgotten together with the
 * rows that it stands behind. No text is kept. Safe for use by several threads.
 */
public final class RollingRows implements Earlier {

    /** How many earlier rows of a key count at most. */
    public static final int MOST_OF_A_KEY = 1_000;

    private final int capacity;
    private final int[] keyColumns;
    private final long[] widest;
    private final LongIndex[] newest;
    private final long[][] keys;
    /** By how many rows the one before of the same key came earlier (or, when it came late, later); 0 for none. */
    private final int[][] back;
    private final long[] times;
    private final double[][] numbers;
    private final long[][] hashes;
    private long next;

    /** A row that is kept. */
    private final class Kept implements EarlierRow {

        private int slot;

        @Override
        public long time() {
            return times[slot];
        }

        @Override
        public double number(int column) {
            return numbers[column][slot];
        }

        @Override
        public long hash(int column) {
            return hashes[column][slot];
        }
    }

    /**
     * No rows yet.
     *
     * @param set whose aggregates ask for rows
     * @param capacity how many rows are kept, from 1
     * @throws IllegalArgumentException when the capacity is smaller
     */
    public RollingRows(FeatureSet set, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, not " + capacity);
        }
        this.capacity = capacity;
        List<Column> columns = set.columns();
        List<Column> keyed = set.keys();
        keyColumns = keyed.stream().mapToInt(columns::indexOf).toArray();
        widest = new long[keyColumns.length];
        newest = new LongIndex[keyColumns.length];
        keys = new long[keyColumns.length][capacity];
        back = new int[keyColumns.length][capacity];
        times = new long[capacity];
        numbers = new double[columns.size()][];
        hashes = new long[columns.size()][];
        for (int k = 0; k < keyColumns.length; k++) {
            newest[k] = new LongIndex();
        }
        for (Feature feature : set.features()) {
            if (feature instanceof Feature.Aggregate aggregate) {
                int key = keyed.indexOf(new Column(aggregate.key(), Column.Type.TEXT));
                widest[key] = Math.max(widest[key], aggregate.window().toMillis());
                if (aggregate.stat().reads() == Column.Type.NUMBER) {
                    numbers[columns.indexOf(new Column(aggregate.column(), Column.Type.NUMBER))] = new double[capacity];
                } else if (aggregate.stat().reads() == Column.Type.TEXT) {
                    hashes[columns.indexOf(new Column(aggregate.column(), Column.Type.TEXT))] = new long[capacity];
                }
            }
        }
    }

    /**
     * Keeps a row.
     *
     * @param row the row; not kept itself
     */
    public synchronized void add(Row row) {
        int slot = (int) (next % capacity);
        if (next >= capacity) {
            forget(slot);
        }
        times[slot] = row.time();
        for (int c = 0; c < numbers.length; c++) {
            if (numbers[c] != null) {
                numbers[c][slot] = row.number(c);
            }
            if (hashes[c] != null) {
                hashes[c][slot] = row.hash(c);
            }
        }
        next++;
        for (int k = 0; k < keyColumns.length; k++) {
            keys[k][slot] = row.hash(keyColumns[k]);
            back[k][slot] = 0;
            if (keys[k][slot] != 0) {
                link(k, slot);
            }
        }
    }

    private void forget(int slot) {
        for (int k = 0; k < keyColumns.length; k++) {
            if (keys[k][slot] != 0 && newest[k].get(keys[k][slot]) == slot) {
                newest[k].remove(keys[k][slot]);
            }
        }
    }

    private void link(int k, int slot) {
        int head = newest[k].get(keys[k][slot]);
        if (head < 0 || times[head] <= times[slot]) {
            back[k][slot] = head < 0 ? 0 : (int) (row(slot) - row(head));
            newest[k].put(keys[k][slot], slot);
            return;
        }
        int later = head;
        for (int at = before(k, later); at >= 0 && times[at] > times[slot]; at = before(k, later)) {
            later = at;
        }
        int behind = before(k, later);
        back[k][slot] = behind < 0 ? 0 : (int) (row(slot) - row(behind));
        back[k][later] = (int) (row(later) - row(slot));
    }

    // Which row lies in a slot, counted from the first ever.
    private long row(int slot) {
        long last = next - 1;
        return last - Math.floorMod(last - slot, capacity);
    }

    // The slot of the row before of the same key, -1 when there is none or it is forgotten.
    private int before(int k, int slot) {
        long earlier = row(slot) - back[k][slot];
        return back[k][slot] == 0 || earlier < next - capacity ? -1 : (int) (earlier % capacity);
    }

    @Override
    public synchronized void each(Row row, Visitor visitor) {
        Kept kept = new Kept();
        for (int k = 0; k < keyColumns.length; k++) {
            long key = row.hash(keyColumns[k]);
            int slot = key == 0 ? -1 : newest[k].get(key);
            int shown = 0;
            while (slot >= 0 && shown < MOST_OF_A_KEY && row.time() - times[slot] <= widest[k]) {
                if (times[slot] < row.time()) {
                    kept.slot = slot;
                    visitor.earlier(kept, 1L << k);
                    shown++;
                }
                slot = before(k, slot);
            }
        }
    }

    /**
     * How many rows are kept.
     *
     * @return 0 to the capacity
     */
    public synchronized int size() {
        return (int) Math.min(next, capacity);
    }
}
