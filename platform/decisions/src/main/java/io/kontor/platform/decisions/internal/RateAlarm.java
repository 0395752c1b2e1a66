package io.kontor.platform.decisions.internal;

import java.time.Duration;

/**
 * Notices that something happens more often than it may, without a fixed sample: it can be looked at after every case, and an alarm without
 * cause is not expected before {@value #CASES_TO_FALSE_ALARM} cases, even when the rate is just at the limit. Not safe for several threads.
 *
 * <p>For each of three greater rates it keeps how many times likelier the latest cases are under that rate than under the limit, from
 * wherever on that is the most (the CUSUM of Page, Continuous Inspection Schemes, 1954, which is an e-detector in the sense of Shin, Ramdas
 * and Rinaldo, E-detectors: a nonparametric framework for sequential change detection, 2022, hence the bound). So a burst is noticed after
 * few cases and a small excess after many, and good times long ago do not hide a bad one now.
 *
 * <p>A pause of the machine makes many calls slow at once. What happens within a quarter of a second therefore counts for at most a quarter
 * of what an alarm needs.
 */
final class RateAlarm {

    /** How many cases pass on average between two alarms without cause, at least. */
    static final int CASES_TO_FALSE_ALARM = 100_000;

    private static final double[] TIMES = {1.5, 4};
    private static final long TOGETHER_NANOS = Duration.ofMillis(250).toNanos();
    private static final int TOGETHER_SHARE = 4;

    private final double[] bad;
    private final double[] good;
    private final double[] evidence;
    private final double[] before;
    private final double enough;
    private long begun = Long.MIN_VALUE;
    private long cases;
    private long badCases;

    /**
     * Nothing has happened yet.
     *
     * @param limit the greatest rate that is well; above 0 and below 1
     */
    RateAlarm(double limit) {
        double[] rates = new double[TIMES.length + 1];
        for (int i = 0; i < TIMES.length; i++) {
            rates[i] = Math.min(limit * TIMES[i], (limit + 1) / 2);
        }
        rates[TIMES.length] = (limit + 1) / 2;
        bad = new double[rates.length];
        good = new double[rates.length];
        for (int i = 0; i < rates.length; i++) {
            bad[i] = Math.log(rates[i] / limit);
            good[i] = Math.log((1 - rates[i]) / (1 - limit));
        }
        evidence = new double[rates.length];
        before = new double[rates.length];
        enough = Math.log((double) CASES_TO_FALSE_ALARM * rates.length);
    }

    /**
     * Counts a case.
     *
     * @param isBad whether it is one of those that happen too often
     * @param nanos when, in {@link System#nanoTime}
     * @return whether it happens more often than it may
     */
    boolean add(boolean isBad, long nanos) {
        cases++;
        badCases += isBad ? 1 : 0;
        if (begun == Long.MIN_VALUE || nanos - begun > TOGETHER_NANOS) {
            begun = nanos;
            System.arraycopy(evidence, 0, before, 0, evidence.length);
        }
        boolean alarm = false;
        for (int i = 0; i < evidence.length; i++) {
            double next = Math.max(0, evidence[i]) + (isBad ? bad[i] : good[i]);
            evidence[i] = Math.min(next, Math.max(0, before[i]) + enough / TOGETHER_SHARE);
            alarm |= evidence[i] >= enough * (1 - 1e-9);
        }
        return alarm;
    }

    long cases() {
        return cases;
    }

    long badCases() {
        return badCases;
    }
}
