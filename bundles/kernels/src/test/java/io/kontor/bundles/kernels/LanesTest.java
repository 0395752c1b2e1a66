package io.kontor.bundles.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanesTest {

    private final Random random = new Random(3);

    @Test
    void plainAndVectorLoopsDifferByRoundingOnly() {
        float[] a = numbers(501);
        float[] b = numbers(501);
        Lanes plain = new PlainLanes();
        Lanes vector = new VectorLanes();
        assertEquals(plain.dot(a, 1, b, 0, 499), vector.dot(a, 1, b, 0, 499), 1e-4);
        float[] first = b.clone();
        float[] second = b.clone();
        plain.axpy(0.7f, a, 1, first, 2, 499);
        vector.axpy(0.7f, a, 1, second, 2, 499);
        assertArrayEquals(first, second, 1e-6f);
        float[] weights = {1, 2, 3};
        float[] third = b.clone();
        float[] fourth = b.clone();
        plain.pull(a, 64, weights, 3, 1, b, third);
        vector.pull(a, 64, weights, 3, 1, b, fourth);
        assertArrayEquals(third, fourth, 1e-4f);
        plain.eliminate(a, 3, 5, third, 16, 64);
        vector.eliminate(a, 3, 5, fourth, 16, 64);
        plain.collect(a, 3, 5, third, 16, 64);
        vector.collect(a, 3, 5, fourth, 16, 64);
        assertArrayEquals(third, fourth, 1e-3f);
        for (int inner : new int[] {1, 5, 64}) {
            float[] left = numbers(Lanes.ROWS * inner);
            float[] right = numbers(Panels.BLOCK * inner);
            assertArrayEquals(tile(plain, left, right, inner), tile(vector, left, right, inner), 1e-4f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7, 15, 16, 17, 31, 33, 64, 499})
    void sumsVectorsOfAnyLengthAsALoopDoes(int length) {
        float[] a = numbers(length + 3);
        float[] b = numbers(length + 2);
        byte[] steps = new byte[length + 1];
        random.nextBytes(steps);
        double product = 0;
        float[] ofFloats = b.clone();
        float[] ofBytes = b.clone();
        for (int i = 0; i < length; i++) {
            product += a[3 + i] * (double) b[2 + i];
            ofFloats[2 + i] += 0.7f * a[3 + i];
            ofBytes[2 + i] += 0.7f * steps[1 + i];
        }
        for (Lanes lanes : List.of(new PlainLanes(), new VectorLanes())) {
            assertEquals(product, lanes.dot(a, 3, b, 2, length), 1e-4);
            float[] floats = b.clone();
            lanes.axpy(0.7f, a, 3, floats, 2, length);
            assertArrayEquals(ofFloats, floats, 1e-6f);
            float[] bytes = b.clone();
            lanes.axpy(0.7f, steps, 1, bytes, 2, length);
            assertArrayEquals(ofBytes, bytes, 1e-4f);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 64, 65})
    void movesAgainstGradientsAsAdamDoes(int length) {
        float[] gradients = numbers(length + 2);
        for (Lanes lanes : List.of(new PlainLanes(), new VectorLanes())) {
            float[] means = new float[length + 3];
            float[] squares = new float[length + 3];
            float[] values = new float[length + 3];
            for (int step = 1; step <= 3; step++) {
                lanes.adam(AdamStep.of(step, 0.1f, 4), gradients, 1, means, squares, values, 2, length);
            }
            for (int i = 0; i < length; i++) {
                // With the same gradient each time, a corrected mean over the root of the corrected square is its sign.
                assertEquals(-0.3f * Math.signum(gradients[1 + i]), values[2 + i], 1e-4f);
                assertEquals((1 - 0.729f) * gradients[1 + i] / 4, means[2 + i], 1e-5f);
            }
            assertEquals(0, values[1]);
            assertEquals(0, values[2 + length]);
        }
    }

    /** The products of 6 with 192 rows, in the tiles of some lanes. */
    private static float[] tile(Lanes lanes, float[] left, float[] right, int inner) {
        float[] groups = new float[left.length];
        Panels.rows(left, 0, inner, Lanes.ROWS, inner, groups);
        float[] c = new float[Lanes.ROWS * Panels.BLOCK];
        int width = lanes.columns();
        for (int first = 0; first < Panels.BLOCK; first += width) {
            float[] strip = new float[width * inner];
            for (int j = 0; j < width; j++) {
                for (int k = 0; k < inner; k++) {
                    strip[k * width + j] = right[(first + j) * inner + k];
                }
            }
            lanes.tile(inner, groups, 0, strip, 0, c, first, Panels.BLOCK);
        }
        return c;
    }

    @Test
    void scoresRowsOfFloatsAndOfBytes() {
        int inner = 33;
        int size = 400;
        float[] rows = numbers(size * inner);
        float[] vector = numbers(inner);
        PackedRows packed = new PackedRows(rows, size, inner);
        byte[] steps = new byte[rows.length];
        float[] scales = new float[size];
        for (int i = 0; i < size; i++) {
            scales[i] = PackedBytes.scale(rows, i * inner, inner);
            for (int k = 0; k < inner; k++) {
                steps[i * inner + k] = PackedBytes.step(rows[i * inner + k], scales[i]);
            }
        }
        PackedBytes bytes = new PackedBytes(steps, scales, inner);
        float[] exact = new float[size + packed.width()];
        float[] near = new float[size + packed.width()];
        for (int strip = 0; strip * packed.width() < size; strip++) {
            packed.scores(strip, vector, exact, strip * packed.width());
            bytes.scores(strip, vector, near, strip * bytes.width());
        }
        for (int i = 0; i < size; i++) {
            assertEquals(Kernels.dot(rows, i * inner, vector, 0, inner), exact[i], 1e-5);
            assertEquals(exact[i], near[i], 0.03);
        }
    }

    @Test
    void plainLoopsScoreBytesAsFloats() {
        int inner = 9;
        Lanes plain = new PlainLanes();
        byte[] steps = new byte[inner * plain.columns()];
        random.nextBytes(steps);
        float[] floats = new float[steps.length];
        for (int i = 0; i < steps.length; i++) {
            floats[i] = steps[i];
        }
        float[] vector = numbers(inner);
        float[] ofBytes = new float[plain.columns()];
        float[] ofFloats = new float[plain.columns()];
        plain.row(inner, vector, steps, 0, ofBytes, 0);
        plain.row(inner, vector, floats, 0, ofFloats, 0);
        assertArrayEquals(ofFloats, ofBytes, 1e-3f);
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }
}
