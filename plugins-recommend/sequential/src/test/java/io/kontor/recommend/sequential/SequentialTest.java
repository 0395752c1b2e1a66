package io.kontor.recommend.sequential;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Interaction;
import io.kontor.api.job.JobContext;
import io.kontor.api.metric.RankingMetrics;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.LifeStages;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRecommenderContract;
import io.kontor.recommend.itemknn.ItemKnn;
import io.kontor.recommend.mostpopular.MostPopular;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SequentialTest extends TrainedRecommenderContract<SequenceModel> {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    /** Settings as the operator may give them. */
    record Given(int dimension, int length, int blocks, int epochs, double dropout, double learningRate) implements Sequential.Settings {

        @Override
        public Class<? extends Annotation> annotationType() {
            return Sequential.Settings.class;
        }
    }

    @Override
    protected TrainedRecommender<SequenceModel> plugin(SampleStore data) {
        return new Sequential(new Given(32, 50, 1, 10, 0.3, 0.002), data);
    }

    private static RecommendationRequest request(List<String> visit, List<Interaction> history) {
        Set<String> known = new HashSet<>(visit);
        history.forEach(deed -> known.add(deed.product()));
        return new RecommendationRequest(Optional.empty(), Optional.empty(), Optional.empty(), visit, history, 10,
                product -> !known.contains(product));
    }

    private static JobContext listening(List<String> lines) {
        return new JobContext() {

            @Override
            public int threads() {
                return 2;
            }

            @Override
            public <T> List<T> all(List<? extends Supplier<? extends T>> parts) {
                return parts.parallelStream().<T>map(Supplier::get).toList();
            }

            @Override
            public void progress(double fraction, String message) {
                assertTrue(fraction >= 0 && fraction <= 1, message);
            }

            @Override
            public void log(String line) {
                lines.add(line);
            }

            @Override
            public void checkCancelled() {
                // nobody cancels
            }
        };
    }

    private static <M> double ndcg(LifeStages stages, TrainedRecommender<M> plugin) throws Exception {
        M model = plugin.train(stages.store().training(1));
        double sum = 0;
        for (Map.Entry<String, String> one : stages.next().entrySet()) {
            List<RankedItem> items = plugin.recommend(model, request(List.of(), stages.store().history(one.getKey(), 500))).items();
            boolean[] hits = new boolean[items.size()];
            for (int i = 0; i < hits.length; i++) {
                hits[i] = items.get(i).product().equals(one.getValue());
            }
            sum += RankingMetrics.ndcg(hits, 1, 10);
        }
        return sum / stages.next().size();
    }

    @Test
    void knowsTheOrderThatNeighboursDoNotKnow() throws Exception {
        LifeStages stages = LifeStages.generate(1_500, 3);
        double own = ndcg(stages, new Sequential(DefaultSettings.of(Sequential.Settings.class), stages.store()));
        double others = ndcg(stages, new ItemKnn(DefaultSettings.of(ItemKnn.Settings.class), stages.store()));
        double same = ndcg(stages, new MostPopular(DefaultSettings.of(MostPopular.Settings.class), stages.store()));
        assertTrue(own > 2 * others, own + " against " + others + " of neighbours");
        assertTrue(own > 3 * same, own + " against " + same + " of popularity");
    }

    @Test
    void answersAsTheNetworkThatWasLearned() {
        for (int blocks : new int[] {1, 2, 3}) {
            Shape shape = new Shape(300, 16, 12, blocks);
            try (Network network = new Network(shape, 0.2f, 300, new SplittableRandom(5))) {
                SplittableRandom random = new SplittableRandom(6);
                int[][] windows = new int[40][];
                for (int i = 0; i < windows.length; i++) {
                    windows[i] = random.ints(2 + i % 12, 0, 300).toArray();
                }
                for (int step = 0; step < 30; step++) {
                    network.learn(0.01f, windows);
                }
                Encoder encoder = new Encoder(shape, network.weights());
                for (int length = 1; length <= 12; length++) {
                    int[] sequence = random.ints(length, 0, 300).toArray();
                    float[] scores = encoder.scores(encoder.encode(sequence));
                    assertArrayEquals(network.scores(sequence), scores, 1e-4f);
                    assertEquals(scores[7], encoder.score(encoder.encode(sequence), 7), 1e-4f);
                }
            }
        }
    }

    @Test
    void learnsFromASampleOfProductsAsFromAll() {
        int[][] windows = new int[50][];
        for (int i = 0; i < windows.length; i++) {
            windows[i] = new int[] {i, i + 50, i + 100};
        }
        for (int sample : new int[] {150, 40}) {
            Shape shape = new Shape(150, 16, 5, 1);
            try (Network network = new Network(shape, 0, sample, new SplittableRandom(5))) {
                float loss = 0;
                for (int step = 0; step < 300; step++) {
                    loss = network.learn(0.01f, windows);
                }
                assertTrue(loss < 0.1, loss + " with " + sample);
                float[] scores = network.scores(new int[] {20, 70});
                for (int product = 0; product < 150; product++) {
                    assertTrue(product == 120 || scores[product] < scores[120], product + " of " + sample);
                }
            }
        }
    }

    @Test
    void listensToTheOrderOfTheVisit() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        for (int customer = 0; customer < 200; customer++) {
            List<String> way = customer % 2 == 0 ? List.of("a", "b", "after ab") : List.of("b", "a", "after ba");
            for (int i = 0; i < way.size(); i++) {
                store.purchase("c" + customer, way.get(i), TIME.plusSeconds(customer * 10L + i));
            }
        }
        Sequential plugin = new Sequential(new Given(16, 10, 1, 50, 0, 0.01), store);
        SequenceModel model = plugin.train(store.training(1));
        RankedItem first = plugin.recommend(model, request(List.of("a", "b"), List.of())).items().get(0);
        assertEquals("after ab", first.product());
        assertEquals(1, first.score());
        assertEquals("similar-to", first.reasons().get(0).code());
        assertEquals("after ba", plugin.recommend(model, request(List.of("b", "new in the shop", "a"), List.of())).items().get(0).product());
        List<Interaction> history = List.of(new Interaction("b", Interaction.Type.PURCHASE, TIME.plusSeconds(1), 1),
                new Interaction("a", Interaction.Type.PURCHASE, TIME, 1));
        assertEquals("after ab", plugin.recommend(model, request(List.of(), history)).items().get(0).product());
    }

    @Test
    void dividesEachScoreAmongTheLatestChoicesExactly() throws Exception {
        LifeStages stages = LifeStages.generate(200, 4);
        TrainedRecommender<SequenceModel> plugin = plugin(stages.store());
        SequenceModel model = plugin.train(stages.store().training(1));
        for (String customer : stages.next().keySet()) {
            List<RankedItem> items = plugin.recommend(model, request(List.of(), stages.store().history(customer, 500))).items();
            assertEquals(10, items.size());
            assertEquals(1, items.get(0).score());
            for (RankedItem item : items) {
                assertTrue(item.explanation().orElseThrow().contributions().size() <= 6);
                assertFalse(item.reasons().isEmpty());
            }
        }
    }

    @Test
    void tellsTheLossOfEachEpochAndStopsWhenItGetsNoBetter() {
        LifeStages stages = LifeStages.generate(300, 5);
        List<String> epochs = new ArrayList<>();
        Training training = new Training(stages.store().snapshot(), 1, listening(epochs));
        new Sequential(new Given(16, 20, 1, 1_000, 0.1, 0.02), stages.store()).train(training);
        assertTrue(epochs.get(0).matches("Epoch 1: loss \\d+\\.\\d{4}, nDCG of hidden choices \\d\\.\\d{4}"), epochs.get(0));
        assertTrue(epochs.size() < 200, epochs.size() + " epochs");
    }

    @Test
    void learnsTheSameBitForBitOnSeveralThreads() throws Exception {
        LifeStages stages = LifeStages.generate(500, 6);
        float[][] alone = plugin(stages.store()).train(stages.store().training(1)).encoder().weights();
        Training together = new Training(stages.store().snapshot(), 1, listening(new ArrayList<>()));
        float[][] shared = plugin(stages.store()).train(together).encoder().weights();
        for (int array = 0; array < alone.length; array++) {
            assertArrayEquals(alone[array], shared[array]);
        }
    }

    @Test
    void learnsSomethingElseWithAnotherSeed() throws Exception {
        LifeStages stages = LifeStages.generate(50, 6);
        float[] one = plugin(stages.store()).train(stages.store().training(1)).encoder().weights()[0];
        assertNotEquals(one[0], plugin(stages.store()).train(stages.store().training(2)).encoder().weights()[0][0]);
    }

    @Test
    void refusesDataInWhichNobodyChoseTwice() {
        SampleStore store = new SampleStore(Locale.ENGLISH).purchase("u", "a", TIME).purchase("v", "b", TIME);
        KontorException refused = assertThrows(KontorException.class, () -> plugin(store).train(store.training(1)));
        assertTrue(refused.getMessage().startsWith("Nobody chose two products"), refused.getMessage());
    }
}
