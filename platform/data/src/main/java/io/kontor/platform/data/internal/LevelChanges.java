package io.kontor.platform.data.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds days at which a daily series jumps to another level and stays there. The logarithms' medians of the two weeks before and behind each day
 * are compared, weekdays evened out. The spread of all these differences, by their median absolute value and so with the series' own trend,
 * season and memory in it, is the yardstick; the bound is that of a normal difference corrected for looking everywhere (Bonferroni, as many
 * looks as windows, since differences of neighbouring days hardly differ) and for the uncertain spread. The false alarm rate of
 * {@value #FALSE_ALARM} a series was held against generated series with weekdays, season, growth and memory. A jump must also be of a
 * quarter at least to matter.
 */
final class LevelChanges {

    /** How often a series without a jump has one, as it is meant. */
    static final double FALSE_ALARM = 0.001;

    private static final int WINDOW = 14;
    private static final int FEWEST_IN_WINDOW = 8;
    private static final int FEWEST_DAYS = 6 * WINDOW;
    private static final double SMALLEST = Math.log(1.25);
    private static final int MOST = 5;

    private LevelChanges() {
    }

    /**
     * A jump.
     *
     * @param day index of the first day at the new level
     * @param before typical value of the two weeks before
     * @param after typical value of the two weeks from this day on
     */
    record Change(int day, double before, double after) {
    }

    /**
     * Finds jumps.
     *
     * @param values above 0 by day; anything else for days that have none
     * @param firstWeekday day of the week of the first, 0 to 6
     * @return the largest ones, at most five, in order of time
     */
    static List<Change> find(double[] values, int firstWeekday) {
        int days = values.length;
        List<Change> changes = new ArrayList<>();
        double[] logs = new double[days];
        Arrays.setAll(logs, day -> values[day] > 0 ? Math.log(values[day]) : Double.NaN);
        if (days < FEWEST_DAYS) {
            return changes;
        }
        evenWeekdays(logs, firstWeekday);
        double[] steps = new double[days];
        double[] sizes = new double[days];
        int size = 0;
        for (int day = 0; day < days; day++) {
            steps[day] = day < WINDOW || day > days - WINDOW ? Double.NaN : median(logs, day, day + WINDOW) - median(logs, day - WINDOW, day);
            if (!Double.isNaN(steps[day])) {
                sizes[size++] = Math.abs(steps[day]);
            }
        }
        if (size < FEWEST_DAYS - 2 * WINDOW) {
            return changes;
        }
        double sigma = Math.max(Robust.MAD_TO_SIGMA * Robust.median(Arrays.copyOf(sizes, size)), noise(logs));
        double bound = Robust.z(FALSE_ALARM / 2 * WINDOW / size) * sigma * (1 + Robust.MAD_ERROR / Math.sqrt((double) size / WINDOW));
        while (changes.size() < MOST) {
            int day = largest(steps);
            if (day < 0 || Math.abs(steps[day]) < Math.max(bound, SMALLEST)) {
                break;
            }
            changes.add(new Change(day, typical(values, day - WINDOW, day), typical(values, day, day + WINDOW)));
            Arrays.fill(steps, Math.max(0, day - WINDOW), Math.min(days, day + WINDOW), Double.NaN);
        }
        changes.sort((a, b) -> Integer.compare(a.day, b.day));
        return changes;
    }

    private static void evenWeekdays(double[] logs, int firstWeekday) {
        int days = logs.length;
        double[] away = new double[days];
        for (int day = 0; day < days; day++) {
            away[day] = logs[day] - median(logs, Math.max(0, day - WINDOW / 2), Math.min(days, day + WINDOW / 2 + 1), 1);
        }
        for (int weekday = 0; weekday < 7; weekday++) {
            int offset = Math.floorMod(weekday - firstWeekday, 7);
            double[] same = new double[days / 7 + 1];
            int size = 0;
            for (int day = offset; day < days; day += 7) {
                if (!Double.isNaN(away[day])) {
                    same[size++] = away[day];
                }
            }
            double usual = size == 0 ? 0 : Robust.median(Arrays.copyOf(same, size));
            for (int day = offset; day < days; day += 7) {
                logs[day] -= usual;
            }
        }
    }

    /** Standard deviation of the difference of two windows' medians if days were independent. */
    private static double noise(double[] logs) {
        double[] steps = new double[logs.length];
        int size = 0;
        for (int day = 1; day < logs.length; day++) {
            if (!Double.isNaN(logs[day] - logs[day - 1])) {
                steps[size++] = Math.abs(logs[day] - logs[day - 1]);
            }
        }
        double day = size == 0 ? 0 : Robust.MAD_TO_SIGMA * Robust.median(Arrays.copyOf(steps, size)) / Math.sqrt(2);
        return day * Robust.MEAN_AD_TO_SIGMA * Math.sqrt(2.0 / WINDOW);
    }

    private static double median(double[] values, int from, int to) {
        return median(values, from, to, FEWEST_IN_WINDOW);
    }

    private static double median(double[] values, int from, int to, int fewest) {
        double[] there = Arrays.stream(values, from, to).filter(value -> !Double.isNaN(value)).toArray();
        return there.length < fewest ? Double.NaN : Robust.median(there);
    }

    private static double typical(double[] values, int from, int to) {
        return Robust.median(Arrays.stream(values, from, to).filter(value -> value > 0).toArray());
    }

    private static int largest(double[] steps) {
        int largest = -1;
        for (int day = 0; day < steps.length; day++) {
            if (!Double.isNaN(steps[day]) && (largest < 0 || Math.abs(steps[day]) > Math.abs(steps[largest]))) {
                largest = day;
            }
        }
        return largest;
    }
}
