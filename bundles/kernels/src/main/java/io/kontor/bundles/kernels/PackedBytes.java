package io.kontor.bundles.kernels;

/**
 * The rows of a matrix with eight bits an element and one scale a row, in the order in which vector instructions read them: a quarter of the
 * memory of {@link PackedRows} for an error of at most 0.4 % of each row's largest element. Immutable; for use by several threads.
 */
public final class PackedBytes implements Packed {

    private static final int MOST = 127;

    private final int size;
    private final int inner;
    private final int width;
    private final byte[] content;
    private final float[] scales;

    /**
     * Copies rows that are in bytes already.
     *
     * @param rows size times inner, row by row; an element is its byte times its row's scale
     * @param scales one a row
     * @param inner length of a row, 0 or more
     * @throws IllegalArgumentException when the array is too short or the copy would be longer than an array can be
     */
    public PackedBytes(byte[] rows, float[] scales, int inner) {
        Kernels.check(rows.length >= (long) scales.length * inner, "The array is too short for its matrix.");
        this.size = scales.length;
        this.inner = inner;
        this.width = Kernels.LANES.columns();
        long strips = (size + width - 1) / width;
        Kernels.check(strips * width * inner < Integer.MAX_VALUE - 8, "The matrix is too large.");
        content = new byte[(int) strips * width * inner];
        this.scales = new float[(int) strips * width];
        System.arraycopy(scales, 0, this.scales, 0, size);
        for (int row = 0; row < size; row++) {
            int to = row / width * width * inner + row % width;
            for (int k = 0; k < inner; k++) {
                content[to + k * width] = rows[row * inner + k];
            }
        }
    }

    /**
     * The scale of a row: its largest element is 127 steps.
     *
     * @param row holds the row
     * @param at where it begins
     * @param inner its length
     * @return 0 for a row of zeros
     */
    public static float scale(float[] row, int at, int inner) {
        float largest = 0;
        for (int k = 0; k < inner; k++) {
            largest = Math.max(largest, Math.abs(row[at + k]));
        }
        return largest / MOST;
    }

    /**
     * An element in steps of a scale.
     *
     * @param value the element
     * @param scale of its row
     * @return -127 to 127, the nearest one
     */
    public static byte step(float value, float scale) {
        return (byte) (scale == 0 ? 0 : Math.max(-MOST, Math.min(MOST, Math.round(value / scale))));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void scores(int strip, float[] vector, float[] scores, int at) {
        Kernels.LANES.row(inner, vector, content, strip * width * inner, scores, at);
        for (int j = 0; j < width; j++) {
            scores[at + j] *= scales[strip * width + j];
        }
    }

    @Override
    public void copy(int row, float[] into, int at) {
        int from = row / width * width * inner + row % width;
        for (int k = 0; k < inner; k++) {
            into[at + k] = content[from + k * width] * scales[row];
        }
    }

    /**
     * The size of one step of a row.
     *
     * @param row 0 to size - 1
     * @return as it was given
     */
    public float scale(int row) {
        return scales[row];
    }
}
