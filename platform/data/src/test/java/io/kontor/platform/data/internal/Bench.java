package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.job.JobContext;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess.Extent;
import io.kontor.platform.data.Imports.Format;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.stores.Stores;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** A store on a fresh database, with imports that run when the test says so. */
final class Bench implements AutoCloseable {

    static final Store STORE = new Store("shop", "Shop", Currency.getInstance("EUR"), Locale.ENGLISH, ZoneId.of("Europe/Berlin"), "DE");
    static final Clock NOW = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    final Databases.Opened database;
    final Path folder;
    final Intake intake;
    final Memory memory;
    final ImportJob job;
    final SpooledImports imports;
    final Submitted jobs = new Submitted();
    final Stores stores = new OneStore();
    final PersonHandlers plugins = new PersonHandlers(Duration.ofSeconds(2));
    final KeyedPseudonyms pseudonyms;

    Bench(FreshDatabase fresh) throws IOException {
        database = Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(),
                Map.of("data", List.of(Bench.class.getResource("/db/migration/V1__data.sql"),
                        Bench.class.getResource("/db/migration/V2__sources.sql"),
                        Bench.class.getResource("/db/migration/V3__intake.sql"),
                        Bench.class.getResource("/db/migration/V4__quality.sql"),
                        Bench.class.getResource("/db/migration/V5__quarantine_fields.sql"),
                        Bench.class.getResource("/db/migration/V6__cleaning.sql"),
                        Bench.class.getResource("/db/migration/V7__files.sql"),
                        Bench.class.getResource("/db/migration/V8__privacy.sql"),
                        Bench.class.getResource("/db/migration/V9__consent.sql"),
                        Bench.class.getResource("/db/migration/V10__retention.sql"),
                        Bench.class.getResource("/db/migration/V11__accepted.sql"),
                        Bench.class.getResource("/db/migration/V12__pictures.sql"),
                        Bench.class.getResource("/db/migration/V13__forgotten.sql"))));
        folder = Files.createTempDirectory("kontor-data");
        intake = new Intake(database);
        pseudonyms = new KeyedPseudonyms(database);
        memory = new Memory(database, intake, stores);
        job = new ImportJob(folder, database, stores, memory, intake, NOW);
        imports = new SpooledImports(folder, database, jobs, NOW);
    }

    /** Submits a CSV file and runs its import. */
    Map<String, Object> load(Entity entity, String... lines) throws IOException {
        return run(submit(entity, Format.CSV, lines), new Uneventful());
    }

    String submit(Entity entity, Format format, String... lines) throws IOException {
        return imports.submit(STORE.id(), entity, format, false, Map.of(), false, bytes(lines), Starter.SYSTEM);
    }

    static ByteArrayInputStream bytes(String... lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Map<String, Object> run(String id, JobContext context) throws IOException {
        return job.run(id, jobs.requests.get(id), context);
    }

    /** The records as plugins see them. */
    TableSnapshot snapshot(KnownCustomers.Use use) {
        return TableSnapshot.openFor(database, STORE.id(), STORE.country(), pseudonyms.key(STORE.id()), use);
    }

    Extent extent(Entity entity) {
        return database.jdbc(connection -> Extents.read(connection, STORE.id())).get(entity.ordinal());
    }

    @Override
    public void close() throws IOException {
        plugins.close();
        memory.close();
        intake.close();
        database.close();
        for (Path left : List.of(folder.resolve("imports"), folder)) {
            if (Files.isDirectory(left)) {
                try (var files = Files.list(left)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(left);
            }
        }
    }

    /** A job about which nothing happens. */
    static final class Uneventful implements JobContext {

        @Override
        public void progress(double fraction, String message) {
            if (!(fraction >= 0 && fraction <= 1)) {
                throw new IllegalArgumentException("fraction " + fraction);
            }
        }

        @Override
        public void log(String line) {
            throw new UnsupportedOperationException(line);
        }

        @Override
        public void checkCancelled() {
            // Goes on.
        }
    }

    /** A job that is broken off when it asks for the n-th time. */
    static class BrokenOff implements JobContext {

        private int left;

        BrokenOff(int left) {
            this.left = left;
        }

        @Override
        public void progress(double fraction, String message) {
            // Nobody looks.
        }

        @Override
        public void log(String line) {
            throw new UnsupportedOperationException(line);
        }

        @Override
        public void checkCancelled() {
            if (left-- == 0) {
                throw new CancellationException();
            }
        }
    }

    private static final class OneStore implements Stores {

        @Override
        public List<Store> list() {
            return List.of(STORE);
        }

        @Override
        public Optional<Store> find(String id) {
            return Optional.of(STORE).filter(store -> store.id().equals(id));
        }

        @Override
        public boolean create(Store store) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean update(Store store) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delete(String id) {
            throw new UnsupportedOperationException();
        }
    }

    /** Jobs that were submitted. They are queued until the test says that one has ended. */
    static final class Submitted implements Jobs {

        final Map<String, JobRequest> requests = new HashMap<>();
        final Map<String, Job.State> states = new HashMap<>();
        final Map<String, Map<String, Object>> amended = new HashMap<>();

        @Override
        public String submit(JobRequest request) {
            String id = "job-" + requests.size();
            requests.put(id, request);
            return id;
        }

        @Override
        public Optional<Job> find(String id) {
            return Optional.ofNullable(requests.get(id)).map(request -> new Job(id, request.type(), request.store(), null,
                    states.getOrDefault(id, Job.State.QUEUED), 0, "", NOW.instant(), null, null, null, null, null));
        }

        @Override
        public List<Job> list(String store, Job.State state, String before, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<Job.State, Long> counts() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> log(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean cancel(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean amend(String id, Map<String, Object> result, String message) {
            return amended.put(id, result) == null;
        }

        @Override
        public Optional<Job> await(String id, Duration timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription follow(String id, Consumer<Job> listener) {
            throw new UnsupportedOperationException();
        }
    }
}
