package io.kontor.bundles.kernels;

/** Rows of a matrix that are multiplied with one vector after the other. Immutable; for use by several threads. */
public sealed interface Packed permits PackedRows, PackedBytes {

    /**
     * How many rows there are.
     *
     * @return 0 or more
     */
    int size();

    /**
     * How many rows a strip has; depends on the machine.
     *
     * @return 1 or more
     */
    int width();

    /**
     * Scores of the rows of one strip for a vector.
     *
     * @param strip its rows are those from strip times {@link #width} on
     * @param vector as long as a row
     * @param scores gets {@link #width} scalar products; 0 for those beyond the last row
     * @param at where the first one goes
     */
    void scores(int strip, float[] vector, float[] scores, int at);

    /**
     * Scores of all rows for a vector.
     *
     * @param vector as long as a row
     * @param scores gets {@link #size} scalar products
     */
    default void scores(float[] vector, float[] scores) {
        float[] strip = new float[width()];
        for (int first = 0; first < size(); first += strip.length) {
            scores(first / strip.length, vector, strip, 0);
            System.arraycopy(strip, 0, scores, first, Math.min(strip.length, size() - first));
        }
    }

    /**
     * Copies one of the rows.
     *
     * @param row 0 to size - 1
     * @param into gets its elements
     * @param at where the first one goes
     */
    void copy(int row, float[] into, int at);
}
