package io.kontor.recommend.ranker;

import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The candidates of all members for one request, in the order of their ids. For one thread. */
final class Pool {

    private static final int RANKS = 60;

    private final Map<String, Candidate> candidates = new TreeMap<>();

    /** What each member said of a product, null where it said nothing, and where it stands in each list, from 1; 0 where it does not. */
    private record Candidate(RankedItem[] items, int[] ranks) {
    }

    /**
     * Gathers.
     *
     * @param lists one a member; null of one that has not answered
     * @param request whose filter is tested again
     */
    Pool(List<List<RankedItem>> lists, RecommendationRequest request) {
        for (int m = 0; m < lists.size(); m++) {
            List<RankedItem> list = lists.get(m) == null ? List.of() : lists.get(m);
            for (int i = 0; i < list.size(); i++) {
                String product = list.get(i).product();
                if (request.eligible().test(product)) {
                    Candidate candidate = candidates.computeIfAbsent(product,
                            id -> new Candidate(new RankedItem[lists.size()], new int[lists.size()]));
                    candidate.items[m] = list.get(i);
                    candidate.ranks[m] = i + 1;
                }
            }
        }
    }

    List<String> products() {
        return new ArrayList<>(candidates.keySet());
    }

    /** Where a product stands in each list, from 1; 0 where it does not. */
    int[] ranks(String product) {
        return candidates.get(product).ranks;
    }

    /** How a product stands in all lists: reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009). */
    double standing(String product) {
        double sum = 0;
        for (int rank : ranks(product)) {
            sum += rank == 0 ? 0 : 1.0 / (RANKS + rank);
        }
        return sum;
    }

    /** What each member said of a product; null where it said nothing. */
    RankedItem[] items(String product) {
        return candidates.get(product).items;
    }

    static RecommendationRequest longer(RecommendationRequest request, int n) {
        return new RecommendationRequest(request.placement(), request.customer(), request.product(), request.session(), request.history(),
                Math.max(n, request.n()), request.eligible());
    }
}
