package io.kontor.recommend.bpr;

import java.util.SplittableRandom;

/**
 * Products with which the next few choices of somebody are compared: drawn by chance from those not chosen and scored once for all of these
 * choices. For each choice some of them are looked at, and the one with the highest score is its rival, from which more can be learned than
 * from one that nobody would put first (Zhang, Chen, Wang and Yu 2013, "Optimizing top-n collaborative filtering via dynamic negative item
 * sampling"). For one thread.
 */
final class Rivals {

    /** How many choices share the drawn products. */
    static final int CHOICES = 8;
    /** How many products are drawn at once. */
    static final int DRAWN = 4 * CHOICES;

    private final SplittableRandom random;
    private final int looked;
    private final int products;
    private final int[] drawn = new int[DRAWN];
    private final float[] scores = new float[DRAWN];
    private final int[] chosenBy;
    private int actor;
    private int size;

    /** The score of a product as things are. */
    @FunctionalInterface
    interface Scorer {

        float of(int product);
    }

    /**
     * Nothing drawn yet.
     *
     * @param products how many there are
     * @param looked at how many of those drawn each choice looks
     * @param random what is drawn
     */
    Rivals(int products, int looked, SplittableRandom random) {
        this.products = products;
        this.looked = looked;
        this.random = random;
        chosenBy = new int[products];
    }

    /** Tells what the next one chose, with which nothing is compared then. */
    void next(int[] chosen) {
        actor++;
        for (int product : chosen) {
            chosenBy[product] = actor;
        }
    }

    /** Draws and scores products; fewer where most were chosen. */
    void draw(Scorer scorer) {
        size = 0;
        for (int i = 0; i < DRAWN; i++) {
            int product = random.nextInt(products);
            if (chosenBy[product] != actor) {
                drawn[size] = product;
                scores[size++] = scorer.of(product);
            }
        }
    }

    int size() {
        return size;
    }

    int product(int rival) {
        return drawn[rival];
    }

    float score(int rival) {
        return scores[rival];
    }

    /** The index of the best of those looked at; only when some were drawn. */
    int best() {
        int best = random.nextInt(size);
        for (int i = 1; i < looked; i++) {
            int other = random.nextInt(size);
            if (scores[other] > scores[best]) {
                best = other;
            }
        }
        return best;
    }
}
