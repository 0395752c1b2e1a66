package io.kontor.recommend.als;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.job.JobContext;
import io.kontor.bundles.kernels.Kernels;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AxesTest {

    private static final int SIZE = 40;
    private static final int STRIDE = 48;

    @Test
    void makesADiagonalOfAMatrixWhoseAxesDifferAThousandfold() {
        Random random = new Random(3);
        float[] rows = new float[200 * STRIDE];
        for (int row = 0; row < 200; row++) {
            for (int k = 0; k < SIZE; k++) {
                rows[row * STRIDE + k] = (float) (random.nextGaussian() / (1 + k) + (k > 0 ? 0.3 * rows[row * STRIDE + k - 1] : 0));
            }
        }
        float[] matrix = Kernels.gram(rows, 200, STRIDE, JobContext.unwatched());
        float[] axes = Axes.of(matrix, SIZE, STRIDE);
        float[] turned = new float[rows.length];
        Kernels.product(rows, 200, axes, STRIDE, STRIDE, turned, JobContext.unwatched());
        float[] diagonal = Kernels.gram(turned, 200, STRIDE, JobContext.unwatched());
        for (int i = 0; i < SIZE; i++) {
            assertEquals(1, Kernels.dot(axes, i * STRIDE, axes, i * STRIDE, STRIDE), 1e-5);
            for (int j = 0; j < i; j++) {
                assertEquals(0, Kernels.dot(axes, i * STRIDE, axes, j * STRIDE, STRIDE), 1e-5);
                double cosine = diagonal[i * STRIDE + j] / Math.sqrt(diagonal[i * STRIDE + i] * diagonal[j * STRIDE + j]);
                assertTrue(Math.abs(cosine) < 2e-3, "axes " + i + " and " + j + " have " + cosine + " in common");
            }
        }
    }
}
