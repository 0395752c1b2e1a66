package io.kontor.platform.data.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Says when something in memory is to be read again: after a minute, and when reading takes long, after fifty times as long, so that reading
 * costs two percent of a processor at most. Safe for use by several threads.
 */
final class RenewalClock {

    private static final long LEAST_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int IDLE_SHARE = 50;

    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean never = true;
    private volatile long next;

    /** Whether it is time, and nobody else has been told so. Who is told must run {@link #timed}. */
    boolean due() {
        return (never || System.nanoTime() - next >= 0) && running.compareAndSet(false, true);
    }

    /** Reads. */
    void timed(Runnable reading) {
        long begun = System.nanoTime();
        try {
            reading.run();
        } finally {
            long end = System.nanoTime();
            next = end + Math.max(LEAST_NANOS, IDLE_SHARE * (end - begun));
            never = false;
            running.set(false);
        }
    }

    /** Makes it time at once. */
    void reset() {
        never = true;
    }
}
