package io.kontor.recommend.shelves;

/**
 * What was found of products. Its arrays are kept and not copied.
 *
 * @param scores one a product; only products with a score above 0 are in the list
 * @param first the first number of each product's sentence
 * @param second the second
 */
record Figures(double[] scores, double[] first, double[] second) {

    /** Room for the figures of products. */
    Figures(int products) {
        this(new double[products], new double[products], new double[products]);
    }
}
