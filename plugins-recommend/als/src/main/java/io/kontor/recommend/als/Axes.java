package io.kontor.recommend.als;

/**
 * The principal axes of a symmetric matrix by cyclic rotations (Jacobi 1846; Golub and Van Loan 2013, section 8.5), to turn vectors so that the
 * sum of all of them times themselves is a diagonal. Takes some dozens of size^3 operations.
 */
final class Axes {

    private static final int MOST_SWEEPS = 12;
    /** About the rounding of single precision, in which the matrix was summed. */
    private static final double SMALL = 1e-6;

    private Axes() {
    }

    /**
     * Finds them.
     *
     * @param matrix size rows of stride elements, symmetric
     * @param size how many rows
     * @param stride distance between rows
     * @return stride rows of stride elements: first the axes, each of length 1 and at right angles to the others, then zeros
     */
    static float[] of(float[] matrix, int size, int stride) {
        double[][] rest = new double[size][size];
        double[][] axes = new double[size][size];
        for (int i = 0; i < size; i++) {
            axes[i][i] = 1;
            for (int j = 0; j < size; j++) {
                rest[i][j] = matrix[i * stride + j];
            }
        }
        boolean turned = true;
        for (int sweep = 0; sweep < MOST_SWEEPS && turned; sweep++) {
            turned = false;
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    if (Math.abs(rest[p][q]) > SMALL * Math.sqrt(Math.abs(rest[p][p] * rest[q][q]))) {
                        turn(rest, axes, p, q);
                        turned = true;
                    }
                }
            }
        }
        float[] found = new float[stride * stride];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                found[i * stride + j] = (float) axes[i][j];
            }
        }
        return found;
    }

    // The rotation of rows and columns p and q after which their common element is 0.
    private static void turn(double[][] rest, double[][] axes, int p, int q) {
        double theta = (rest[q][q] - rest[p][p]) / (2 * rest[p][q]);
        double tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        rotate(rest[p], rest[q], cosine, sine);
        rotate(axes[p], axes[q], cosine, sine);
        for (double[] row : rest) {
            double first = row[p];
            row[p] = cosine * first - sine * row[q];
            row[q] = sine * first + cosine * row[q];
        }
    }

    private static void rotate(double[] first, double[] second, double cosine, double sine) {
        for (int k = 0; k < first.length; k++) {
            double one = first[k];
            first[k] = cosine * one - sine * second[k];
            second[k] = sine * one + cosine * second[k];
        }
    }
}
