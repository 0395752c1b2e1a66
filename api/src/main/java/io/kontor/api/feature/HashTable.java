package io.kontor.api.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * A number for each of some texts, which are kept as hashes alone. Immutable.
 *
 * @param hashes ascending, without 0
 * @param numbers one a hash, finite
 * @param others the number of all other texts
 */
record HashTable(long[] hashes, float[] numbers, float others) {

    double of(long hash) {
        int at = Arrays.binarySearch(hashes, hash);
        return at < 0 ? others : numbers[at];
    }

    boolean has(long hash) {
        return Arrays.binarySearch(hashes, hash) >= 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(hashes.length);
        for (int i = 0; i < hashes.length; i++) {
            out.writeLong(hashes[i]);
            out.writeFloat(numbers[i]);
        }
        out.writeFloat(others);
    }

    /**
     * Reads a table.
     *
     * @param in where from
     * @param places for a table of places, how many there are besides that of the others; 0 for any numbers
     * @return the table
     * @throws IOException when it is none
     */
    static HashTable read(DataInput in, int places) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > Feature.MOST_WIDE) {
            throw new IOException("A category is said to have " + size + " texts.");
        }
        long[] hashes = new long[size];
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            hashes[i] = in.readLong();
            numbers[i] = number(in.readFloat(), places);
            if (hashes[i] == 0 || i > 0 && hashes[i] <= hashes[i - 1]) {
                throw new IOException("The texts of a category are out of order.");
            }
        }
        return new HashTable(hashes, numbers, number(in.readFloat(), places));
    }

    private static float number(float number, int places) throws IOException {
        boolean place = number >= 0 && number <= places && number == (int) number;
        if (!Float.isFinite(number) || places > 0 && !place) {
            throw new IOException("A category is said to have the number " + number + ".");
        }
        return number;
    }
}
