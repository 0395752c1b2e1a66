package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.model.Evaluation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The metrics against examples worked by hand. */
class RankingMetricsTest {

    private static final double EXACT = 1e-9;

    @Test
    void oneCustomerWithHitsAtTwoAndFour() {
        Map<String, Double> metrics = of(4, List.of("a", "b", "c", "d"), Set.of("b", "d", "x")).metrics();
        assertEquals(0.2, metrics.get("precision@10"), EXACT, "2 of 10 places");
        assertEquals(2.0 / 3, metrics.get("recall@10"), EXACT, "2 of 3 products");
        assertEquals(2.0 / 3, metrics.get("recall@20"), EXACT);
        assertEquals(4.0 / 13, metrics.get("f1@10"), EXACT, "2 * 1/5 * 2/3 / (1/5 + 2/3)");
        assertEquals(1.0 / 3, metrics.get("map@10"), EXACT, "(1/2 + 2/4) / 3");
        assertEquals(0.5, metrics.get("mrr@10"), EXACT, "the first hit is the second");
        assertEquals(1, metrics.get("hitRate@10"), EXACT);
        assertEquals(0.4981892, metrics.get("ndcg@10"), 1e-7, "(1/log2(3) + 1/log2(5)) / (1 + 1/log2(3) + 1/log2(4))");
        assertEquals(1, metrics.get("coverage@10"), EXACT, "4 of 4 products were shown");
    }

    @Test
    void aPerfectListHasOneEverywhereItCan() {
        Map<String, Double> metrics = of(20, List.of("a", "b"), Set.of("a", "b")).metrics();
        assertEquals(1, metrics.get("ndcg@10"), EXACT);
        assertEquals(1, metrics.get("map@10"), EXACT);
        assertEquals(1, metrics.get("recall@10"), EXACT);
        assertEquals(0.2, metrics.get("precision@10"), EXACT, "a short list is not made up for");
        assertEquals(0.1, metrics.get("coverage@10"), EXACT);
    }

    @Test
    void moreRelevantProductsThanPlacesDoNotKeepAListFromBeingPerfect() {
        List<String> ten = IntStream.range(0, 10).mapToObj(i -> "p" + i).toList();
        Set<String> relevant = Set.copyOf(IntStream.range(0, 40).mapToObj(i -> "p" + i).toList());
        Map<String, Double> metrics = of(40, ten, relevant).metrics();
        assertEquals(1, metrics.get("ndcg@10"), EXACT);
        assertEquals(1, metrics.get("map@10"), EXACT);
        assertEquals(0.25, metrics.get("recall@10"), EXACT);
    }

    @Test
    void aHitAfterTheTenthPlaceCountsForTheLongerListOnly() {
        List<String> twelve = IntStream.range(0, 12).mapToObj(i -> "p" + i).toList();
        Map<String, Double> metrics = of(12, twelve, Set.of("p11")).metrics();
        assertEquals(1, metrics.get("recall@20"), EXACT);
        for (String none : List.of("ndcg@10", "recall@10", "precision@10", "map@10", "mrr@10", "hitRate@10", "f1@10")) {
            assertEquals(0, metrics.get(none), EXACT, none);
        }
        assertEquals(10.0 / 12, metrics.get("coverage@10"), EXACT);
    }

    @Test
    void meansAreTakenOverCustomersAndScoresKeepTheirOrder() {
        RankingMetrics metrics = new RankingMetrics(3);
        metrics.add(List.of("a"), Set.of("a"));
        metrics.add(List.of("b", "a"), Set.of("a"));
        metrics.add(List.of(), Set.of("a"));
        Evaluation evaluation = metrics.evaluation(4);
        double second = Math.log(2) / Math.log(3);
        assertArrayEquals(new double[] {1, second, 0}, metrics.scores(), EXACT);
        assertEquals((1 + second) / 3, evaluation.score(), EXACT);
        assertEquals(0.5, evaluation.metrics().get("mrr@10"), EXACT, "(1 + 1/2 + 0) / 3");
        assertEquals(2.0 / 3, evaluation.metrics().get("hitRate@10"), EXACT);
        assertEquals(0.5, evaluation.metrics().get("coverage@10"), EXACT, "a and b of 4");
        assertEquals(3, evaluation.cases());
        assertEquals("ndcg@10", evaluation.primary());
    }

    private static Evaluation of(int products, List<String> list, Set<String> relevant) {
        RankingMetrics metrics = new RankingMetrics(1);
        metrics.add(list, relevant);
        return metrics.evaluation(products);
    }
}
