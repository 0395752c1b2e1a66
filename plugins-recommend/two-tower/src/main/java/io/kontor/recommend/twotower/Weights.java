package io.kontor.recommend.twotower;

import java.util.SplittableRandom;

/**
 * The numbers of both towers, matrices row by row, a row multiplied from the left. Not to be changed once a model has them.
 *
 * @param dimension of all vectors
 * @param products chosen products x dimension
 * @param traits traits x dimension
 * @param product the products' tower
 * @param customer the customers' tower
 */
record Weights(int dimension, float[] products, float[] traits, Tower product, Tower customer) {

    private static final float SPREAD = 0.1f;

    /**
     * Two layers beside a way around them, to a vector of length 1: t(x) = n(x + max(0, x I + i) O + o) with n(x) = x / |x|.
     *
     * @param inner I, dimension x dimension
     * @param innerBias i
     * @param outer O, dimension x dimension
     * @param outerBias o
     */
    record Tower(float[] inner, float[] innerBias, float[] outer, float[] outerBias) {

        private static final float EPSILON = 1e-12f;

        float[] of(float[] input) {
            float[] hidden = innerBias.clone();
            add(input, inner, hidden);
            for (int k = 0; k < hidden.length; k++) {
                hidden[k] = Math.max(0, hidden[k]);
            }
            float[] output = outerBias.clone();
            add(hidden, outer, output);
            float squares = EPSILON;
            for (int k = 0; k < output.length; k++) {
                output[k] += input[k];
                squares += output[k] * output[k];
            }
            float scale = 1 / (float) Math.sqrt(squares);
            for (int k = 0; k < output.length; k++) {
                output[k] *= scale;
            }
            return output;
        }

        private static void add(float[] row, float[] matrix, float[] sum) {
            for (int i = 0; i < row.length; i++) {
                float factor = row[i];
                for (int j = 0; j < sum.length; j++) {
                    sum[j] += factor * matrix[i * sum.length + j];
                }
            }
        }
    }

    /**
     * Room for weights.
     *
     * @param dimension of all vectors
     * @param products how many products somebody chose
     * @param traits how many traits
     * @return all 0
     */
    static Weights room(int dimension, int products, int traits) {
        return new Weights(dimension, new float[products * dimension], new float[traits * dimension], tower(dimension), tower(dimension));
    }

    private static Tower tower(int dimension) {
        return new Tower(new float[dimension * dimension], new float[dimension], new float[dimension * dimension], new float[dimension]);
    }

    /** Fills vectors evenly around 0 and inner matrices by Glorot and Bengio 2010; outer ones begin at 0, so that towers begin with x itself. */
    void begin(SplittableRandom random) {
        fill(products, SPREAD * (float) Math.sqrt(3), random);
        fill(traits, SPREAD * (float) Math.sqrt(3), random);
        fill(product.inner(), (float) Math.sqrt(3.0 / dimension), random);
        fill(customer.inner(), (float) Math.sqrt(3.0 / dimension), random);
    }

    private static void fill(float[] values, float reach, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = reach * (float) (2 * random.nextDouble() - 1);
        }
    }

    float[][] all() {
        return new float[][] {products, traits, product.inner(), product.innerBias(), product.outer(), product.outerBias(), customer.inner(),
            customer.innerBias(), customer.outer(), customer.outerBias()};
    }

    /**
     * Adds what goes into the products' tower, times a factor.
     *
     * @param index the product
     * @param traitsOfIt its traits
     * @param factor any number
     * @param sum a vector
     */
    void addInput(int index, int[] traitsOfIt, float factor, float[] sum) {
        if (index * dimension < products.length) {
            add(products, index, factor, sum);
        }
        for (int trait : traitsOfIt) {
            add(traits, trait, factor / (float) Math.sqrt(traitsOfIt.length), sum);
        }
    }

    private void add(float[] table, int row, float factor, float[] sum) {
        for (int k = 0; k < dimension; k++) {
            sum[k] += factor * table[row * dimension + k];
        }
    }
}
