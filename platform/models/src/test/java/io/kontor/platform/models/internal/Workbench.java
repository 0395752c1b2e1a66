package io.kontor.platform.models.internal;

import io.kontor.api.job.JobContext;
import io.kontor.api.store.Store;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.stores.Stores;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/** All that training needs, on a database and a folder, with a shop and plugins in memory. */
final class Workbench implements AutoCloseable {

    static final String SHELF = "com.acme.shelf";
    static final String POPULAR = "com.acme.popular";

    final Databases.Opened database;
    final Shop shop;
    final Plugins plugins = new Plugins();
    final ArtifactFiles files;
    final List<String> log = new ArrayList<>();
    final ShopList stores = new ShopList();
    final KeptLimits limits;
    final RunWatch watch;
    final Recordings recordings;
    /** By how many nanoseconds the watch is fast. */
    volatile long later;
    private final Path root;
    ChampionIndex index;
    DatabaseModelRegistry registry;

    Workbench(FreshDatabase fresh, Path root, Shop shop) {
        this.database = open(fresh);
        this.limits = new KeptLimits(database, "");
        this.watch = new RunWatch(limits, () -> System.nanoTime() + later);
        this.root = root;
        this.shop = shop;
        this.files = new ArtifactFiles(root, (step, file) -> { });
        this.recordings = new Recordings(files);
        restart();
        plugins.enable(SHELF, false, Map.of("upsideDown", false), settings -> new CoBought(true, (Boolean) settings.get("upsideDown")));
        plugins.enable(POPULAR, true, Map.of(), settings -> new CoBought(false, false));
    }

    static Databases.Opened open(FreshDatabase fresh) {
        return Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(ModelRow.class, AliasRow.class, AliasChangeRow.class,
                        SearchRow.class, TrialRow.class),
                Map.of("io.kontor.platform.models", migrations()));
    }

    /** All there are, in order. */
    private static List<URL> migrations() {
        try (Stream<Path> scripts = Files.list(Path.of(ModelRow.class.getResource("/db/migration/V1__models.sql").toURI()).getParent())) {
            List<URL> found = new ArrayList<>();
            for (Path script : scripts.sorted(Comparator.comparing(Workbench::version)).toList()) {
                found.add(script.toUri().toURL());
            }
            return found;
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static int version(Path script) {
        String name = script.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /** What is in memory goes, what is in the database stays. */
    void restart() {
        index = ModelsForTests.index(database);
        registry = new DatabaseModelRegistry(database, index);
    }

    Map<String, Object> train(String job, Map<String, Object> parameters) throws Exception {
        return train(job, SHELF, parameters, new Context());
    }

    Map<String, Object> train(String job, String plugin, Map<String, Object> parameters, JobContext context) throws Exception {
        TrainingJob training = new TrainingJob(shop, stores, plugins, plugins, plugins, registry, index, files,
                new InstalledCode(plugins, "0.1.0+abc"), recordings, watch);
        return training.run(job, new JobRequest(ModelRegistry.TRAIN_JOB, Shop.STORE.id(), plugin, parameters, null), context);
    }

    SearchJob searching(Jobs jobs) {
        return new SearchJob(shop, stores, plugins, plugins, plugins, recordings, database, searches(jobs), watch);
    }

    DatabaseSettingsSearches searches(Jobs jobs) {
        return new DatabaseSettingsSearches(database, plugins, plugins, jobs);
    }

    /** Names of all files below the folder. */
    List<String> artifacts() {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile).map(path -> path.getFileName().toString()).filter(name -> !name.contains(".db"))
                    .sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        watch.close();
        database.close();
    }

    /** Keeps what a job says; can be cancelled at a step. */
    final class Context implements JobContext {

        private final String cancelAt;
        private boolean cancelled;

        Context() {
            this("\n");
        }

        Context(String cancelAt) {
            this.cancelAt = cancelAt;
        }

        @Override
        public void progress(double fraction, String message) {
            cancelled |= message.startsWith(cancelAt);
        }

        @Override
        public void log(String line) {
            log.add(line);
        }

        @Override
        public void checkCancelled() {
            if (cancelled) {
                throw new CancellationException("cancelled at " + cancelAt);
            }
        }
    }

    /** A job that says nothing and can be cancelled. */
    static final class Quiet implements JobContext {

        private boolean cancelled;

        void cancel() {
            cancelled = true;
        }

        @Override
        public void progress(double fraction, String message) {
            // nobody looks
        }

        @Override
        public void log(String line) {
            // nobody reads
        }

        @Override
        public void checkCancelled() {
            if (cancelled) {
                throw new CancellationException("cancelled");
            }
        }
    }

    /** The one store, until it is deleted. */
    static final class ShopList implements Stores {

        private volatile boolean deleted;

        @Override
        public List<Store> list() {
            return deleted ? List.of() : List.of(Shop.STORE);
        }

        @Override
        public Optional<Store> find(String id) {
            return list().stream().filter(store -> store.id().equals(id)).findFirst();
        }

        @Override
        public boolean delete(String id) {
            deleted = true;
            return true;
        }

        @Override
        public boolean create(Store store) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean update(Store store) {
            throw new UnsupportedOperationException();
        }
    }
}
