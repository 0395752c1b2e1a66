package io.kontor.recommend.twotower;

/**
 * Customers learned from together: of each some choices are known and the others are to be told from them. Products that take part are numbered
 * from 0, those of the columns, among which the others are looked for, first. Its arrays are kept and not copied.
 *
 * @param products the products that take part
 * @param columns how many of them are columns
 * @param customers how many customers
 * @param known customers x the most that is known of one: the numbers of the products; any where there are no more
 * @param shares for each of these how much it counts in the customer's mean; 0 where there are no more
 * @param targets cells of customers x columns that have what is to be told
 * @param corrections for each column the logarithm of how likely its product is a column of such a batch
 */
record TowerBatch(int[] products, int columns, int customers, long[] known, float[] shares, long[] targets, float[] corrections) {
}
