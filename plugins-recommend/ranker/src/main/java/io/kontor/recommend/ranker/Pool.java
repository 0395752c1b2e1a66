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

    private final Map<String, RankedItem[]> items = new TreeMap<>();
    private final Map<String, int[]> ranks = new TreeMap<>();

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
                    items.computeIfAbsent(product, id -> new RankedItem[lists.size()])[m] = list.get(i);
                    ranks.computeIfAbsent(product, id -> new int[lists.size()])[m] = i + 1;
                }
            }
        }
    }

    List<String> products() {
        return new ArrayList<>(items.keySet());
    }

    /** Where a product stands in each list, from 1; 0 where it does not. */
    int[] ranks(String product) {
        return ranks.get(product);
    }

    /** How a product stands in all lists: reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009). */
    double standing(String product) {
        double sum = 0;
        for (int rank : ranks.get(product)) {
            sum += rank == 0 ? 0 : 1.0 / (RANKS + rank);
        }
        return sum;
    }

    /** What each member said of a product; null where it said nothing. */
    RankedItem[] items(String product) {
        return items.get(product);
    }

    static RecommendationRequest longer(RecommendationRequest request, int n) {
        return new RecommendationRequest(request.placement(), request.customer(), request.product(), request.session(), request.history(),
                Math.max(n, request.n()), request.eligible());
    }
}
