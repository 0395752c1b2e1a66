package io.kontor.api.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorMetricsTest {

    private static final double EXACT = 1e-9;

    private final Reference reference = new Reference();
    private final double[] actual = reference.all("errors.actual");
    private final double[] predicted = reference.all("errors.predicted");
    private final double[] upper = reference.all("errors.upper");

    @Test
    void agreesWithScikitLearnAndNumpy() {
        agree("errors.plain", null);
        agree("errors.weighted", reference.all("errors.weights"));
        double[] history = reference.all("errors.history");
        double scale = ErrorMetrics.absoluteScale(history, 7);
        assertEquals(reference.one("errors.mase"), ErrorMetrics.mase(actual, predicted, scale), EXACT);
        assertEquals(reference.one("errors.spl"), ErrorMetrics.scaledPinball(actual, upper, 0.9, scale), EXACT);
        assertEquals(reference.one("errors.rmsse"), ErrorMetrics.rmsse(actual, predicted, ErrorMetrics.squaredScale(history, 1)), EXACT);
    }

    private void agree(String name, double[] weights) {
        assertEquals(reference.one(name + ".mae"), ErrorMetrics.mae(actual, predicted, weights), EXACT);
        assertEquals(reference.one(name + ".rmse"), ErrorMetrics.rmse(actual, predicted, weights), EXACT);
        assertEquals(reference.one(name + ".rmsle"), ErrorMetrics.rmsle(actual, predicted, weights), EXACT);
        assertEquals(reference.one(name + ".bias"), ErrorMetrics.bias(actual, predicted, weights), EXACT);
        assertEquals(reference.one(name + ".wape"), ErrorMetrics.wape(actual, predicted, weights), EXACT);
        assertEquals(reference.one(name + ".pinball"), ErrorMetrics.pinball(actual, upper, 0.9, weights), EXACT);
        double[] low = Arrays.stream(predicted).map(value -> value - 1).toArray();
        assertEquals(reference.one(name + ".coverage"), ErrorMetrics.coverage(actual, low, upper, weights), EXACT);
    }

    @Test
    void passesOverWhatNobodyKnowsAndNotOverBrokenPredictions() {
        double nan = Double.NaN;
        assertEquals(1, ErrorMetrics.mae(new double[] {1, nan, 3}, new double[] {2, 50, 4}, null), EXACT);
        assertEquals(0.5, ErrorMetrics.coverage(new double[] {1, nan, 3}, new double[] {0, 0, 0}, new double[] {2, 2, 2}, null), EXACT);
        assertTrue(Double.isNaN(ErrorMetrics.mae(new double[] {1, 2}, new double[] {nan, 2}, null)));
        assertTrue(Double.isNaN(ErrorMetrics.coverage(new double[] {1}, new double[] {nan}, new double[] {2}, null)));
        assertEquals(2, ErrorMetrics.absoluteScale(new double[] {1, 3, nan, 5, 7}, 1), EXACT);
    }

    @Test
    void saysNaNWhereAMeasureIsUndefined() {
        double[] none = new double[0];
        assertTrue(Double.isNaN(ErrorMetrics.mae(none, none, null)) && Double.isNaN(ErrorMetrics.rmse(none, none, null)));
        assertTrue(Double.isNaN(ErrorMetrics.wape(new double[] {0, 0}, new double[] {1, 1}, null)));
        assertTrue(Double.isNaN(ErrorMetrics.mase(actual, predicted, 0)), "a history that never changed scales nothing");
        assertTrue(Double.isNaN(ErrorMetrics.absoluteScale(new double[] {1, 2}, 7)));
        assertThrows(IllegalArgumentException.class, () -> ErrorMetrics.mae(actual, none, null));
        assertThrows(IllegalArgumentException.class, () -> ErrorMetrics.pinball(actual, upper, 1, null));
    }
}
