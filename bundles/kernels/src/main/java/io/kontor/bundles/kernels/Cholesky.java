package io.kontor.bundles.kernels;

/**
 * The factor U of a small symmetric positive definite matrix, A = U' U, in single precision by rows (Golub and Van Loan 2013, section 4.2), to
 * solve many systems with A. For one of up to a few hundred rows; larger ones are inverted faster than factored here. Immutable.
 */
public final class Cholesky {

    private final int size;
    private final int stride;
    private final float[] rows;

    /**
     * Factors a matrix.
     *
     * @param matrix size rows of stride elements; the upper triangle is read, and all of it overwritten and kept
     * @param size 1 or more
     * @param stride distance between rows, a multiple of {@link Kernels#PADDING}; columns from size on may hold anything finite
     * @throws ArithmeticException when the matrix is not positive definite in single precision
     */
    public Cholesky(float[] matrix, int size, int stride) {
        this.size = size;
        this.stride = stride;
        this.rows = matrix;
        for (int k = 0; k < size; k++) {
            int own = k * stride;
            float pivot = rows[own + k];
            if (!(pivot > 0)) {
                throw new ArithmeticException("The matrix is not positive definite: pivot " + k + " is " + pivot + ".");
            }
            float scale = (float) (1 / Math.sqrt(pivot));
            for (int j = k; j < size; j++) {
                rows[own + j] *= scale;
            }
            for (int i = k + 1; i < size; i++) {
                int from = i - i % Kernels.PADDING;
                Kernels.LANES.axpy(-rows[own + i], rows, own + from, rows, i * stride + from, stride - from);
            }
        }
    }

    /**
     * Solves A x = b.
     *
     * @param b holds the right side, which x overwrites
     * @param at where it begins
     */
    public void solve(float[] b, int at) {
        for (int k = 0; k < size; k++) {
            b[at + k] /= rows[k * stride + k];
            Kernels.LANES.axpy(-b[at + k], rows, k * stride + k + 1, b, at + k + 1, size - k - 1);
        }
        for (int k = size - 1; k >= 0; k--) {
            b[at + k] = (b[at + k] - Kernels.LANES.dot(rows, k * stride + k + 1, b, at + k + 1, size - k - 1)) / rows[k * stride + k];
        }
    }

    /**
     * Solves sixteen systems at once.
     *
     * @param b size rows, one an unknown, of {@link Kernels#PADDING} elements, one a system; the solutions overwrite them
     */
    public void solveAll(float[] b) {
        for (int k = 0; k < size; k++) {
            divide(b, k);
            Kernels.LANES.eliminate(rows, k * stride + k + 1, size - k - 1, b, k * Kernels.PADDING, (k + 1) * Kernels.PADDING);
        }
        for (int k = size - 1; k >= 0; k--) {
            Kernels.LANES.collect(rows, k * stride + k + 1, size - k - 1, b, k * Kernels.PADDING, (k + 1) * Kernels.PADDING);
            divide(b, k);
        }
    }

    private void divide(float[] b, int k) {
        float pivot = 1 / rows[k * stride + k];
        for (int j = k * Kernels.PADDING; j < (k + 1) * Kernels.PADDING; j++) {
            b[j] *= pivot;
        }
    }
}
