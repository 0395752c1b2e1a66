package io.kontor.recommend.ranker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.choice.HiddenChoices;
import io.kontor.api.decision.Reason;
import io.kontor.api.metric.RankingMetrics;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.SampleMembers;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class RankerTest extends TrainedRecommenderContract<Stage> {

    private static final int GROUPS = 4;
    private static final int PRODUCTS = 40;

    private record Given(int candidates, int factors, int rounds) implements Ranker.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return Ranker.Settings.class;
        }
    }

    /** Ranks all products of the shop by a number. */
    private static Recommender by(ToDoubleFunction<String> score) {
        return request -> {
            List<RankedItem> items = new ArrayList<>();
            for (int group = 0; group < GROUPS; group++) {
                for (int product = 0; product < PRODUCTS; product++) {
                    String id = "p" + group + "-" + product;
                    if (request.eligible().test(id)) {
                        items.add(new RankedItem(id, score.applyAsDouble(id), List.of(new Reason("number", "It has a number.", 1))));
                    }
                }
            }
            items.sort(Comparator.comparingDouble((RankedItem item) -> -item.score()).thenComparing(RankedItem::product));
            return new Ranking(items.subList(0, Math.min(request.n(), items.size())));
        };
    }

    private static double number(String product) {
        return -Integer.parseInt(product.substring(product.indexOf('-') + 1));
    }

    private static SampleMembers members() {
        return new SampleMembers().with("com.acme.popular", by(RankerTest::number)).with("com.acme.chance", by(id -> id.hashCode() % 97));
    }

    private static Ranker ranker(SampleStore data, SampleMembers members) {
        return new Ranker(new Given(100, 4, 8), data, members);
    }

    @Override
    protected TrainedRecommender<Stage> plugin(SampleStore data) {
        return ranker(data, members());
    }

    /** Customers of four tastes, where products of different tastes have different prices. */
    private static SampleStore shop() {
        SampleStore store = TasteGroups.generate(GROUPS, 60, PRODUCTS, 12, 5);
        for (int group = 0; group < GROUPS; group++) {
            for (int product = 0; product < PRODUCTS; product++) {
                store.product("p" + group + "-" + product, "Product", 10 * Math.pow(4, group));
            }
        }
        return store;
    }

    private static double gain(HiddenChoices split, Recommender recommender) {
        double sum = 0;
        for (HiddenChoices.Case one : split.cases()) {
            List<RankedItem> items = recommender.recommend(new RecommendationRequest(Optional.empty(), Optional.of(one.customer()),
                    Optional.empty(), List.of(), one.history(), 10, product -> !one.chosen().contains(product))).items();
            boolean[] hits = new boolean[items.size()];
            for (int i = 0; i < hits.length; i++) {
                hits[i] = one.hidden().contains(items.get(i).product());
            }
            sum += RankingMetrics.ndcg(hits, one.hidden().size(), 10) / split.cases().size();
        }
        return sum;
    }

    @Test
    void findsTheTasteInThePricesOfWhichNoneOfItsMembersKnows() {
        SampleStore store = shop();
        HiddenChoices split = HiddenChoices.of(store.snapshot(), 0.2, 1_000, 99, new SampleJob());
        Ranker plugin = ranker(store, members());
        Stage model = plugin.train(new Training(split.rest(), 7, new SampleJob()));
        double popular = gain(split, by(RankerTest::number));
        double own = gain(split, request -> plugin.recommend(model, request));
        assertTrue(own > 1.5 * popular, own + " against " + popular);
    }

    @Test
    void keepsTheOrderOfTheBestMemberWhereHardlyAnybodyChoseTwice() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        for (int customer = 0; customer < 200; customer++) {
            store.purchase("c" + customer, "p0-" + customer % PRODUCTS, time.plusSeconds(customer));
        }
        store.purchase("c0", "p0-1", time.plusSeconds(1_000)).purchase("c1", "p0-0", time.plusSeconds(1_001));
        Ranker plugin = ranker(store, members());
        Stage model = plugin.train(store.training(7));
        RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.of("c9"), Optional.empty(), List.of(),
                store.history("c9", 100), 10, product -> !product.equals("p0-9"));
        assertEquals(by(RankerTest::number).recommend(request).items().stream().map(RankedItem::product).toList(),
                plugin.recommend(model, request).items().stream().map(RankedItem::product).toList());
    }

    @Test
    void explainsItsScoreAndSaysWhatItsMembersSaid() {
        SampleStore store = shop();
        Ranker plugin = ranker(store, members());
        Stage model = plugin.train(store.training(7));
        RankedItem item = plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.of("c0-0"), Optional.empty(), List.of(),
                store.history("c0-0", 100), 5, product -> true)).items().get(0);
        assertEquals(item.score(), item.explanation().orElseThrow().output(), 1e-9);
        assertEquals("It has a number.", item.reasons().get(0).text());
    }

    @Test
    void answersWithoutAMemberThatHasGoneAndNotWithoutAll() {
        SampleStore store = shop();
        SampleMembers members = members();
        Ranker plugin = ranker(store, members);
        Stage model = plugin.train(store.training(7));
        RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.of("c0-0"), Optional.empty(), List.of(),
                store.history("c0-0", 100), 5, product -> true);
        members.remove("com.acme.chance");
        assertEquals(5, plugin.recommend(model, request).items().size());
        members.remove("com.acme.popular");
        assertThrows(KontorException.class, () -> plugin.recommend(model, request));
    }
}
