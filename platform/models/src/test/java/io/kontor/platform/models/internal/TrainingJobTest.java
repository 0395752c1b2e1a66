package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.data.Interaction;
import io.kontor.api.feature.Feature;
import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.Scaling;
import io.kontor.api.model.CodeVersion;
import io.kontor.api.model.Provenance;
import io.kontor.api.model.Training;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training from the records to the model that serves, and the ways in which it can end badly. */
class TrainingJobTest {

    private static final String STORE = Shop.STORE.id();

    @TempDir
    private Path folder;
    private Workbench bench;

    private void open(FreshDatabase fresh, Shop shop) {
        bench = new Workbench(fresh, folder, shop);
    }

    private void open(Shop shop) {
        open(FreshDatabase.h2(folder), shop);
    }

    @AfterEach
    void close() {
        assertEquals(0, bench.shop.open(), "every snapshot is closed");
        assertEquals(0, bench.plugins.openTrials(), "every instance of the run is closed");
        bench.close();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void trainsJudgesAgainstTheBaselineRegistersAndPromotes(FreshDatabase fresh) throws Exception {
        open(fresh, Shop.ofTwoTastes(60));
        Map<String, Object> result = bench.train("job-1", Map.of("seed", 7));
        ModelVersion model = only(Workbench.SHELF);
        assertEquals(model.id(), result.get("model"));
        assertEquals(true, result.get("promoted"));
        assertTrue(((String) result.get("reason")).startsWith("Promoted: clearly better than the baseline com.acme.popular"),
                (String) result.get("reason"));
        assertEquals(model.evaluation().metrics(), result.get("metrics"));
        assertEquals(model.baseline().metrics(), result.get("baseline"));
        assertEquals(58, model.evaluation().cases(), "the last fifth, 72 of 360 rows, has all that is known of the last two customers");
        assertTrue(model.evaluation().betterThan(model.baseline()));
        assertEquals(Set.of("champion"), model.aliases());
        assertEquals(1, model.number());
        Provenance provenance = model.provenance();
        assertEquals(Workbench.SHELF, provenance.plugin());
        assertEquals("1.2.0", provenance.pluginVersion());
        assertEquals(7, provenance.seed());
        assertEquals(Map.of("upsideDown", false), provenance.settings());
        assertEquals(360, provenance.snapshot().rows(), "the model that serves learned from all rows");
        assertEquals(Integer.toHexString(bench.shop.deeds().hashCode()), provenance.snapshot().hash());
        assertFalse(provenance.trainedAt().isAfter(model.createdAt()));
        try (InputStream in = bench.files.open(new ChampionIndex.Key(STORE, Workbench.SHELF), model.id(), model.sha256())) {
            assertEquals(model.sizeBytes(), in.readAllBytes().length);
        }
        ModelVersion baseline = only(Workbench.POPULAR);
        assertEquals(Set.of("champion"), baseline.aliases(), "the fallback is as fresh as what it stands in for");
        assertEquals(2, bench.artifacts().size());
        bench.restart();
        assertEquals(model, only(Workbench.SHELF));
        assertEquals(model.id(), bench.index.champion(new ChampionIndex.Key(STORE, Workbench.SHELF)).orElseThrow().id());
    }

    @Test
    void equalDataSettingsAndSeedGiveTheSameModelAndTheSameFigures() throws Exception {
        open(Shop.ofTwoTastes(60));
        bench.train("job-1", Map.of());
        bench.train("job-2", Map.of());
        List<ModelVersion> models = bench.registry.list(STORE, Workbench.SHELF);
        assertEquals(models.get(0).sha256(), models.get(1).sha256());
        assertEquals(models.get(0).evaluation(), models.get(1).evaluation());
        assertEquals(TrainingJob.DEFAULT_SEED, models.get(0).provenance().seed());
        assertEquals(1, bench.registry.list(STORE, Workbench.POPULAR).size(), "an equal model of the baseline is not kept twice");
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsTheCodeTheMembersAndTheFeaturesOfAModel(FreshDatabase fresh) throws Exception {
        open(fresh, Shop.ofTwoTastes(60));
        FeatureSet features = new FeatureSet(List.of(new Feature.Numeric("amount", Scaling.NONE),
                new Feature.Category("country", Feature.Encoding.HASHED, 32)));
        bench.plugins.enable(Workbench.SHELF, false, Map.of(), settings -> new CoBought(true, false) {
            @Override
            public Optional<FeatureSet> features(Baskets model) {
                return Optional.of(features);
            }
        });
        bench.train("job-1", Map.of());
        bench.restart();
        Provenance provenance = only(Workbench.SHELF).provenance();
        assertEquals(new CodeVersion("c0de", "0.1.0+abc"), provenance.code());
        assertEquals(Optional.of(features), provenance.features());
        assertEquals(List.of(), provenance.members());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aClearlyWorseModelBecomesTheChallengerAndTheChampionStays(FreshDatabase fresh) throws Exception {
        open(fresh, Shop.ofTwoTastes(60));
        Object champion = bench.train("job-1", Map.of()).get("model");
        Map<String, Object> result = bench.train("job-2", Map.of("settings", Map.of("upsideDown", true)));
        assertEquals(false, result.get("promoted"));
        assertTrue(((String) result.get("reason")).startsWith("Not promoted: clearly worse than the baseline"), (String) result.get("reason"));
        assertEquals(Set.of("challenger"), bench.registry.find(STORE, (String) result.get("model")).orElseThrow().aliases());
        assertEquals(champion, bench.index.champion(new ChampionIndex.Key(STORE, Workbench.SHELF)).orElseThrow().id());
    }

    @Test
    void withoutABaselineTheChampionsSettingsAreTheRival() throws Exception {
        open(Shop.ofTwoTastes(60));
        bench.plugins.disable(Workbench.POPULAR);
        bench.train("job-1", Map.of());
        Map<String, Object> result = bench.train("job-2", Map.of("settings", Map.of("upsideDown", true)));
        assertTrue(((String) result.get("reason")).startsWith("Not promoted: clearly worse than the champion's settings"),
                (String) result.get("reason"));
        assertNull(result.get("baseline"));
    }

    @Test
    void anEmptyStoreIsRefusedInOneSentenceThatSaysWhatToDo() {
        open(new Shop());
        KontorException refused = assertThrows(KontorException.class, () -> bench.train("job-1", Map.of()));
        assertEquals(Kind.DATA, refused.kind());
        assertEquals("Store berlin has 0 interactions and 0 of them are purchases, carts, clicks, views or ratings, so there is nothing to"
                + " learn from; import orders or events first (ratings as events, too: reviews do not count).", refused.getMessage());
        assertNothingIsLeft();
    }

    @Test
    void impressionsAndReturnsAreNothingToLearnFrom() {
        Shop shop = new Shop();
        shop.add(new Shop.Deed(1, "c1", "p1", Interaction.Type.IMPRESSION));
        shop.add(new Shop.Deed(2, "c1", "p1", Interaction.Type.RETURN));
        open(shop);
        KontorException refused = assertThrows(KontorException.class, () -> bench.train("job-1", Map.of()));
        assertTrue(refused.getMessage().startsWith("Store berlin has 2 interactions and 0 of them"), refused.getMessage());
    }

    @Test
    void whatIsTooLittleForThePluginIsRefusedInItsWords() {
        Shop shop = new Shop();
        shop.bought(1, "c1", "p1");
        shop.bought(2, "c1", "p2");
        open(shop);
        KontorException refused = assertThrows(KontorException.class, () -> bench.train("job-1", Map.of()));
        assertEquals("2 interactions are too few; 10 are needed.", refused.getMessage());
        assertNothingIsLeft();
    }

    @Test
    void withTooFewCustomersToJudgeByTheModelServesAndItsQualityIsCalledUnknown() throws Exception {
        open(Shop.ofTwoTastes(RankingEvaluation.MIN_CASES - 2));
        Map<String, Object> result = bench.train("job-1", Map.of());
        assertEquals("Promoted, but its quality is unknown: there is too little data to hold a part out for judging.", result.get("reason"));
        assertNull(only(Workbench.SHELF).evaluation());
        assertNull(result.get("metrics"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"training on the data before", "judging", "training the baseline", "training on all data", "writing the model"})
    void aCancelledRunLeavesNothingBehind(String step) {
        open(Shop.ofTwoTastes(60));
        assertThrows(CancellationException.class, () -> bench.train("job-1", Workbench.SHELF, Map.of(), bench.new Context(step)));
        assertEquals(List.of(), bench.registry.list(STORE, Workbench.SHELF));
        assertEquals(bench.registry.list(STORE, null).size(), bench.artifacts().size(), "only what is registered has a file");
    }

    @Test
    void aTrainerThatThrowsFailsTheRunWithASentenceThatNamesIt() {
        broken(new CoBought(true, false) {
            @Override
            public Baskets train(Training training) {
                throw new IllegalStateException("out of ideas");
            }
        }, "Plugin com.acme.shelf failed at training for store berlin: java.lang.IllegalStateException: out of ideas");
    }

    @Test
    void aTrainerThatGivesNothingFailsTheRun() {
        broken(new CoBought(true, false) {
            @Override
            public Baskets train(Training training) {
                return null;
            }
        }, "Plugin com.acme.shelf gave no model.");
    }

    @Test
    void aModelThatCannotBeWrittenIsNotRegistered() {
        broken(new CoBought(true, false) {
            @Override
            public void write(Baskets model, OutputStream out) throws IOException {
                out.write(1);
                throw new IOException("cannot be put into words");
            }
        }, "Plugin com.acme.shelf failed at writing the model for store berlin: java.io.IOException: cannot be put into words");
    }

    @Test
    void aModelThatCannotBeReadBackIsNotRegistered() {
        broken(new CoBought(true, false) {
            @Override
            public void write(Baskets model, OutputStream out) throws IOException {
                out.write(1);
            }
        }, "Plugin com.acme.shelf failed at reading its own model back for store berlin: java.io.EOFException");
    }

    @Test
    void aModelThatRecommendsWhatItMustNotIsNotRegistered() {
        broken(new CoBought(true, false) {
            @Override
            public Ranking recommend(Baskets model, RecommendationRequest request) {
                return new Ranking(List.of(new RankedItem(request.history().get(0).product(), 1, List.of())));
            }
        }, "which is not eligible");
    }

    private void broken(CoBought plugin, String sentence) {
        open(Shop.ofTwoTastes(60));
        bench.plugins.enable(Workbench.SHELF, false, Map.of(), settings -> plugin);
        KontorException failed = assertThrows(KontorException.class, () -> bench.train("job-1", Map.of()));
        assertEquals(Kind.PLUGIN, failed.kind());
        assertTrue(failed.getMessage().contains(sentence), failed.getMessage());
        assertEquals(List.of(), bench.registry.list(STORE, Workbench.SHELF));
        assertEquals(bench.registry.list(STORE, null).size(), bench.artifacts().size());
    }

    @Test
    void aBaselineThatDoesNotLearnIsJudgedAllTheSame() throws Exception {
        open(Shop.ofTwoTastes(60));
        bench.plugins.enable(Workbench.POPULAR, true, Map.of(), settings -> (Recommender) request -> new Ranking(List.of()));
        Map<String, Object> result = bench.train("job-1", Map.of());
        assertTrue(((String) result.get("reason")).startsWith("Promoted: clearly better than the baseline"), (String) result.get("reason"));
        assertEquals(0.0, ((Map<?, ?>) result.get("baseline")).get("ndcg@10"));
        assertEquals(List.of(), bench.registry.list(STORE, Workbench.POPULAR), "it has no models");
        assertEquals(1, bench.artifacts().size());
    }

    @Test
    void aBrokenBaselineDoesNotKeepTheCandidateFromServing() throws Exception {
        open(Shop.ofTwoTastes(60));
        bench.plugins.enable(Workbench.POPULAR, true, Map.of(), settings -> new CoBought(false, false) {
            @Override
            public Baskets train(Training training) {
                throw new IllegalStateException("asleep");
            }
        });
        Map<String, Object> result = bench.train("job-1", Map.of());
        assertEquals(true, result.get("promoted"));
        assertTrue(bench.log.stream().anyMatch(line -> line.startsWith("The baseline is not compared with:")), bench.log.toString());
        assertEquals(1, bench.artifacts().size());
    }

    @Test
    void aJobThatIsTakenUpAgainAfterRegisteringDoesNotTrainTwice() throws Exception {
        open(Shop.ofTwoTastes(60));
        Map<String, Object> first = bench.train("job-1", Map.of());
        bench.restart();
        assertEquals(first, bench.train("job-1", Map.of()));
        assertEquals(1, bench.registry.list(STORE, Workbench.SHELF).size());
        assertNotEquals(first.get("model"), bench.train("job-2", Map.of()).get("model"));
    }

    @Test
    void aStoreThatIsDeletedMeanwhileGetsNoModel() {
        open(Shop.ofTwoTastes(60));
        bench.plugins.disable(Workbench.POPULAR);
        bench.plugins.enable(Workbench.SHELF, false, Map.of(), settings -> new CoBought(true, false) {
            @Override
            public void write(Baskets model, OutputStream out) throws IOException {
                super.write(model, out);
                bench.stores.delete(STORE);
            }
        });
        KontorException refused = assertThrows(KontorException.class, () -> bench.train("job-1", Map.of()));
        assertEquals("Store berlin was deleted during the training.", refused.getMessage());
        assertNothingIsLeft();
    }

    @Test
    void oldModelsWithoutAnAliasGoWithTheirFiles() throws Exception {
        open(Shop.ofTwoTastes(60));
        bench.plugins.disable(Workbench.POPULAR);
        for (int run = 0; run < Workshop.KEPT + 3; run++) {
            bench.train("job-" + run, Map.of());
        }
        List<ModelVersion> left = bench.registry.list(STORE, Workbench.SHELF);
        assertEquals(List.of(8, 7, 6, 5, 4, 3, 2), left.stream().map(ModelVersion::number).toList());
        assertEquals(left.size(), bench.artifacts().size());
    }

    @Test
    void wrongParametersAreRefusedBeforeAnythingIsRead() {
        open(Shop.ofTwoTastes(60));
        assertEquals("seed must be a whole number.",
                assertThrows(KontorException.class, () -> bench.train("job-1", Map.of("seed", "seven"))).getMessage());
        assertEquals("settings must be an object with a value for each name.",
                assertThrows(KontorException.class, () -> bench.train("job-1", Map.of("settings", 3))).getMessage());
        KontorException unknown = assertThrows(KontorException.class,
                () -> bench.train("job-1", "com.acme.none", Map.of(), bench.new Context()));
        assertEquals(Kind.CONFIGURATION, unknown.kind());
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertEquals(List.of(), bench.registry.list(STORE, null));
        assertEquals(List.of(), bench.artifacts());
    }

    private ModelVersion only(String plugin) {
        List<ModelVersion> models = bench.registry.list(STORE, plugin);
        assertEquals(1, models.size());
        return models.get(0);
    }
}
