package io.kontor.recommend.sessionknn;

import java.util.Arrays;

/**
 * Deeds, the oldest first, grouped into sessions of at least two products, the newest session first. Products of a session are in the order of
 * their last deeds, those of one moment at one place. For one thread.
 */
final class Grouping {

    private static final double DAY_MILLIS = 86_400_000.0;

    private final int[] product;
    private final long[] time;
    private final int size;
    private final int products;
    private final long newest;
    private int[] keys = new int[0];

    /**
     * Deeds.
     *
     * @param product the product's index, by deed
     * @param time in milliseconds, by deed
     * @param size how many deeds
     * @param products how many products there are
     * @param newest the moment from which ages count; not before a deed
     */
    Grouping(int[] product, long[] time, int size, int products, long newest) {
        this.product = product;
        this.time = time;
        this.size = size;
        this.products = products;
        this.newest = newest;
    }

    /**
     * Groups them.
     *
     * @param key to which session each deed belongs, 0 to all - 1
     * @param all how many sessions there may be
     * @return the sessions
     */
    SessionLists sessions(int[] key, int all) {
        int[] starts = new int[all + 1];
        int[] order = grouped(key, starts);
        int[] byEnd = byEnd(order, starts);
        SessionLists lists = new SessionLists();
        keys = new int[all];
        int[] seen = new int[products];
        int[] kept = new int[Visits.MOST_PRODUCTS];
        int[] rows = new int[Visits.MOST_PRODUCTS];
        for (int i = 0; i < all; i++) {
            int one = byEnd[i];
            int count = 0;
            for (int at = starts[one + 1] - 1; at >= starts[one] && count < Visits.MOST_PRODUCTS; at--) {
                if (seen[product[order[at]]] != i + 1) {
                    seen[product[order[at]]] = i + 1;
                    rows[count] = order[at];
                    kept[count++] = product[order[at]];
                }
            }
            if (count > 1) {
                keys[lists.size()] = one;
                lists.begin((float) ((newest - time[rows[0]]) / DAY_MILLIS));
                int place = 0;
                for (int k = count - 1; k >= 0; k--) {
                    place += k < count - 1 && time[rows[k]] > time[rows[k + 1]] ? 1 : 0;
                    lists.add(kept[k], place);
                }
            }
        }
        return lists;
    }

    /** The key of a session that was made last. */
    int key(int session) {
        return keys[session];
    }

    // Rows grouped by key, in their order within one: a counting sort.
    private int[] grouped(int[] key, int[] starts) {
        for (int row = 0; row < size; row++) {
            starts[key[row] + 1]++;
        }
        for (int k = 0; k + 1 < starts.length; k++) {
            starts[k + 1] += starts[k];
        }
        int[] next = starts.clone();
        int[] order = new int[size];
        for (int row = 0; row < size; row++) {
            order[next[key[row]]++] = row;
        }
        return order;
    }

    // Keys by their last row, the latest first.
    private static int[] byEnd(int[] order, int[] starts) {
        long[] ends = new long[starts.length - 1];
        for (int k = 0; k < ends.length; k++) {
            ends[k] = (long) -order[starts[k + 1] - 1] << 32 | k;
        }
        Arrays.sort(ends);
        int[] keys = new int[ends.length];
        for (int i = 0; i < ends.length; i++) {
            keys[i] = (int) ends[i];
        }
        return keys;
    }
}
