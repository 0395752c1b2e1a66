package io.kontor.recommend.content;

/**
 * A sparse vector. Its arrays are kept and not copied.
 *
 * @param buckets in rising order
 * @param weights one a bucket
 */
record Terms(int[] buckets, float[] weights) {

    /** Nothing is said. */
    static final Terms NONE = new Terms(new int[0], new float[0]);

    int size() {
        return buckets.length;
    }

    /** The sum over the buckets of both of the products of their weights: the cosine when both have length 1. */
    double times(Terms other) {
        double sum = 0;
        int j = 0;
        for (int i = 0; i < buckets.length; i++) {
            while (j < other.buckets.length && other.buckets[j] < buckets[i]) {
                j++;
            }
            if (j < other.buckets.length && other.buckets[j] == buckets[i]) {
                sum += (double) weights[i] * other.weights[j];
            }
        }
        return sum;
    }
}
