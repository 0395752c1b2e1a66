package io.kontor.bundles.kernels;

import java.util.Arrays;

/** Loops for a virtual machine without vector instructions in its API; written so that its compiler can find some by itself. */
final class PlainLanes implements Lanes {

    private static final int COLUMNS = 192;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public float dot(float[] a, int aAt, float[] b, int bAt, int length) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int i = 0;
        for (; i < length - 3; i += 4) {
            first += a[aAt + i] * b[bAt + i];
            second += a[aAt + i + 1] * b[bAt + i + 1];
            third += a[aAt + i + 2] * b[bAt + i + 2];
            fourth += a[aAt + i + 3] * b[bAt + i + 3];
        }
        float sum = first + second + (third + fourth);
        for (; i < length; i++) {
            sum += a[aAt + i] * b[bAt + i];
        }
        return sum;
    }

    @Override
    public void axpy(float factor, float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    @Override
    public void axpy(float factor, byte[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    @Override
    public void adam(AdamStep step, float[] gradients, int from, float[] means, float[] squares, float[] values, int at, int length) {
        for (int i = 0; i < length; i++) {
            float gradient = step.scale() * gradients[from + i];
            means[at + i] = AdamStep.FIRST * means[at + i] + (1 - AdamStep.FIRST) * gradient;
            squares[at + i] = AdamStep.SECOND * squares[at + i] + (1 - AdamStep.SECOND) * gradient * gradient;
            values[at + i] -= step.rate() * means[at + i] / ((float) Math.sqrt(step.correction() * squares[at + i]) + AdamStep.TINY);
        }
    }

    @Override
    public void tile(int inner, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int stride) {
        for (int i = 0; i < ROWS; i++) {
            int k = 0;
            for (; k < inner - 3; k += 4) {
                four(a, aAt + k * ROWS + i, b, bAt + k * COLUMNS, c, cAt + i * stride);
            }
            for (; k < inner; k++) {
                axpy(a[aAt + k * ROWS + i], b, bAt + k * COLUMNS, c, cAt + i * stride, COLUMNS);
            }
        }
    }

    private static void four(float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
        float first = a[aAt];
        float second = a[aAt + ROWS];
        float third = a[aAt + 2 * ROWS];
        float fourth = a[aAt + 3 * ROWS];
        for (int j = 0; j < COLUMNS; j++) {
            c[cAt + j] += first * b[bAt + j] + second * b[bAt + COLUMNS + j]
                    + (third * b[bAt + 2 * COLUMNS + j] + fourth * b[bAt + 3 * COLUMNS + j]);
        }
    }

    @Override
    public void row(int inner, float[] a, float[] b, int bAt, float[] c, int cAt) {
        Arrays.fill(c, cAt, cAt + COLUMNS, 0);
        for (int k = 0; k < inner; k++) {
            axpy(a[k], b, bAt + k * COLUMNS, c, cAt, COLUMNS);
        }
    }

    @Override
    public void pull(float[] rows, int stride, float[] weights, int count, float target, float[] x, float[] y) {
        for (int i = 0; i < count; i++) {
            int at = i * stride;
            axpy(weights[i] * (target - dot(rows, at, x, 0, stride)), rows, at, y, 0, stride);
        }
    }

    @Override
    public void eliminate(float[] factors, int from, int count, float[] rows, int row, int first) {
        for (int i = 0; i < count; i++) {
            axpy(-factors[from + i], rows, row, rows, first + i * Kernels.PADDING, Kernels.PADDING);
        }
    }

    @Override
    public void collect(float[] factors, int from, int count, float[] rows, int row, int first) {
        for (int i = 0; i < count; i++) {
            axpy(-factors[from + i], rows, first + i * Kernels.PADDING, rows, row, Kernels.PADDING);
        }
    }

    @Override
    public void row(int inner, float[] a, byte[] b, int bAt, float[] c, int cAt) {
        Arrays.fill(c, cAt, cAt + COLUMNS, 0);
        for (int k = 0; k < inner; k++) {
            axpy(a[k], b, bAt + k * COLUMNS, c, cAt, COLUMNS);
        }
    }
}
