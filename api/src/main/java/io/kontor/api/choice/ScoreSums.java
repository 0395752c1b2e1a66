package io.kontor.api.choice;

import java.util.Arrays;

/**
 * Scores of few products out of many: a hash table with open addressing and linear probing (Knuth, The Art of Computer Programming, volume 3,
 * 1998, section 6.4, algorithm L) that is at most half full. For one thread.
 */
public final class ScoreSums {

    private static final int FREE = -1;
    // 2^32 divided by the golden ratio, for multiplicative hashing (Knuth, the same section).
    private static final int GOLDEN = 0x9e3779b9;

    private final int[] products;
    private final float[] sums;
    private final int shift;

    /**
     * Sums of nothing.
     *
     * @param most how many products there may be, 0 to 2^29
     */
    public ScoreSums(int most) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, 2 * most - 1));
        products = new int[1 << bits];
        Arrays.fill(products, FREE);
        sums = new float[products.length];
        shift = Integer.SIZE - bits;
    }

    /**
     * Adds to the score of a product.
     *
     * @param product its index, 0 or more
     * @param part what is added
     */
    public void add(int product, float part) {
        int place = product * GOLDEN >>> shift;
        while (products[place] != product && products[place] != FREE) {
            place = place + 1 & products.length - 1;
        }
        products[place] = product;
        sums[place] += part;
    }

    /**
     * How many places there are, taken or free.
     *
     * @return a power of two
     */
    public int places() {
        return products.length;
    }

    /**
     * The product in a place.
     *
     * @param place 0 to places - 1
     * @return its index; below 0 when the place is free
     */
    public int product(int place) {
        return products[place];
    }

    /**
     * The score of the product in a place.
     *
     * @param place 0 to places - 1
     * @return what was added for it, in that order; 0 when the place is free
     */
    public float sum(int place) {
        return sums[place];
    }
}
