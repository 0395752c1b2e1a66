package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.metric.Difference;
import io.kontor.api.metric.Interval;
import io.kontor.api.model.Provenance;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.stores.Stores;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Models and their aliases in the database, and the index that follows them. */
class DatabaseModelRegistryTest {

    private static final Key SHELF = new Key("berlin", "com.acme.shelf");
    private static final AliasChange.Author BY = AliasChange.Author.person("anna", "it sells more");
    private static final AliasChange.Author BACK = new AliasChange.Author("ben", AliasChange.Cause.ROLLBACK, "complaints");
    private static final Key OTHER = new Key("berlin", "com.acme.other");
    private static final Key PARIS = new Key("paris", "com.acme.shelf");

    @TempDir
    private Path folder;
    private Databases.Opened database;
    private ArtifactFiles files;
    private ChampionIndex index;
    private DatabaseModelRegistry registry;

    private void open(FreshDatabase fresh) {
        database = Workbench.open(fresh);
        files = new ArtifactFiles(folder, (step, file) -> { });
        index = ModelsForTests.index(database);
        registry = new DatabaseModelRegistry(database, index);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsWhereAModelComesFrom(FreshDatabase fresh) {
        open(fresh);
        ModelVersion registered = register(SHELF, true);
        ModelVersion found = new DatabaseModelRegistry(database, ModelsForTests.index(database)).find("berlin", registered.id()).orElseThrow();
        assertEquals(registered, found);
        Provenance provenance = found.provenance();
        assertEquals(ModelsForTests.FROM, provenance.snapshot().from(), "to the millisecond");
        assertEquals(12, provenance.snapshot().rows());
        assertEquals("abc", provenance.snapshot().hash());
        assertEquals(Map.of("depth", 5L, "mode", "fast", "weights", List.of(0.5, 2.0)), provenance.settings());
        assertEquals(42, provenance.seed());
        assertEquals(33, found.evaluation().cases());
        assertEquals(new Interval(0.1, 0.15, 0.95), found.evaluation().intervals().get("ndcg@10"));
        assertEquals("Shoes", found.evaluation().slices().get(0).segment());
        assertEquals(0.25, found.evaluation().slices().get(0).metrics().get("ndcg@10"));
        assertEquals(0.125, found.champion().score());
        assertNull(found.baseline());
        assertEquals(Map.of("champion", new Difference(-0.01, new Interval(-0.02, 0.01, 0.95))), found.differences());
        assertEquals(64, found.sha256().length());
        assertEquals(Optional.empty(), registry.find("paris", registered.id()), "another store does not see it");
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void anAliasIsHeldByOneModelOfAPluginAndStore(FreshDatabase fresh) {
        open(fresh);
        ModelVersion first = register(SHELF, true);
        ModelVersion second = register(SHELF, false);
        ModelVersion elsewhere = register(OTHER, true);
        assertEquals(Set.of("challenger"), second.aliases());
        assertEquals(Set.of("challenger", "shadow"), registry.alias("berlin", second.id(), "shadow", BY).orElseThrow().aliases());
        assertEquals(Set.of("challenger", "champion", "shadow"), registry.alias("berlin", second.id(), "champion", BY).orElseThrow().aliases());
        assertEquals(Set.of(), registry.find("berlin", first.id()).orElseThrow().aliases());
        assertEquals(Set.of("champion"), registry.find("berlin", elsewhere.id()).orElseThrow().aliases());
        assertChampion(second);
        assertEquals(Optional.empty(), registry.alias("paris", second.id(), "champion", BY));
        assertThrows(IllegalArgumentException.class, () -> registry.alias("berlin", second.id(), "king", BY));
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void anAliasCanBeTakenAwayFromTheModelThatHasIt(FreshDatabase fresh) {
        open(fresh);
        ModelVersion first = register(SHELF, true);
        ModelVersion second = register(SHELF, true);
        assertFalse(registry.removeAlias("berlin", first.id(), "champion", BY), "it has none");
        assertFalse(registry.removeAlias("paris", second.id(), "champion", BY));
        assertTrue(registry.removeAlias("berlin", second.id(), "champion", BY));
        assertEquals(Optional.empty(), index.champion(SHELF));
        assertTrue(index.trained(SHELF));
        assertEquals(Optional.empty(), ModelsForTests.index(database).champion(SHELF));
        assertTrue(ModelsForTests.index(database).trained(SHELF));
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void goesBackOneChampionAtATimeAndNeverToOneThatFailed(FreshDatabase fresh) {
        open(fresh);
        ModelVersion first = register(SHELF, true);
        assertEquals(Optional.empty(), registry.rollBack("berlin", SHELF.plugin(), null, BACK), "there is none before the first");
        ModelVersion second = register(SHELF, true);
        ModelVersion third = register(SHELF, true);
        assertEquals(second.id(), index.release(SHELF).previous().orElseThrow().id());
        assertEquals(Optional.empty(), registry.rollBack("berlin", SHELF.plugin(), second.id(), BACK), "another one is the champion");
        assertEquals(second.id(), registry.rollBack("berlin", SHELF.plugin(), third.id(), BACK).orElseThrow().id());
        assertEquals(Optional.empty(), registry.rollBack("berlin", SHELF.plugin(), third.id(), BACK), "two who go back at once do so once");
        assertChampion(second);
        ModelVersion fourth = register(SHELF, true);
        assertEquals(second.id(), registry.rollBack("berlin", SHELF.plugin(), fourth.id(), BACK).orElseThrow().id(), "not to the third");
        assertEquals(first.id(), registry.rollBack("berlin", SHELF.plugin(), null, BACK).orElseThrow().id());
        assertEquals(Optional.empty(), registry.rollBack("berlin", SHELF.plugin(), null, BACK));
        assertEquals(Set.of("champion"), registry.find("berlin", first.id()).orElseThrow().aliases());
        assertEquals(Set.of(), registry.find("berlin", second.id()).orElseThrow().aliases(), "whom to go back to is no alias of the outside");
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsWhoChangedWhatWhenAndWhy(FreshDatabase fresh) {
        open(fresh);
        ModelVersion first = register(SHELF, true);
        ModelVersion second = register(SHELF, false);
        registry.alias("berlin", second.id(), "champion", BY);
        registry.alias("berlin", second.id(), "champion", BY);
        registry.rollBack("berlin", SHELF.plugin(), null, BACK);
        registry.removeAlias("berlin", first.id(), "champion", BY);
        List<AliasChange> history = registry.history("berlin", SHELF.plugin(), Long.MAX_VALUE, 10);
        assertEquals(List.of("champion 1 -> none BY_HAND anna: it sells more", "champion 2 -> 1 ROLLBACK ben: complaints",
                "champion 1 -> 2 BY_HAND anna: it sells more", "challenger none -> 2 TRAINED training: because",
                "champion none -> 1 TRAINED training: because"), history.stream().map(DatabaseModelRegistryTest::line).toList());
        assertEquals(history.subList(2, 4), registry.history("berlin", SHELF.plugin(), history.get(1).id(), 2));
        assertEquals(first.id(), registry.rollBack("berlin", SHELF.plugin(), null, BACK).orElseThrow().id(), "also when nobody serves");
        assertEquals(List.of(), registry.history("berlin", OTHER.plugin(), Long.MAX_VALUE, 10));
        registry.removeStore("berlin");
        assertEquals(List.of(), registry.history("berlin", SHELF.plugin(), Long.MAX_VALUE, 10));
    }

    private static String line(AliasChange change) {
        return change.alias() + " " + number(change.from()) + " -> " + number(change.to()) + " " + change.author().cause() + " "
                + change.author().name() + ": " + change.author().reason();
    }

    private static String number(AliasChange.Model model) {
        return model == null ? "none" : Integer.toString(model.number());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theChampionToGoBackToIsNotPruned(FreshDatabase fresh) {
        open(fresh);
        ModelVersion first = register(SHELF, true);
        register(SHELF, true);
        for (int i = 0; i < 4; i++) {
            register(SHELF, false);
        }
        List<String> gone = registry.prune(SHELF, 0);
        assertEquals(3, gone.size());
        assertFalse(gone.contains(first.id()));
        assertEquals(first.id(), registry.rollBack("berlin", SHELF.plugin(), null, BACK).orElseThrow().id());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aModelThatPassesIsTriedFirstOrWaitsForAPersonAsThePolicySays(FreshDatabase fresh) {
        open(fresh);
        registry.policy("berlin", SHELF.plugin(), policy(ReleasePolicy.Promotion.AUTOMATIC, 20), BY);
        ModelVersion first = register(SHELF, true);
        assertChampion(first);
        DatabaseModelRegistry.Registered second = ModelsForTests.registered(registry, files, SHELF, true);
        assertFalse(second.verdict().promoted());
        assertEquals("because It answers 20 % of the requests first.", second.verdict().reason());
        assertTrue(index.release(SHELF).canary());
        assertChampion(first);
        DatabaseModelRegistry.Registered third = ModelsForTests.registered(registry, files, SHELF, true);
        assertEquals(Set.of(), third.model().aliases(), "the canary is not disturbed");
        assertEquals(second.model().id(), index.release(SHELF).challenger().orElseThrow().id());
        registry.alias("berlin", second.model().id(), "champion", BY);
        assertFalse(index.release(SHELF).canary());
        assertEquals(Set.of("champion"), registry.find("berlin", second.model().id()).orElseThrow().aliases());
        registry.policy("berlin", SHELF.plugin(), policy(ReleasePolicy.Promotion.BY_HAND, 0), BY);
        DatabaseModelRegistry.Registered fourth = ModelsForTests.registered(registry, files, SHELF, true);
        assertEquals("because A person promotes it.", fourth.verdict().reason());
        assertFalse(index.release(SHELF).canary());
        assertChampion(second.model());
        assertEquals(index.release(SHELF), ModelsForTests.index(database).release(SHELF), "and so it is after a restart");
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aNodeSeesWhatAnotherOneChanged(FreshDatabase fresh) {
        open(fresh);
        ModelVersion first = register(SHELF, true);
        ChampionIndex other = ModelsForTests.index(database);
        ModelVersion second = register(SHELF, true);
        registry.policy("berlin", OTHER.plugin(), policy(ReleasePolicy.Promotion.BY_HAND, 0), BY);
        assertEquals(first.id(), other.champion(SHELF).orElseThrow().id());
        other.look();
        assertEquals(second.id(), other.champion(SHELF).orElseThrow().id());
        assertEquals(ReleasePolicy.Promotion.BY_HAND, other.release(OTHER).policy().promotion());
    }

    @Test
    void aPolicyOutOfRangeIsRefusedNamingTheField() {
        open(FreshDatabase.h2(folder));
        ReleasePolicy bad = policy(ReleasePolicy.Promotion.AUTOMATIC, 101);
        assertEquals(List.of("canary.percent must be from 0 to 100"), bad.faults().stream().map(f -> f.field() + " " + f.message()).toList());
        assertThrows(IllegalArgumentException.class, () -> registry.policy("berlin", SHELF.plugin(), bad, BY));
        assertEquals(ReleasePolicy.DEFAULT, index.release(SHELF).policy());
    }

    private static ReleasePolicy policy(ReleasePolicy.Promotion promotion, double percent) {
        return new ReleasePolicy(promotion, ReleasePolicy.Comparison.NOT_WORSE, 0, 95, new ReleasePolicy.Canary(percent, 1, 10),
                ReleasePolicy.DEFAULT.guards(), 10);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void modelsThatComeAtOnceGetNumbersOfTheirOwn(FreshDatabase fresh) throws Exception {
        open(fresh);
        DatabaseModelRegistry node = new DatabaseModelRegistry(database, ModelsForTests.index(database));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<ModelVersion>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                DatabaseModelRegistry one = i % 2 == 0 ? registry : node;
                calls.add(() -> ModelsForTests.register(one, files, SHELF, true));
            }
            Set<Integer> numbers = new HashSet<>();
            for (Future<ModelVersion> call : threads.invokeAll(calls)) {
                numbers.add(call.get().number());
            }
            assertEquals(Set.copyOf(IntStream.rangeClosed(1, 20).boxed().toList()), numbers);
            assertEquals(1, registry.list("berlin", SHELF.plugin()).stream().filter(model -> model.aliases().contains("champion")).count());
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void listsTheNewestFirst(FreshDatabase fresh) {
        open(fresh);
        register(SHELF, true);
        register(SHELF, true);
        register(OTHER, true);
        register(PARIS, true);
        assertEquals(List.of(2, 1), registry.list("berlin", SHELF.plugin()).stream().map(ModelVersion::number).toList());
        assertEquals(3, registry.list("berlin", null).size());
        assertEquals(List.of(), registry.list("nowhere", null));
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aDeletedStoreTakesItsModelsAndTheirFilesWithIt(FreshDatabase fresh) throws IOException {
        open(fresh);
        register(SHELF, true);
        register(OTHER, false);
        ModelVersion stays = register(PARIS, true);
        new StoreRemoval(registry, files).deleted(Shop.STORE);
        assertEquals(List.of(), registry.list("berlin", null));
        assertEquals(Optional.empty(), index.champion(SHELF));
        assertFalse(index.trained(SHELF));
        assertEquals(List.of(stays), registry.list("paris", null));
        assertEquals(List.of(stays.id() + ".model"), artifacts());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theNextStartFinishesWhatAKillLeft(FreshDatabase fresh) throws Exception {
        open(fresh);
        ModelVersion stays = register(SHELF, true);
        register(PARIS, true);
        files.write(SHELF, "never-registered", out -> out.write(1));
        Stores berlinOnly = new Workbench.ShopList();
        new Leftovers(registry, new ArtifactFiles(folder, (step, file) -> { }), berlinOnly).stop();
        assertEquals(List.of(), registry.list("paris", null), "the models of a store that is no more");
        assertEquals(List.of(stays.id() + ".model"), artifacts());
    }

    private ModelVersion register(Key key, boolean promoted) {
        return ModelsForTests.register(registry, files, key, promoted);
    }

    private void assertChampion(ModelVersion model) {
        assertEquals(model.id(), index.champion(SHELF).orElseThrow().id());
        assertEquals(model.id(), ModelsForTests.index(database).champion(SHELF).orElseThrow().id());
    }

    private List<String> artifacts() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).map(path -> path.getFileName().toString()).toList();
        }
    }
}
