package io.kontor.platform.jobs.internal;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * Makes ids of 26 characters (48 bits of milliseconds, 80 random bits, base 32 in lower case) that sort by the time they were made; ids of
 * one process always rise. Safe for use by several threads.
 */
final class TimeOrderedIds {

    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private long millis;
    private long high;
    private long low;

    TimeOrderedIds(Clock clock) {
        this.clock = clock;
    }

    synchronized String next() {
        long now = clock.millis();
        if (now > millis) {
            millis = now;
            high = random.nextLong() & 0x7F_FFFF_FFFFL;
            low = random.nextLong() & 0x7F_FFFF_FFFFL;
        } else {
            // The same millisecond, or the clock was set back: count on. 2^39 ids fit before the low half is full.
            low++;
        }
        char[] text = new char[26];
        digits(millis, text, 0, 10);
        digits(high, text, 10, 8);
        digits(low, text, 18, 8);
        return new String(text);
    }

    private static void digits(long value, char[] text, int from, int count) {
        long rest = value;
        for (int i = from + count - 1; i >= from; i--) {
            text[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
    }
}
