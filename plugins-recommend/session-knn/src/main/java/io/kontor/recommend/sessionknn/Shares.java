package io.kontor.recommend.sessionknn;

import io.kontor.api.choice.EvidenceRanking;
import java.util.HashMap;
import java.util.Map;

/**
 * What each product of the visit adds to the scores of the best products.
 *
 * @param ranked the products, in falling order of the sums of their shares
 * @param parts by product: a share for each place in the visit
 */
record Shares(int[] ranked, Map<Integer, double[]> parts) implements EvidenceRanking.Part {

    /**
     * Puts products in order; sums of single precision, by which they were found, may differ in the last digits.
     *
     * @param best the products, nearly in order
     * @param parts a row a product
     * @return the shares
     */
    static Shares of(int[] best, double[][] parts) {
        Map<Integer, double[]> byProduct = new HashMap<>();
        double[] sums = new double[best.length];
        int[] ranked = new int[best.length];
        for (int i = 0; i < best.length; i++) {
            byProduct.put(best[i], parts[i]);
            double sum = 0;
            for (double part : parts[i]) {
                sum += part;
            }
            int at = i;
            for (; at > 0 && sums[at - 1] < sum; at--) {
                sums[at] = sums[at - 1];
                ranked[at] = ranked[at - 1];
            }
            sums[at] = sum;
            ranked[at] = best[i];
        }
        return new Shares(ranked, byProduct);
    }

    @Override
    public double of(int place, int product) {
        return parts.get(product)[place];
    }
}
