package io.kontor.bundles.descent;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Learns parameters by Adam (Kingma and Ba 2015, "Adam: A method for stochastic optimization", algorithm 1, with their betas 0.9 and 0.999).
 * Arrays are made with {@link #manager()}; those that a step makes are freed when it ends. One instance is for one thread; several instances
 * may learn at once, a step at a time.
 */
public final class Descent implements AutoCloseable {

    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;
    private static final float UNCLIPPED = -1;

    private final Engine engine;
    private final NDManager manager;
    private final List<Learned> parameters = new ArrayList<>();
    private int steps;

    // A parameter and its running moments.
    private record Learned(NDArray value, NDArray mean, NDArray variance) {
    }

    /**
     * Nothing to learn yet.
     *
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when the library is not there
     */
    public Descent() {
        engine = Torch.engine();
        manager = engine.newBaseManager(Device.cpu());
    }

    /**
     * Makes arrays on the processor.
     *
     * @return closed with this
     */
    public NDManager manager() {
        return manager;
    }

    /**
     * Adds a parameter.
     *
     * @param values where it begins, row by row
     * @param shape its dimensions
     * @return the parameter, which steps change
     */
    public NDArray parameter(float[] values, long... shape) {
        Shape of = new Shape(shape);
        NDArray value = manager.create(values, of);
        value.setRequiresGradient(true);
        parameters.add(new Learned(value, manager.zeros(of), manager.zeros(of)));
        return value;
    }

    /**
     * A number to multiply by, to divide by or to compare with. A plain one would be freed by the library as soon as the result is there, before
     * the gradient asks for it again, and other memory would be read in its place.
     *
     * @param value the number
     * @return an array without dimensions; freed at the end of the step that makes it
     */
    public NDArray number(float value) {
        return manager.create(value);
    }

    /**
     * Goes one step down.
     *
     * @param rate the learning rate, above 0
     * @param loss computes one number from the parameters
     * @return the loss before the step
     */
    public float step(float rate, Supplier<NDArray> loss) {
        // The library collects the gradients of one thread at a time, whichever plugin it works for.
        synchronized (engine) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                float value;
                try (GradientCollector collector = engine.newGradientCollector()) {
                    NDArray computed = loss.get();
                    collector.backward(computed);
                    value = computed.getFloat();
                }
                steps++;
                double corrected = rate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
                for (Learned each : parameters) {
                    update(each, rate, (float) corrected);
                }
                return value;
            }
        }
    }

    private static void update(Learned each, float rate, float corrected) {
        NDArray gradient = each.value().getGradient();
        each.value().getNDArrayInternal().adamUpdate(new NDList(each.value(), gradient, each.mean(), each.variance()), new NDList(each.value()),
                rate, corrected, 0, 1, UNCLIPPED, BETA1, BETA2, EPSILON, true, false);
    }

    /**
     * Computes without learning.
     *
     * @param result what is to be computed
     * @return its numbers, row by row
     */
    public float[] compute(Supplier<NDArray> result) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return result.get().toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
