package io.kontor.recommend.als;

import io.kontor.bundles.kernels.Kernels;
import java.util.Arrays;

/**
 * The principal axes of a symmetric matrix G without negative eigenvalues, to turn vectors so that the sum of all of them times themselves is a
 * diagonal. Two axes a and b at a time are rotated in their plane until a' G b is 0 (Jacobi 1846; Golub and Van Loan 2013, section 8.5); beside
 * each axis a stands its image G a, so that a rotation is one of four rows (Hestenes 1958, "Inversion of matrices by biorthogonalization and
 * related results"). Takes about 8 size^3 operations a sweep, and few sweeps where the matrix is nearly a diagonal before.
 */
final class Axes {

    private static final int MOST_SWEEPS = 12;
    /** The cosine of a with b in the sense of the matrix, a' G b / sqrt(a' G a b' G b), that is left as it is. */
    private static final double SMALL = 1e-3;

    private final float[][] axes;
    private final float[][] images;
    /** The products of axes with their own images. */
    private final double[] energies;

    private Axes(float[] matrix, int size, int stride) {
        axes = new float[size][stride];
        images = new float[size][];
        energies = new double[size];
        for (int i = 0; i < size; i++) {
            axes[i][i] = 1;
            images[i] = Arrays.copyOfRange(matrix, i * stride, (i + 1) * stride);
            energies[i] = images[i][i];
        }
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
        Axes found = new Axes(matrix, size, stride);
        int sweeps = 0;
        while (sweeps < MOST_SWEEPS && found.sweep()) {
            sweeps++;
        }
        float[] rows = new float[stride * stride];
        for (int i = 0; i < size; i++) {
            System.arraycopy(found.axes[i], 0, rows, i * stride, stride);
        }
        return rows;
    }

    private boolean sweep() {
        boolean turned = false;
        for (int p = 0; p < axes.length; p++) {
            for (int q = p + 1; q < axes.length; q++) {
                // Of the two the sum with the smaller terms.
                boolean first = energies[p] > energies[q];
                double common = Kernels.dot(axes[first ? p : q], 0, images[first ? q : p], 0, axes[p].length);
                if (Math.abs(common) > SMALL * Math.sqrt(Math.abs(energies[p] * energies[q]))) {
                    turn(p, q, common);
                    turned = true;
                }
            }
        }
        return turned;
    }

    private void turn(int p, int q, double common) {
        double theta = (energies[q] - energies[p]) / (2 * common);
        double tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        rotate(axes[p], axes[q], (float) cosine, (float) (tangent * cosine));
        rotate(images[p], images[q], (float) cosine, (float) (tangent * cosine));
        energies[p] -= tangent * common;
        energies[q] += tangent * common;
    }

    private static void rotate(float[] first, float[] second, float cosine, float sine) {
        for (int k = 0; k < first.length; k++) {
            float one = first[k];
            first[k] = cosine * one - sine * second[k];
            second[k] = sine * one + cosine * second[k];
        }
    }
}
