package io.kontor.api.choice;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers names in the order in which they first come. Names are kept as bytes, one after the other, beside an open-addressing table of hashes
 * (Knuth 1998, section 6.4): where there are millions of them, what takes the time is how many places in memory are looked at. For one thread.
 */
final class NameNumbers {

    private static final int FIRST_ROOM = 1 << 10;
    private static final long NUMBER = 0xffff_ffffL;
    private static final int SPREAD = 0x9e37_79b9;

    private byte[] bytes = new byte[FIRST_ROOM * 8];
    // Where each name begins, and where the last one ends.
    private int[] starts = new int[FIRST_ROOM + 1];
    // A hash and, below it, one more than the number of a name; 0 where there is none. At most half of them are taken.
    private long[] slots = new long[2 * FIRST_ROOM];
    private int size;

    int size() {
        return size;
    }

    /**
     * The number of a name.
     *
     * @param name any text
     * @return 0 for the first name of all, and so on
     */
    int of(String name) {
        byte[] own = name.getBytes(StandardCharsets.UTF_8);
        int hash = name.hashCode() * SPREAD;
        int slot = first(hash);
        for (; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
            int number = (int) (slots[slot] & NUMBER) - 1;
            if ((int) (slots[slot] >>> Integer.SIZE) == hash
                    && Arrays.equals(bytes, starts[number], starts[number + 1], own, 0, own.length)) {
                return number;
            }
        }
        if (size == slots.length / 2) {
            widen();
            slot = free(hash);
        }
        slots[slot] = (long) hash << Integer.SIZE | size + 1;
        keep(own);
        return size++;
    }

    private int first(int hash) {
        return hash >>> Integer.numberOfLeadingZeros(slots.length - 1);
    }

    private int free(int hash) {
        int slot = first(hash);
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void widen() {
        long[] before = slots;
        slots = new long[Math.multiplyExact(2, before.length)];
        for (long each : before) {
            if (each != 0) {
                slots[free((int) (each >>> Integer.SIZE))] = each;
            }
        }
        starts = Arrays.copyOf(starts, slots.length / 2 + 1);
    }

    private void keep(byte[] own) {
        int end = Math.addExact(starts[size], own.length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, end * 3L / 2));
        }
        System.arraycopy(own, 0, bytes, starts[size], own.length);
        starts[size + 1] = end;
    }

    // By their numbers.
    String[] names() {
        String[] names = new String[size];
        for (int i = 0; i < size; i++) {
            names[i] = new String(bytes, starts[i], starts[i + 1] - starts[i], StandardCharsets.UTF_8);
        }
        return names;
    }
}
