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
    /** What is hidden of a customer is a few products, so that ten places tell little and weights found by them change with the customers. */
    private static final int DEEP = 50;

    private final List<Case> cases = new ArrayList<>();

    /**
     * One customer: the candidates of all members are numbered in the order of their ids.
     *
     * @param segment how much was known of the customer
     * @param places the numbers of the products of each member's list, best first
     * @param scores what each of them is worth by its score, 0 or more
     * @param hit whether the customer turned to a candidate
     * @param relevant to how many products the customer turned
     */
    private record Case(Segment segment, int[][] places, float[][] scores, boolean[] hit, int relevant) {

        /** Adds a member's list to the sums of its candidates. */
        void add(int member, double weight, double[] sums) {
            int[] own = places[member];
            for (int i = 0; i < own.length; i++) {
                sums[own[i]] += weight * scores[member][i];
            }
        }
    }

    /**
     * Adds a customer.
     *
     * @param segment how much was known
     * @param lists one a member
     * @param relevant what the customer turned to later; not empty
     */
    void add(Segment segment, List<List<RankedItem>> lists, Set<String> relevant) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        lists.stream().flatMap(List::stream).map(RankedItem::product).distinct().sorted(Comparator.naturalOrder())
                .forEach(product -> numbers.put(product, numbers.size()));
        int[][] places = new int[lists.size()][];
        float[][] scores = new float[lists.size()][];
        for (int m = 0; m < places.length; m++) {
            List<RankedItem> list = lists.get(m);
            double[] worth = StandardScores.of(list);
            places[m] = new int[worth.length];
            scores[m] = new float[worth.length];
            for (int i = 0; i < worth.length; i++) {
                places[m][i] = numbers.get(list.get(i).product());
                scores[m][i] = (float) worth[i];
            }
        }
        boolean[] hit = new boolean[numbers.size()];
        numbers.forEach((product, number) -> hit[number] = relevant.contains(product));
        cases.add(new Case(segment, places, scores, hit, relevant.size()));
    }

    int size() {
        return cases.size();
    }

    Segment segment(int one) {
        return cases.get(one).segment();
    }

    /** What is missing to a gain of 1, for one customer. */
    double loss(int one, double[] weights) {
        return 1 - gain(one, weights, K);
    }

    // The normalised discounted cumulative gain of the first places.
    private double gain(int one, double[] weights, int places) {
        Case asked = cases.get(one);
        double[] scores = new double[asked.hit().length];
        for (int m = 0; m < weights.length; m++) {
            if (weights[m] > 0) {
                asked.add(m, weights[m], scores);
            }
        }
        boolean[] nothing = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            nothing[i] = scores[i] == 0;
        }
        int[] top = RankingMetrics.top(scores, nothing, places);
        boolean[] hits = new boolean[top.length];
        for (int i = 0; i < top.length; i++) {
            hits[i] = asked.hit()[top[i]];
        }
        return RankingMetrics.ndcg(hits, asked.relevant(), places);
    }

    /** What is missing to a mean gain of 1. */
    double loss(double[] weights) {
        return 1 - gain(weights);
    }

    /** The mean gain over the customers of whom something was known; over all when there are none. */
    double gain(double[] weights) {
        return Arrays.stream(gains(weights, K)).average().orElse(Double.NaN);
    }

    /** The same of longer lists than are shown, which is steadier. */
    double deepGain(double[] weights) {
        return Arrays.stream(gains(weights, DEEP)).average().orElse(Double.NaN);
    }

    private double[] gains(double[] weights, int places) {
        double[] gains = new double[cases.size()];
        boolean known = cases.stream().anyMatch(one -> one.segment() != Segment.NEW);
        int count = 0;
        for (int i = 0; i < gains.length; i++) {
            if (!known || cases.get(i).segment() != Segment.NEW) {
                gains[count++] = gain(i, weights, places);
            }
        }
        return Arrays.copyOf(gains, count);
    }

    /** How much more weights gain of long lists than others do, in standard errors of the difference; 0 for the same lists. */
    double lead(double[] weights, double[] others) {
        double[] gains = gains(weights, DEEP);
        double[] than = gains(others, DEEP);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < gains.length; i++) {
            double difference = gains[i] - than[i];
            sum += difference;
            squares += difference * difference;
        }
        double mean = sum / gains.length;
        double error = Math.sqrt(Math.max(0, squares / gains.length - mean * mean) / (gains.length - 1));
        return squares == 0 ? 0 : mean / error;
    }
}
