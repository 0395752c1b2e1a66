package io.kontor.api.choice;

import io.kontor.api.data.StoreData;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.HashMap;
import java.util.Map;

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
     * @param says what a place of the basket says for a product; below 0 counts as 0, and where all say nothing, the last place stands for all
     * @return products that may be in the answer, best first, each with its evidence
     */
    public Ranking of(Items items, float[] logits, Basket basket, RecommendationRequest request, EvidenceRanking.Part says) {
        float least = Float.POSITIVE_INFINITY;
        for (float logit : logits) {
            least = Math.min(least, logit);
        }
        for (int product = 0; product < logits.length; product++) {
            logits[product] += 1 - least;
        }
        int[] best = EvidenceRanking.best(items, logits, request);
        Map<Integer, double[]> parts = new HashMap<>();
        return evidence.of(items, best, basket, (place, product) -> parts.computeIfAbsent(product, one -> {
            float score = Math.max(LEAST, (float) Math.exp(logits[one] - logits[best[0]]));
            return parts(score, shares(one, basket.size(), says));
        })[place]);
    }

    private static double[] parts(float score, int[] shares) {
        double[] parts = new double[shares.length];
        for (int place = 0; place < parts.length; place++) {
            parts[place] = (double) score * shares[place] / WHOLE;
        }
        return parts;
    }

    private static int[] shares(int product, int size, EvidenceRanking.Part says) {
        double[] said = new double[size];
        double sum = 0;
        for (int place = 0; place < size; place++) {
            said[place] = Math.max(0, says.of(place, product));
            sum += said[place];
        }
        int[] shares = new int[size];
        int given = 0;
        int most = size - 1;
        for (int place = 0; place < size && sum > 0; place++) {
            shares[place] = (int) (WHOLE * said[place] / sum);
            given += shares[place];
            most = shares[place] > shares[most] ? place : most;
        }
        shares[most] += WHOLE - given;
        return shares;
    }
}
