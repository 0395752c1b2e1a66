package io.kontor.api.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {

    private static final double EXACT = 1e-9;
    private static final int USERS = 40;
    private static final int ITEMS = 60;
    private static final int K = 10;

    private final Reference reference = new Reference();

    @Test
    void agreesWithScikitLearnAndNumpy() {
        double[] bits = Exposure.selfInformation(Arrays.stream(reference.all("exposure.seen")).mapToLong(value -> (long) value).toArray());
        for (int user = 0; user < USERS; user++) {
            double[] scores = reference.row("ranking.scores", user, ITEMS);
            double[] gains = reference.row("ranking.gains", user, ITEMS);
            int relevant = (int) Arrays.stream(gains).filter(gain -> gain > 0).count();
            int[] top = RankingMetrics.top(scores, null, K);
            boolean[] hits = hits(top, gains);
            assertEquals(reference.all("ranking.ndcg")[user], RankingMetrics.ndcg(hits, relevant, K), EXACT);
            assertEquals(reference.all("ranking.gradedNdcg")[user],
                    RankingMetrics.ndcg(Arrays.stream(top).mapToDouble(item -> gains[item]).toArray(), gains, K), EXACT);
            assertEquals(reference.all("ranking.precision")[user], RankingMetrics.precision(hits, K), EXACT);
            assertEquals(reference.all("ranking.recall")[user], RankingMetrics.recall(hits, relevant, K), EXACT);
            assertEquals(reference.all("ranking.f1")[user], RankingMetrics.f1(hits, relevant, K), EXACT);
            assertEquals(reference.all("ranking.map")[user], RankingMetrics.averagePrecision(hits, relevant, K), EXACT);
            assertEquals(reference.all("ranking.mrr")[user], RankingMetrics.reciprocalRank(hits, K), EXACT);
            assertEquals(reference.all("ranking.hitRate")[user], RankingMetrics.hitRate(hits, K), EXACT);
            boolean[] whole = hits(RankingMetrics.top(scores, null, ITEMS), gains);
            assertEquals(reference.all("ranking.wholeMap")[user], RankingMetrics.averagePrecision(whole, relevant, ITEMS), EXACT);
            assertEquals(reference.all("exposure.novelty")[user],
                    Exposure.novelty(Arrays.stream(top).mapToDouble(item -> bits[item]).toArray(), K), EXACT);
        }
    }

    private static boolean[] hits(int[] top, double[] gains) {
        boolean[] hits = new boolean[top.length];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = gains[top[i]] > 0;
        }
        return hits;
    }

    @Test
    void measuresExposureAsNumpyDoes() {
        long[] shown = Arrays.stream(reference.all("exposure.shown")).mapToLong(value -> (long) value).toArray();
        assertEquals(reference.one("exposure.coverage"), Exposure.coverage(shown), EXACT);
        assertEquals(reference.one("exposure.gini"), Exposure.gini(shown), EXACT);
        assertEquals(0, Exposure.gini(new long[] {5, 5, 5}), EXACT);
        assertTrue(Double.isNaN(Exposure.gini(new long[3])) && Double.isNaN(Exposure.coverage(new long[0])));
        assertEquals(Double.POSITIVE_INFINITY, Exposure.selfInformation(new long[] {0, 4})[0]);
        assertTrue(Double.isNaN(Exposure.novelty(new double[0], K)));
    }

    @Test
    void ranksTheWholeCatalogueAsSortingDoes() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int size = 1 + random.nextInt(40);
            double[] scores = random.doubles(size).map(value -> Math.round(value * 8)).toArray();
            boolean[] excluded = new boolean[size];
            for (int i = 0; i < size; i++) {
                excluded[i] = random.nextInt(4) == 0;
                scores[i] = random.nextInt(10) == 0 ? Double.NaN : scores[i];
            }
            int k = 1 + random.nextInt(12);
            int[] expected = IntStream.range(0, size).filter(i -> !excluded[i] && !Double.isNaN(scores[i])).boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])).limit(k).mapToInt(i -> i).toArray();
            assertArrayEquals(expected, RankingMetrics.top(scores, excluded, k));
        }
    }

    @Test
    void oneListWithHitsAtTwoAndFour() {
        boolean[] hits = {false, true, false, true};
        assertEquals(0.2, RankingMetrics.precision(hits, 10), EXACT, "2 of 10 places; a short list is not made up for");
        assertEquals(2.0 / 3, RankingMetrics.recall(hits, 3, 10), EXACT);
        assertEquals(4.0 / 13, RankingMetrics.f1(hits, 3, 10), EXACT);
        assertEquals(1.0 / 3, RankingMetrics.averagePrecision(hits, 3, 10), EXACT, "(1/2 + 2/4) / 3");
        assertEquals(0.5, RankingMetrics.reciprocalRank(hits, 10), EXACT);
        assertEquals(0.4981892, RankingMetrics.ndcg(hits, 3, 10), 1e-7, "(1/log2(3) + 1/log2(5)) / (1 + 1/log2(3) + 1/log2(4))");
        assertEquals(0, RankingMetrics.hitRate(hits, 1));
    }

    @Test
    void moreRelevantProductsThanPlacesDoNotKeepAListFromBeingPerfect() {
        boolean[] hits = new boolean[10];
        Arrays.fill(hits, true);
        assertEquals(1, RankingMetrics.ndcg(hits, 40, 10), EXACT);
        assertEquals(1, RankingMetrics.averagePrecision(hits, 40, 10), EXACT);
        assertEquals(0.25, RankingMetrics.recall(hits, 40, 10), EXACT);
    }

    @Test
    void saysNaNWhereNothingIsRelevantAndRefusesNoPlaces() {
        boolean[] hits = new boolean[3];
        assertTrue(Double.isNaN(RankingMetrics.recall(hits, 0, 10)) && Double.isNaN(RankingMetrics.ndcg(hits, 0, 10))
                && Double.isNaN(RankingMetrics.averagePrecision(hits, 0, 10)) && Double.isNaN(RankingMetrics.f1(hits, 0, 10)));
        assertEquals(0, RankingMetrics.ndcg(new boolean[0], 2, 10), "an empty list finds nothing");
        assertThrows(IllegalArgumentException.class, () -> RankingMetrics.precision(hits, 0));
    }
}
