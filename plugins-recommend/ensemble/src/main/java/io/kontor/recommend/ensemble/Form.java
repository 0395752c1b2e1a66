package io.kontor.recommend.ensemble;

import io.kontor.api.recommend.RankedItem;
import java.util.List;

/** What a place in a member's list is worth. */
enum Form {
    /**
     * The reciprocal of the rank and {@value #K} (reciprocal rank fusion: Cormack, Clarke and Büttcher, Reciprocal rank fusion outperforms
     * Condorcet and individual rank learning methods, 2009).
     */
    RANK,
    /** The score, from 0 for the last to 1 for the first of the list. */
    SCORE;

    private static final int K = 60;

    /**
     * The worth of each item of a list.
     *
     * @param items best first
     * @return one an item, 0 to 1
     */
    double[] worth(List<RankedItem> items) {
        double[] worth = new double[items.size()];
        double first = items.isEmpty() ? 0 : items.get(0).score();
        double range = items.isEmpty() ? 0 : first - items.get(items.size() - 1).score();
        for (int i = 0; i < worth.length; i++) {
            worth[i] = this == RANK ? ofRank(i) : range > 0 ? 1 - (first - items.get(i).score()) / range : 1;
        }
        return worth;
    }

    /** What a place is worth by its rank alone, which is 0 for the first. */
    static double ofRank(int rank) {
        return (K + 1.0) / (K + rank + 1);
    }
}
