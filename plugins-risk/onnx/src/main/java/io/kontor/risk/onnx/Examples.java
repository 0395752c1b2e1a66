package io.kontor.risk.onnx;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The latest labelled transactions as the classifier sees them: a ring, so that memory is bounded however many there are. */
final class Examples {

    private static final int MOST = 20_000;
    private static final int TOGETHER = 256;
    /** So few transactions above a threshold tell nothing of it. */
    private static final int LEAST = 20;

    private final int columns;
    private float[][] rows = new float[1_024][];
    private boolean[] fraud = new boolean[1_024];
    private int added;

    /**
     * None yet.
     *
     * @param columns how many numbers a row has
     */
    Examples(int columns) {
        this.columns = columns;
    }

    void add(float[] row, boolean isFraud) {
        if (added == rows.length && added < MOST) {
            rows = Arrays.copyOf(rows, Math.min(MOST, 2 * added));
            fraud = Arrays.copyOf(fraud, rows.length);
        }
        rows[added % MOST] = row;
        fraud[added++ % MOST] = isFraud;
    }

    int size() {
        return Math.min(added, MOST);
    }

    int frauds() {
        return (int) IntStream.range(0, size()).filter(row -> fraud[row]).count();
    }

    /** The scores of all rows. */
    double[] scores(OnnxSession session) {
        double[] scores = new double[size()];
        for (int begin = 0; begin < scores.length; begin += TOGETHER) {
            int count = Math.min(TOGETHER, scores.length - begin);
            float[] batch = new float[count * columns];
            for (int row = 0; row < count; row++) {
                System.arraycopy(rows[begin + row], 0, batch, row * columns, columns);
            }
            System.arraycopy(session.scores(batch), 0, scores, begin, count);
        }
        return scores;
    }

    /**
     * The lowest score from which on the wanted share of transactions is fraud.
     *
     * @param scores one a row
     * @param share the wanted share of fraud, 0 to 1
     * @return a score; infinity when there is none with at least {@value #LEAST} transactions
     */
    double threshold(double[] scores, double share) {
        int[] order = IntStream.range(0, scores.length).boxed().sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .mapToInt(Integer::intValue).toArray();
        double threshold = Double.POSITIVE_INFINITY;
        int frauds = 0;
        for (int rank = 0; rank < order.length; rank++) {
            frauds += fraud[order[rank]] ? 1 : 0;
            boolean last = rank + 1 == order.length || scores[order[rank + 1]] < scores[order[rank]];
            if (last && rank + 1 >= LEAST && frauds >= share * (rank + 1)) {
                threshold = scores[order[rank]];
            }
        }
        return threshold;
    }

    /** The median of each column, NaN left out; what a transaction usually has. */
    float[] usual() {
        float[] usual = new float[columns];
        float[] column = new float[size()];
        for (int c = 0; c < columns; c++) {
            int present = 0;
            for (int row = 0; row < column.length; row++) {
                if (!Float.isNaN(rows[row][c])) {
                    column[present++] = rows[row][c];
                }
            }
            Arrays.sort(column, 0, present);
            usual[c] = present == 0 ? Float.NaN : column[present / 2];
        }
        return usual;
    }
}
