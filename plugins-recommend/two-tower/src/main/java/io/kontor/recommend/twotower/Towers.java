package io.kontor.recommend.twotower;

import io.kontor.bundles.kernels.PackedRows;
import java.util.Arrays;

/** Both towers in plain Java, with the vectors of all products. Immutable; safe for use by many threads. */
final class Towers {

    /** What scores are divided by before their softmax: the smaller, the more the nearest count. */
    static final float TEMPERATURE = 0.1f;

    private final Weights weights;
    private final int[][] traits;
    private final PackedRows vectors;

    /**
     * Towers over given weights, which are kept and not copied.
     *
     * @param weights what was learned
     * @param traits of each product
     */
    Towers(Weights weights, int[][] traits) {
        this.weights = weights;
        this.traits = traits;
        int dimension = weights.dimension();
        float[] rows = new float[traits.length * dimension];
        for (int product = 0; product < traits.length; product++) {
            float[] input = new float[dimension];
            weights.addInput(product, traits[product], 1, input);
            System.arraycopy(weights.product().of(input), 0, rows, product * dimension, dimension);
        }
        vectors = new PackedRows(rows, traits.length, dimension);
    }

    Weights weights() {
        return weights;
    }

    int[][] traits() {
        return traits;
    }

    /**
     * A customer's vector.
     *
     * @param products what was chosen, at least one
     * @param shares how much each counts, above 0
     * @return of length 1
     */
    float[] customer(int[] products, float[] shares) {
        float[] sum = new float[weights.dimension()];
        float total = 0;
        for (float share : shares) {
            total += share;
        }
        for (int i = 0; i < products.length; i++) {
            weights.addInput(products[i], traits[products[i]], shares[i] / total, sum);
        }
        return weights.customer().of(sum);
    }

    /**
     * Scores all products.
     *
     * @param customer a customer's vector
     * @return one a product; their softmax is how likely each is
     */
    float[] scores(float[] customer) {
        float[] scaled = customer.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] /= TEMPERATURE;
        }
        int strips = (vectors.size() + vectors.width() - 1) / vectors.width();
        float[] scores = new float[strips * vectors.width()];
        for (int strip = 0; strip < strips; strip++) {
            vectors.scores(strip, scaled, scores, strip * vectors.width());
        }
        return Arrays.copyOf(scores, vectors.size());
    }

    /**
     * The vector of a product.
     *
     * @param product the product
     * @return of length 1
     */
    float[] vector(int product) {
        float[] vector = new float[weights.dimension()];
        vectors.copy(product, vector, 0);
        return vector;
    }
}
