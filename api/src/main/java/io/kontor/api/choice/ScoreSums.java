package io.kontor.api.choice;

/**
 * Scores of few products out of many, in the order in which they came. A hash table that is at most half full, with open addressing and linear
 * probing (Knuth, The Art of Computer Programming, volume 3, 1998, section 6.4, algorithm L), tells where each is. For one thread.
 */
public final class ScoreSums {

    // 2^32 divided by the golden ratio, for multiplicative hashing (Knuth, the same section).
    private static final int GOLDEN = 0x9e3779b9;

    // One more than the place of a product; 0 where there is none.
    private final int[] table;
    private final int shift;
    private final int[] products;
    private final float[] sums;
    private int size;

    /**
     * Sums of nothing.
     *
     * @param most how many products there may be, 0 to 2^29
     */
    public ScoreSums(int most) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, 2 * most - 1));
        table = new int[1 << bits];
        shift = Integer.SIZE - bits;
        products = new int[most];
        sums = new float[most];
    }

    /**
     * Adds to the score of a product.
     *
     * @param product its index, 0 or more
     * @param part what is added
     */
    public void add(int product, float part) {
        int slot = product * GOLDEN >>> shift;
        int place = table[slot] - 1;
        while (place >= 0 && products[place] != product) {
            slot = slot + 1 & table.length - 1;
            place = table[slot] - 1;
        }
        if (place < 0) {
            place = size++;
            table[slot] = size;
            products[place] = product;
        }
        sums[place] += part;
    }

    /**
     * How many products something was added for.
     *
     * @return 0 or more
     */
    public int places() {
        return size;
    }

    /**
     * The product in a place.
     *
     * @param place 0 to places - 1
     * @return its index
     */
    public int product(int place) {
        return products[place];
    }

    /**
     * The score of the product in a place.
     *
     * @param place 0 to places - 1
     * @return what was added for it, in that order
     */
    public float sum(int place) {
        return sums[place];
    }
}
