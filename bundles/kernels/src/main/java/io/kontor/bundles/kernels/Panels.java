package io.kontor.bundles.kernels;

/** Sizes of blocks, and the copying of matrices into the order in which tiles read them. */
final class Panels {

    /** Columns that are worked on at once: a strip of them stays in the second cache. */
    static final int BLOCK = 192;

    /** Rows that one part of the work has: a multiple of the rows of a tile that divides {@link #BLOCK}. */
    static final int GROUP = 96;

    /** Rows of a tall matrix that one part sums. */
    static final int TALL = 8192;

    private Panels() {
    }

    /**
     * Packs rows into groups of {@link Lanes#ROWS}, the last one filled up with zeros.
     *
     * @param from row by row
     * @param at where the first element is
     * @param stride distance between rows
     * @param rows how many
     * @param inner how many elements of each
     * @param into the groups, each of inner times {@link Lanes#ROWS}
     */
    static void rows(float[] from, int at, int stride, int rows, int inner, float[] into) {
        for (int first = 0; first < rows; first += Lanes.ROWS) {
            int base = first * inner;
            for (int i = 0; i < Lanes.ROWS; i++) {
                int source = at + (first + i) * stride;
                for (int k = 0; k < inner; k++) {
                    into[base + k * Lanes.ROWS + i] = first + i < rows ? from[source + k] : 0;
                }
            }
        }
    }

    /**
     * Adds the product of packed rows with a packed strip to a matrix, using a spare tile where it ends within one.
     *
     * @param inner how many elements of each row
     * @param groups packed rows
     * @param firstGroup the first group to multiply
     * @param rows how many rows there are, from the first of all groups
     * @param strips holds the strip
     * @param stripAt where it begins
     * @param columns how many of its columns are there
     * @param c the matrix
     * @param cAt where row 0 and the strip's column 0 meet
     * @param stride distance between rows of the matrix
     * @param spare a tile's room
     */
    static void multiply(int inner, float[] groups, int firstGroup, int rows, float[] strips, int stripAt, int columns, float[] c, int cAt,
            int stride, float[] spare) {
        Lanes lanes = Kernels.LANES;
        int width = lanes.columns();
        for (int row = firstGroup * Lanes.ROWS; row < rows; row += Lanes.ROWS) {
            if (row + Lanes.ROWS <= rows && columns == width) {
                lanes.tile(inner, groups, row * inner, strips, stripAt, c, cAt + row * stride, stride);
                continue;
            }
            lanes.tile(inner, groups, row * inner, strips, stripAt, Kernels.zeros(spare, Lanes.ROWS * width), 0, width);
            for (int i = 0; i < Math.min(Lanes.ROWS, rows - row); i++) {
                int to = cAt + (row + i) * stride;
                for (int j = 0; j < columns; j++) {
                    c[to + j] += spare[i * width + j];
                }
            }
        }
    }

    /** The Gram matrix of some rows, summed in the order of the rows; its upper triangle means nothing. */
    static float[] gram(float[] a, int at, int rows, int columns) {
        Lanes lanes = Kernels.LANES;
        int width = lanes.columns();
        int strips = (columns + width - 1) / width;
        int groups = (columns + Lanes.ROWS - 1) / Lanes.ROWS;
        int stride = strips * width;
        float[] sum = new float[groups * Lanes.ROWS * stride];
        float[] left = new float[groups * Lanes.ROWS * Math.min(rows, BLOCK)];
        float[] right = new float[stride * Math.min(rows, BLOCK)];
        for (int first = 0; first < rows; first += BLOCK) {
            int inner = Math.min(BLOCK, rows - first);
            for (int k = 0; k < inner; k++) {
                int row = at + (first + k) * columns;
                for (int j = 0; j < columns; j += Lanes.ROWS) {
                    System.arraycopy(a, row + j, left, j * inner + k * Lanes.ROWS, Math.min(Lanes.ROWS, columns - j));
                }
                for (int j = 0; j < columns; j += width) {
                    System.arraycopy(a, row + j, right, j * inner + k * width, Math.min(width, columns - j));
                }
            }
            for (int strip = 0; strip < strips; strip++) {
                for (int group = strip * width / Lanes.ROWS; group < groups; group++) {
                    int to = group * Lanes.ROWS * stride + strip * width;
                    lanes.tile(inner, left, group * Lanes.ROWS * inner, right, strip * width * inner, sum, to, stride);
                }
            }
        }
        float[] gram = new float[columns * columns];
        for (int i = 0; i < columns; i++) {
            System.arraycopy(sum, i * stride, gram, i * columns, columns);
        }
        return gram;
    }
}
