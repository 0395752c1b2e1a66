package io.kontor.platform.launcher;

/** Measures the parts of the start. Used by one thread. */
final class Stopwatch {

    private long last = System.nanoTime();

    /** Milliseconds since the lap before, or since the creation. */
    long lap() {
        long now = System.nanoTime();
        long millis = (now - last) / 1_000_000;
        last = now;
        return millis;
    }
}
