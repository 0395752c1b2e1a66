package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.recommend.RecommendationRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceRankingTest {

    private static final int PRODUCTS = 300;
    private static final Items ITEMS = new Items(IntStream.range(0, PRODUCTS).mapToObj(i -> "p" + i).toArray(String[]::new));

    private static RecommendationRequest request(int n, Predicate<String> eligible) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of("p7"), List.of(), List.of(), n, eligible);
    }

    @Test
    void findsTheBestThatMayBeInTheAnswerHoweverManyMayNot() {
        Random random = new Random(5);
        for (int barred : new int[] {0, 30, 200, 290, PRODUCTS}) {
            float[] scores = new float[PRODUCTS];
            for (int product = 0; product < PRODUCTS; product++) {
                scores[product] = random.nextInt(60) - 5;
            }
            // The best of all are barred.
            List<Integer> order = IntStream.range(0, PRODUCTS).boxed().sorted(Comparator.comparingDouble(p -> -scores[p])).toList();
            Predicate<String> eligible = id -> order.indexOf(ITEMS.indexOf(id)) >= barred;
            int[] expected = order.stream().skip(barred).filter(p -> scores[p] > 0 && p != 7).limit(20).mapToInt(p -> p).toArray();
            assertArrayEquals(expected, EvidenceRanking.best(ITEMS, scores, request(20, eligible)), barred + " barred");
        }
    }

    @Test
    void asksOfTheBestAlone() {
        float[] scores = new float[PRODUCTS];
        for (int product = 0; product < PRODUCTS; product++) {
            scores[product] = product;
        }
        int[] asked = new int[1];
        EvidenceRanking.best(ITEMS, scores, request(10, id -> asked[0]++ >= 0));
        assertEquals(10, asked[0]);
    }
}
