package io.kontor.bundles.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.job.JobContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {

    private static final JobContext ALONE = JobContext.unwatched();

    private final Random random = new Random(11);

    @Test
    void usesTheVectorInstructionsOfThisVirtualMachine() {
        assertTrue(Kernels.vectorised());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 31, 64, 257})
    void multipliesAndAddsVectorsOfAnyLength(int length) {
        float[] a = numbers(length + 3);
        float[] b = numbers(length + 5);
        double expected = 0;
        float[] sum = b.clone();
        for (int i = 0; i < length; i++) {
            expected += (double) a[i + 3] * b[i + 5];
            sum[i + 5] += 2.5f * a[i + 3];
        }
        assertEquals(expected, Kernels.dot(a, 3, b, 5, length), 1e-4);
        Kernels.axpy(2.5f, a, 3, b, 5, length);
        assertArrayEquals(sum, b, 1e-5f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 63, 200})
    void multipliesMatricesWhereTilesEndWithin(int inner) {
        int rowsOfA = 101;
        int rowsOfB = 205;
        float[] a = numbers(rowsOfA * inner);
        float[] b = numbers(rowsOfB * inner);
        float[] c = numbers(rowsOfA * rowsOfB);
        Kernels.product(a, rowsOfA, b, rowsOfB, inner, c, ALONE);
        assertArrayEquals(product(a, rowsOfA, b, rowsOfB, inner), c, 1e-4f);
    }

    @Test
    void sumsTheRowsOfATallMatrixTimesThemselves() {
        int rows = 9001;
        int columns = 70;
        float[] a = numbers(rows * columns);
        float[] gram = Kernels.gram(a, rows, columns, ALONE);
        float[] turned = new float[a.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = a[i * columns + j];
            }
        }
        assertArrayEquals(product(turned, columns, turned, columns, rows), gram, 0.02f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 191, 192, 193, 402, 640})
    void invertsMatricesOfAnySize(int size) {
        float[] matrix = definite(size);
        float[] inverse = matrix.clone();
        Kernels.inverse(inverse, size, ALONE);
        float[] identity = new float[size * size];
        for (int i = 0; i < size; i++) {
            identity[i * size + i] = 1;
        }
        float[] found = new float[size * size];
        Kernels.product(matrix, size, inverse, size, size, found, ALONE);
        assertArrayEquals(identity, found, 1e-4f);
    }

    @Test
    void readsTheLowerTriangleOnlyAndWritesBoth() {
        int size = 300;
        float[] whole = definite(size);
        float[] lower = whole.clone();
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                lower[i * size + j] = Float.NaN;
            }
        }
        Kernels.inverse(whole, size, ALONE);
        Kernels.inverse(lower, size, ALONE);
        assertArrayEquals(whole, lower);
    }

    @Test
    void saysThatAMatrixIsNotDefinite() {
        int size = 256;
        float[] matrix = definite(size);
        matrix[240 * size + 240] = -1;
        assertThrows(ArithmeticException.class, () -> Kernels.inverse(matrix.clone(), size, ALONE));
        assertThrows(ArithmeticException.class, () -> new Cholesky(matrix.clone(), size, size));
        assertThrows(IllegalArgumentException.class, () -> Kernels.inverse(matrix, size + 1, ALONE));
    }

    @Test
    void givesTheSameBitsInWhateverOrderThePartsAreDone() {
        int size = 700;
        float[] matrix = definite(size);
        float[] product = new float[size * size];
        Kernels.product(matrix, size, matrix, size, size, product, ALONE);
        float[] gram = Kernels.gram(matrix, 7000, 70, ALONE);
        for (JobContext job : new JobContext[] {new Backwards(), new Side()}) {
            float[] again = new float[size * size];
            Kernels.product(matrix, size, matrix, size, size, again, job);
            assertArrayEquals(product, again);
            assertArrayEquals(gram, Kernels.gram(matrix, 7000, 70, job));
            float[] first = matrix.clone();
            Kernels.inverse(first, size, ALONE);
            float[] second = matrix.clone();
            Kernels.inverse(second, size, job);
            assertArrayEquals(first, second);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 37})
    void solvesSystemsWithAFactoredMatrix(int size) {
        float[] matrix = definite(size);
        int stride = 48;
        float[] padded = new float[size * stride];
        for (int i = 0; i < size; i++) {
            System.arraycopy(matrix, i * size, padded, i * stride, size);
        }
        Cholesky factored = new Cholesky(padded, size, stride);
        float[] wanted = numbers(size);
        float[] b = new float[size + 2];
        System.arraycopy(product(matrix, size, wanted, 1, size), 0, b, 2, size);
        factored.solve(b, 2);
        assertArrayEquals(wanted, Arrays.copyOfRange(b, 2, size + 2), 1e-3f);
        float[] several = numbers(size * Kernels.PADDING);
        float[] solved = several.clone();
        factored.solveAll(solved);
        for (int system = 0; system < Kernels.PADDING; system++) {
            float[] one = new float[size];
            for (int k = 0; k < size; k++) {
                one[k] = several[k * Kernels.PADDING + system];
            }
            factored.solve(one, 0);
            for (int k = 0; k < size; k++) {
                assertEquals(one[k], solved[k * Kernels.PADDING + system], 1e-4f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 128, 144})
    void pullsAVectorTowardsWhatRowsWant(int stride) {
        float[] weights = {1, 0.5f, 2};
        float[] rows = numbers(3 * stride);
        float[] x = numbers(stride);
        float[] y = numbers(stride);
        float[] expected = y.clone();
        for (int i = 0; i < 3; i++) {
            double product = 0;
            for (int k = 0; k < stride; k++) {
                product += rows[i * stride + k] * x[k];
            }
            for (int k = 0; k < stride; k++) {
                expected[k] += weights[i] * (1 - product) * rows[i * stride + k];
            }
        }
        Kernels.pull(rows, stride, weights, 3, 1, x, y);
        assertArrayEquals(expected, y, 1e-4f);
    }

    private float[] definite(int size) {
        float[] root = numbers(size * 2 * size);
        float[] matrix = product(root, size, root, size, 2 * size);
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] += 1;
        }
        return matrix;
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    private static float[] product(float[] a, int rowsOfA, float[] b, int rowsOfB, int inner) {
        float[] c = new float[rowsOfA * rowsOfB];
        for (int i = 0; i < rowsOfA; i++) {
            for (int j = 0; j < rowsOfB; j++) {
                double sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum += (double) a[i * inner + k] * b[j * inner + k];
                }
                c[i * rowsOfB + j] = (float) sum;
            }
        }
        return c;
    }
}
