package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.model.Evaluation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The lists of a model against examples worked by hand; the measures themselves are tested where they are. */
class RankingListsTest {

    private static final double EXACT = 1e-9;

    private static RankedCatalogue catalogue(String... products) {
        RankedCatalogue catalogue = new RankedCatalogue();
        for (String product : products) {
            catalogue.add(product, 0);
        }
        return catalogue;
    }

    @Test
    void meansAreTakenOverCustomersAndExposureOverAllLists() {
        RankingHoldout.Lists lists = new RankingHoldout.Lists(3, catalogue("a", "b", "c", "d"));
        lists.set(0, List.of("a"), Set.of("a"));
        lists.set(1, List.of("b", "a"), Set.of("a"));
        lists.set(2, List.of(), Set.of("a"));
        FamilyEvaluation.Judgement judgement = lists.judgement(new Slicing());
        Evaluation evaluation = judgement.evaluation();
        Map<String, Double> metrics = evaluation.metrics();
        double second = Math.log(2) / Math.log(3);
        assertEquals((1 + second) / 3, evaluation.score(), EXACT);
        assertEquals("ndcg@10", evaluation.primary());
        assertEquals(second, judgement.primary().of(new double[] {0, 1, 0}), EXACT, "the second customer's");
        assertEquals(0.5, metrics.get("mrr@10"), EXACT, "(1 + 1/2 + 0) / 3");
        assertEquals(2.0 / 3, metrics.get("hitRate@10"), EXACT);
        assertEquals(0.2 / 3, metrics.get("precision@10"), EXACT);
        assertEquals(0.5, metrics.get("coverage@10"), EXACT, "a and b of 4");
        assertEquals(2, metrics.get("novelty@10"), EXACT, "each product has a quarter of the interactions");
        assertEquals((3 * 2 + 1 * 1 - 1 * 0 - 3 * 0) / 12.0, metrics.get("gini@10"), EXACT, "a twice, b once");
        assertEquals(3, evaluation.cases());
        assertTrue(evaluation.intervals().get("ndcg@10").contains(evaluation.score()));
        assertTrue(!evaluation.intervals().containsKey("coverage@10"), "resampling lists says nothing about it");
    }

    @Test
    void aHitAfterTheTenthPlaceCountsForTheLongerListOnly() {
        RankingHoldout.Lists lists = new RankingHoldout.Lists(1, catalogue("p0", "p11"));
        lists.set(0, List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11"), Set.of("p11"));
        Map<String, Double> metrics = lists.judgement(new Slicing()).evaluation().metrics();
        assertEquals(1, metrics.get("recall@20"), EXACT);
        for (String none : List.of("ndcg@10", "recall@10", "precision@10", "map@10", "mrr@10", "hitRate@10", "f1@10")) {
            assertEquals(0, metrics.get(none), EXACT, none);
        }
        assertEquals(0.5, metrics.get("coverage@10"), EXACT, "products that nobody has turned to are not in the catalogue");
    }
}
