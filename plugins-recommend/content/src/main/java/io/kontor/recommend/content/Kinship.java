package io.kontor.recommend.content;

import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.TopItems;
import io.kontor.api.content.Terms;
import java.util.Arrays;

/** Finds the products that are most like a text among those that were chosen before. Immutable; safe for use by many threads. */
final class Kinship {

    private static final int MOST = 10;
    // Holds back products that hardly resemble anything.
    private static final double SHRINKAGE = 0.1;

    private final SparseMatrix byTerm;
    private final Meanings meanings;
    private final int chosen;

    /**
     * Among some products.
     *
     * @param byTerm a row a bucket, a column a product
     * @param meanings where the products are
     * @param chosen how many products were chosen; they come first
     */
    Kinship(SparseMatrix byTerm, Meanings meanings, int chosen) {
        this.byTerm = byTerm;
        this.meanings = meanings;
        this.chosen = chosen;
    }

    /**
     * Adds how alike all products are to a text.
     *
     * @param terms the text
     * @param weight how much it counts
     * @param alike one a product
     */
    void add(Terms terms, float weight, float[] alike) {
        add(byTerm, terms, weight, alike, 0);
    }

    /**
     * Adds how alike some products are to a text.
     *
     * @param byTerm a row a bucket, a column a product
     * @param terms the text
     * @param weight how much it counts
     * @param alike gets the sums
     * @param offset where the first product is
     */
    static void add(SparseMatrix byTerm, Terms terms, float weight, float[] alike, int offset) {
        for (int i = 0; i < terms.size(); i++) {
            float share = weight * terms.weights()[i];
            int bucket = terms.buckets()[i];
            for (int at = byTerm.start(bucket); at < byTerm.start(bucket + 1); at++) {
                alike[offset + byTerm.column(at)] += share * byTerm.value(at);
            }
        }
    }

    /**
     * The nearest of a text.
     *
     * @param terms the text
     * @param place where it is
     * @return products that were chosen, in order of index, with weights that add up to less than 1, the less the less alike they are
     */
    Terms nearest(Terms terms, float[] place) {
        float[] alike = new float[byTerm.columns()];
        meanings.add(place, 1, alike);
        for (int product = 0; product < alike.length; product++) {
            alike[product] = Math.max(0, alike[product]);
        }
        add(terms, 1, alike);
        TopItems top = new TopItems(MOST);
        double sum = SHRINKAGE;
        for (int product = 0; product < chosen; product++) {
            if (alike[product] > 0) {
                top.offer(product, alike[product]);
            }
        }
        int[] best = top.drain();
        for (int product : best) {
            sum += (double) alike[product] * alike[product];
        }
        Arrays.sort(best);
        float[] weights = new float[best.length];
        for (int i = 0; i < best.length; i++) {
            weights[i] = (float) (alike[best[i]] * alike[best[i]] / sum);
        }
        return new Terms(best, weights);
    }
}
