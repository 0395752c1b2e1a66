package io.kontor.api.choice;

/**
 * A model whose score of a product is a sum over the products of a basket, each of which speaks for or against it. Safe for use by many
 * threads.
 */
public interface ItemScores {

    /**
     * Adds what one product of a basket says of all others.
     *
     * @param source the index of the product of the basket
     * @param weight how much it counts
     * @param scores one a product; those of which it says something are changed
     */
    void add(int source, float weight, float[] scores);

    /**
     * Adds what some products say for all others.
     *
     * @param sources indices of the products
     * @param weights how much each counts
     * @param scores one a product, added to
     */
    default void addAll(int[] sources, float[] weights, float[] scores) {
        for (int i = 0; i < sources.length; i++) {
            add(sources[i], weights[i], scores);
        }
    }

    /**
     * What one product says of another, at a weight of 1.
     *
     * @param source the index of the product of the basket
     * @param target the index of the other
     * @return 0 when it says nothing
     */
    float similarity(int source, int target);
}
