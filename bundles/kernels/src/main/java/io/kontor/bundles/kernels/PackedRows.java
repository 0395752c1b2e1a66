package io.kontor.bundles.kernels;

import java.util.Arrays;

/**
 * The rows of a matrix in the order in which vector instructions read them, for products with many other vectors. Takes as much memory as the
 * matrix, rounded up to whole strips. Immutable; for use by several threads.
 */
public final class PackedRows implements Packed {

    private final int size;
    private final int inner;
    private final int width;
    private final float[] content;

    /**
     * Copies a matrix.
     *
     * @param rows size times inner, row by row
     * @param size how many rows, 0 or more
     * @param inner length of a row, 0 or more
     * @throws IllegalArgumentException when the array is too short or the copy would be longer than an array can be
     */
    public PackedRows(float[] rows, int size, int inner) {
        Kernels.check(rows.length >= (long) size * inner, "The array is too short for its matrix.");
        this.size = size;
        this.inner = inner;
        this.width = Kernels.LANES.columns();
        long strips = (size + width - 1) / width;
        Kernels.check(strips * width * inner < Integer.MAX_VALUE - 8, "The matrix is too large.");
        content = new float[(int) strips * width * inner];
        for (int row = 0; row < size; row++) {
            int to = row / width * width * inner + row % width;
            for (int k = 0; k < inner; k++) {
                content[to + k * width] = rows[row * inner + k];
            }
        }
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
    }

    @Override
    public void copy(int row, float[] into, int at) {
        int from = row / width * width * inner + row % width;
        for (int k = 0; k < inner; k++) {
            into[at + k] = content[from + k * width];
        }
    }

    /**
     * The product of some rows of another matrix with the transpose of this one.
     *
     * @param a holds rows, each as long as one of this matrix
     * @param aAt where the first one begins
     * @param rows how many
     * @param c gets a row of {@link #size} scalar products for each of them
     * @param cAt where the first one begins
     */
    public void times(float[] a, int aAt, int rows, float[] c, int cAt) {
        for (int i = 0; i < rows; i++) {
            Arrays.fill(c, cAt + i * size, cAt + (i + 1) * size, 0);
        }
        float[] groups = new float[(rows + Lanes.ROWS - 1) / Lanes.ROWS * Lanes.ROWS * Math.min(inner, Panels.BLOCK)];
        float[] spare = new float[Lanes.ROWS * width];
        for (int from = 0; from < inner; from += Panels.BLOCK) {
            int part = Math.min(Panels.BLOCK, inner - from);
            Panels.rows(a, aAt + from, inner, rows, part, groups);
            for (int first = 0; first < size; first += width) {
                Panels.multiply(part, groups, 0, rows, content, first * inner + from * width, Math.min(width, size - first), c, cAt + first,
                        size, spare);
            }
        }
    }
}
