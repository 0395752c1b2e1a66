package io.kontor.recommend.matrixfactorization;

import io.kontor.bundles.kernels.AdamStep;
import io.kontor.bundles.kernels.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Rows of factors, each with a bias behind them, that follow their gradients by Adam (Kingma and Ba 2015, "Adam: a method for stochastic
 * optimization", algorithm 1); rows of which a batch says nothing stay as they are. For one thread.
 */
final class AdamRows {

    private static final double DEVIATION = 0.1;

    private final int length;
    private final float[] values;
    private final float[] means;
    private final float[] squares;
    private final float[] gradients;
    private final int[] slots;
    private final int[] touched;
    private int count;

    /**
     * Rows with small random factors and no bias.
     *
     * @param rows how many
     * @param length of a row with its bias
     * @param batch of how many different rows a batch may speak
     * @param random draws them
     */
    AdamRows(int rows, int length, int batch, SplittableRandom random) {
        this.length = length;
        values = new float[Math.multiplyExact(rows, length)];
        means = new float[values.length];
        squares = new float[values.length];
        gradients = new float[batch * length];
        slots = new int[rows];
        touched = new int[batch];
        Arrays.fill(slots, -1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (i + 1) % length == 0 ? 0 : (float) (DEVIATION * random.nextGaussian());
        }
    }

    float[] values() {
        return values;
    }

    /** Adds to the gradient of a row: error times the other row, whose bias counts 1, and regularisation times the row. */
    void gradient(int row, float error, AdamRows others, int other, float regularisation) {
        if (slots[row] < 0) {
            slots[row] = count;
            touched[count] = row;
            Arrays.fill(gradients, count * length, (count + 1) * length, 0);
            count++;
        }
        int to = slots[row] * length;
        int own = row * length;
        int from = other * length;
        Kernels.axpy(error, others.values, from, gradients, to, length - 1);
        Kernels.axpy(regularisation, values, own, gradients, to, length - 1);
        gradients[to + length - 1] += error + regularisation * values[own + length - 1];
    }

    /** Moves the rows that the batch spoke of. */
    void step(int step, float rate, int samples) {
        AdamStep adam = AdamStep.of(step, rate, samples);
        for (int slot = 0; slot < count; slot++) {
            Kernels.adam(adam, gradients, slot * length, means, squares, values, touched[slot] * length, length);
            slots[touched[slot]] = -1;
        }
        count = 0;
    }

    /** The scalar product of two rows plus both biases. */
    float score(int row, AdamRows others, int other) {
        int own = row * length;
        int from = other * length;
        return values[own + length - 1] + others.values[from + length - 1] + Kernels.dot(values, own, others.values, from, length - 1);
    }
}
