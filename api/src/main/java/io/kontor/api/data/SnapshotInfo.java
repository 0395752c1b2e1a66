package io.kontor.api.data;

import java.time.Instant;
import java.util.Objects;

/**
 * The fingerprint of what was read. Immutable.
 *
 * @param from time of the first row read; null when no row had a time
 * @param to time of the last row read; null when no row had a time
 * @param rows number of rows read
 * @param hash 32 hexadecimal digits over the content of all rows; equal for equal rows whatever the database
 */
public record SnapshotInfo(Instant from, Instant to, long rows, String hash) {

    /** Checks that the hash is not null. */
    public SnapshotInfo {
        Objects.requireNonNull(hash, "hash");
    }
}
