package io.kontor.platform.testkit.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.data.TasteGroups;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the platform expects of every trained recommender. A plugin's test extends this class and says how the plugin is made; it needs
 * nothing of the platform.
 *
 * @param <M> the model's type
 */
public abstract class TrainedRecommenderContract<M> {

    private static final long SEED = 42;
    private final SampleStore store = records();
    private TrainedRecommender<M> plugin;
    private M model;

    /** For subclasses. */
    protected TrainedRecommenderContract() {
    }

    /**
     * The records from which the plugin learns here: those of {@link TasteGroups} with four groups of thirty customers and forty products,
     * as far as they suit it.
     *
     * @return a store with at least fifteen products for everybody
     */
    protected SampleStore records() {
        return TasteGroups.generate(4, 30, 40, 12, 7);
    }

    /**
     * Makes the plugin with its default settings.
     *
     * @param data the store's data
     * @return a new plugin
     */
    protected abstract TrainedRecommender<M> plugin(SampleStore data);

    @BeforeEach
    final void trains() throws Exception {
        plugin = plugin(store);
        model = plugin.train(store.training(SEED));
    }

    private RecommendationRequest request(String customer, int n, Predicate<String> eligible) {
        return new RecommendationRequest(Optional.of("home"), Optional.of(customer), Optional.empty(), List.of(),
                store.history(customer, 500), n, eligible);
    }

    private byte[] bytes(M trained) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        plugin.write(trained, out);
        return out.toByteArray();
    }

    @Test
    final void answersTheSameAfterItWasWrittenAndRead() throws Exception {
        M read = plugin.read(new ByteArrayInputStream(bytes(model)));
        for (String customer : List.of("c0-0", "c3-7")) {
            assertEquals(plugin.recommend(model, request(customer, 20, product -> true)),
                    plugin.recommend(read, request(customer, 20, product -> true)));
        }
        assertArrayEquals(bytes(model), bytes(read));
    }

    @Test
    final void learnsTheSameFromTheSameDataAndSeed() throws Exception {
        assertArrayEquals(bytes(model), bytes(plugin(store).train(store.training(SEED))));
    }

    @Test
    final void refusesADamagedModel() throws IOException {
        byte[] whole = bytes(model);
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(Arrays.copyOf(whole, whole.length / 2))));
        assertThrows(IOException.class, () -> plugin.read(new ByteArrayInputStream(new byte[64])));
    }

    @Test
    final void ranksEachEligibleProductOnceTheBestFirst() {
        Set<String> excluded = new HashSet<>(List.of("p0-0", "p1-0"));
        Ranking ranking = plugin.recommend(model, request("c0-3", 15, product -> !excluded.contains(product)));
        List<String> products = ranking.items().stream().map(RankedItem::product).toList();
        assertEquals(15, products.size(), "there are enough candidates, so the list must be full");
        assertEquals(15, new HashSet<>(products).size(), products.toString());
        assertTrue(products.stream().noneMatch(excluded::contains), products.toString());
        for (int i = 0; i < products.size(); i++) {
            RankedItem item = ranking.items().get(i);
            assertTrue(i == 0 || item.score() <= ranking.items().get(i - 1).score(), "scores must fall");
            assertFalse(item.reasons().isEmpty(), "every product needs a reason");
            assertFalse(item.reasons().get(0).text().isBlank());
        }
    }

    @Test
    final void answersForPeopleItHasNeverSeen() {
        RecommendationRequest stranger = new RecommendationRequest(Optional.empty(), Optional.of("stranger"), Optional.of("no such product"),
                List.of("nor this one"), List.of(), 10, product -> true);
        assertTrue(plugin.recommend(model, stranger).items().size() <= 10);
        assertTrue(plugin.recommend(model, request("c0-0", 10, product -> false)).items().isEmpty(), "nothing is eligible");
    }

    @Test
    final void stopsTrainingWhenItIsCancelled() {
        SampleJob cancelled = new SampleJob(0);
        assertThrows(CancellationException.class, () -> plugin.train(new Training(store.snapshot(), SEED, cancelled)));
    }

    @Test
    final void saysThatThereIsTooLittleData() {
        KontorException refused = assertThrows(KontorException.class,
                () -> plugin.train(new SampleStore(Locale.ENGLISH).training(SEED)));
        assertEquals(KontorException.Kind.DATA, refused.kind());
        assertTrue(refused.getMessage().endsWith("."), "one plain sentence: " + refused.getMessage());
    }

    @Test
    final void answersManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Ranking>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String customer = "c" + i % 4 + "-" + i % 30;
                answers.add(threads.submit(() -> plugin.recommend(model, request(customer, 10, product -> true))));
            }
            for (int i = 0; i < 200; i++) {
                assertEquals(plugin.recommend(model, request("c" + i % 4 + "-" + i % 30, 10, product -> true)), answers.get(i).get());
            }
        } finally {
            threads.shutdown();
        }
    }
}
