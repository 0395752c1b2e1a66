package io.kontor.api.content;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;

/**
 * How much each bucket tells: inverse document frequency (Sparck Jones 1972), log((1 + products) / (1 + products with it)). What more than a
 * fifth of a larger catalogue has tells nothing and would cost most, so it is left out. Immutable.
 */
public final class Vocabulary {

    private static final int FEW = 200;
    private static final int COMMON = 5;

    private final int products;
    private final int[] counts;

    private Vocabulary(int products, int[] counts) {
        this.products = products;
        this.counts = counts;
    }

    /**
     * Counts.
     *
     * @param products what is said of each product, as counted by {@link Words#terms}
     * @return how many of them say what
     */
    public static Vocabulary of(Collection<Terms> products) {
        int[] counts = new int[Words.BUCKETS];
        for (Terms terms : products) {
            for (int bucket : terms.buckets()) {
                counts[bucket]++;
            }
        }
        return new Vocabulary(products.size(), counts);
    }

    /**
     * Weighs the words of a product.
     *
     * @param terms as counted
     * @return weights by what they tell, of length 1; empty when they tell nothing
     */
    public Terms weighed(Terms terms) {
        int[] buckets = new int[terms.size()];
        float[] weights = new float[terms.size()];
        int count = 0;
        double square = 0;
        for (int i = 0; i < terms.size(); i++) {
            int having = counts[terms.buckets()[i]];
            // What only one product says, or none, makes nothing alike, yet tells that much of it is like nothing else.
            if (products < FEW || having * COMMON <= products) {
                double weight = terms.weights()[i] * Math.log((1.0 + products) / (1.0 + having));
                buckets[count] = terms.buckets()[i];
                weights[count++] = (float) weight;
                square += weight * weight;
            }
        }
        if (square == 0) {
            return Terms.NONE;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < count; i++) {
            weights[i] /= length;
        }
        return new Terms(Arrays.copyOf(buckets, count), Arrays.copyOf(weights, count));
    }

    /**
     * Writes the counts.
     *
     * @param out where to
     * @throws IOException when writing fails
     */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(products);
        int different = 0;
        for (int count : counts) {
            different += count > 0 ? 1 : 0;
        }
        out.writeInt(different);
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] > 0) {
                out.writeInt(bucket);
                out.writeInt(counts[bucket]);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @return an equal vocabulary
     * @throws IOException when it is not understood
     */
    public static Vocabulary read(DataInputStream in) throws IOException {
        int products = in.readInt();
        int[] counts = new int[Words.BUCKETS];
        for (int left = in.readInt(); left > 0; left--) {
            int bucket = in.readInt();
            if (bucket < 0 || bucket >= counts.length) {
                throw new IOException("the model is damaged: a word is impossible");
            }
            counts[bucket] = in.readInt();
        }
        return new Vocabulary(products, counts);
    }
}
