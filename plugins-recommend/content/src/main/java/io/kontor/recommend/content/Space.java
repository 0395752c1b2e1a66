package io.kontor.recommend.content;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Where products are in a space of meanings or of looks, seen from the middle of the catalogue, each coordinate in eight bits: texts and
 * pictures of one shop have much in common, which would make all of them alike. Immutable; safe for use by many threads.
 */
final class Space {

    /** Nothing is known. */
    static final Space NONE = new Space("", new float[0], new float[0], new byte[0]);

    private static final int LONGEST = 1 << 14;

    private final String name;
    private final float[] middle;
    private final float[] scales;
    private final byte[] codes;

    private Space(String name, float[] middle, float[] scales, byte[] codes) {
        this.name = name;
        this.middle = middle;
        this.scales = scales;
        this.codes = codes;
    }

    /**
     * Of products.
     *
     * @param name the name of how the vectors came about
     * @param vectors one a product, of one size; null where nothing is known; at least one is not
     * @return their places
     */
    static Space of(String name, List<float[]> vectors) {
        int size = vectors.stream().filter(vector -> vector != null).findFirst().orElseThrow().length;
        double[] sum = new double[size];
        int count = 0;
        for (float[] vector : vectors) {
            for (int i = 0; i < size && vector != null; i++) {
                sum[i] += vector[i];
            }
            count += vector == null ? 0 : 1;
        }
        float[] middle = new float[size];
        for (int i = 0; i < size; i++) {
            middle[i] = (float) (sum[i] / count);
        }
        Space none = new Space(name, middle, new float[0], new byte[0]);
        float[] scales = new float[vectors.size()];
        byte[] codes = new byte[Math.multiplyExact(vectors.size(), size)];
        for (int product = 0; product < scales.length; product++) {
            float[] seen = none.seen(vectors.get(product));
            float most = 0;
            for (float each : seen) {
                most = Math.max(most, Math.abs(each));
            }
            scales[product] = most / Byte.MAX_VALUE;
            for (int i = 0; i < size && most > 0; i++) {
                codes[product * size + i] = (byte) Math.round(seen[i] / scales[product]);
            }
        }
        return new Space(name, middle, scales, codes);
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
        for (int i = 0; i < place.length; i++) {
            place[i] = scales[product] * codes[product * place.length + i];
        }
        return place;
    }

    /** Adds to each product, as far as there is room for it, how near it is to a place, times a weight. */
    void add(float[] place, float weight, float[] scores) {
        for (int product = 0; product < Math.min(scales.length, scores.length); product++) {
            scores[product] += weight * scales[product] * times(place, product * place.length);
        }
    }

    // Four sums at a time, as one would wait for itself.
    private float times(float[] place, int from) {
        float one = 0;
        float two = 0;
        float three = 0;
        float four = 0;
        int i = 0;
        for (; i < place.length - 3; i += 4) {
            one += place[i] * codes[from + i];
            two += place[i + 1] * codes[from + i + 1];
            three += place[i + 2] * codes[from + i + 2];
            four += place[i + 3] * codes[from + i + 3];
        }
        for (; i < place.length; i++) {
            one += place[i] * codes[from + i];
        }
        return one + two + (three + four);
    }

    /** The sum of the products of two places. */
    static float times(float[] one, float[] other) {
        float sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(name);
        out.writeInt(middle.length);
        for (float each : middle) {
            out.writeFloat(each);
        }
        for (int product = 0; product < scales.length; product++) {
            out.writeFloat(scales[product]);
            out.write(codes, product * middle.length, middle.length);
        }
    }

    static Space read(DataInputStream in, int products) throws IOException {
        String name = in.readUTF();
        int size = in.readInt();
        Taste.check(size >= 0 && size <= LONGEST, "a space of products is too large");
        if (size == 0) {
            return NONE;
        }
        float[] middle = new float[size];
        for (int i = 0; i < size; i++) {
            middle[i] = in.readFloat();
        }
        float[] scales = new float[products];
        byte[] codes = new byte[Math.multiplyExact(products, size)];
        for (int product = 0; product < products; product++) {
            scales[product] = in.readFloat();
            in.readFully(codes, product * size, size);
        }
        return new Space(name, middle, scales, codes);
    }
}
