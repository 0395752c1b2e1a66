package io.kontor.recommend.ensemble;

import io.kontor.api.recommend.RankedItem;
import java.util.Arrays;
import java.util.List;

/** What the places of a member's list are worth, whatever the scale of its scores. Not instantiated. */
final class StandardScores {

    private StandardScores() {
    }

    /**
     * By how many standard deviations of the list each score exceeds that of the last.
     *
     * @param items best first
     * @return one an item, 0 or more
     */
    static double[] of(List<RankedItem> items) {
        double[] scores = items.stream().mapToDouble(RankedItem::score).toArray();
        double mean = Arrays.stream(scores).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(scores).map(score -> (score - mean) * (score - mean)).average().orElse(0));
        return Arrays.stream(scores).map(score -> deviation > 0 ? (score - scores[scores.length - 1]) / deviation : 1).toArray();
    }
}
