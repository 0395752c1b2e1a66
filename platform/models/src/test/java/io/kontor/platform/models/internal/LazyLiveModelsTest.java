package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.model.Trainer;
import io.kontor.api.model.Training;
import io.kontor.platform.models.LiveModels.Live;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.testkit.framework.ComponentFramework;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** Which model answers, from its first use to its end. */
class LazyLiveModelsTest {

    private static final Key SHELF = new Key(Shop.STORE.id(), Workbench.SHELF);
    private static final AliasChange.Author BY = AliasChange.Author.person("anna", "");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Plugins plugins = new Plugins();
    private final Reader reader = new Reader();
    @TempDir
    private Path folder;
    private Databases.Opened database;
    private ArtifactFiles files;
    private DatabaseModelRegistry registry;
    private LazyLiveModels models;

    @BeforeEach
    void open() {
        database = Workbench.open(FreshDatabase.h2(folder));
        files = new ArtifactFiles(folder.resolve("models"), (step, file) -> { });
        plugins.enable(Workbench.SHELF, false, Map.of(), settings -> reader);
        start();
    }

    /** The context of a bundle that has no others beside it. */
    static BundleContext nobody() {
        return (BundleContext) Proxy.newProxyInstance(BundleContext.class.getClassLoader(), new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> null);
    }

    private void start() {
        ChampionIndex index = ModelsForTests.index(database);
        registry = new DatabaseModelRegistry(database, index);
        models = new LazyLiveModels(index, files, plugins, nobody());
    }

    @AfterEach
    void close() {
        models.stop();
        database.close();
    }

    @Test
    void nothingIsLoadedBeforeItIsAskedForAndThenOnce() {
        ModelVersion model = register(true);
        models.stop();
        start();
        int before = reader.reads.get();
        assertTrue(models.hasChampion(SHELF.store(), SHELF.plugin()));
        assertEquals(before, reader.reads.get());
        Live live = champion();
        assertEquals(model.id(), live.id());
        assertEquals(model.id(), ((Learned) live.model()).text);
        assertSame(live.model(), champion().model());
        assertEquals(before + 1, reader.reads.get());
    }

    @Test
    void withoutAChampionThereIsNone() {
        register(false);
        assertFalse(models.hasChampion(SHELF.store(), SHELF.plugin()));
        assertEquals(Optional.empty(), models.champion(instance(), PATIENCE));
    }

    @Test
    void noReaderEverWaitsFailsOrSeesHalfASwap() throws Exception {
        register(true);
        champion();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            CountDownLatch reading = new CountDownLatch(4);
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> {
                    int answers = 0;
                    while (!stop.get()) {
                        Live live = models.champion(instance(), Duration.ZERO).orElseThrow();
                        assertEquals(live.id(), ((Learned) live.model()).text, "id and model belong together");
                        if (answers++ == 0) {
                            reading.countDown();
                        }
                    }
                    return answers;
                }));
            }
            reading.await();
            for (int swap = 0; swap < 30; swap++) {
                ModelVersion next = register(true);
                ComponentFramework.await("the next model answers", () -> champion().id().equals(next.id()));
            }
            stop.set(true);
            for (Future<Integer> one : readers) {
                assertTrue(one.get() > 30, "every reader had answers");
            }
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void theOldModelAnswersUntilTheNewOneIsRead() throws Exception {
        ModelVersion old = register(true);
        champion();
        reader.hold = new CountDownLatch(1);
        ModelVersion next = register(true);
        assertEquals(old.id(), models.champion(instance(), Duration.ZERO).orElseThrow().id());
        reader.hold.countDown();
        ComponentFramework.await("the next model answers", () -> champion().id().equals(next.id()));
    }

    @Test
    void whoCannotWaitForTheFirstLoadIsSentAwayAndTheLoadGoesOn() throws Exception {
        reader.hold = new CountDownLatch(1);
        ModelVersion model = register(true);
        KontorException busy = assertThrows(KontorException.class, () -> models.champion(instance(), Duration.ofMillis(1)));
        assertEquals(Kind.CAPACITY, busy.kind());
        assertTrue(busy.getMessage().contains("is still being loaded"), busy.getMessage());
        reader.hold.countDown();
        assertEquals(model.id(), champion().id());
    }

    @Test
    void aDamagedArtifactIsRefusedInWordsAndAnotherChampionHelps() throws Exception {
        ModelVersion good = register(false);
        plugins.disable(Workbench.SHELF);
        ModelVersion damaged = register(true);
        plugins.enable(Workbench.SHELF, false, Map.of(), settings -> reader);
        Path file = folder.resolve("models").resolve(SHELF.store()).resolve(SHELF.plugin()).resolve(damaged.id() + ".model");
        Files.write(file, new byte[] {1, 2, 3});
        for (int time = 0; time < 3; time++) {
            KontorException refused = assertThrows(KontorException.class, this::champion);
            assertEquals(Kind.INTERNAL, refused.kind());
            assertTrue(refused.getMessage().contains("was changed on the disk; train again or make another model the champion"),
                    refused.getMessage());
        }
        assertEquals(0, reader.reads.get(), "the plugin never sees it");
        registry.alias(SHELF.store(), good.id(), "champion", BY);
        assertEquals(good.id(), champion().id());
    }

    @Test
    void aPluginThatCannotReadItsModelIsNamed() {
        plugins.disable(Workbench.SHELF);
        register(true);
        plugins.enable(Workbench.SHELF, false, Map.of(), settings -> new Reader() {
            @Override
            Learned learned(String text) throws IOException {
                throw new IOException("written by version 0.9");
            }
        });
        KontorException refused = assertThrows(KontorException.class, this::champion);
        assertEquals(Kind.PLUGIN, refused.kind());
        assertTrue(refused.getMessage().startsWith("Plugin com.acme.shelf cannot read model 1 of store berlin; train again"),
                refused.getMessage());
        assertTrue(refused.getMessage().endsWith("written by version 0.9"), refused.getMessage());
    }

    @Test
    void aModelOfADisabledPluginIsLetGo() throws Exception {
        register(true);
        WeakReference<Object> model = new WeakReference<>(champion().model());
        plugins.disable(Workbench.SHELF);
        models.sweep();
        ComponentFramework.await("the model is collected", () -> {
            System.gc();
            return model.get() == null;
        });
        assertNull(model.get());
    }

    @Test
    void takingTheChampionAwayEndsAnsweringAtOnce() {
        ModelVersion model = register(true);
        champion();
        registry.removeAlias(SHELF.store(), model.id(), "champion", BY);
        assertEquals(Optional.empty(), models.champion(instance(), PATIENCE));
    }

    private PluginInstance instance() {
        return plugins.instance(SHELF.store(), SHELF.plugin()).orElseThrow();
    }

    private Live champion() {
        return models.champion(instance(), PATIENCE).orElseThrow();
    }

    private ModelVersion register(boolean promoted) {
        return ModelsForTests.register(registry, files, SHELF, promoted);
    }

    /** A model: the text of its artifact. */
    private static final class Learned {

        private final String text;

        Learned(String text) {
            this.text = text;
        }
    }

    /** Reads texts, and can be held up at that. */
    private static class Reader implements Trainer<Learned> {

        private final AtomicInteger reads = new AtomicInteger();
        private volatile CountDownLatch hold = new CountDownLatch(0);

        @Override
        public Learned train(Training training) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(Learned model, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Learned read(InputStream in) throws IOException {
            try {
                hold.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            reads.incrementAndGet();
            return learned(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }

        Learned learned(String text) throws IOException {
            return new Learned(text);
        }
    }
}
