package io.kontor.bundles.kernels;

import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Products, inverses and solutions on matrices of {@code float}, row by row in one array. Methods that take a {@link JobContext} use as many
 * threads as it allows and give the same bits whatever that number is; the others run on the calling thread. None keeps its arguments.
 */
public final class Kernels {

    /** Rows whose length is a multiple of this fill vector registers on any machine. */
    public static final int PADDING = 16;

    static final Lanes LANES = lanes();

    private Kernels() {
    }

    private static Lanes lanes() {
        try {
            return new VectorLanes();
        } catch (LinkageError | UnsupportedOperationException e) {
            return new PlainLanes();
        }
    }

    /**
     * Whether the vector instructions of the machine are used.
     *
     * @return false where the virtual machine was not started with the module of the Vector API
     */
    public static boolean vectorised() {
        return !(LANES instanceof PlainLanes);
    }

    /**
     * The scalar product of two vectors.
     *
     * @param a holds the first one
     * @param aAt where it begins
     * @param b holds the second one
     * @param bAt where it begins
     * @param length how long both are
     * @return sum of a[aAt + i] b[bAt + i], summed in single precision
     * @throws IndexOutOfBoundsException when an array is too short
     */
    public static float dot(float[] a, int aAt, float[] b, int bAt, int length) {
        return LANES.dot(a, aAt, b, bAt, length);
    }

    /**
     * Adds a multiple of one vector to another: y = y + factor x.
     *
     * @param factor any number
     * @param x what is added
     * @param xAt where it begins
     * @param y what it is added to
     * @param yAt where it begins; the two must not overlap within one array
     * @param length how long both are
     * @throws IndexOutOfBoundsException when an array is too short
     */
    public static void axpy(float factor, float[] x, int xAt, float[] y, int yAt, int length) {
        LANES.axpy(factor, x, xAt, y, yAt, length);
    }

    /**
     * Adds a multiple of a vector of bytes to another of floats: y = y + factor x.
     *
     * @param factor any number
     * @param x what is added, steps of -128 to 127
     * @param xAt where it begins
     * @param y what it is added to
     * @param yAt where it begins
     * @param length how long both are
     * @throws IndexOutOfBoundsException when an array is too short
     */
    public static void axpy(float factor, byte[] x, int xAt, float[] y, int yAt, int length) {
        LANES.axpy(factor, x, xAt, y, yAt, length);
    }

    /**
     * Moves values one step of Adam against their gradients.
     *
     * @param step the step
     * @param gradients one a value
     * @param from where they begin
     * @param means running means of gradients, one a value; changed
     * @param squares running means of their squares, 0 or more; changed
     * @param values what is learned; changed
     * @param at where means, squares and values begin
     * @param length how many values
     * @throws IndexOutOfBoundsException when an array is too short
     */
    public static void adam(AdamStep step, float[] gradients, int from, float[] means, float[] squares, float[] values, int at, int length) {
        LANES.adam(step, gradients, from, means, squares, values, at, length);
    }

    /**
     * Pulls a vector towards what the rows of a matrix want of it: y = y + sum over the rows h of w (target - h * x) h. It is the inner loop
     * of solvers by conjugate gradients whose matrix is a sum of such rows times themselves.
     *
     * @param rows row by row
     * @param stride length of a row, a multiple of {@link #PADDING}
     * @param weights one for each row
     * @param count how many rows
     * @param target what each scalar product should be; 0 gives minus the product of the sum of w h h' with x
     * @param x as long as a row
     * @param y as long as a row; added to
     * @throws IndexOutOfBoundsException when an array is too short
     */
    public static void pull(float[] rows, int stride, float[] weights, int count, float target, float[] x, float[] y) {
        LANES.pull(rows, stride, weights, count, target, x, y);
    }

    /**
     * Subtracts a sum of short rows from one of them: row -= sum over i of factors[i] * row i, each of {@link #PADDING} elements.
     *
     * @param factors holds one factor for each row of the sum
     * @param from where the first factor is
     * @param count how many rows the sum has
     * @param rows holds all rows
     * @param row where the one begins
     * @param first where the first row of the sum begins; they follow each other
     * @throws IndexOutOfBoundsException when an array is too short
     */
    public static void subtractRows(float[] factors, int from, int count, float[] rows, int row, int first) {
        LANES.collect(factors, from, count, rows, row, first);
    }

    /**
     * The product of one matrix with another's transpose, C = A B'.
     *
     * @param a rowsOfA times inner
     * @param rowsOfA 0 or more
     * @param b rowsOfB times inner
     * @param rowsOfB 0 or more
     * @param inner length of a row of both, 0 or more
     * @param c rowsOfA times rowsOfB; overwritten
     * @param job allows threads and may cancel
     * @throws IllegalArgumentException when an array is too short
     */
    public static void product(float[] a, int rowsOfA, float[] b, int rowsOfB, int inner, float[] c, JobContext job) {
        check(a.length >= (long) rowsOfA * inner && c.length >= (long) rowsOfA * rowsOfB, "An array is too short for its matrix.");
        PackedRows packed = new PackedRows(b, rowsOfB, inner);
        List<Supplier<Void>> parts = new ArrayList<>();
        for (int first = 0; first < rowsOfA; first += Panels.GROUP) {
            int from = first;
            int rows = Math.min(Panels.GROUP, rowsOfA - first);
            parts.add(() -> {
                packed.times(a, from * inner, rows, c, from * rowsOfB);
                return null;
            });
        }
        job.all(parts);
    }

    /**
     * The Gram matrix of the columns of a tall matrix, A' A: the sum over its rows of the row times itself.
     *
     * @param a rows times columns
     * @param rows 0 or more
     * @param columns 1 or more, a few hundred at most
     * @param job allows threads and may cancel
     * @return columns times columns, symmetric
     * @throws IllegalArgumentException when the array is too short
     */
    public static float[] gram(float[] a, int rows, int columns, JobContext job) {
        check(a.length >= (long) rows * columns, "The array is too short for its matrix.");
        List<Supplier<float[]>> parts = new ArrayList<>();
        for (int first = 0; first < rows; first += Panels.TALL) {
            int from = first;
            int count = Math.min(Panels.TALL, rows - first);
            parts.add(() -> Panels.gram(a, from * columns, count, columns));
        }
        double[] sum = new double[columns * columns];
        for (float[] part : job.all(parts)) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
            }
        }
        float[] gram = new float[sum.length];
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i * columns + j] = (float) sum[i * columns + j];
                gram[j * columns + i] = gram[i * columns + j];
            }
        }
        return gram;
    }

    /**
     * Inverts a symmetric positive definite matrix in place by sweeping blocks of it (Beaton 1964; Goodnight 1979, "A tutorial on the SWEEP
     * operator"). It takes n^3 multiplications and additions, as many as a Cholesky factorisation with the inversion of its factor, nearly all
     * in products of blocks; beyond the matrix 1.6 kB a row.
     *
     * @param matrix size times size; the lower triangle is read, the whole inverse written
     * @param size 1 to 46,340
     * @param job allows threads and may cancel; after that, or a failure, the content of the matrix means nothing
     * @throws IllegalArgumentException when the array is too short
     * @throws ArithmeticException when the matrix is not positive definite in single precision
     */
    public static void inverse(float[] matrix, int size, JobContext job) {
        check(matrix.length >= (long) size * size, "The array is too short for its matrix.");
        new Sweep(matrix, size, job).run();
    }

    static void check(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException(message);
        }
    }

    static float[] zeros(float[] array, int length) {
        Arrays.fill(array, 0, length, 0);
        return array;
    }
}
