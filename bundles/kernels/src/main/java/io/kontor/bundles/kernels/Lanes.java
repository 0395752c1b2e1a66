package io.kontor.bundles.kernels;

/**
 * The innermost loops, once with vector instructions and once without. Implementations have no state; arguments are not checked beyond what
 * the virtual machine checks.
 *
 * <p>A packed strip holds {@link #columns} rows of a matrix beside each other: element k of row j is at {@code k * columns + j}. A packed row
 * group holds {@link #ROWS} rows in the same manner.
 */
interface Lanes {

    /** How many rows of the left matrix a tile has. */
    int ROWS = 6;

    /** How many columns a tile has; divides {@link Panels#BLOCK}. */
    int columns();

    /** Sum of products of two vectors. */
    float dot(float[] a, int aAt, float[] b, int bAt, int length);

    /** y = y + factor * x. */
    void axpy(float factor, float[] x, int xAt, float[] y, int yAt, int length);

    /** As the other one, with bytes added. */
    void axpy(float factor, byte[] x, int xAt, float[] y, int yAt, int length);

    /** Moves values against their gradients, and their running means and squares with them. */
    void adam(AdamStep step, float[] gradients, int from, float[] means, float[] squares, float[] values, int at, int length);

    /**
     * Adds a product to a tile: c[i][j] += sum over k of a[k][i] * b[k][j].
     *
     * @param inner how many k
     * @param a a packed row group
     * @param aAt where it begins
     * @param b a packed strip
     * @param bAt where it begins
     * @param c the tile
     * @param cAt where it begins
     * @param stride distance between rows of the tile
     */
    void tile(int inner, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int stride);

    /** Products of one vector with the rows of a packed strip: c[j] = sum over k of a[k] * b[k][j]. */
    void row(int inner, float[] a, float[] b, int bAt, float[] c, int cAt);

    /**
     * Pulls a vector towards what some rows want of it: y += sum over these rows h of w (target - h * x) h.
     *
     * @param rows the rows, one after the other
     * @param stride their length, a multiple of {@link Kernels#PADDING}
     * @param weights one for each of them
     * @param count how many there are
     * @param target what each scalar product should be
     * @param x the vector
     * @param y what is added to
     */
    void pull(float[] rows, int stride, float[] weights, int count, float target, float[] x, float[] y);

    /**
     * Takes multiples of one short row from others: row i -= factors[i] * row, each of {@link Kernels#PADDING} elements.
     *
     * @param factors one for each of the other rows
     * @param from where the first factor is
     * @param count how many other rows
     * @param rows holds all rows
     * @param row where the one begins
     * @param first where the first of the others begins; they follow each other
     */
    void eliminate(float[] factors, int from, int count, float[] rows, int row, int first);

    /** The other way round: row -= sum over i of factors[i] * row i. */
    void collect(float[] factors, int from, int count, float[] rows, int row, int first);

    /** As {@link #row}, with rows of bytes. */
    void row(int inner, float[] a, byte[] b, int bAt, float[] c, int cAt);
}
