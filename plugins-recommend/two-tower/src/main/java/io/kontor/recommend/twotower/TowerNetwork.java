package io.kontor.recommend.twotower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import io.kontor.bundles.descent.Descent;
import java.util.SplittableRandom;

/**
 * The same as {@link Towers}, as it is learned: by the softmax over the columns of a batch, each logit less the logarithm of how likely its
 * product is one (Yi et al. 2019, "Sampling-bias-corrected neural modeling for large corpus item recommendations", equation 4). Now
 * and then a product goes without its own vector, so that its traits learn to stand for it (Volkovs, Yu and Poutanen 2017, "DropoutNet"). For
 * one thread.
 */
final class TowerNetwork implements AutoCloseable {

    private static final double NAMELESS = 0.2;
    private static final float EPSILON = 1e-12f;

    private final Descent descent = new Descent();
    private final NDManager manager = descent.manager();
    private final Weights sizes;
    private final int[][] traits;
    private final SplittableRandom random;
    private final NDArray[] weights;

    /**
     * A network that knows nothing.
     *
     * @param dimension of all vectors
     * @param products how many products somebody chose
     * @param distinct how many traits there are
     * @param traits of each product
     * @param random where weights begin and which products go nameless
     */
    TowerNetwork(int dimension, int products, int distinct, int[][] traits, SplittableRandom random) {
        this.traits = traits;
        this.random = random;
        sizes = Weights.room(dimension, products, distinct);
        sizes.begin(random);
        float[][] begin = sizes.all();
        weights = new NDArray[begin.length];
        for (int i = 0; i < begin.length; i++) {
            float[] values = begin[i].length == 0 ? new float[dimension] : begin[i];
            weights[i] = values == sizes.products() || values.length > dimension || i == 1
                    ? descent.parameter(values, values.length / dimension, dimension) : descent.parameter(values, dimension);
        }
    }

    /**
     * Learns from a batch.
     *
     * @param rate the learning rate
     * @param batch the examples
     * @return the mean loss of an example
     */
    float learn(float rate, TowerBatch batch) {
        return descent.step(rate, () -> rows(batch.targets(), scores(batch, NAMELESS).sub(manager.create(batch.corrections())).logSoftmax(1)
                .reshape(-1, 1)).mean().neg());
    }

    /**
     * The scores of a batch's columns for its customers, for tests of {@link Towers}.
     *
     * @param batch the examples
     * @return customers x columns
     */
    float[] scores(TowerBatch batch) {
        return descent.compute(() -> scores(batch, 0));
    }

    /** A copy of what was learned so far. */
    Weights weights() {
        Weights copy = Weights.room(sizes.dimension(), sizes.products().length / sizes.dimension(), sizes.traits().length / sizes.dimension());
        float[][] into = copy.all();
        for (int i = 0; i < into.length; i++) {
            System.arraycopy(weights[i].toFloatArray(), 0, into[i], 0, into[i].length);
        }
        return copy;
    }

    private NDArray scores(TowerBatch batch, double nameless) {
        NDArray inputs = inputs(batch.products(), nameless);
        int most = batch.known().length / batch.customers();
        NDArray means = manager.create(batch.shares(), new Shape(batch.customers(), 1, most))
                .matMul(rows(batch.known(), inputs).reshape(batch.customers(), most, sizes.dimension())).reshape(-1, sizes.dimension());
        NDArray products = tower(inputs.get(new NDIndex("0:" + batch.columns())), 2);
        return tower(means, 6).div(descent.number(Towers.TEMPERATURE)).matMul(products.transpose());
    }

    // What goes into the products' tower: a product's own vector and those of its traits.
    private NDArray inputs(int[] products, double nameless) {
        int known = sizes.products().length / sizes.dimension();
        long[] own = new long[products.length];
        float[] kept = new float[products.length];
        int most = 0;
        for (int row = 0; row < products.length; row++) {
            boolean named = products[row] < known && random.nextDouble() >= nameless;
            own[row] = named ? products[row] : 0;
            kept[row] = named ? 1 : 0;
            most = Math.max(most, traits[products[row]].length);
        }
        NDArray named = rows(own, weights[0]).mul(manager.create(kept, new Shape(products.length, 1)));
        return most == 0 ? named : named.add(ofTraits(products, most));
    }

    private NDArray ofTraits(int[] products, int most) {
        long[] theirs = new long[products.length * most];
        float[] factors = new float[theirs.length];
        for (int row = 0; row < products.length; row++) {
            int[] own = traits[products[row]];
            for (int i = 0; i < own.length; i++) {
                theirs[row * most + i] = own[i];
                factors[row * most + i] = 1 / (float) Math.sqrt(own.length);
            }
        }
        return manager.create(factors, new Shape(products.length, 1, most))
                .matMul(rows(theirs, weights[1]).reshape(products.length, most, sizes.dimension())).reshape(-1, sizes.dimension());
    }

    private NDArray rows(long[] indices, NDArray table) {
        return Embedding.embedding(manager.create(indices), table, SparseFormat.DENSE).singletonOrThrow();
    }

    private NDArray tower(NDArray inputs, int first) {
        NDArray outputs = inputs.matMul(weights[first]).add(weights[first + 1]).maximum(descent.number(0)).matMul(weights[first + 2])
                .add(weights[first + 3]).add(inputs);
        return outputs.div(outputs.square().sum(new int[] {1}, true).add(EPSILON).sqrt());
    }

    @Override
    public void close() {
        descent.close();
    }
}
