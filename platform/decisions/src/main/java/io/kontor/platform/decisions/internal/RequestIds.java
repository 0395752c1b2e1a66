package io.kontor.platform.decisions.internal;

import java.util.UUID;

/**
 * Names of answers: UUIDs of version 7 (RFC 9562, 2024), which begin with the time. The database's indexes then grow at their end; with names
 * that are all random each answer that is noted would touch pages all over them.
 */
final class RequestIds {

    private static final long VERSION = 0x7000L;
    private static final long RANDOM_BITS = 0x0fffL;

    private RequestIds() {
    }

    /** A name that nobody has. */
    static String next() {
        UUID random = UUID.randomUUID();
        long first = System.currentTimeMillis() << 16 | VERSION | random.getMostSignificantBits() & RANDOM_BITS;
        return new UUID(first, random.getLeastSignificantBits()).toString();
    }
}
