package io.kontor.api.choice;

import java.util.Arrays;
import java.util.List;

/** Pairs of products, target by target. */
final class KeptPairs {

    private int[] source = new int[1 << 10];
    private int[] target = new int[1 << 10];
    private float[] similarity = new float[1 << 10];
    private int size;

    void add(int from, int to, float similar) {
        if (size == source.length) {
            int more = size + (size >> 1);
            source = Arrays.copyOf(source, more);
            target = Arrays.copyOf(target, more);
            similarity = Arrays.copyOf(similarity, more);
        }
        source[size] = from;
        target[size] = to;
        similarity[size++] = similar;
    }

    // Turns the lists round, so that an answer reads only those of the products that the customer knows. Targets stay in order.
    static PlainLists bySource(List<KeptPairs> parts, int products) {
        int[] starts = new int[products + 1];
        for (KeptPairs part : parts) {
            for (int i = 0; i < part.size; i++) {
                starts[part.source[i] + 1]++;
            }
        }
        for (int product = 0; product < products; product++) {
            starts[product + 1] += starts[product];
        }
        int[] next = Arrays.copyOf(starts, products);
        int[] targets = new int[starts[products]];
        float[] similarities = new float[starts[products]];
        for (KeptPairs part : parts) {
            for (int i = 0; i < part.size; i++) {
                int place = next[part.source[i]]++;
                targets[place] = part.target[i];
                similarities[place] = part.similarity[i];
            }
        }
        return new PlainLists(starts, targets, similarities);
    }
}
