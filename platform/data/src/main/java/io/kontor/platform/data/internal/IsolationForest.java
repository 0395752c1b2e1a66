package io.kontor.platform.data.internal;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Finds rows whose numbers are unusual together: random cuts part them from the others early (Liu, Ting and Zhou 2008, "Isolation Forest"). 100
 * trees of 256 rows each, in flat arrays; the same rows and seed give the same scores. Immutable once grown.
 */
final class IsolationForest {

    private static final int TREES = 100;
    private static final int ROWS = 256;
    private static final double EULER = 0.5772156649015329;

    private final int[] feature;
    private final double[] cut;
    private final int[] left;
    private final double[] depth;
    private final int[] roots = new int[TREES];
    private final double normal;
    private int nodes;

    /**
     * Grows the trees.
     *
     * @param columns numbers by column and row, all finite, at least two rows
     * @param seed of the random cuts
     */
    IsolationForest(double[][] columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = columns[0].length;
        int sample = Math.min(ROWS, rows);
        int most = TREES * 2 * sample;
        feature = new int[most];
        cut = new double[most];
        left = new int[most];
        depth = new double[most];
        normal = pathLength(sample);
        int limit = (int) Math.ceil(Math.log(sample) / Math.log(2));
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        for (int tree = 0; tree < TREES; tree++) {
            for (int i = 0; i < sample; i++) {
                swap(order, i, i + random.nextInt(rows - i));
            }
            roots[tree] = nodes++;
            grow(columns, order, 0, sample, roots[tree], 0, limit, random);
        }
    }

    /**
     * Columns in units of their spread, and behind them the differences of each two. Cuts along single columns do not see rows that break with
     * how two columns go together (Hariri, Kind and Brunner 2019); cuts along differences do.
     *
     * @param columns numbers by column and row, all finite
     * @return the wider columns
     */
    static double[][] withDifferences(double[][] columns) {
        int size = columns.length;
        double[][] wider = new double[size + size * (size - 1) / 2][];
        for (int i = 0; i < size; i++) {
            double centre = Robust.median(columns[i]);
            double sigma = Robust.sigma(columns[i], centre);
            wider[i] = Arrays.stream(columns[i]).map(value -> (value - centre) / (sigma == 0 ? 1 : sigma)).toArray();
        }
        int next = size;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double[] one = wider[i];
                double[] other = wider[j];
                wider[next] = new double[one.length];
                Arrays.setAll(wider[next++], row -> one[row] - other[row]);
            }
        }
        return wider;
    }

    /** Mean path length of an unsuccessful search among n rows (eq. 1 of the paper). */
    private static double pathLength(int n) {
        return n <= 1 ? 0 : n == 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - 2.0 * (n - 1) / n;
    }

    private void grow(double[][] columns, int[] order, int from, int to, int node, int level, int limit, SplittableRandom random) {
        int chosen = -1;
        double low = 0;
        double high = 0;
        if (level < limit && to - from > 1) {
            int offset = random.nextInt(columns.length);
            for (int i = 0; i < columns.length && chosen < 0; i++) {
                int column = (offset + i) % columns.length;
                low = Double.POSITIVE_INFINITY;
                high = Double.NEGATIVE_INFINITY;
                for (int row = from; row < to; row++) {
                    low = Math.min(low, columns[column][order[row]]);
                    high = Math.max(high, columns[column][order[row]]);
                }
                chosen = low < high ? column : -1;
            }
        }
        if (chosen < 0) {
            feature[node] = -1;
            depth[node] = level + pathLength(to - from);
            return;
        }
        double at = low + random.nextDouble() * (high - low);
        at = at > low ? at : high;
        int middle = from;
        for (int row = from; row < to; row++) {
            if (columns[chosen][order[row]] < at) {
                swap(order, row, middle++);
            }
        }
        feature[node] = chosen;
        cut[node] = at;
        left[node] = nodes;
        nodes += 2;
        grow(columns, order, from, middle, left[node], level + 1, limit, random);
        grow(columns, order, middle, to, left[node] + 1, level + 1, limit, random);
    }

    private static void swap(int[] order, int a, int b) {
        int kept = order[a];
        order[a] = order[b];
        order[b] = kept;
    }

    /**
     * How easily a row is isolated.
     *
     * @param columns numbers by column and row
     * @param row which row
     * @return 0 to 1; about 0.5 for rows like the others, towards 1 for anomalies (eq. 2 of the paper)
     */
    double score(double[][] columns, int row) {
        double sum = 0;
        for (int root : roots) {
            int node = root;
            while (feature[node] >= 0) {
                node = left[node] + (columns[feature[node]][row] < cut[node] ? 0 : 1);
            }
            sum += depth[node];
        }
        return Math.pow(2, -sum / TREES / normal);
    }
}
