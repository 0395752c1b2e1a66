package io.kontor.recommend.als;

import io.kontor.api.choice.EvidenceRanking;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** What the products of a basket add to the scores of the products of an answer. For one answer. */
final class Parts implements EvidenceRanking.Part {

    private final Map<Integer, double[]> parts = new HashMap<>();
    private final int[] ordered;

    Parts(FoldIn customer, int[] best) {
        Map<Integer, Double> sums = new HashMap<>();
        double[][] each = customer.parts(best);
        for (int i = 0; i < best.length; i++) {
            parts.put(best[i], each[i]);
            sums.put(best[i], Arrays.stream(each[i]).sum());
        }
        // Sums of parts and sums of factors are rounded in different places.
        ordered = Arrays.stream(best).boxed().filter(product -> sums.get(product) > 0)
                .sorted(Comparator.comparing(sums::get).reversed()).mapToInt(Integer::intValue).toArray();
    }

    /** The products of the answer by the sums of their parts, the greatest first. */
    int[] ordered() {
        return ordered;
    }

    @Override
    public double of(int place, int product) {
        return parts.get(product)[place];
    }
}
