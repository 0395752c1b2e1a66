package io.kontor.bundles.kernels;

/** The factor L of a small symmetric positive definite matrix, A = L L', in double precision (Golub and Van Loan 2013, algorithm 4.2.1). */
final class Cholesky {

    private final double[] factor;
    private final int size;

    Cholesky(float[] matrix, int size) {
        this.size = size;
        factor = new double[size * size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i * size + j];
                for (int k = 0; k < j; k++) {
                    rest -= factor[i * size + k] * factor[j * size + k];
                }
                if (i == j && !(rest > 0)) {
                    throw new ArithmeticException("The matrix is not positive definite: pivot " + i + " is " + rest + ".");
                }
                factor[i * size + j] = i == j ? Math.sqrt(rest) : rest / factor[j * size + j];
            }
        }
    }

    void solve(float[] b) {
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            double rest = b[i];
            for (int k = 0; k < i; k++) {
                rest -= factor[i * size + k] * x[k];
            }
            x[i] = rest / factor[i * size + i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                x[i] -= factor[k * size + i] * x[k];
            }
            x[i] /= factor[i * size + i];
            b[i] = (float) x[i];
        }
    }
}
