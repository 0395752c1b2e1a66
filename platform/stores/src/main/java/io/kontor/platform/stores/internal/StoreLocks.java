package io.kontor.platform.stores.internal;

/** A lock for each store, out of a fixed number of locks, so that deleted stores leave none behind. Two stores may share one. */
final class StoreLocks {

    private static final int COUNT = 256;

    private final Object[] locks = new Object[COUNT];

    StoreLocks() {
        for (int i = 0; i < COUNT; i++) {
            locks[i] = new Object();
        }
    }

    Object of(String store) {
        return locks[Math.floorMod(store.hashCode(), COUNT)];
    }
}
