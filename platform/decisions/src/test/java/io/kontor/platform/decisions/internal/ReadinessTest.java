package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.data.Samples;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.PlacementPreview;
import io.kontor.platform.decisions.PlacementReadiness;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.decisions.Recommended;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    /** Customers with an even number get a list of a strategy, every third one half of it, the others none. */
    private static final class Desk implements RecommendationDesk {

        @Override
        public Answer<Recommended> recommend(String store, Question question) {
            int number = question.customer().map(Integer::parseInt).orElse(1);
            int own = number % 2 == 0 ? 4 : number % 3 == 0 ? 2 : 0;
            List<Recommended.Item> items = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                items.add(new Recommended.Item("p" + i, 1, List.of(), Optional.empty(), Optional.of(i < own ? "knn" : Recommended.CATALOGUE),
                        Optional.empty(), i < own ? 0 : 1));
            }
            return new Answer<>("r", new Answer.ServedBy("knn", "1", Optional.empty()), Optional.empty(),
                    new Recommended(question.placement(), own < 4 ? 1 : 0, items));
        }

        @Override
        public Answer<Recommended> rerank(String store, List<String> products, Question question, Optional<Double> weight) {
            return recommend(store, question);
        }

        @Override
        public PlacementPreview preview(String store, Placement placement, Question question) {
            return new PlacementPreview(List.of(), List.of(), List.of(), Map.of(), List.of(), List.of(), recommend(store, question));
        }
    }

    /** As many customers as there is room for, and no product. */
    private static final class Numbers implements Samples {

        @Override
        public List<String> customers(String store, int limit) {
            return IntStream.range(0, Math.min(limit, 120)).mapToObj(Integer::toString).toList();
        }

        @Override
        public List<String> products(String store, int limit) {
            return List.of();
        }
    }

    @Test
    void countsForWhomTheStrategiesHaveSomething() {
        PlacementReadiness.Ready ready = new SampledReadiness(new Desk(), new Numbers()).of("berlin", Counter.home(null, "knn"));
        assertEquals(120, ready.customers().asked());
        assertEquals(60, ready.customers().full());
        assertEquals(20, ready.customers().partly());
        assertEquals(40, ready.customers().fallback());
        assertEquals(2.0 / 3, ready.customers().ready(), 1e-12);
        assertTrue(ready.customers().interval().contains(0.6));
        assertEquals(0, ready.products().asked());
        assertTrue(Double.isNaN(ready.products().ready()));
    }
}
