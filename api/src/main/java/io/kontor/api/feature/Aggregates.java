package io.kontor.api.feature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The aggregates of a set, key by key, as arrays. Immutable. */
final class Aggregates {

    private final int[] begins;
    private final Feature.Stat[] stats;
    private final int[] columns;
    private final int[] keyColumns;
    private final long[] windows;
    private final int[] values;
    private final long keys;
    private final boolean distinct;

    /**
     * A plan.
     *
     * @param set the features
     * @param offsets where the numbers of each feature begin
     */
    Aggregates(FeatureSet set, int[] offsets) {
        List<Column> all = set.columns();
        List<Column> keyed = set.keys();
        List<Integer> order = new ArrayList<>();
        for (int f = 0; f < set.features().size(); f++) {
            if (set.features().get(f) instanceof Feature.Aggregate) {
                order.add(f);
            }
        }
        order.sort(Comparator.comparingInt(f -> key(set, f, keyed)));
        int size = order.size();
        begins = new int[keyed.size() + 1];
        stats = new Feature.Stat[size];
        columns = new int[size];
        keyColumns = new int[size];
        windows = new long[size];
        values = new int[size];
        boolean any = false;
        for (int a = 0; a < size; a++) {
            Feature.Aggregate aggregate = (Feature.Aggregate) set.features().get(order.get(a));
            stats[a] = aggregate.stat();
            columns[a] = stats[a].reads() == null ? -1 : all.indexOf(new Column(aggregate.column(), stats[a].reads()));
            keyColumns[a] = all.indexOf(new Column(aggregate.key(), Column.Type.TEXT));
            windows[a] = aggregate.window().toMillis();
            values[a] = offsets[order.get(a)];
            begins[key(set, order.get(a), keyed) + 1] = a + 1;
            any |= stats[a] == Feature.Stat.DISTINCT;
        }
        distinct = any;
        keys = keyed.size() == Long.SIZE ? -1 : (1L << keyed.size()) - 1;
    }

    private static int key(FeatureSet set, int feature, List<Column> keyed) {
        return keyed.indexOf(new Column(((Feature.Aggregate) set.features().get(feature)).key(), Column.Type.TEXT));
    }

    int size() {
        return stats.length;
    }

    // A bit a key.
    long keys() {
        return keys;
    }

    // The first aggregate of a key; those of the last one end at the size.
    int begin(int key) {
        return begins[key];
    }

    Feature.Stat stat(int a) {
        return stats[a];
    }

    int column(int a) {
        return columns[a];
    }

    int keyColumn(int a) {
        return keyColumns[a];
    }

    long window(int a) {
        return windows[a];
    }

    // Where its figure goes.
    int value(int a) {
        return values[a];
    }

    boolean distinct() {
        return distinct;
    }
}
