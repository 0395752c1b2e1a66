package io.kontor.recommend.content;

import io.kontor.bundles.kernels.Kernels;
import io.kontor.bundles.kernels.PackedBytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * Where products are in a space of meanings or of looks, seen from the middle of the catalogue, each coordinate in eight bits: texts and
 * pictures of one shop have much in common, which would make all of them alike. Immutable; safe for use by many threads.
 */
final class Space {

    /** Nothing is known. */
    static final Space NONE = new Space("", new float[0], new PackedBytes(new byte[0], new float[0], 0));

    private static final int LONGEST = 1 << 14;

    private final String name;
    private final float[] middle;
    private final PackedBytes places;

    private Space(String name, float[] middle, PackedBytes places) {
        this.name = name;
        this.middle = middle;
        this.places = places;
    }

    /**
     * Of products. Beside what the function holds it takes two bytes a number of each product while it works, of which one stays.
     *
     * @param name the name of how the vectors came about
     * @param products how many
     * @param vectors gives the vector of a product, all of one size, the same each of the two times that it is asked; null where nothing is
     *     known; at least one is not
     * @return their places
     */
    static Space of(String name, int products, IntFunction<float[]> vectors) {
        float[] middle = middle(products, vectors);
        int size = middle.length;
        Space none = new Space(name, middle, NONE.places);
        float[] scales = new float[products];
        byte[] codes = new byte[Math.multiplyExact(products, size)];
        for (int product = 0; product < products; product++) {
            float[] seen = none.seen(vectors.apply(product));
            scales[product] = PackedBytes.scale(seen, 0, size);
            for (int i = 0; i < size; i++) {
                codes[product * size + i] = PackedBytes.step(seen[i], scales[product]);
            }
        }
        return new Space(name, middle, new PackedBytes(codes, scales, size));
    }

    private static float[] middle(int products, IntFunction<float[]> vectors) {
        double[] sum = new double[0];
        int count = 0;
        for (int product = 0; product < products; product++) {
            float[] vector = vectors.apply(product);
            if (vector != null) {
                sum = count == 0 ? new double[vector.length] : sum;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += vector[i];
                }
                count++;
            }
        }
        float[] middle = new float[sum.length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = (float) (sum[i] / count);
        }
        return middle;
    }

    /**
     * The same space with some of the products.
     *
     * @param products which, rising
     * @return in this order; all of them when they are the first ones, as a sum reads no more than it has room for
     */
    Space only(int[] products) {
        int size = middle.length;
        if (size == 0 || products[products.length - 1] == products.length - 1) {
            return this;
        }
        byte[] codes = new byte[Math.multiplyExact(products.length, size)];
        float[] scales = new float[products.length];
        for (int i = 0; i < products.length; i++) {
            scales[i] = places.scale(products[i]);
            float[] place = of(products[i]);
            for (int d = 0; d < size; d++) {
                codes[i * size + d] = PackedBytes.step(place[d], scales[i]);
            }
        }
        return new Space(name, middle, new PackedBytes(codes, scales, size));
    }

    String name() {
        return name;
    }

    /** How many numbers a place has; 0 when nothing is known. */
    int size() {
        return middle.length;
    }

    /**
     * A vector seen from the middle.
     *
     * @param vector null where nothing is known
     * @return of length 1, or all 0
     */
    float[] seen(float[] vector) {
        float[] seen = new float[middle.length];
        double square = 0;
        for (int i = 0; i < seen.length && vector != null; i++) {
            seen[i] = vector[i] - middle[i];
            square += (double) seen[i] * seen[i];
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < seen.length && length > 1e-6f; i++) {
            seen[i] /= length;
        }
        return seen;
    }

    /** The place of a product, about of length 1. */
    float[] of(int product) {
        float[] place = new float[middle.length];
        if (place.length > 0) {
            places.copy(product, place, 0);
        }
        return place;
    }

    /** Adds to each product, as far as there is room for it, how near it is to a place, times a weight. */
    void add(float[] place, float weight, float[] scores) {
        int end = Math.min(places.size(), scores.length);
        float[] strip = new float[places.width()];
        for (int first = 0; first < end; first += strip.length) {
            places.scores(first / strip.length, place, strip, 0);
            for (int i = 0; i < Math.min(strip.length, end - first); i++) {
                scores[first + i] += weight * strip[i];
            }
        }
    }

    /** The sum of the products of two places. */
    static float times(float[] one, float[] other) {
        return Kernels.dot(one, 0, other, 0, one.length);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(name);
        out.writeInt(middle.length);
        for (float each : middle) {
            out.writeFloat(each);
        }
        byte[] codes = new byte[middle.length];
        for (int product = 0; product < places.size(); product++) {
            float[] place = of(product);
            for (int i = 0; i < codes.length; i++) {
                codes[i] = PackedBytes.step(place[i], places.scale(product));
            }
            out.writeFloat(places.scale(product));
            out.write(codes);
        }
    }

    static Space read(DataInputStream in, int products) throws IOException {
        String name = in.readUTF();
        int size = in.readInt();
        Taste.check(size >= 0 && size <= LONGEST && (long) products * size < Integer.MAX_VALUE - LONGEST * 64L,
                "a space of products is too large");
        if (size == 0) {
            return NONE;
        }
        float[] middle = new float[size];
        for (int i = 0; i < size; i++) {
            middle[i] = in.readFloat();
        }
        float[] scales = new float[products];
        byte[] codes = new byte[products * size];
        for (int product = 0; product < products; product++) {
            scales[product] = in.readFloat();
            Taste.check(scales[product] >= 0 && Float.isFinite(scales[product]), "a scale is no number");
            in.readFully(codes, product * size, size);
        }
        return new Space(name, middle, new PackedBytes(codes, scales, size));
    }
}
