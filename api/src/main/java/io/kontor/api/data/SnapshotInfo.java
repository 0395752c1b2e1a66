package io.kontor.api.data;

import java.time.Instant;
import java.util.Objects;

/**
 * The fingerprint of what was read. Immutable.
 *
 * @param from time of the first row read; null when no row had a time
 * @param to time of the last row read; null when no row had a time
 * @param rows number of rows read
 * @param hash 32 hexadecimal digits over the content of all rows, and over which of them were withheld; equal for equal rows whatever the
 *     database
 * @param withheld rows that were left out, or given without their customer, because the customer did not agree to what they were read for
 */
public record SnapshotInfo(Instant from, Instant to, long rows, String hash, long withheld) {

    /** Checks that the hash is not null. */
    public SnapshotInfo {
        Objects.requireNonNull(hash, "hash");
    }

    /**
     * A fingerprint of rows of which none was withheld.
     *
     * @param from time of the first row read; null when no row had a time
     * @param to time of the last row read; null when no row had a time
     * @param rows number of rows read
     * @param hash 32 hexadecimal digits over the content of all rows
     */
    public SnapshotInfo(Instant from, Instant to, long rows, String hash) {
        this(from, to, rows, hash, 0);
    }
}
