package io.kontor.platform.data.internal;

/**
 * A hash of values in their order, with two independent lanes of 64 bits. Depends on nothing but the values, so that it is the same on every
 * database, machine and release: digests are stored and compared for years. Not for secrets: it is no cryptographic hash.
 *
 * <p>Each value is folded into a lane and spread by the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
 * number generators"), which is a bijection. Reusable; for one thread.
 */
final class ContentHash {

    private static final long MISSING = 0x6d697373696e6721L;
    private static final long TEXT = 0x7465787474657874L;

    private long first;
    private long second;

    ContentHash() {
        reset();
    }

    ContentHash reset() {
        first = 0x9e3779b97f4a7c15L;
        second = 0xc2b2ae3d27d4eb4fL;
        return this;
    }

    ContentHash add(long value) {
        first = spread(first + value);
        second = spread(Long.rotateLeft(second, 29) ^ value * 0xd6e8feb86659fd93L);
        return this;
    }

    /** Adds a text as its UTF-16 units, four at a time, with its length. */
    ContentHash add(String text) {
        int length = text.length();
        add(TEXT + length);
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            add((long) text.charAt(i) << 48 | (long) text.charAt(i + 1) << 32 | (long) text.charAt(i + 2) << 16 | text.charAt(i + 3));
        }
        if (i < length) {
            long rest = 0;
            for (; i < length; i++) {
                rest = rest << 16 | text.charAt(i);
            }
            add(rest);
        }
        return this;
    }

    /** Adds a value as a row holds it. */
    ContentHash add(Object value) {
        if (value == null) {
            return add(MISSING);
        }
        if (value instanceof String text) {
            return add(text);
        }
        if (value instanceof Double number) {
            return add(Double.doubleToLongBits(number));
        }
        return add(((Number) value).longValue());
    }

    long first() {
        return first;
    }

    long second() {
        return second;
    }

    /** Both lanes as 32 hexadecimal digits. */
    String hex() {
        return hex(first) + hex(second);
    }

    private static String hex(long lane) {
        String digits = Long.toHexString(lane);
        return "0".repeat(16 - digits.length()) + digits;
    }

    private static long spread(long value) {
        long z = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
