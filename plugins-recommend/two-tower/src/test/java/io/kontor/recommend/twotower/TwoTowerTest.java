package io.kontor.recommend.twotower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.choice.Choices;
import io.kontor.api.choice.HiddenChoices;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.metric.RankingMetrics;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.bundles.descent.Sequences;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.LifeStages;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import io.kontor.recommend.itemknn.ItemKnn;
import io.kontor.recommend.mostpopular.MostPopular;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TwoTowerTest extends TrainedRecommenderContract<TowerModel> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(int dimension, int epochs, double learningRate) implements TwoTower.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return TwoTower.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<TowerModel> plugin(SampleStore data) {
        return new TwoTower(new Given(32, 8, 0.005), data);
    }

    private static RecommendationRequest request(List<String> visit, List<Interaction> history) {
        Set<String> known = new HashSet<>(visit);
        history.forEach(deed -> known.add(deed.product()));
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), visit, history, 10,
                product -> !known.contains(product));
    }

    private static <M> double ndcg(HiddenChoices split, TrainedRecommender<M> plugin) throws Exception {
        M model = plugin.train(new Training(split.rest(), 1, new SampleJob()));
        double sum = 0;
        for (HiddenChoices.Case one : split.cases()) {
            List<RankedItem> items = plugin.recommend(model, request(List.of(), one.history())).items();
            boolean[] hits = new boolean[items.size()];
            for (int i = 0; i < hits.length; i++) {
                hits[i] = one.hidden().contains(items.get(i).product());
            }
            sum += RankingMetrics.ndcg(hits, one.hidden().size(), 10);
        }
        return sum / split.cases().size();
    }

    @Test
    void findsHiddenChoicesAsWellAsNeighboursAndBetterThanPopularity() throws Exception {
        SampleStore store = TasteGroups.generate(6, 100, 50, 10, 5);
        HiddenChoices split = HiddenChoices.of(store.snapshot(), 0.2, 1_000, 3, new SampleJob());
        double own = ndcg(split, new TwoTower(DefaultSettings.of(TwoTower.Settings.class), store));
        double others = ndcg(split, new ItemKnn(DefaultSettings.of(ItemKnn.Settings.class), store));
        double same = ndcg(split, new MostPopular(DefaultSettings.of(MostPopular.Settings.class), store));
        assertTrue(own > 0.95 * others, own + " against " + others + " of neighbours");
        assertTrue(own > 2 * same, own + " against " + same + " of popularity");
    }

    @Test
    void findsTheTasteThatPopularityDoesNotKnow() throws Exception {
        SampleStore store = TasteGroups.generate(6, 60, 50, 10, 5);
        TwoTower plugin = new TwoTower(DefaultSettings.of(TwoTower.Settings.class), store);
        TowerModel model = plugin.train(store.training(1));
        double own = TasteGroups.ownShare(plugin, model, store, 6, 60);
        // Popularity, which is the same in every group, would be right for one customer in six.
        assertTrue(own > 0.7, own + " of the products are to the customer's taste");
    }

    /** Customers keep to the category of their number modulo three; the last product of each category is new. */
    private static SampleStore catalogue() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(4);
        for (int category = 0; category < 3; category++) {
            for (int product = 0; product <= 20; product++) {
                store.add(Entity.PRODUCTS, Map.of("id", "p" + category + "-" + product, "title", "", "category", "all/kind " + category,
                        "brand", "brand " + category * 2 + product % 2, "price", 10.0 + product));
            }
        }
        for (int customer = 0; customer < 300; customer++) {
            for (int purchase = 0; purchase < 6; purchase++) {
                store.purchase("c" + customer, "p" + customer % 3 + "-" + random.nextInt(20), TIME.plusSeconds(purchase * 1_000L + customer));
            }
        }
        return store;
    }

    @Test
    void placesNewProductsByWhatTheyAre() {
        SampleStore store = catalogue();
        TwoTower plugin = new TwoTower(DefaultSettings.of(TwoTower.Settings.class), store);
        TowerModel model = plugin.train(store.training(1));
        for (int category = 0; category < 3; category++) {
            Map<String, Integer> ranks = new HashMap<>();
            RecommendationRequest all = new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(),
                    List.of("p" + category + "-1", "p" + category + "-2"), List.of(), 63, product -> true);
            plugin.recommend(model, all).items().forEach(item -> ranks.put(item.product(), ranks.size()));
            for (int product = 0; product < 3; product++) {
                int rank = ranks.get("p" + product + "-20");
                assertTrue(product == category ? rank <= 21 : rank > 21, "the new product of " + product + " has rank " + rank);
            }
        }
    }

    @Test
    void answersAsTheNetworkThatWasLearned() {
        SampleStore store = catalogue();
        Choices choices = Choices.read(store.training(1), 0);
        Shelf shelf = Shelf.of(store.training(1), choices.items());
        assertEquals(63, shelf.items().size());
        assertEquals(60, shelf.chosen());
        SplittableRandom random = new SplittableRandom(3);
        Examples examples = new Examples(Sequences.inAnyOrder(choices, 50, 1), 63, random);
        try (TowerNetwork network = new TowerNetwork(16, 60, shelf.traits().names().length, shelf.of(), random)) {
            double first = examples.each(batch -> network.learn(0.01f, batch));
            double second = examples.each(batch -> network.learn(0.01f, batch));
            assertTrue(second < first, second + " after " + first);
            Towers towers = new Towers(network.weights(), shelf.of());
            examples.each(batch -> {
                float[] scores = network.scores(batch);
                for (int row = 0; row < batch.customers(); row++) {
                    same(towers, batch, row, Arrays.copyOfRange(scores, row * batch.columns(), (row + 1) * batch.columns()));
                }
                return 0;
            });
        }
    }

    private static void same(Towers towers, TowerBatch batch, int row, float[] expected) {
        int most = batch.known().length / batch.customers();
        int[] products = new int[most];
        float[] shares = new float[most];
        int count = 0;
        for (int i = row * most; i < (row + 1) * most; i++) {
            if (batch.shares()[i] > 0) {
                products[count] = batch.products()[(int) batch.known()[i]];
                shares[count++] = batch.shares()[i];
            }
        }
        float[] scores = towers.scores(towers.customer(Arrays.copyOf(products, count), Arrays.copyOf(shares, count)));
        float[] columns = new float[expected.length];
        for (int column = 0; column < columns.length; column++) {
            columns[column] = scores[batch.products()[column]];
        }
        assertArrayEquals(expected, columns, 1e-4f);
    }

    @Test
    void collectsWhatSeveralProductsHaveInCommon() {
        Traits traits = Traits.of(List.of(new Traits.Described("a/b", "x", 1), new Traits.Described("a/c", "y", 2),
                new Traits.Described("a", "x", 4), new Traits.Described(null, null, Double.NaN)));
        assertTrue(List.of(traits.names()).containsAll(List.of("brand x", "category a")), Arrays.toString(traits.names()));
        assertTrue(!List.of(traits.names()).contains("brand y") && !List.of(traits.names()).contains("category a/b"));
        assertEquals(0, traits.of(new Traits.Described("z", "", Double.NaN)).length);
        assertTrue(traits.of(new Traits.Described("a/b/c/d/e/f/g", "x", 3)).length <= Traits.MOST);
    }

    @Test
    void learnsSomethingElseWithAnotherSeed() throws Exception {
        SampleStore store = LifeStages.generate(50, 6).store();
        float first = plugin(store).train(store.training(1)).towers().weights().products()[0];
        assertNotEquals(first, plugin(store).train(store.training(2)).towers().weights().products()[0]);
    }
}
