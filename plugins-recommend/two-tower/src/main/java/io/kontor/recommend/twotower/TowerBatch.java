package io.kontor.recommend.twotower;

/**
 * Examples learned from together. Products that take part are numbered from 0; columns are the examples' targets and then some products drawn
 * evenly. Its arrays are kept and not copied.
 *
 * @param products the products that take part
 * @param shares examples x products: how much each counts in the customer's mean; rows sum to 1
 * @param columns for each column the number of its product
 * @param expected for each column how often its product is in such a batch, on the average
 */
record TowerBatch(int[] products, float[] shares, int[] columns, float[] expected) {

    int examples() {
        return shares.length / products.length;
    }
}
