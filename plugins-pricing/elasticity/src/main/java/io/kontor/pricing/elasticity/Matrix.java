package io.kontor.pricing.elasticity;

/** Small square matrices. */
final class Matrix {

    private Matrix() {
    }

    /** The inverse of a positive definite matrix, by Gauss-Jordan elimination with row pivots. */
    static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][2 * n];
        for (int r = 0; r < n; r++) {
            System.arraycopy(matrix[r], 0, a[r], 0, n);
            a[r][n + r] = 1;
        }
        for (int p = 0; p < n; p++) {
            int best = p;
            for (int r = p + 1; r < n; r++) {
                best = Math.abs(a[r][p]) > Math.abs(a[best][p]) ? r : best;
            }
            double[] swap = a[p];
            a[p] = a[best];
            a[best] = swap;
            double pivot = a[p][p];
            for (int c = 0; c < 2 * n; c++) {
                a[p][c] /= pivot;
            }
            for (int r = 0; r < n; r++) {
                double factor = a[r][p];
                for (int c = 0; r != p && factor != 0 && c < 2 * n; c++) {
                    a[r][c] -= factor * a[p][c];
                }
            }
        }
        double[][] result = new double[n][n];
        for (int r = 0; r < n; r++) {
            System.arraycopy(a[r], n, result[r], 0, n);
        }
        return result;
    }

    static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int r = 0; r < product.length; r++) {
            for (int c = 0; c < vector.length; c++) {
                product[r] += matrix[r][c] * vector[c];
            }
        }
        return product;
    }

    /** Adds to the diagonal. */
    static double[][] plus(double[][] matrix, double[] diagonal) {
        double[][] sum = new double[matrix.length][];
        for (int r = 0; r < sum.length; r++) {
            sum[r] = matrix[r].clone();
            sum[r][r] += diagonal[r];
        }
        return sum;
    }
}
