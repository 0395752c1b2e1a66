package io.kontor.recommend.ensemble;

import io.kontor.api.recommend.RankedItem;
import java.util.Arrays;
import java.util.List;

/** What a place in a member's list is worth. */
enum Form {
    /**
     * The reciprocal of the rank and {@value #K} (reciprocal rank fusion: Cormack, Clarke and Büttcher, Reciprocal rank fusion outperforms
     * Condorcet and individual rank learning methods, 2009).
     */
    RANK,
    /** By how many standard deviations of the list the score exceeds that of the last. */
    SCORE;

    private static final int K = 60;

    /**
     * The worth of each item of a list.
     *
     * @param items best first
     * @return one an item, 0 or more
     */
    double[] worth(List<RankedItem> items) {
        double[] scores = items.stream().mapToDouble(RankedItem::score).toArray();
        double mean = Arrays.stream(scores).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(scores).map(score -> (score - mean) * (score - mean)).average().orElse(0));
        double[] worth = new double[scores.length];
        for (int i = 0; i < worth.length; i++) {
            worth[i] = this == RANK ? ofRank(i) : deviation > 0 ? (scores[i] - scores[scores.length - 1]) / deviation : 1;
        }
        return worth;
    }

    /** What a place is worth by its rank alone, which is 0 for the first. */
    static double ofRank(int rank) {
        return (K + 1.0) / (K + rank + 1);
    }
}
