package io.kontor.recommend.itemknn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Basket;
import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.Counting;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.choice.ItemScores;
import io.kontor.api.choice.Items;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.choice.PlainLists;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.job.JobContext;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemKnnTest extends TrainedRecommenderContract<Neighbours> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(String similarity, int neighbours, double shrinkage, int halfLifeDays, String precision) implements ItemKnn.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return ItemKnn.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<Neighbours> plugin(SampleStore data) {
        return plugin(data, 0, -1);
    }

    private static ItemKnn plugin(SampleStore data, int neighbours, double shrinkage) {
        return new ItemKnn(new Given("asymmetric-cosine", neighbours, shrinkage, 0, "float"), data);
    }

    private static RecommendationRequest about(String product, int n) {
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of(product), List.of(), List.of(), n, p -> true);
    }

    private static List<String> products(List<RankedItem> items) {
        return items.stream().map(RankedItem::product).toList();
    }

    /** Two customers who chose a and b, one of them c as well; a third chose c and d. */
    private static SampleStore small(Locale locale) {
        return new SampleStore(locale).purchase("u", "a", TIME).purchase("u", "b", TIME).purchase("v", "a", TIME).purchase("v", "b", TIME)
                .purchase("v", "c", TIME).purchase("w", "c", TIME).purchase("w", "d", TIME);
    }

    @Test
    void comparesProductsAsTheFormulaSays() {
        SampleStore store = small(Locale.ENGLISH);
        Neighbours model = plugin(store, 10, 2).train(store.training(1));
        // w(u) = 1/2, w(v) = 1/3, w(w) = 1/2; n(a) = n(b) = 5/6, n(c) = 5/6, n(d) = 1/2, in sum 3 for 7 choices.
        double together = 1 / 2.0 + 1 / 3.0;
        double held = 2 * 3 / 7.0;
        assertEquals(Math.pow(together / (5 / 6.0 + held), 1.25),
                model.similarity(model.items().indexOf("a"), model.items().indexOf("b")), 1e-6);
        assertEquals(Math.pow(0.5 / (Math.pow(5 / 6.0, 0.65) * Math.pow(0.5, 0.35) + held), 1.25),
                model.similarity(model.items().indexOf("c"), model.items().indexOf("d")), 1e-6);
        assertEquals(Math.pow(0.5 / (Math.pow(0.5, 0.65) * Math.pow(5 / 6.0, 0.35) + held), 1.25),
                model.similarity(model.items().indexOf("d"), model.items().indexOf("c")), 1e-6);
        assertEquals(0, model.similarity(model.items().indexOf("a"), model.items().indexOf("d")));
    }

    @Test
    void comparesByThePlainCosine() {
        SampleStore store = small(Locale.ENGLISH);
        Neighbours model = new ItemKnn(new Given("cosine", 10, 1, 0, "float"), store).train(store.training(1));
        assertEquals(2 / (2 + 1.0), model.similarity(model.items().indexOf("a"), model.items().indexOf("b")), 1e-6);
        assertEquals(1 / (Math.sqrt(2) + 1), model.similarity(model.items().indexOf("c"), model.items().indexOf("d")), 1e-6);
    }

    @Test
    void comparesByBm25() {
        SampleStore store = small(Locale.ENGLISH);
        Neighbours model = new ItemKnn(new Given("bm25", 10, 0, 0, "float"), store).train(store.training(1));
        // u and w chose two of four products, v three; a, b and c were chosen by two, d by one, 7/4 in the mean.
        double norm = (1 + 100 * (0.2 + 0.8 * 2 / (7 / 4.0))) / 101;
        double rare = (1 + 100 * (0.2 + 0.8 / (7 / 4.0))) / 101;
        double say = Math.pow(Math.log(4 / 3.0), 2);
        assertEquals(say / (norm * norm), model.similarity(model.items().indexOf("a"), model.items().indexOf("b")), 1e-6);
        assertEquals(say / (norm * rare), model.similarity(model.items().indexOf("c"), model.items().indexOf("d")), 1e-6);
    }

    @Test
    void takesTheOperatorsSettingsAndChoosesTheRest() {
        Choices choices = Choices.read(TasteGroups.generate(4, 60, 40, 12, 7).training(1), 0);
        JobContext job = JobContext.unwatched();
        assertEquals(new Comparison(Method.COSINE, 30, 0, 1, 1.25), new ComparisonSearch(Method.COSINE, 30, 0).best(choices, 1, job));
        Comparison chosen = new ComparisonSearch(Method.BM25, 0, 5).best(choices, 1, job);
        assertEquals(5, chosen.shrinkage());
        assertTrue(chosen.neighbours() >= 15, chosen.toString());
    }

    @Test
    void choosesHowMuchTheMostSimilarProductsCount() {
        Choices choices = Choices.read(TasteGroups.generate(4, 60, 40, 12, 7).training(1), 0);
        ChoiceHoldout held = choices.holdOut(0.2, 10_000, 1);
        JobContext job = JobContext.unwatched();
        Comparison usual = new Comparison(Method.ASYMMETRIC_COSINE, 100, 10, 1, 1.25);
        assertEquals(usual, new ComparisonSearch(Method.ASYMMETRIC_COSINE, 100, 10).best(choices, 1, job), "nothing is open");
        Comparison chosen = new ComparisonSearch(Method.ASYMMETRIC_COSINE, 0, 10).best(choices, 1, job);
        assertTrue(chosen.equals(usual) || held.ndcg(chosen.over(held.rest(), job)::addAll, job)
                > 1.02 * held.ndcg(usual.over(held.rest(), job)::addAll, job), chosen.toString());
        double sharp = new Comparison(Method.ASYMMETRIC_COSINE, 100, 10, 1, 3).over(choices, job).similarity(0, 1);
        double plain = new Comparison(Method.ASYMMETRIC_COSINE, 100, 10, 1, 1).over(choices, job).similarity(0, 1);
        assertEquals(Math.pow(plain, 3), sharp, 1e-6);
    }

    @Test
    void keepsTheNeighboursOfEachTarget() {
        SampleStore store = small(Locale.ENGLISH);
        Neighbours model = plugin(store, 1, 0.1).train(store.training(1));
        assertTrue(model.similarity(model.items().indexOf("c"), model.items().indexOf("d")) > 0, "d has no other neighbour, so it is kept");
        assertEquals(0, model.similarity(model.items().indexOf("c"), model.items().indexOf("a")), "b is nearer to a");
    }

    @Test
    void recommendsWhatGoesWithTheProductLookedAt() {
        SampleStore store = small(Locale.ENGLISH).product("a", "Teapot", 20);
        ItemKnn plugin = plugin(store, 10, 0.1);
        List<RankedItem> items = plugin.recommend(plugin.train(store.training(1)), about("a", 10)).items();
        assertEquals(List.of("b", "c"), products(items));
        assertEquals("similar-to", items.get(0).reasons().get(0).code());
        assertEquals("Customers who chose Teapot chose this too.", items.get(0).reasons().get(0).text());
        assertEquals(items.get(0).score(), items.get(0).reasons().get(0).weight(), 1e-6);
        Explanation explanation = items.get(0).explanation().orElseThrow();
        assertEquals(Explanation.Kind.EVIDENCE, explanation.kind());
        assertEquals(items.get(0).score(), explanation.output());
        assertEquals(List.of(new Contribution("similar-to", "Teapot", "a", items.get(0).score())), explanation.contributions());
        SampleStore chinese = small(Locale.SIMPLIFIED_CHINESE);
        ItemKnn other = plugin(chinese, 10, 0.1);
        assertEquals("选择过a的顾客也选择了它。",
                other.recommend(other.train(chinese.training(1)), about("a", 1)).items().get(0).reasons().get(0).text());
    }

    @Test
    void countsTheRunningVisitAsMuchAsAllThatWasBefore() {
        SampleStore store = TasteGroups.generate(3, 40, 30, 10, 11);
        ItemKnn plugin = plugin(store, 100, 10);
        Neighbours model = plugin.train(store.training(1));
        List<Interaction> history = store.history("c0-0", 500);
        RecommendationRequest visit = new RecommendationRequest(Optional.empty(), Optional.of("c0-0"), Optional.empty(), List.of("p2-0", "p2-1"),
                history, 10, product -> !product.equals("p2-0") && !product.equals("p2-1"));
        List<RankedItem> items = plugin.recommend(model, visit).items();
        assertTrue(items.stream().anyMatch(item -> TasteGroups.group(item.product()) == 2), products(items).toString());
    }

    @Test
    void takesNoNoticeOfReturnsAndPoorRatings() {
        SampleStore store = small(Locale.ENGLISH).event("rating", "x", null, "a", 5, TIME).event("rating", "x", null, "z", 1, TIME);
        ItemKnn plugin = plugin(store, 10, 0.1);
        Neighbours model = plugin.train(store.training(1));
        assertEquals(0, model.similarity(model.items().indexOf("a"), model.items().indexOf("z")));
        List<Interaction> regretted = List.of(new Interaction("c", Interaction.Type.RETURN, TIME, 1),
                new Interaction("c", Interaction.Type.PURCHASE, TIME, 1), new Interaction("d", Interaction.Type.RATING, TIME, 2));
        assertTrue(plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.of("w"), Optional.empty(), List.of(),
                regretted, 5, product -> true)).items().isEmpty());
    }

    @Test
    void findsTheTasteThatPopularityDoesNotKnow() {
        SampleStore store = TasteGroups.generate(6, 60, 50, 10, 5);
        ItemKnn plugin = plugin(store, 100, 10);
        Neighbours model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 6, 60);
        // Popularity, which is the same in every group, would be right for one customer in six.
        assertTrue(own > 0.8, own + " of the products are to the customer's taste");
    }

    /** Twelve neighbours at most for each of many products. */
    private static Neighbours random(Random random, int products) {
        int[] starts = new int[products + 1];
        int[] targets = new int[12 * products];
        float[] similarities = new float[targets.length];
        for (int source = 0; source < products; source++) {
            starts[source + 1] = starts[source];
            for (int target : random.ints(12, 0, products).sorted().distinct().toArray()) {
                targets[starts[source + 1]] = target;
                similarities[starts[source + 1]++] = random.nextInt(1, 9) / 8f;
            }
        }
        return new Neighbours(new Items(IntStream.range(0, products).mapToObj(i -> String.format("p%05d", i)).toArray(String[]::new)),
                new Counting(3, 1), new PlainLists(starts, Arrays.copyOf(targets, starts[products]),
                Arrays.copyOf(similarities, starts[products])));
    }

    @Test
    void answersFromFewNeighboursAsFromAllProducts() {
        Random random = new Random(4);
        Neighbours model = random(random, 3_000);
        ItemScores all = new ItemScores() {

            @Override
            public void add(int source, float weight, float[] scores) {
                model.add(source, weight, scores);
            }

            @Override
            public float similarity(int source, int target) {
                return model.similarity(source, target);
            }
        };
        EvidenceRanking evidence = new EvidenceRanking(new SampleStore(Locale.ENGLISH));
        for (int basket = 0; basket < 200; basket++) {
            List<String> visit = random.ints(random.nextInt(30), 0, 3_000).mapToObj(model.items()::id).toList();
            RecommendationRequest request = new RecommendationRequest(Optional.empty(), Optional.empty(), visit.stream().findFirst(), visit,
                    List.of(), 10, product -> product.hashCode() % 3 != 0);
            Basket known = Basket.of(model.items(), model.counting(), request);
            assertEquals(evidence.of(model.items(), all, known, request), evidence.of(model.items(), model, known, request));
        }
    }

    @Test
    void refusesDataInWhichNothingGoesTogether() {
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("u", "a", TIME).purchase("v", "b", TIME).purchase(null, "c", TIME);
        KontorException refused = assertThrows(KontorException.class, () -> plugin(store).train(store.training(1)));
        assertTrue(refused.getMessage().startsWith("No two products"), refused.getMessage());
    }

    @Test
    void neverRecommendsAProductForItself() {
        SampleStore store = small(Locale.ENGLISH);
        ItemKnn plugin = plugin(store, 10, 0);
        Neighbours model = plugin.train(store.training(1));
        assertFalse(products(plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.of("a"),
                List.of("b", "c"), List.of(), 10, product -> true)).items()).contains("a"));
    }

    @Test
    void isSilentAboutPeopleAndProductsItDoesNotKnow() {
        SampleStore store = small(Locale.ENGLISH);
        ItemKnn plugin = plugin(store, 10, 0);
        Neighbours model = plugin.train(store.training(1));
        assertTrue(plugin.recommend(model, about("new in the shop", 10)).items().isEmpty());
        assertEquals(plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), List.of("d"),
                List.of(), 10, product -> true)),
                plugin.recommend(model, new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(),
                        List.of("new in the shop", "d"), List.of(), 10, product -> true)));
    }

    @Test
    void takesSessionsAndOrdersOfUnknownCustomersForActors() {
        SampleStore store = new SampleStore(Locale.ENGLISH).event("view", null, "s", "a", Double.NaN, TIME)
                .event("view", null, "s", "b", Double.NaN, TIME).event("view", null, null, "c", Double.NaN, TIME);
        for (String product : List.of("d", "e")) {
            store.add(Entity.ORDERS, Map.of("orderId", "o", "time", TIME, "productId", product, "quantity", 1.0, "unitPrice", 1.0));
        }
        Neighbours model = plugin(store, 10, 0).train(store.training(1));
        assertTrue(model.similarity(model.items().indexOf("a"), model.items().indexOf("b")) > 0);
        assertTrue(model.similarity(model.items().indexOf("d"), model.items().indexOf("e")) > 0);
        assertEquals(-1, model.items().indexOf("c"));
    }

    @Test
    void letsPurchasesSayMoreThanViews() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (String product : List.of("a", "bought", "looked at")) {
            store.event(product.equals("looked at") ? "view" : "purchase", "u", null, product, Double.NaN, TIME);
        }
        ItemKnn plugin = plugin(store, 10, 10);
        assertEquals(List.of("bought", "looked at"), products(plugin.recommend(plugin.train(store.training(1)), about("a", 10)).items()));
    }

    @Test
    void hearsOnlyTheLatestChoicesOfOneWhoChoosesEverything() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int i = 0; i <= Choices.MOST_PRODUCTS; i++) {
            store.event("view", "robot", null, "p" + i, Double.NaN, TIME.plusSeconds(i));
        }
        Neighbours model = plugin(store, 1000, 0).train(store.training(1));
        int latest = model.items().indexOf("p" + Choices.MOST_PRODUCTS);
        assertTrue(model.similarity(latest, model.items().indexOf("p1")) > 0);
        assertEquals(0, model.similarity(latest, model.items().indexOf("p0")));
    }

    @Test
    void shortensLongTitlesInItsReasons() {
        SampleStore store = small(Locale.ENGLISH).product("a", "T".repeat(5_000), 20);
        ItemKnn plugin = plugin(store, 10, 0);
        String text = plugin.recommend(plugin.train(store.training(1)), about("a", 1)).items().get(0).reasons().get(0).text();
        assertEquals("Customers who chose " + "T".repeat(200) + "… chose this too.", text);
    }
}
