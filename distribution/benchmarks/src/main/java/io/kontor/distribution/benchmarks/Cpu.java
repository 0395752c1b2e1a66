package io.kontor.distribution.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of this process. */
final class Cpu {

    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Cpu() {
    }

    /** Seconds so far, of all threads. */
    static double seconds() {
        return SYSTEM.getProcessCpuTime() / 1e9;
    }

    /** Seconds that work takes. */
    static double of(Runnable work) {
        double begin = seconds();
        work.run();
        return seconds() - begin;
    }

    /** Seconds that work takes, the best of some rounds, the first of which lets the compiler do its work. */
    static double best(int rounds, Runnable work) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < rounds; round++) {
            best = Math.min(best, of(work));
        }
        return best;
    }
}
