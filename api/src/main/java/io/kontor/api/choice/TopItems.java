package io.kontor.api.choice;

/**
 * Keeps the best of many products by their score; of equal ones the product with the smaller index. A binary heap with the worst on top. May
 * be used again; for one thread.
 */
public final class TopItems {

    private final int[] products;
    private final float[] scores;
    private int size;

    /**
     * Room for the best.
     *
     * @param capacity how many are kept, at least 1
     */
    public TopItems(int capacity) {
        products = new int[capacity];
        scores = new float[capacity];
    }

    /**
     * The best products of all.
     *
     * @param scores one a product; those of {@code -Infinity} and NaN are never taken
     * @param k how many at most, at least 1
     * @return indices of products, best first
     */
    public static int[] of(float[] scores, int k) {
        TopItems top = new TopItems(Math.min(k, scores.length));
        float limit = Float.NEGATIVE_INFINITY;
        for (int product = 0; product < scores.length; product++) {
            if (scores[product] > limit) {
                top.offer(product, scores[product]);
                limit = top.size < top.scores.length ? limit : top.scores[0];
            }
        }
        return top.drain();
    }

    /**
     * Whether a product would be kept.
     *
     * @param product its index
     * @param score its score, not NaN
     * @return false when as many better ones are there already
     */
    public boolean takes(int product, float score) {
        return size < products.length || worse(scores[0], products[0], score, product);
    }

    /**
     * Keeps a product when it is among the best.
     *
     * @param product its index, each offered once
     * @param score its score, not NaN
     */
    public void offer(int product, float score) {
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

    /**
     * Takes the products out.
     *
     * @return their indices, the best first
     */
    public int[] drain() {
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

    /**
     * How many are kept now.
     *
     * @return 0 to the capacity
     */
    public int size() {
        return size;
    }

    /**
     * One of the kept products.
     *
     * @param place 0 to size - 1; places are in no order
     * @return its index
     */
    public int product(int place) {
        return products[place];
    }

    /**
     * The score of one of the kept products.
     *
     * @param place 0 to size - 1
     * @return its score
     */
    public float score(int place) {
        return scores[place];
    }

    /** Lets go of all. */
    public void clear() {
        size = 0;
    }
}
