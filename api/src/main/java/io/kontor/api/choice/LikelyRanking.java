package io.kontor.api.choice;

import io.kontor.api.data.StoreData;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;

/**
 * Answers with numbers of any sign whose softmax says how likely each product is, as networks give them. The score of a product is how likely it
 * is as a part of the likeliest one of the answer, above 0 and at most 1, and is divided among the basket by what each of its products says for
 * it. Made once for a store; safe for use by many threads.
 */
public final class LikelyRanking {

    // Shares are counted in whole parts of this, and scores are floats, so that the parts of a score add up to it exactly.
    private static final int WHOLE = 1 << 20;
    private static final float LEAST = Float.MIN_NORMAL;

    private final EvidenceRanking evidence;

    /** What the products of a basket say for a product. */
    @FunctionalInterface
    public interface Parts {

        /**
         * Tells the parts of one product.
         *
         * @param product the index of the product that is scored
         * @param parts to be filled: what each place of the basket says for it
         */
        void of(int product, double[] parts);
    }

    /**
     * For one store.
     *
     * @param data titles and language
     */
    public LikelyRanking(StoreData data) {
        evidence = new EvidenceRanking(data);
    }

    /**
     * Ranks all products.
     *
     * @param items the products
     * @param logits one a product; changed: afterwards all are above 0, in the same order
     * @param basket what is known of who asks; at least one product
     * @param request what is asked
     * @param says what the places of the basket say for a product; below 0 counts as 0, and where all say nothing, the last place stands for all
     * @return products that may be in the answer, best first, each with its evidence
     */
    public Ranking of(Items items, float[] logits, Basket basket, RecommendationRequest request, Parts says) {
        float least = Float.POSITIVE_INFINITY;
        for (float logit : logits) {
            least = Math.min(least, logit);
        }
        for (int product = 0; product < logits.length; product++) {
            logits[product] += 1 - least;
        }
        int[] best = EvidenceRanking.best(items, logits, request);
        double[][] parts = new double[best.length][basket.size()];
        for (int i = 0; i < best.length; i++) {
            says.of(best[i], parts[i]);
            divide(Math.max(LEAST, (float) Math.exp(logits[best[i]] - logits[best[0]])), parts[i]);
        }
        return evidence.of(items, best, basket, parts);
    }

    // Divides a score in whole shares among those that speak for it; the rest goes to the one that says most.
    private static void divide(float score, double[] parts) {
        double sum = 0;
        for (int place = 0; place < parts.length; place++) {
            parts[place] = Math.max(0, parts[place]);
            sum += parts[place];
        }
        int[] shares = new int[parts.length];
        int given = 0;
        int most = parts.length - 1;
        for (int place = 0; place < parts.length && sum > 0; place++) {
            shares[place] = (int) (WHOLE * parts[place] / sum);
            given += shares[place];
            most = shares[place] > shares[most] ? place : most;
        }
        shares[most] += WHOLE - given;
        for (int place = 0; place < parts.length; place++) {
            parts[place] = (double) score * shares[place] / WHOLE;
        }
    }
}
