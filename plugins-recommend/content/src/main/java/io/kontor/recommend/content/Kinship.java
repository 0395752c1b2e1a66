package io.kontor.recommend.content;

import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.TopItems;
import io.kontor.api.content.Terms;
import java.util.Arrays;

/** Finds the products that are most like another among those that were chosen before. Immutable; safe for use by many threads. */
final class Kinship {

    private static final int MOST = 10;
    // Holds back products that hardly resemble anything.
    private static final double SHRINKAGE = 0.1;

    private final SparseMatrix byTerm;
    private final Space meanings;
    private final Space looks;
    private final double look;
    private final int chosen;

    /**
     * Among some products.
     *
     * @param byTerm a row a bucket, a column a product
     * @param meanings where the products are by what is said of them
     * @param looks where they are by what they look like
     * @param look what looking alike counts
     * @param chosen how many products were chosen; they come first
     */
    Kinship(SparseMatrix byTerm, Space meanings, Space looks, double look, int chosen) {
        this.byTerm = byTerm;
        this.meanings = meanings;
        this.looks = looks;
        this.look = look;
        this.chosen = chosen;
    }

    /**
     * Adds how alike products are to a text, as far as there is room for them.
     *
     * @param terms the text
     * @param weight how much it counts
     * @param alike one a product
     */
    void add(Terms terms, float weight, float[] alike) {
        add(byTerm, terms, weight, alike, 0);
    }

    /**
     * Adds how alike some products are to a text, as far as there is room for them.
     *
     * @param byTerm a row a bucket, a column a product; columns rise within a row
     * @param terms the text
     * @param weight how much it counts
     * @param alike gets the sums
     * @param offset where the first product is
     */
    static void add(SparseMatrix byTerm, Terms terms, float weight, float[] alike, int offset) {
        for (int i = 0; i < terms.size(); i++) {
            float share = weight * terms.weights()[i];
            int bucket = terms.buckets()[i];
            int end = byTerm.start(bucket + 1);
            for (int at = byTerm.start(bucket); at < end && offset + byTerm.column(at) < alike.length; at++) {
                alike[offset + byTerm.column(at)] += share * byTerm.value(at);
            }
        }
    }

    /**
     * The nearest of a product.
     *
     * @param terms what is said of it
     * @param place where it is by that
     * @param seen where it is by its looks
     * @return products that were chosen, in order of index, with weights that add up to less than 1, the less the less alike they are
     */
    Terms nearest(Terms terms, float[] place, float[] seen) {
        float[] alike = said(terms, place);
        if (look > 0) {
            float[] shown = shown(seen);
            for (int product = 0; product < chosen; product++) {
                alike[product] += (float) (look * shown[product]);
            }
        }
        return nearest(alike, -1);
    }

    /** How alike the products that were chosen are to one by what is said of it. */
    float[] said(Terms terms, float[] place) {
        float[] alike = new float[chosen];
        meanings.add(place, 1, alike);
        positive(alike);
        add(terms, 1, alike);
        return alike;
    }

    /** How alike the products that were chosen look to one. */
    float[] shown(float[] seen) {
        float[] alike = new float[chosen];
        looks.add(seen, 1, alike);
        positive(alike);
        return alike;
    }

    private static void positive(float[] alike) {
        for (int product = 0; product < alike.length; product++) {
            alike[product] = Math.max(0, alike[product]);
        }
    }

    /**
     * The nearest.
     *
     * @param alike how alike each product is that was chosen
     * @param except one that is not to be among them; -1 for none
     * @return see {@link #nearest(Terms, float[], float[])}
     */
    Terms nearest(float[] alike, int except) {
        TopItems top = new TopItems(MOST);
        double sum = SHRINKAGE;
        for (int product = 0; product < chosen; product++) {
            if (alike[product] > 0 && product != except) {
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
