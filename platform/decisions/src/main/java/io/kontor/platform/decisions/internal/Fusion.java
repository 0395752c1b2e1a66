package io.kontor.platform.decisions.internal;

import io.kontor.api.recommend.RankedItem;
import io.kontor.platform.data.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one list of candidates out of the lists of several strategies, whose scores cannot be compared. */
final class Fusion {

    /** How little the first ranks count more than the next ones; 60 as Cormack, Clarke and Büttcher found it (2009). */
    static final double RANKS = 60;

    /** The value of the last candidate, so that rules which multiply reach it too. */
    static final double LEAST = 0.05;

    private Fusion() {
    }

    /**
     * What a strategy gave.
     *
     * @param strategy the plugin's id
     * @param items best first
     */
    record Given(String strategy, List<RankedItem> items) {
    }

    /**
     * One list: by the scores when one strategy gave it, else by the sum of 1/(60 + rank) (Cormack, Clarke and Büttcher,
     * 2009). A product keeps the reasons of the strategy that ranked it best.
     *
     * @param given the strategies' lists, the most trusted first
     * @param level which link of the chain gave them
     * @param shelf knows the products
     * @return best first, with values from 1 down to 0.05
     */
    static List<Candidate> merged(List<Given> given, int level, Shelf shelf) {
        Map<String, Candidate> merged = new LinkedHashMap<>();
        Map<String, Integer> bestRanks = new LinkedHashMap<>();
        boolean alone = given.size() == 1;
        for (Given list : given) {
            for (int rank = 1; rank <= list.items().size(); rank++) {
                RankedItem item = list.items().get(rank - 1);
                double value = alone ? item.score() : 1 / (RANKS + rank);
                Candidate known = merged.get(item.product());
                if (known == null || rank < bestRanks.get(item.product())) {
                    bestRanks.put(item.product(), rank);
                    merged.put(item.product(), new Candidate(item.product(), shelf.item(item.product()),
                            value + (known == null ? 0 : known.value()), list.strategy(), level, Optional.empty(), item.reasons(),
                            item.explanation()));
                } else {
                    merged.put(item.product(), known.valued(known.value() + value));
                }
            }
        }
        List<Candidate> all = new ArrayList<>(merged.values());
        if (!alone) {
            all.sort(Comparator.comparingDouble(Candidate::value).reversed());
        }
        return spread(all);
    }

    /** The candidates with their values stretched to 0.05 to 1, whatever the scores were; their order stays. */
    static List<Candidate> spread(List<Candidate> candidates) {
        double most = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        for (Candidate each : candidates) {
            most = Math.max(most, each.value());
            least = Math.min(least, each.value());
        }
        List<Candidate> spread = new ArrayList<>(candidates.size());
        double span = most - least;
        for (Candidate each : candidates) {
            double share = span > 0 && span < Double.POSITIVE_INFINITY ? (each.value() - least) / span : 1;
            spread.add(each.valued(LEAST + (1 - LEAST) * share));
        }
        return spread;
    }
}
