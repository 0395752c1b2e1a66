package io.kontor.recommend.sequential;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.LayerNorm;
import io.kontor.bundles.descent.Descent;
import io.kontor.recommend.sequential.Shape.Part;
import java.util.SplittableRandom;

/**
 * The same as {@link Encoder}, as it is learned: all places of a batch at once, with dropout. The loss is the cross-entropy of the next product
 * among all products (Klenitskiy and Vasilev 2023, "Turning dross into gold loss: is BERT4Rec really better than SASRec?"), or among the right
 * one and a sample that a batch shares, drawn evenly, with the correction of Jean et al. 2015 ("On using very large target vocabulary for
 * neural machine translation", section 3). For one thread.
 */
final class Network implements AutoCloseable {

    private static final float EPSILON = 1e-5f;
    private static final float NEVER = -1e9f;
    private static final float SPREAD = 0.05f;

    private final Descent descent = new Descent();
    private final NDManager manager = descent.manager();
    private final Shape shape;
    private final float dropout;
    private final int sample;
    private final SplittableRandom random;
    private final NDArray[] weights;

    /**
     * A network that knows nothing.
     *
     * @param shape the sizes
     * @param dropout the share of numbers that are left out in a step, 0 to below 1
     * @param sample how many wrong products a step looks at; as many as there are products for all of them
     * @param random where weights begin and what is left out
     */
    Network(Shape shape, float dropout, int sample, SplittableRandom random) {
        this.shape = shape;
        this.dropout = dropout;
        this.sample = sample;
        this.random = random;
        weights = new NDArray[shape.arrays()];
        float[][] begin = shape.room();
        for (int array = 0; array < weights.length; array++) {
            fill(begin[array], array);
            int rows = shape.rows(array);
            weights[array] = rows == 1 ? descent.parameter(begin[array], shape.dimension())
                    : descent.parameter(begin[array], rows, shape.dimension());
        }
    }

    // Vectors evenly around 0, matrices by Glorot and Bengio 2010, gains 1, biases 0.
    private void fill(float[] values, int array) {
        Part part = shape.part(array);
        boolean vectors = array == Shape.PRODUCTS || array == Shape.PLACES;
        float reach = vectors ? SPREAD * (float) Math.sqrt(3) : part != null && part.matrix()
                ? (float) Math.sqrt(3.0 / shape.dimension()) : 0;
        float centre = array == shape.lastGain() || part != null && part.gain() ? 1 : 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = centre + (reach == 0 ? 0 : reach * (float) (2 * random.nextDouble() - 1));
        }
    }

    /**
     * Learns from some windows.
     *
     * @param rate the learning rate
     * @param windows products, oldest first
     * @return the mean loss of a step from one product to the next
     */
    float learn(float rate, int[][] windows) {
        int longest = 0;
        int steps = 0;
        for (int[] window : windows) {
            longest = Math.max(longest, window.length - 1);
            steps += window.length - 1;
        }
        int width = longest;
        long[] inputs = new long[windows.length * width];
        long[] places = new long[steps];
        long[] targets = new long[steps];
        int count = 0;
        for (int row = 0; row < windows.length; row++) {
            for (int i = 0; i + 1 < windows[row].length; i++) {
                inputs[row * width + i] = windows[row][i];
                places[count] = row * width + i;
                targets[count++] = windows[row][i + 1];
            }
        }
        return descent.step(rate, () -> {
            NDArray states = states(inputs, windows.length, width, true).reshape(-1, shape.dimension());
            return loss(vectors(manager.create(places), states), manager.create(targets));
        });
    }

    /**
     * What comes next, for tests of {@link Encoder}.
     *
     * @param sequence products, oldest first, not more than the length
     * @return the scores of all products after the last one
     */
    float[] scores(int[] sequence) {
        long[] inputs = new long[sequence.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = sequence[i];
        }
        return descent.compute(() -> states(inputs, 1, inputs.length, false).reshape(-1, shape.dimension())
                .get(new NDIndex(inputs.length - 1L)).reshape(1, -1).matMul(weights[Shape.PRODUCTS].transpose()));
    }

    float[][] weights() {
        float[][] copies = new float[weights.length][];
        for (int array = 0; array < copies.length; array++) {
            copies[array] = weights[array].toFloatArray();
        }
        return copies;
    }

    // Negative logarithms of how likely the right products were, on the average.
    private NDArray loss(NDArray states, NDArray targets) {
        int products = shape.products();
        if (sample >= products) {
            NDArray logits = states.matMul(weights[Shape.PRODUCTS].transpose());
            return logits.logSoftmax(1).gather(targets.reshape(-1, 1), 1).mean().neg();
        }
        long[] drawn = random.longs(sample, 0, products).toArray();
        NDArray wrong = manager.create(drawn);
        NDArray right = states.mul(vectors(targets, weights[Shape.PRODUCTS])).sum(new int[] {1}, true);
        NDArray others = states.matMul(vectors(wrong, weights[Shape.PRODUCTS]).transpose()).add((float) Math.log((products - 1.0) / sample))
                .add(targets.reshape(-1, 1).eq(wrong.reshape(1, -1)).toType(DataType.FLOAT32, false).mul(NEVER));
        return NDArrays.concat(new NDList(right, others), 1).logSoftmax(1).get(new NDIndex(":, 0")).mean().neg();
    }

    private NDArray states(long[] inputs, int rows, int width, boolean learning) {
        int dimension = shape.dimension();
        NDArray states = vectors(manager.create(inputs), weights[Shape.PRODUCTS]).reshape(rows, width, dimension)
                .add(weights[Shape.PLACES].get(new NDIndex("0:" + width)));
        states = kept(states, learning);
        float[] later = new float[width * width];
        for (int place = 0; place < width; place++) {
            for (int other = place + 1; other < width; other++) {
                later[place * width + other] = NEVER;
            }
        }
        NDArray mask = manager.create(later, new ai.djl.ndarray.types.Shape(width, width));
        for (int block = 0; block < shape.blocks(); block++) {
            NDArray normal = normal(states, of(block, Part.ATTENTION_GAIN), of(block, Part.ATTENTION_BIAS));
            NDArray attention = normal.matMul(of(block, Part.QUERY)).matMul(normal.matMul(of(block, Part.KEY)).transpose(0, 2, 1))
                    .mul(descent.number(1 / (float) Math.sqrt(dimension))).add(mask).softmax(-1);
            states = states.add(kept(attention, learning).matMul(normal.matMul(of(block, Part.VALUE))));
            NDArray inner = normal(states, of(block, Part.FORWARD_GAIN), of(block, Part.FORWARD_BIAS)).matMul(of(block, Part.INNER))
                    .add(of(block, Part.INNER_BIAS)).maximum(descent.number(0));
            states = states.add(kept(kept(inner, learning).matMul(of(block, Part.OUTER)).add(of(block, Part.OUTER_BIAS)), learning));
        }
        return normal(states, weights[shape.lastGain()], weights[shape.lastBias()]);
    }

    private NDArray of(int block, Part part) {
        return weights[shape.place(block, part)];
    }

    private static NDArray vectors(NDArray indices, NDArray table) {
        return Embedding.embedding(indices, table, SparseFormat.DENSE).singletonOrThrow();
    }

    private NDArray normal(NDArray states, NDArray gain, NDArray bias) {
        return LayerNorm.layerNorm(states, new ai.djl.ndarray.types.Shape(shape.dimension()), gain, bias, EPSILON).singletonOrThrow();
    }

    // Dropout (Srivastava et al. 2014), drawn here and not by the library, whose generator all trainings of the process share.
    private NDArray kept(NDArray states, boolean learning) {
        if (!learning || dropout == 0) {
            return states;
        }
        float[] factors = new float[(int) states.getShape().size()];
        int least = (int) ((dropout - 0.5) * 0x1p32);
        float scale = 1 / (1 - dropout);
        for (int i = 0; i < factors.length; i++) {
            factors[i] = random.nextInt() < least ? 0 : scale;
        }
        return states.mul(manager.create(factors, states.getShape()));
    }

    @Override
    public void close() {
        descent.close();
    }
}
