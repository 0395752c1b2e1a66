package io.kontor.recommend.sequential;

import io.kontor.bundles.kernels.Kernels;
import io.kontor.bundles.kernels.PackedRows;
import io.kontor.recommend.sequential.Shape.Part;
import java.util.Arrays;

/**
 * What comes next after a sequence of choices, in plain Java: SASRec (Kang and McAuley 2018, "Self-attentive sequential recommendation",
 * equations 1 to 6, with one head) with normalisation before instead of after each part. Only the newest place of the last block is computed,
 * since the scores need no other. Keys and values are never computed either: with q the query of a place and x the normalised vectors,
 *
 * <pre>q . (x Wk) = (Wk q) . x   and   sum of a (x Wv) = (sum of a x) Wv</pre>
 *
 * <p>so a place costs three products of a vector and a matrix whatever the length. Immutable; safe for use by many threads.
 */
final class Encoder {

    private static final float EPSILON = 1e-5f;

    private final Shape shape;
    private final float[][] weights;
    private final PackedRows products;
    private final float[] ones;

    /**
     * An encoder over given weights, which are kept and not copied.
     *
     * @param shape the sizes
     * @param weights as many arrays as the shape says
     */
    Encoder(Shape shape, float[][] weights) {
        this.shape = shape;
        this.weights = weights;
        products = new PackedRows(weights[Shape.PRODUCTS], shape.products(), shape.dimension());
        ones = new float[shape.dimension()];
        Arrays.fill(ones, 1);
    }

    Shape shape() {
        return shape;
    }

    float[][] weights() {
        return weights;
    }

    /**
     * Sums up a sequence.
     *
     * @param sequence products, oldest first; at least one; of more than the length the latest count
     * @return a vector of the dimension, whose product with a product's vector is that product's score
     */
    float[] encode(int[] sequence) {
        int size = Math.min(sequence.length, shape.length());
        int dimension = shape.dimension();
        float[][] states = new float[size][dimension];
        for (int place = 0; place < size; place++) {
            int product = sequence[sequence.length - size + place] * dimension;
            for (int k = 0; k < dimension; k++) {
                states[place][k] = weights[Shape.PRODUCTS][product + k] + weights[Shape.PLACES][place * dimension + k];
            }
        }
        for (int block = 0; block < shape.blocks(); block++) {
            float[][] normal = new float[size][];
            for (int place = 0; place < size; place++) {
                normal[place] = normal(states[place], of(block, Part.ATTENTION_GAIN), of(block, Part.ATTENTION_BIAS));
            }
            for (int place = block == shape.blocks() - 1 ? size - 1 : 0; place < size; place++) {
                attend(block, normal, place, states[place]);
                forward(block, states[place]);
            }
        }
        return normal(states[size - 1], weights[shape.lastGain()], weights[shape.lastBias()]);
    }

    /**
     * Scores all products.
     *
     * @param encoded a sequence
     * @return one a product, any number; their softmax is how likely each comes next
     */
    float[] scores(float[] encoded) {
        int strips = (products.size() + products.width() - 1) / products.width();
        float[] scores = new float[strips * products.width()];
        for (int strip = 0; strip < strips; strip++) {
            products.scores(strip, encoded, scores, strip * products.width());
        }
        return Arrays.copyOf(scores, products.size());
    }

    /**
     * Scores one product.
     *
     * @param encoded a sequence
     * @param product the product
     * @return its score
     */
    float score(float[] encoded, int product) {
        return Kernels.dot(encoded, 0, weights[Shape.PRODUCTS], product * encoded.length, encoded.length);
    }

    private float[] of(int block, Part part) {
        return weights[shape.place(block, part)];
    }

    // Adds to the state of a place what it takes from those up to it.
    private void attend(int block, float[][] normal, int place, float[] state) {
        float[] query = product(normal[place], of(block, Part.QUERY), new float[state.length]);
        float[] key = of(block, Part.KEY);
        float[] asked = new float[state.length];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = Kernels.dot(key, i * query.length, query, 0, query.length);
        }
        float[] attention = new float[place + 1];
        float most = Float.NEGATIVE_INFINITY;
        for (int other = 0; other <= place; other++) {
            attention[other] = Kernels.dot(asked, 0, normal[other], 0, asked.length) / (float) Math.sqrt(asked.length);
            most = Math.max(most, attention[other]);
        }
        float total = 0;
        for (int other = 0; other <= place; other++) {
            attention[other] = (float) Math.exp(attention[other] - most);
            total += attention[other];
        }
        float[] taken = new float[state.length];
        for (int other = 0; other <= place; other++) {
            Kernels.axpy(attention[other] / total, normal[other], 0, taken, 0, taken.length);
        }
        product(taken, of(block, Part.VALUE), state);
    }

    // Adds to a state what two layers make of it.
    private void forward(int block, float[] state) {
        float[] inner = product(normal(state, of(block, Part.FORWARD_GAIN), of(block, Part.FORWARD_BIAS)), of(block, Part.INNER),
                of(block, Part.INNER_BIAS).clone());
        for (int k = 0; k < inner.length; k++) {
            inner[k] = Math.max(0, inner[k]);
        }
        float[] bias = of(block, Part.OUTER_BIAS);
        for (int k = 0; k < state.length; k++) {
            state[k] += bias[k];
        }
        product(inner, of(block, Part.OUTER), state);
    }

    // Adds a row times a matrix to what is there.
    private static float[] product(float[] row, float[] matrix, float[] sum) {
        for (int i = 0; i < row.length; i++) {
            Kernels.axpy(row[i], matrix, i * sum.length, sum, 0, sum.length);
        }
        return sum;
    }

    // Layer normalisation (Ba, Kiros and Hinton 2016).
    private float[] normal(float[] state, float[] gain, float[] bias) {
        float mean = Kernels.dot(state, 0, ones, 0, state.length) / state.length;
        float[] normal = new float[state.length];
        for (int k = 0; k < normal.length; k++) {
            normal[k] = state[k] - mean;
        }
        float variance = Kernels.dot(normal, 0, normal, 0, normal.length) / normal.length;
        float scale = 1 / (float) Math.sqrt(variance + EPSILON);
        for (int k = 0; k < normal.length; k++) {
            normal[k] = normal[k] * scale * gain[k] + bias[k];
        }
        return normal;
    }
}
