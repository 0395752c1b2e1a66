package io.kontor.recommend.ensemble;

import io.kontor.api.metric.RankingMetrics;
import io.kontor.api.recommend.RankedItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lists that members made for customers of whose later choices they knew nothing. For one thread. */
final class Rehearsal {

    private static final int K = 10;

    private final List<Case> cases = new ArrayList<>();

    /**
     * One customer: the candidates of all members, in the order of their ids.
     *
     * @param segment how much was known of the customer
     * @param worth what each candidate is worth, by form, member and candidate
     * @param hit whether the customer turned to it
     * @param relevant to how many products the customer turned
     */
    private record Case(Segment segment, double[][][] worth, boolean[] hit, int relevant) {
    }

    /**
     * Adds a customer.
     *
     * @param segment how much was known
     * @param lists one a member
     * @param relevant what the customer turned to later; not empty
     */
    void add(Segment segment, List<List<RankedItem>> lists, Set<String> relevant) {
        Map<String, Integer> places = new LinkedHashMap<>();
        lists.stream().flatMap(List::stream).map(RankedItem::product).distinct().sorted(Comparator.naturalOrder())
                .forEach(product -> places.put(product, places.size()));
        double[][][] worth = new double[Form.values().length][lists.size()][places.size()];
        for (Form form : Form.values()) {
            for (int m = 0; m < lists.size(); m++) {
                double[] own = form.worth(lists.get(m));
                for (int i = 0; i < own.length; i++) {
                    worth[form.ordinal()][m][places.get(lists.get(m).get(i).product())] = own[i];
                }
            }
        }
        boolean[] hit = new boolean[places.size()];
        places.forEach((product, place) -> hit[place] = relevant.contains(product));
        cases.add(new Case(segment, worth, hit, relevant.size()));
    }

    int size() {
        return cases.size();
    }

    Segment segment(int one) {
        return cases.get(one).segment();
    }

    /** What is missing to a normalised discounted cumulative gain at 10 of 1, for one customer. */
    double loss(int one, Form form, double[] weights) {
        Case asked = cases.get(one);
        double[] scores = new double[asked.hit().length];
        for (int m = 0; m < weights.length; m++) {
            double[] worth = asked.worth()[form.ordinal()][m];
            for (int i = 0; i < scores.length && weights[m] > 0; i++) {
                scores[i] += weights[m] * worth[i];
            }
        }
        boolean[] nothing = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            nothing[i] = scores[i] == 0;
        }
        int[] top = RankingMetrics.top(scores, nothing, K);
        boolean[] hits = new boolean[top.length];
        for (int i = 0; i < top.length; i++) {
            hits[i] = asked.hit()[top[i]];
        }
        return 1 - RankingMetrics.ndcg(hits, asked.relevant(), K);
    }

    /** The mean over the customers of whom something was known; over all when there are none. */
    double loss(Form form, double[] weights) {
        double[] losses = new double[cases.size()];
        boolean known = cases.stream().anyMatch(one -> one.segment() != Segment.NEW);
        int count = 0;
        for (int i = 0; i < losses.length; i++) {
            if (!known || cases.get(i).segment() != Segment.NEW) {
                losses[count++] = loss(i, form, weights);
            }
        }
        return Arrays.stream(losses, 0, count).average().orElse(Double.NaN);
    }
}
