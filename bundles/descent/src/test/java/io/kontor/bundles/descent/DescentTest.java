package io.kontor.bundles.descent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DescentTest {

    private static float[] learned(int steps) {
        try (Descent descent = new Descent()) {
            NDArray line = descent.parameter(new float[] {0, 0}, 2, 1);
            NDArray inputs = descent.manager().create(new float[] {1, 1, 2, 1, 3, 1, 4, 1}, new ai.djl.ndarray.types.Shape(4, 2));
            NDArray targets = descent.manager().create(new float[] {5, 7, 9, 11}, new ai.djl.ndarray.types.Shape(4, 1));
            for (int step = 0; step < steps; step++) {
                descent.step(0.1f, () -> inputs.matMul(line).sub(targets).square().mean());
            }
            return line.toFloatArray();
        }
    }

    @Test
    void findsTheLineThroughItsPoints() {
        assertArrayEquals(new float[] {2, 3}, learned(1_000), 1e-3f);
    }

    @Test
    void stepsAsThePaperSays() {
        double[] values = {0.5, -1};
        double[] mean = new double[2];
        double[] variance = new double[2];
        try (Descent descent = new Descent()) {
            NDArray parameter = descent.parameter(new float[] {0.5f, -1}, 2);
            for (int step = 1; step <= 5; step++) {
                double expected = 0;
                for (int i = 0; i < 2; i++) {
                    double gradient = 4 * Math.pow(values[i], 3);
                    expected += Math.pow(values[i], 4);
                    mean[i] = 0.9 * mean[i] + 0.1 * gradient;
                    variance[i] = 0.999 * variance[i] + 0.001 * gradient * gradient;
                    values[i] -= 0.01 * mean[i] / (1 - Math.pow(0.9, step)) / (Math.sqrt(variance[i] / (1 - Math.pow(0.999, step))) + 1e-8);
                }
                assertEquals(expected, descent.step(0.01f, () -> parameter.pow(4).sum()), 1e-5);
            }
            assertArrayEquals(new float[] {(float) values[0], (float) values[1]}, parameter.toFloatArray(), 1e-5f);
        }
    }

    @Test
    void keepsNumbersUntilTheGradientIsThere() {
        try (Descent descent = new Descent()) {
            NDArray parameter = descent.parameter(new float[] {1, -1}, 2);
            for (int step = 0; step < 20; step++) {
                descent.step(0.01f, () -> {
                    NDArray loss = parameter.mul(descent.number(2)).maximum(descent.number(-10)).sum();
                    System.gc();
                    return loss;
                });
            }
            assertArrayEquals(new float[] {0.8f, -1.2f}, parameter.toFloatArray(), 1e-4f);
        }
    }

    @Test
    void learnsTheSameBitForBitBesideOthers() throws Exception {
        float[] alone = learned(200);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<float[]>> together = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                together.add(threads.submit(() -> learned(200)));
            }
            for (Future<float[]> each : together) {
                assertArrayEquals(alone, each.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void isTheVersionThatItSays() {
        assertTrue(Torch.engine().getVersion().startsWith(Torch.VERSION), Torch.engine().getVersion());
    }
}
