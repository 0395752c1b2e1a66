package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.metric.Difference;
import io.kontor.api.metric.Interval;
import io.kontor.api.model.Provenance;
import io.kontor.platform.models.ModelVersion;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Models and their aliases in the database, and the index that follows them. */
class DatabaseModelRegistryTest {

    private static final Key SHELF = new Key("berlin", "com.acme.shelf");
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
        index = new ChampionIndex(database);
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
        ModelVersion found = new DatabaseModelRegistry(database, new ChampionIndex(database)).find("berlin", registered.id()).orElseThrow();
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
        assertEquals(Set.of("challenger", "shadow"), registry.alias("berlin", second.id(), "shadow").orElseThrow().aliases());
        assertEquals(Set.of("challenger", "champion", "shadow"), registry.alias("berlin", second.id(), "champion").orElseThrow().aliases());
        assertEquals(Set.of(), registry.find("berlin", first.id()).orElseThrow().aliases());
        assertEquals(Set.of("champion"), registry.find("berlin", elsewhere.id()).orElseThrow().aliases());
        assertChampion(second);
        assertEquals(Optional.empty(), registry.alias("paris", second.id(), "champion"));
        assertThrows(IllegalArgumentException.class, () -> registry.alias("berlin", second.id(), "king"));
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void anAliasCanBeTakenAwayFromTheModelThatHasIt(FreshDatabase fresh) {
        open(fresh);
        ModelVersion first = register(SHELF, true);
        ModelVersion second = register(SHELF, true);
        assertFalse(registry.removeAlias("berlin", first.id(), "champion"), "it has none");
        assertFalse(registry.removeAlias("paris", second.id(), "champion"));
        assertTrue(registry.removeAlias("berlin", second.id(), "champion"));
        assertEquals(Optional.empty(), index.champion(SHELF));
        assertTrue(index.trained(SHELF));
        assertEquals(Optional.empty(), new ChampionIndex(database).champion(SHELF));
        assertTrue(new ChampionIndex(database).trained(SHELF));
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void modelsThatComeAtOnceGetNumbersOfTheirOwn(FreshDatabase fresh) throws Exception {
        open(fresh);
        DatabaseModelRegistry node = new DatabaseModelRegistry(database, new ChampionIndex(database));
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
        assertEquals(model.id(), new ChampionIndex(database).champion(SHELF).orElseThrow().id());
    }

    private List<String> artifacts() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).map(path -> path.getFileName().toString()).toList();
        }
    }
}
