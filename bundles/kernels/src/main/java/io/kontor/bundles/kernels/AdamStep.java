package io.kontor.bundles.kernels;

/**
 * What one step of Adam has in common for all values (Kingma and Ba 2015, "Adam: A method for stochastic optimization", algorithm 1, with their
 * betas 0.9 and 0.999 and epsilon 1e-8).
 *
 * @param scale what gradients are multiplied by
 * @param rate the learning rate, corrected for means that began at 0
 * @param correction what squares are multiplied by, as they began at 0 too
 */
public record AdamStep(float scale, float rate, float correction) {

    static final float FIRST = 0.9f;
    static final float SECOND = 0.999f;
    static final float TINY = 1e-8f;

    /**
     * A step.
     *
     * @param number of the step, from 1
     * @param rate the learning rate, above 0
     * @param samples of how many samples gradients are sums, at least 1
     * @return the step by their means
     */
    public static AdamStep of(int number, float rate, int samples) {
        return new AdamStep(1f / samples, (float) (rate / (1 - Math.pow(FIRST, number))), (float) (1 / (1 - Math.pow(SECOND, number))));
    }
}
