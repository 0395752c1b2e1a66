package io.kontor.inventory.exponentialsmoothing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * How probable demand up to a quantile really was: the quantiles of all series of a step are put to the test on past periods, and their
 * probabilities are mended by what was found there (recalibration by the probability integral transform: Kuleshov, Fenner and Ermon, 2018).
 * Series that mostly sell nothing have a calibration of their own. The median stays where smoothing puts it, and the pull grows towards the
 * tails: what is wrong there is their width. Immutable.
 *
 * @param levels by sparse (1) or not (0): at each share of a grid the probability to be asked for instead; empty where too little is known
 */
record Calibration(double[][] levels) {

    /** Nothing is mended. */
    static final Calibration NONE = new Calibration(new double[][] {{}, {}});

    /** Series with more empty periods than this are sparse. */
    private static final double MOSTLY_EMPTY = 0.6;
    private static final int GRID = 100;
    private static final int LEAST = 200;
    /** From so far off the median on, what was found holds wholly. */
    private static final double TAIL = 0.4;
    private static final double LOWEST = 5e-4;

    /** Which calibration a series goes by. */
    static int kind(double[] y) {
        int empty = 0;
        int known = 0;
        for (double value : y) {
            known += Double.isNaN(value) ? 0 : 1;
            empty += value == 0 ? 1 : 0;
        }
        return empty > MOSTLY_EMPTY * known ? 1 : 0;
    }

    /** Gathers what was found. */
    static final class Trial {

        private final double[][] found = {new double[256], new double[256]};
        private final int[] sizes = new int[2];

        /**
         * Puts a series to the test: its pattern goes on from some past periods, and is compared with what came.
         *
         * @param y the series; NaN where missing
         * @param season periods of a season
         * @param horizon how many periods ahead
         * @param origins from how many past periods
         */
        void add(double[] y, Pattern pattern, int season, int horizon, int origins) {
            boolean counts = counts(y);
            for (int k = 1; k <= origins; k++) {
                int n = y.length - k * horizon;
                if (n < Math.max(Pattern.LEAST * 2, horizon)) {
                    return;
                }
                double[] before = Arrays.copyOf(y, n);
                if (Arrays.stream(before).noneMatch(value -> value > 0)) {
                    return;
                }
                Pattern.Projection projection = pattern.project(before, season, horizon);
                int kind = kind(before);
                for (int h = 0; h < horizon; h++) {
                    if (!Double.isNaN(y[n + h])) {
                        note(kind, Spread.below(projection.mean()[h], projection.variance()[h], y[n + h], counts));
                    }
                }
            }
        }

        private void note(int kind, double probability) {
            if (sizes[kind] == found[kind].length) {
                found[kind] = Arrays.copyOf(found[kind], 2 * sizes[kind]);
            }
            found[kind][sizes[kind]++] = probability;
        }

        Calibration calibration() {
            double[][] levels = new double[2][];
            for (int kind = 0; kind < 2; kind++) {
                double[] sorted = Arrays.copyOf(found[kind], sizes[kind]);
                Arrays.sort(sorted);
                levels[kind] = sorted.length < LEAST ? new double[0] : mended(sorted);
            }
            return new Calibration(levels);
        }

        private static double[] mended(double[] sorted) {
            double[] levels = new double[GRID + 1];
            for (int i = 0; i <= GRID; i++) {
                double share = i / (double) GRID;
                // One more than there are, so that what comes next is covered as often as it should be (Vovk, Gammerman and Shafer, 2005).
                int at = (int) Math.ceil(share * (sorted.length + 1)) - 1;
                double found = sorted[Math.max(0, Math.min(sorted.length - 1, at))];
                double pull = Math.min(1, Math.abs(share - 0.5) / TAIL);
                levels[i] = Math.max(LOWEST, Math.min(1 - LOWEST, share + pull * (found - share)));
            }
            for (int i = GRID / 2 + 1; i <= GRID; i++) {
                levels[i] = Math.max(levels[i], levels[i - 1]);
            }
            for (int i = GRID / 2 - 1; i >= 0; i--) {
                levels[i] = Math.min(levels[i], levels[i + 1]);
            }
            return levels;
        }
    }

    /** Whether demand comes in whole units. */
    static boolean counts(double[] y) {
        return Arrays.stream(y).allMatch(value -> Double.isNaN(value) || value == Math.rint(value));
    }

    /** The probability to ask for where a quantile of a share is wanted. */
    double level(double share, int kind) {
        double[] own = levels[kind];
        if (own.length == 0) {
            return share;
        }
        double at = share * GRID;
        int below = (int) at;
        return own[below] + (at - below) * (own[Math.min(GRID, below + 1)] - own[below]);
    }

    void write(DataOutputStream data) throws IOException {
        for (double[] own : levels) {
            data.writeInt(own.length);
            for (double level : own) {
                data.writeDouble(level);
            }
        }
    }

    static Calibration read(DataInputStream data) throws IOException {
        double[][] levels = new double[2][];
        for (int kind = 0; kind < 2; kind++) {
            int length = data.readInt();
            if (length != 0 && length != GRID + 1) {
                throw new IOException("A calibration of the model has " + length + " levels.");
            }
            levels[kind] = new double[length];
            double last = 0;
            for (int i = 0; i < length; i++) {
                levels[kind][i] = data.readDouble();
                if (!(levels[kind][i] >= last && levels[kind][i] < 1)) {
                    throw new IOException("The levels of a calibration of the model fall, or are no probabilities.");
                }
                last = levels[kind][i];
            }
        }
        return new Calibration(levels);
    }
}
