package io.kontor.platform.data.internal;

/**
 * Counts how often identities were met, by a hash of 64 bits, in a table of bounded size: identities beyond the first five million are
 * always new to it. Two identities of one hash are as rare as one in a million files of five million rows. For one thread.
 */
final class IdentitySet {

    private static final int MOST = 5_000_000;
    private static final int START = 1 << 12;

    private final ContentHash hash = new ContentHash();
    private long[] keys = new long[START];
    private int[] counts = new int[START];
    private int size;

    /** Notes an identity and says the how-many-th time it is. */
    int add(String identity) {
        long key = hash.reset().add(identity).first();
        int slot = slot(key);
        if (counts[slot] > 0) {
            return ++counts[slot];
        }
        if (size == MOST) {
            return 1;
        }
        keys[slot] = key;
        counts[slot] = 1;
        size++;
        if (size * 2L > keys.length) {
            grow();
        }
        return 1;
    }

    private int slot(long key) {
        int slot = (int) key & keys.length - 1;
        while (counts[slot] > 0 && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldCounts = counts;
        keys = new long[oldKeys.length * 2];
        counts = new int[oldKeys.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] > 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                counts[slot] = oldCounts[i];
            }
        }
    }
}
