package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.decisions.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastAnswersTest {

    private static final Answer.ServedBy BY = new Answer.ServedBy("knn", "1.0.0", Optional.of("m1"));

    private final AtomicLong now = new AtomicLong();
    private final LastAnswers answers = new LastAnswers(now::get);
    private final Fake knn = new Fake("knn", "shop");

    private static RecommendAsked request(String customer, int n, Set<String> excluded) {
        return new RecommendAsked("shop", Optional.empty(), new RecommendationRequest(Optional.empty(), Optional.of(customer),
                Optional.empty(), List.of(), List.of(), n,
                product -> !excluded.contains(product)), Locale.ENGLISH);
    }

    private static Ranking ranking(int items) {
        return new Ranking(IntStream.range(0, items).mapToObj(i -> new RankedItem("p" + i, items - i,
                List.of(new Reason("code", "text", 1)))).toList());
    }

    private Optional<LastAnswers.Found<Ranking>> find(Fake instance, String customer, int n) {
        return answers.find(instance, request(customer, n, Set.of()));
    }

    @Test
    void givesTheAnswerToTheSameQuestionOfTheSamePluginAndStoreOnly() {
        answers.keep(knn, request("c", 3, Set.of()), ranking(3), BY);
        now.addAndGet(Duration.ofSeconds(12).toNanos());
        assertEquals(new LastAnswers.Found<>(ranking(3), BY, 12), find(knn, "c", 3).orElseThrow());
        assertTrue(find(knn, "d", 3).isEmpty());
        assertTrue(find(knn, "c", 4).isEmpty());
        assertTrue(find(new Fake("knn", "other shop"), "c", 3).isEmpty());
        assertTrue(find(new Fake("als", "shop"), "c", 3).isEmpty());
    }

    @Test
    void leavesOutWhatMustNotBeShownAnyMore() {
        answers.keep(knn, request("c", 3, Set.of()), ranking(3), BY);
        List<RankedItem> left = answers.find(knn, request("c", 3, Set.of("p0", "p2"))).orElseThrow().value().items();
        assertEquals(List.of("p1"), left.stream().map(RankedItem::product).toList());
        assertTrue(answers.find(knn, request("c", 3, Set.of("p0", "p1", "p2"))).isEmpty());
    }

    @Test
    void forgetsAfterAFewMinutes() {
        answers.keep(knn, request("c", 3, Set.of()), ranking(3), BY);
        now.addAndGet(LastAnswers.KEPT.toNanos());
        assertTrue(find(knn, "c", 3).isEmpty());
    }

    @Test
    void keepsNoMoreThanItsShareOfTheMemory() {
        int kept = 1_000;
        for (int i = 0; i < kept; i++) {
            answers.keep(knn, request("c" + i, 1000, Set.of()), ranking(1000), BY);
        }
        long found = IntStream.range(0, kept).filter(i -> find(knn, "c" + i, 1000).isPresent()).count();
        assertTrue(found < 50, found + " answers of 1,000 items are kept");
    }
}
