package io.kontor.bundles.tribuo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.job.JobContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.Tensor;
import org.tribuo.math.optimisers.AdaGrad;

class WatchedStepsTest {

    private final List<Double> told = new ArrayList<>();
    private boolean cancelled;

    private final JobContext job = new JobContext() {
        @Override
        public void progress(double fraction, String message) {
            told.add(fraction);
        }

        @Override
        public void log(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void checkCancelled() {
            if (cancelled) {
                throw new CancellationException();
            }
        }
    };

    private static double[] updated(StochasticGradientOptimiser optimiser, int steps) {
        LinearParameters weights = new LinearParameters(2, 1);
        optimiser.initialise(weights);
        for (int i = 0; i < steps; i++) {
            weights.update(optimiser.step(new Tensor[] {DenseMatrix.createDenseMatrix(new double[][] {{1, -0.5}})}, 1));
        }
        return weights.getWeightMatrix().getRow(0).toArray();
    }

    @Test
    void stepsAsAdaGradDoesAndTellsHowFarItIs() {
        double[] weights = updated(new WatchedSteps(0.1, job, 200), 200);
        assertArrayEquals(updated(new AdaGrad(0.1), 200), weights);
        assertTrue(weights[0] != 0, "it moved");
        assertEquals(4, told.size(), "once in 64 steps");
        assertEquals(told.stream().sorted().toList(), told, "it never goes back");
        assertTrue(told.get(3) <= 1, told.toString());
    }

    @Test
    void stopsWhenTheJobIsCancelled() {
        cancelled = true;
        assertThrows(CancellationException.class, () -> updated(new WatchedSteps(0.1, job, 200), 1));
        assertEquals(List.of(), told);
    }

    @Test
    void aCopyTellsTheSameJob() {
        updated(new WatchedSteps(0.1, job, 200).copy(), 1);
        assertEquals(1, told.size());
        assertSame(WatchedSteps.class, new WatchedSteps(0.1, job, 200).copy().getClass());
    }
}
