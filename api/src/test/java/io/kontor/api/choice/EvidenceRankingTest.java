package io.kontor.api.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.recommend.RecommendationRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceRankingTest {

    private static Items items(int products) {
        return new Items(IntStream.range(0, products).mapToObj(i -> "p" + i).toArray(String[]::new));
    }

    private static RecommendationRequest request(int n, Predicate<String> eligible) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of("p7"), List.of(), List.of(), n, eligible);
    }

    @ParameterizedTest
    @CsvSource({"300, 0", "300, 30", "300, 290", "300, 300", "12000, 0", "12000, 15", "12000, 400", "12000, 12000"})
    void findsTheBestThatMayBeInTheAnswerHoweverManyMayNot(int products, int barred) {
        Items items = items(products);
        Random random = new Random(5);
        float[] scores = new float[products];
        for (int product = 0; product < products; product++) {
            scores[product] = random.nextInt(products / 5) - 5;
        }
        int[] order = IntStream.range(0, products).boxed().sorted(Comparator.comparingDouble(p -> -scores[p])).mapToInt(p -> p).toArray();
        Set<String> best = Arrays.stream(order).limit(barred).mapToObj(items::id).collect(Collectors.toSet());
        int[] expected = Arrays.stream(order).skip(barred).filter(p -> scores[p] > 0 && p != 7).limit(20).toArray();
        assertArrayEquals(expected, EvidenceRanking.best(items, scores, request(20, id -> !best.contains(id))));
    }

    @Test
    void asksOfTheBestAlone() {
        Items items = items(12_000);
        float[] scores = new float[items.size()];
        for (int product = 0; product < scores.length; product++) {
            scores[product] = product;
        }
        int[] asked = new int[1];
        EvidenceRanking.best(items, scores, request(10, id -> asked[0]++ >= 0));
        assertEquals(10, asked[0]);
    }
}
