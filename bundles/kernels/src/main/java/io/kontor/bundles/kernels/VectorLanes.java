package io.kontor.bundles.kernels;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops on vector registers of the size that the machine prefers. A tile fills the registers: 6 times 4 where there are 32 of them (512 bits on
 * Intel's kind, 128 bits on ARM's), else 6 times 2 (256 bits). A register of floats is filled from a quarter register of bytes.
 */
final class VectorLanes implements Lanes {

    private static final Lanes PLAIN = new PlainLanes();
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LENGTH = FLOATS.length();
    private static final int FEWEST = 4;
    private static final int MOST = 16;
    private static final int HALF = 8;
    private static final boolean WIDE = LENGTH != HALF;
    private static final int COLUMNS = (WIDE ? 4 : 2) * LENGTH;
    private static final VectorSpecies<Byte> BYTES =
            LENGTH < HALF ? ByteVector.SPECIES_64 : VectorSpecies.of(byte.class, VectorShape.forBitSize(LENGTH * Byte.SIZE));
    private static final VectorSpecies<Float> OF_BYTES = LENGTH < HALF ? FloatVector.SPECIES_256 : FLOATS;
    private static final VectorShuffle<Float> BY_EIGHT = VectorShuffle.iota(FLOATS, HALF, 1, true);
    private static final VectorShuffle<Float> BY_FOUR = VectorShuffle.iota(FLOATS, FEWEST, 1, true);
    private static final VectorShuffle<Float> BY_TWO = VectorShuffle.iota(FLOATS, 2, 1, true);
    private static final VectorShuffle<Float> BY_ONE = VectorShuffle.iota(FLOATS, 1, 1, true);

    /**
     * Made once.
     *
     * @throws UnsupportedOperationException when the machine's registers are of a size that no loop was written for
     */
    VectorLanes() {
        if (LENGTH < FEWEST || LENGTH > MOST) {
            throw new UnsupportedOperationException("vectors of " + LENGTH + " floats");
        }
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public float dot(float[] a, int aAt, float[] b, int bAt, int length) {
        FloatVector first = FloatVector.zero(FLOATS);
        FloatVector second = FloatVector.zero(FLOATS);
        int i = 0;
        int pairs = length - length % (2 * LENGTH);
        for (; i < pairs; i += 2 * LENGTH) {
            first = FloatVector.fromArray(FLOATS, a, aAt + i).fma(FloatVector.fromArray(FLOATS, b, bAt + i), first);
            second = FloatVector.fromArray(FLOATS, a, aAt + i + LENGTH).fma(FloatVector.fromArray(FLOATS, b, bAt + i + LENGTH), second);
        }
        float sum = sums(first.add(second)).lane(0);
        for (; i < length; i++) {
            sum += a[aAt + i] * b[bAt + i];
        }
        return sum;
    }

    @Override
    public void axpy(float factor, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector factors = FloatVector.broadcast(FLOATS, factor);
        int i = 0;
        for (; i <= length - LENGTH; i += LENGTH) {
            factors.fma(FloatVector.fromArray(FLOATS, x, xAt + i), FloatVector.fromArray(FLOATS, y, yAt + i)).intoArray(y, yAt + i);
        }
        for (; i < length; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    @Override
    public void axpy(float factor, byte[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector factors = FloatVector.broadcast(OF_BYTES, factor);
        int i = 0;
        for (; i <= length - OF_BYTES.length(); i += OF_BYTES.length()) {
            factors.fma(floats(x, xAt + i), FloatVector.fromArray(OF_BYTES, y, yAt + i)).intoArray(y, yAt + i);
        }
        for (; i < length; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    @Override
    public void adam(AdamStep step, float[] gradients, int from, float[] means, float[] squares, float[] values, int at, int length) {
        int i = 0;
        for (; i <= length - LENGTH; i += LENGTH) {
            FloatVector gradient = FloatVector.fromArray(FLOATS, gradients, from + i).mul(step.scale());
            FloatVector mean = FloatVector.fromArray(FLOATS, means, at + i).mul(AdamStep.FIRST).add(gradient.mul(1 - AdamStep.FIRST));
            FloatVector square = FloatVector.fromArray(FLOATS, squares, at + i).mul(AdamStep.SECOND)
                    .add(gradient.mul(gradient).mul(1 - AdamStep.SECOND));
            mean.intoArray(means, at + i);
            square.intoArray(squares, at + i);
            FloatVector.fromArray(FLOATS, values, at + i).sub(mean.mul(step.rate())
                    .div(square.mul(step.correction()).sqrt().add(AdamStep.TINY))).intoArray(values, at + i);
        }
        PLAIN.adam(step, gradients, from + i, means, squares, values, at + i, length - i);
    }

    @Override
    public void tile(int inner, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int stride) {
        if (WIDE) {
            wide(inner, a, aAt, b, bAt, c, cAt, stride);
        } else {
            narrow(inner, a, aAt, b, bAt, c, cAt, stride);
        }
    }

    /** Six rows, four registers each: 24 sums, four registers of the strip and one factor. */
    private static void wide(int inner, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int stride) {
        FloatVector c00 = FloatVector.zero(FLOATS);
        FloatVector c01 = FloatVector.zero(FLOATS);
        FloatVector c02 = FloatVector.zero(FLOATS);
        FloatVector c03 = FloatVector.zero(FLOATS);
        FloatVector c10 = FloatVector.zero(FLOATS);
        FloatVector c11 = FloatVector.zero(FLOATS);
        FloatVector c12 = FloatVector.zero(FLOATS);
        FloatVector c13 = FloatVector.zero(FLOATS);
        FloatVector c20 = FloatVector.zero(FLOATS);
        FloatVector c21 = FloatVector.zero(FLOATS);
        FloatVector c22 = FloatVector.zero(FLOATS);
        FloatVector c23 = FloatVector.zero(FLOATS);
        FloatVector c30 = FloatVector.zero(FLOATS);
        FloatVector c31 = FloatVector.zero(FLOATS);
        FloatVector c32 = FloatVector.zero(FLOATS);
        FloatVector c33 = FloatVector.zero(FLOATS);
        FloatVector c40 = FloatVector.zero(FLOATS);
        FloatVector c41 = FloatVector.zero(FLOATS);
        FloatVector c42 = FloatVector.zero(FLOATS);
        FloatVector c43 = FloatVector.zero(FLOATS);
        FloatVector c50 = FloatVector.zero(FLOATS);
        FloatVector c51 = FloatVector.zero(FLOATS);
        FloatVector c52 = FloatVector.zero(FLOATS);
        FloatVector c53 = FloatVector.zero(FLOATS);
        for (int k = 0; k < inner; k++) {
            int from = bAt + k * 4 * LENGTH;
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, from);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, from + LENGTH);
            FloatVector b2 = FloatVector.fromArray(FLOATS, b, from + 2 * LENGTH);
            FloatVector b3 = FloatVector.fromArray(FLOATS, b, from + 3 * LENGTH);
            int at = aAt + k * ROWS;
            FloatVector factor = FloatVector.broadcast(FLOATS, a[at]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            c02 = factor.fma(b2, c02);
            c03 = factor.fma(b3, c03);
            factor = FloatVector.broadcast(FLOATS, a[at + 1]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            c12 = factor.fma(b2, c12);
            c13 = factor.fma(b3, c13);
            factor = FloatVector.broadcast(FLOATS, a[at + 2]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            c22 = factor.fma(b2, c22);
            c23 = factor.fma(b3, c23);
            factor = FloatVector.broadcast(FLOATS, a[at + 3]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
            c32 = factor.fma(b2, c32);
            c33 = factor.fma(b3, c33);
            factor = FloatVector.broadcast(FLOATS, a[at + 4]);
            c40 = factor.fma(b0, c40);
            c41 = factor.fma(b1, c41);
            c42 = factor.fma(b2, c42);
            c43 = factor.fma(b3, c43);
            factor = FloatVector.broadcast(FLOATS, a[at + 5]);
            c50 = factor.fma(b0, c50);
            c51 = factor.fma(b1, c51);
            c52 = factor.fma(b2, c52);
            c53 = factor.fma(b3, c53);
        }
        add(c00, c, cAt);
        add(c01, c, cAt + LENGTH);
        add(c02, c, cAt + 2 * LENGTH);
        add(c03, c, cAt + 3 * LENGTH);
        add(c10, c, cAt + stride);
        add(c11, c, cAt + stride + LENGTH);
        add(c12, c, cAt + stride + 2 * LENGTH);
        add(c13, c, cAt + stride + 3 * LENGTH);
        add(c20, c, cAt + 2 * stride);
        add(c21, c, cAt + 2 * stride + LENGTH);
        add(c22, c, cAt + 2 * stride + 2 * LENGTH);
        add(c23, c, cAt + 2 * stride + 3 * LENGTH);
        add(c30, c, cAt + 3 * stride);
        add(c31, c, cAt + 3 * stride + LENGTH);
        add(c32, c, cAt + 3 * stride + 2 * LENGTH);
        add(c33, c, cAt + 3 * stride + 3 * LENGTH);
        add(c40, c, cAt + 4 * stride);
        add(c41, c, cAt + 4 * stride + LENGTH);
        add(c42, c, cAt + 4 * stride + 2 * LENGTH);
        add(c43, c, cAt + 4 * stride + 3 * LENGTH);
        add(c50, c, cAt + 5 * stride);
        add(c51, c, cAt + 5 * stride + LENGTH);
        add(c52, c, cAt + 5 * stride + 2 * LENGTH);
        add(c53, c, cAt + 5 * stride + 3 * LENGTH);
    }

    /** Six rows, two registers each: 12 sums, two registers of the strip and one factor. */
    private static void narrow(int inner, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int stride) {
        FloatVector c00 = FloatVector.zero(FLOATS);
        FloatVector c01 = FloatVector.zero(FLOATS);
        FloatVector c10 = FloatVector.zero(FLOATS);
        FloatVector c11 = FloatVector.zero(FLOATS);
        FloatVector c20 = FloatVector.zero(FLOATS);
        FloatVector c21 = FloatVector.zero(FLOATS);
        FloatVector c30 = FloatVector.zero(FLOATS);
        FloatVector c31 = FloatVector.zero(FLOATS);
        FloatVector c40 = FloatVector.zero(FLOATS);
        FloatVector c41 = FloatVector.zero(FLOATS);
        FloatVector c50 = FloatVector.zero(FLOATS);
        FloatVector c51 = FloatVector.zero(FLOATS);
        for (int k = 0; k < inner; k++) {
            int from = bAt + k * 2 * LENGTH;
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, from);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, from + LENGTH);
            int at = aAt + k * ROWS;
            FloatVector factor = FloatVector.broadcast(FLOATS, a[at]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            factor = FloatVector.broadcast(FLOATS, a[at + 1]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            factor = FloatVector.broadcast(FLOATS, a[at + 2]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            factor = FloatVector.broadcast(FLOATS, a[at + 3]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
            factor = FloatVector.broadcast(FLOATS, a[at + 4]);
            c40 = factor.fma(b0, c40);
            c41 = factor.fma(b1, c41);
            factor = FloatVector.broadcast(FLOATS, a[at + 5]);
            c50 = factor.fma(b0, c50);
            c51 = factor.fma(b1, c51);
        }
        add(c00, c, cAt);
        add(c01, c, cAt + LENGTH);
        add(c10, c, cAt + stride);
        add(c11, c, cAt + stride + LENGTH);
        add(c20, c, cAt + 2 * stride);
        add(c21, c, cAt + 2 * stride + LENGTH);
        add(c30, c, cAt + 3 * stride);
        add(c31, c, cAt + 3 * stride + LENGTH);
        add(c40, c, cAt + 4 * stride);
        add(c41, c, cAt + 4 * stride + LENGTH);
        add(c50, c, cAt + 5 * stride);
        add(c51, c, cAt + 5 * stride + LENGTH);
    }

    /**
     * The sum of the elements of a register, in each element of another. The order of {@code reduceLanes} is the virtual machine's affair and
     * may be another one once a method is compiled; this one stays.
     */
    private static FloatVector sums(FloatVector vector) {
        FloatVector sums = vector;
        if (LENGTH == MOST) {
            sums = sums.add(sums.rearrange(BY_EIGHT));
        }
        if (LENGTH >= HALF) {
            sums = sums.add(sums.rearrange(BY_FOUR));
        }
        sums = sums.add(sums.rearrange(BY_TWO));
        return sums.add(sums.rearrange(BY_ONE));
    }

    private static void add(FloatVector sum, float[] c, int at) {
        FloatVector.fromArray(FLOATS, c, at).add(sum).intoArray(c, at);
    }

    @Override
    public void row(int inner, float[] a, float[] b, int bAt, float[] c, int cAt) {
        if (!WIDE) {
            two(inner, a, b, bAt, c, cAt);
            return;
        }
        FloatVector first = FloatVector.zero(FLOATS);
        FloatVector second = FloatVector.zero(FLOATS);
        FloatVector third = FloatVector.zero(FLOATS);
        FloatVector fourth = FloatVector.zero(FLOATS);
        for (int k = 0; k < inner; k++) {
            FloatVector factor = FloatVector.broadcast(FLOATS, a[k]);
            int at = bAt + k * 4 * LENGTH;
            first = factor.fma(FloatVector.fromArray(FLOATS, b, at), first);
            second = factor.fma(FloatVector.fromArray(FLOATS, b, at + LENGTH), second);
            third = factor.fma(FloatVector.fromArray(FLOATS, b, at + 2 * LENGTH), third);
            fourth = factor.fma(FloatVector.fromArray(FLOATS, b, at + 3 * LENGTH), fourth);
        }
        first.intoArray(c, cAt);
        second.intoArray(c, cAt + LENGTH);
        third.intoArray(c, cAt + 2 * LENGTH);
        fourth.intoArray(c, cAt + 3 * LENGTH);
    }

    private static void two(int inner, float[] a, float[] b, int bAt, float[] c, int cAt) {
        FloatVector first = FloatVector.zero(FLOATS);
        FloatVector second = FloatVector.zero(FLOATS);
        for (int k = 0; k < inner; k++) {
            FloatVector factor = FloatVector.broadcast(FLOATS, a[k]);
            int at = bAt + k * 2 * LENGTH;
            first = factor.fma(FloatVector.fromArray(FLOATS, b, at), first);
            second = factor.fma(FloatVector.fromArray(FLOATS, b, at + LENGTH), second);
        }
        first.intoArray(c, cAt);
        second.intoArray(c, cAt + LENGTH);
    }

    @Override
    public void pull(float[] rows, int stride, float[] weights, int count, float target, float[] x, float[] y) {
        if (stride == 4 * LENGTH) {
            four(rows, weights, count, target, x, y);
        } else if (stride == 8 * LENGTH) {
            eight(rows, weights, count, target, x, y);
        } else {
            for (int i = 0; i < count; i++) {
                int at = i * stride;
                axpy(weights[i] * (target - dot(rows, at, x, 0, stride)), rows, at, y, 0, stride);
            }
        }
    }

    /** Rows of four registers; all of x and y stay in registers. */
    private static void four(float[] rows, float[] weights, int count, float target, float[] x, float[] y) {
        FloatVector targets = FloatVector.broadcast(FLOATS, target);
        FloatVector x0 = FloatVector.fromArray(FLOATS, x, 0);
        FloatVector x1 = FloatVector.fromArray(FLOATS, x, LENGTH);
        FloatVector x2 = FloatVector.fromArray(FLOATS, x, 2 * LENGTH);
        FloatVector x3 = FloatVector.fromArray(FLOATS, x, 3 * LENGTH);
        FloatVector y0 = FloatVector.fromArray(FLOATS, y, 0);
        FloatVector y1 = FloatVector.fromArray(FLOATS, y, LENGTH);
        FloatVector y2 = FloatVector.fromArray(FLOATS, y, 2 * LENGTH);
        FloatVector y3 = FloatVector.fromArray(FLOATS, y, 3 * LENGTH);
        for (int i = 0; i < count; i++) {
            int at = i * 4 * LENGTH;
            FloatVector h0 = FloatVector.fromArray(FLOATS, rows, at);
            FloatVector h1 = FloatVector.fromArray(FLOATS, rows, at + LENGTH);
            FloatVector h2 = FloatVector.fromArray(FLOATS, rows, at + 2 * LENGTH);
            FloatVector h3 = FloatVector.fromArray(FLOATS, rows, at + 3 * LENGTH);
            FloatVector even = h0.mul(x0);
            FloatVector odd = h1.mul(x1);
            even = h2.fma(x2, even);
            odd = h3.fma(x3, odd);
            FloatVector factor = targets.sub(sums(even.add(odd))).mul(weights[i]);
            y0 = factor.fma(h0, y0);
            y1 = factor.fma(h1, y1);
            y2 = factor.fma(h2, y2);
            y3 = factor.fma(h3, y3);
        }
        y0.intoArray(y, 0);
        y1.intoArray(y, LENGTH);
        y2.intoArray(y, 2 * LENGTH);
        y3.intoArray(y, 3 * LENGTH);
    }

    /** Rows of eight registers; all of x and y stay in registers. */
    private static void eight(float[] rows, float[] weights, int count, float target, float[] x, float[] y) {
        FloatVector targets = FloatVector.broadcast(FLOATS, target);
        FloatVector x0 = FloatVector.fromArray(FLOATS, x, 0);
        FloatVector x1 = FloatVector.fromArray(FLOATS, x, LENGTH);
        FloatVector x2 = FloatVector.fromArray(FLOATS, x, 2 * LENGTH);
        FloatVector x3 = FloatVector.fromArray(FLOATS, x, 3 * LENGTH);
        FloatVector x4 = FloatVector.fromArray(FLOATS, x, 4 * LENGTH);
        FloatVector x5 = FloatVector.fromArray(FLOATS, x, 5 * LENGTH);
        FloatVector x6 = FloatVector.fromArray(FLOATS, x, 6 * LENGTH);
        FloatVector x7 = FloatVector.fromArray(FLOATS, x, 7 * LENGTH);
        FloatVector y0 = FloatVector.fromArray(FLOATS, y, 0);
        FloatVector y1 = FloatVector.fromArray(FLOATS, y, LENGTH);
        FloatVector y2 = FloatVector.fromArray(FLOATS, y, 2 * LENGTH);
        FloatVector y3 = FloatVector.fromArray(FLOATS, y, 3 * LENGTH);
        FloatVector y4 = FloatVector.fromArray(FLOATS, y, 4 * LENGTH);
        FloatVector y5 = FloatVector.fromArray(FLOATS, y, 5 * LENGTH);
        FloatVector y6 = FloatVector.fromArray(FLOATS, y, 6 * LENGTH);
        FloatVector y7 = FloatVector.fromArray(FLOATS, y, 7 * LENGTH);
        for (int i = 0; i < count; i++) {
            int at = i * 8 * LENGTH;
            FloatVector h0 = FloatVector.fromArray(FLOATS, rows, at);
            FloatVector h1 = FloatVector.fromArray(FLOATS, rows, at + LENGTH);
            FloatVector h2 = FloatVector.fromArray(FLOATS, rows, at + 2 * LENGTH);
            FloatVector h3 = FloatVector.fromArray(FLOATS, rows, at + 3 * LENGTH);
            FloatVector h4 = FloatVector.fromArray(FLOATS, rows, at + 4 * LENGTH);
            FloatVector h5 = FloatVector.fromArray(FLOATS, rows, at + 5 * LENGTH);
            FloatVector h6 = FloatVector.fromArray(FLOATS, rows, at + 6 * LENGTH);
            FloatVector h7 = FloatVector.fromArray(FLOATS, rows, at + 7 * LENGTH);
            FloatVector even = h0.mul(x0);
            FloatVector odd = h1.mul(x1);
            even = h2.fma(x2, even);
            odd = h3.fma(x3, odd);
            even = h4.fma(x4, even);
            odd = h5.fma(x5, odd);
            even = h6.fma(x6, even);
            odd = h7.fma(x7, odd);
            FloatVector factor = targets.sub(sums(even.add(odd))).mul(weights[i]);
            y0 = factor.fma(h0, y0);
            y1 = factor.fma(h1, y1);
            y2 = factor.fma(h2, y2);
            y3 = factor.fma(h3, y3);
            y4 = factor.fma(h4, y4);
            y5 = factor.fma(h5, y5);
            y6 = factor.fma(h6, y6);
            y7 = factor.fma(h7, y7);
        }
        y0.intoArray(y, 0);
        y1.intoArray(y, LENGTH);
        y2.intoArray(y, 2 * LENGTH);
        y3.intoArray(y, 3 * LENGTH);
        y4.intoArray(y, 4 * LENGTH);
        y5.intoArray(y, 5 * LENGTH);
        y6.intoArray(y, 6 * LENGTH);
        y7.intoArray(y, 7 * LENGTH);
    }

    @Override
    public void eliminate(float[] factors, int from, int count, float[] rows, int row, int first) {
        for (int part = 0; part < Kernels.PADDING; part += LENGTH) {
            FloatVector taken = FloatVector.fromArray(FLOATS, rows, row + part);
            for (int i = 0; i < count; i++) {
                int at = first + i * Kernels.PADDING + part;
                FloatVector factor = FloatVector.broadcast(FLOATS, -factors[from + i]);
                factor.fma(taken, FloatVector.fromArray(FLOATS, rows, at)).intoArray(rows, at);
            }
        }
    }

    @Override
    public void collect(float[] factors, int from, int count, float[] rows, int row, int first) {
        for (int part = 0; part < Kernels.PADDING; part += LENGTH) {
            FloatVector even = FloatVector.fromArray(FLOATS, rows, row + part);
            FloatVector odd = FloatVector.zero(FLOATS);
            int i = 0;
            for (; i < count - 1; i += 2) {
                int at = first + i * Kernels.PADDING + part;
                even = FloatVector.broadcast(FLOATS, -factors[from + i]).fma(FloatVector.fromArray(FLOATS, rows, at), even);
                odd = FloatVector.broadcast(FLOATS, -factors[from + i + 1]).fma(FloatVector.fromArray(FLOATS, rows, at + Kernels.PADDING), odd);
            }
            if (i < count) {
                int at = first + i * Kernels.PADDING + part;
                even = FloatVector.broadcast(FLOATS, -factors[from + i]).fma(FloatVector.fromArray(FLOATS, rows, at), even);
            }
            even.add(odd).intoArray(rows, row + part);
        }
    }

    @Override
    public void row(int inner, float[] a, byte[] b, int bAt, float[] c, int cAt) {
        int length = OF_BYTES.length();
        for (int j = 0; j < COLUMNS; j += 2 * length) {
            FloatVector first = FloatVector.zero(OF_BYTES);
            FloatVector second = FloatVector.zero(OF_BYTES);
            for (int k = 0; k < inner; k++) {
                FloatVector factor = FloatVector.broadcast(OF_BYTES, a[k]);
                int at = bAt + k * COLUMNS + j;
                first = factor.fma(floats(b, at), first);
                second = factor.fma(floats(b, at + length), second);
            }
            first.intoArray(c, cAt + j);
            second.intoArray(c, cAt + j + length);
        }
    }

    private static FloatVector floats(byte[] from, int at) {
        return (FloatVector) ByteVector.fromArray(BYTES, from, at).castShape(OF_BYTES, 0);
    }
}
