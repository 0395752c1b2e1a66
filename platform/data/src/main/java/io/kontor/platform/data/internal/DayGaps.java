package io.kontor.platform.data.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds days without rows that the store's own weekday rhythm does not explain. A day's rows are taken as negative binomial about the level of
 * the weeks around times the weekday's share, with the spread that the other days show; a weekday that is often empty, as on Sundays or
 * holidays, may be empty at that rate. A run of empty days is a gap when such a run begins by chance on any of the n days with probability below
 * {@value #FALSE_ALARM}: n times the product of the days' probabilities.
 */
final class DayGaps {

    /** How often a series without a gap has one, at most. */
    static final double FALSE_ALARM = 0.001;

    private static final int FEWEST_DAYS = 28;
    private static final int NEAR = 14;

    private DayGaps() {
    }

    /**
     * A run of days that should have rows.
     *
     * @param from index of its first day
     * @param to index behind its last day
     * @param expected how many rows there should be
     */
    record Gap(int from, int to, double expected) {
    }

    static List<Gap> find(DailySeries series) {
        int days = series.days();
        List<Gap> gaps = new ArrayList<>();
        if (days < FEWEST_DAYS) {
            return gaps;
        }
        double[] counts = series.counts();
        int[] all = new int[7];
        int[] empty = new int[7];
        for (int day = 0; day < days; day++) {
            all[series.weekday(day)]++;
            empty[series.weekday(day)] += counts[day] == 0 ? 1 : 0;
        }
        double[] expected = expected(series);
        double dispersion = dispersion(counts, expected);
        for (int from = 0; from < days; from++) {
            if (counts[from] > 0) {
                continue;
            }
            int to = from;
            int[] within = new int[7];
            while (to < days && counts[to] == 0) {
                within[series.weekday(to++)]++;
            }
            double chance = Math.log(days);
            double rows = 0;
            for (int day = from; day < to; day++) {
                int weekday = series.weekday(day);
                int others = all[weekday] - within[weekday];
                double emptyShare = others == 0 ? 1 : (double) (empty[weekday] - within[weekday]) / others;
                // The level is itself known no better than by one standard deviation of a day's count.
                double mean = expected[day] / (1 + 1 / Math.sqrt(Math.max(expected[day], Double.MIN_NORMAL)));
                double none = dispersion == 0 ? Math.exp(-mean) : Math.pow(1 + mean * dispersion, -1 / dispersion);
                chance += Math.log(Math.max(Math.max(none, emptyShare), Double.MIN_NORMAL));
                rows += emptyShare < 0.5 ? expected[day] : 0;
            }
            if (chance < Math.log(FALSE_ALARM)) {
                gaps.add(new Gap(from, to, rows));
            }
            from = to;
        }
        return gaps;
    }

    /** Rows that each day should have, if the store is open. */
    private static double[] expected(DailySeries series) {
        double[] counts = series.counts();
        int days = counts.length;
        double[] level = new double[days];
        double overall = Robust.median(Arrays.stream(counts).filter(count -> count > 0).toArray());
        for (int day = 0; day < days; day++) {
            double near = Robust.median(Arrays.stream(counts, Math.max(0, day - NEAR), Math.min(days, day + NEAR + 1))
                    .filter(count -> count > 0).toArray());
            level[day] = Double.isNaN(near) ? overall : near;
        }
        double[] share = new double[7];
        for (int weekday = 0; weekday < 7; weekday++) {
            double[] shares = new double[days / 7 + 1];
            int size = 0;
            for (int day = 0; day < days; day++) {
                if (series.weekday(day) == weekday && counts[day] > 0) {
                    shares[size++] = counts[day] / level[day];
                }
            }
            share[weekday] = size == 0 ? 0 : Robust.median(Arrays.copyOf(shares, size));
        }
        double[] expected = new double[days];
        Arrays.setAll(expected, day -> level[day] * share[series.weekday(day)]);
        return expected;
    }

    /** By how much the variance of the days exceeds that of Poisson counts, in squares of the mean; 0 when it does not. */
    private static double dispersion(double[] counts, double[] expected) {
        double[] ratios = new double[counts.length];
        double[] means = new double[counts.length];
        int size = 0;
        for (int day = 0; day < counts.length; day++) {
            if (counts[day] > 0 && expected[day] > 0) {
                means[size] = expected[day];
                ratios[size++] = counts[day] / expected[day];
            }
        }
        if (size == 0) {
            return 0;
        }
        double sigma = Robust.sigma(Arrays.copyOf(ratios, size), 1);
        return Math.max(0, sigma * sigma - 1 / Robust.median(Arrays.copyOf(means, size)));
    }
}
