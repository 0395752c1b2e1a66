package io.kontor.api.feature;

import java.util.Arrays;

/**
 * Maps hashes to small numbers: open addressing with linear probing, deletion by shifting back (Knuth, The Art of Computer Programming 3,
 * 1998, section 6.4, algorithm R). 0 is no key. For one thread.
 */
final class LongIndex {

    private static final int START = 16;

    private long[] keys = new long[START];
    private int[] values = new int[START];
    private int size;

    int size() {
        return size;
    }

    // The number of a key, -1 when there is none.
    int get(long key) {
        int at = slot(key, keys);
        return keys[at] == 0 ? -1 : values[at];
    }

    void put(long key, int value) {
        int at = slot(key, keys);
        if (keys[at] == 0) {
            keys[at] = key;
            size++;
        }
        values[at] = value;
        if (size * 2 > keys.length) {
            grow();
        }
    }

    void remove(long key) {
        int hole = slot(key, keys);
        if (keys[hole] == 0) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        for (int next = (hole + 1) & mask; keys[next] != 0; next = (next + 1) & mask) {
            int home = home(keys[next], mask);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
        }
        keys[hole] = 0;
    }

    // All keys, ascending.
    long[] sorted() {
        return Arrays.stream(keys).filter(key -> key != 0).sorted().toArray();
    }

    private void grow() {
        long[] wider = new long[keys.length * 2];
        int[] numbers = new int[wider.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                int at = slot(keys[i], wider);
                wider[at] = keys[i];
                numbers[at] = values[i];
            }
        }
        keys = wider;
        values = numbers;
    }

    private static int slot(long key, long[] keys) {
        int mask = keys.length - 1;
        int at = home(key, mask);
        while (keys[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private static int home(long key, int mask) {
        return (int) ((key * 0x9e3779b97f4a7c15L) >>> 32) & mask;
    }
}
