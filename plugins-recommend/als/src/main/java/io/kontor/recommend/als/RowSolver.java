package io.kontor.recommend.als;

import io.kontor.api.choice.SparseMatrix;
import io.kontor.bundles.kernels.Kernels;
import java.util.Arrays;

/**
 * Improves the factors of single customers or products with those of the other side held fixed, by a few steps of conjugate gradients (Takács,
 * Pilászy and Tikk 2011, "Applications of the conjugate gradient method for implicit feedback collaborative filtering"). The other side lies
 * along its principal axes, so that all it would say of unobserved pairs is a diagonal, which the steps are preconditioned by as well. For one
 * thread.
 */
final class RowSolver {

    private static final int STEPS = 3;
    /** So many vectors of the other side are copied to be near each other; they stay in the machine's caches. */
    private static final int AT_ONCE = 1 << 15;
    private static final float CONVERGED = 1e-12f;

    private final SparseMatrix choices;
    private final float[] others;
    private final float[] energies;
    private final int stride;
    private final Strengths strengths;
    private final float[] x;
    private final float[] residual;
    private final float[] direction;
    private final float[] image;
    private final float[] diagonal;
    private final float[] scaled;
    private float[] gathered;
    private float[] weights = new float[256];
    private int from = -1;

    /**
     * For one half step.
     *
     * @param choices a row for each vector that is to be improved
     * @param others the vectors of the other side
     * @param energies sums of the squares of the other side's factors, times the weight of unobserved pairs
     * @param stride distance between vectors
     * @param strengths how strongly vectors are held back
     */
    RowSolver(SparseMatrix choices, float[] others, float[] energies, int stride, Strengths strengths) {
        this.choices = choices;
        this.others = others;
        this.energies = energies;
        this.stride = stride;
        this.strengths = strengths;
        x = new float[stride];
        residual = new float[stride];
        direction = new float[stride];
        image = new float[stride];
        diagonal = new float[stride];
        scaled = new float[stride];
        gathered = new float[weights.length * stride];
    }

    /** Improves one vector in place. */
    void improve(int row, float[] vectors) {
        if (choices.length(row) == 0) {
            Arrays.fill(vectors, row * stride, (row + 1) * stride, 0);
            return;
        }
        float held = strengths.of(weights(row), choices.columns());
        for (int k = 0; k < stride; k++) {
            diagonal[k] = energies[k] + held;
        }
        System.arraycopy(vectors, row * stride, x, 0, stride);
        Arrays.fill(residual, 0);
        pull(row, 1, x, residual);
        for (int k = 0; k < stride; k++) {
            residual[k] -= diagonal[k] * x[k];
            direction[k] = residual[k] / diagonal[k];
        }
        float left = Kernels.dot(residual, 0, direction, 0, stride);
        for (int step = 0; step < STEPS && left > CONVERGED; step++) {
            Arrays.fill(image, 0);
            pull(row, 0, direction, image);
            for (int k = 0; k < stride; k++) {
                image[k] -= diagonal[k] * direction[k];
            }
            float length = -left / Kernels.dot(direction, 0, image, 0, stride);
            Kernels.axpy(length, direction, 0, x, 0, stride);
            Kernels.axpy(length, image, 0, residual, 0, stride);
            for (int k = 0; k < stride; k++) {
                scaled[k] = residual[k] / diagonal[k];
            }
            float before = left;
            left = Kernels.dot(residual, 0, scaled, 0, stride);
            float turn = left / before;
            for (int k = 0; k < stride; k++) {
                direction[k] = scaled[k] + turn * direction[k];
            }
        }
        System.arraycopy(x, 0, vectors, row * stride, stride);
    }

    private double weights(int row) {
        double sum = 0;
        for (int place = choices.start(row); place < choices.start(row + 1); place++) {
            sum += choices.value(place);
        }
        return sum;
    }

    private void pull(int row, float target, float[] vector, float[] into) {
        int end = choices.start(row + 1);
        for (int place = choices.start(row); place < end; place += AT_ONCE) {
            int count = Math.min(AT_ONCE, end - place);
            if (place != from) {
                gather(place, count);
            }
            Kernels.pull(gathered, stride, weights, count, target, vector, into);
        }
    }

    private void gather(int first, int count) {
        if (weights.length < count) {
            weights = new float[Math.min(AT_ONCE, count * 2)];
            gathered = new float[weights.length * stride];
        }
        for (int i = 0; i < count; i++) {
            weights[i] = choices.value(first + i);
            System.arraycopy(others, choices.column(first + i) * stride, gathered, i * stride, stride);
        }
        from = first;
    }
}
