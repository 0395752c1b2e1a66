package io.kontor.recommend.itemknn;

/**
 * Keeps the best of many products by their score; of equal ones the product with the smaller index. A binary heap with the worst on top. Reused;
 * for one thread.
 */
final class NearestHeap {

    private final int[] products;
    private final float[] scores;
    private int size;

    NearestHeap(int capacity) {
        products = new int[capacity];
        scores = new float[capacity];
    }

    /** Whether a product would be kept. */
    boolean takes(int product, float score) {
        return size < products.length || worse(scores[0], products[0], score, product);
    }

    void offer(int product, float score) {
        if (size < products.length) {
            int hole = size++;
            while (hole > 0 && worse(score, product, scores[hole - 1 >> 1], products[hole - 1 >> 1])) {
                put(hole, products[hole - 1 >> 1], scores[hole - 1 >> 1]);
                hole = hole - 1 >> 1;
            }
            put(hole, product, score);
        } else if (worse(scores[0], products[0], score, product)) {
            sink(product, score);
        }
    }

    private void sink(int product, float score) {
        int hole = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && worse(scores[child + 1], products[child + 1], scores[child], products[child])) {
                child++;
            }
            if (!worse(scores[child], products[child], score, product)) {
                break;
            }
            put(hole, products[child], scores[child]);
            hole = child;
            child = 2 * hole + 1;
        }
        put(hole, product, score);
    }

    private void put(int place, int product, float score) {
        products[place] = product;
        scores[place] = score;
    }

    private static boolean worse(float score, int product, float other, int otherProduct) {
        return score < other || score == other && product > otherProduct;
    }

    /** Takes the products out, the best first. */
    int[] drain() {
        int[] best = new int[size];
        while (size > 0) {
            best[size - 1] = products[0];
            size--;
            if (size > 0) {
                sink(products[size], scores[size]);
            }
        }
        return best;
    }

    int size() {
        return size;
    }

    /** One of the kept products, in no order. */
    int product(int place) {
        return products[place];
    }

    float similarity(int place) {
        return scores[place];
    }

    void clear() {
        size = 0;
    }
}
