package io.kontor.platform.monitoring.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.job.JobContext;
import io.kontor.api.metric.Interval;
import io.kontor.api.model.Evaluation;
import io.kontor.api.model.Provenance;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.decisions.DecisionSamples;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.ReferenceProfile.Source;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** All that monitoring needs, on a database: one store with one plugin, whose champion and records a test sets. */
final class Bench implements AutoCloseable {

    static final String STORE = "berlin";
    static final String PLUGIN = "com.acme.scorer";
    static final Instant TRAINED = Instant.parse("2026-03-01T00:00:00Z");

    final Databases.Opened database;
    final List<JobRequest> submitted = new CopyOnWriteArrayList<>();
    final List<Job> running = new ArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    volatile String champion = "m1";
    volatile Instant now = TRAINED.plus(Duration.ofDays(8));
    volatile double[] amounts = {100, 100, 100, 0, 0};
    volatile Evaluation since;
    volatile ModelChecks.Beside beside;
    volatile String previous;
    final List<AliasChange.Author> sentBack = new CopyOnWriteArrayList<>();
    volatile boolean failing;
    String family = "risk";
    List<DecisionSamples.Sample> samples = List.of();

    Bench(FreshDatabase fresh) {
        database = Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(), Map.of("monitoring",
                List.of(LookTable.class.getResource("/db/migration/V1__monitoring.sql"))));
    }

    StoredMonitoring stored() {
        return new StoredMonitoring(database, registry(), jobs());
    }

    /** Looks as one node would. */
    Map<String, Object> look() {
        return new MonitoringJob(registry(), new Checks(), records(), (store, plugin, from, until) -> samples.stream()
                .filter(one -> !one.time().isBefore(from) && one.time().isBefore(until)).toList(), active(), jobs(), stored(),
                Clock.fixed(now, ZoneOffset.UTC)).run("job", new JobRequest("monitor", STORE, PLUGIN, Map.of(), null), new Context());
    }

    static Evaluation evaluation(double score) {
        return new Evaluation(Map.of("ap", score), "ap", true, 500, Map.of("ap", new Interval(score - 0.05, score + 0.05, 0.95)), List.of(),
                Map.of());
    }

    private static ColumnProfile amount(double[] counts) {
        return new ColumnProfile("amount", ColumnProfile.Kind.NUMBER, new double[] {10, 20, 30}, List.of(), counts, 0);
    }

    private ModelVersion model(String id) {
        return new ModelVersion(id, STORE, Integer.parseInt(id.substring(1)), Set.of(), TRAINED, evaluation(0.8), null, null, Map.of(),
                new Provenance(PLUGIN, "1.0.0", new SnapshotInfo(TRAINED.minus(Duration.ofDays(90)), TRAINED, 1_000, "h"), Map.of(), 1,
                TRAINED), 1, "s");
    }

    @Override
    public void close() {
        database.close();
    }

    /** Keeps what is said. */
    private final class Context implements JobContext {

        @Override
        public void progress(double fraction, String message) {
            // nobody looks
        }

        @Override
        public void log(String line) {
            log.add(line);
        }

        @Override
        public void checkCancelled() {
            // nobody cancels
        }
    }

    private final class Checks implements ModelChecks {

        @Override
        public Optional<ReferenceProfile> profile(String store, String model) {
            return Optional.of(new ReferenceProfile(List.of(new Source("transactions", TRAINED, TRAINED, 900, 0,
                    List.of(amount(new double[] {300, 300, 300, 0, 0})))), amount(new double[] {300, 300, 300, 0, 0})));
        }

        @Override
        public ReferenceProfile latest(String store, String records, ReferenceProfile reference, JobContext job) {
            return new ReferenceProfile(List.of(new Source("transactions", TRAINED, now, 300, 0, List.of(amount(amounts)))), null);
        }

        @Override
        public Optional<Evaluation> since(String store, String plugin, JobContext job) {
            if (failing) {
                throw new KontorException(KontorException.Kind.PLUGIN, "The plugin broke.");
            }
            return Optional.ofNullable(since);
        }

        @Override
        public Optional<Beside> beside(String store, String plugin, JobContext job) {
            if (failing) {
                throw new KontorException(KontorException.Kind.PLUGIN, "The plugin broke.");
            }
            return Optional.ofNullable(beside);
        }
    }

    /** A service of which a method or two are needed. */
    private static <T> T stub(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Function<Object[], Object> known = methods.get(method.getName());
            if (known == null) {
                throw new UnsupportedOperationException(type.getSimpleName() + "." + method.getName());
            }
            return known.apply(arguments);
        }));
    }

    private DataAccess records() {
        return stub(DataAccess.class, Map.of("of", any -> new SampleStore(Locale.ENGLISH),
                "extents", any -> List.of(new DataAccess.Extent(Entity.TRANSACTIONS, 300, TRAINED, now, 0))));
    }

    private ActivePlugins active() {
        return stub(ActivePlugins.class, Map.of("instance", any -> Optional.of(stub(PluginInstance.class, Map.of("family", none -> family)))));
    }

    private Jobs jobs() {
        return stub(Jobs.class, Map.of("submit", any -> {
            submitted.add((JobRequest) any[0]);
            return "job-" + submitted.size();
        }, "list", any -> running.stream().filter(job -> job.state() == any[1]).toList()));
    }

    private ModelRegistry registry() {
        return stub(ModelRegistry.class, Map.of("release", any -> new Release(Optional.of(new Release.Bearer(champion, 1, "s")), TRAINED,
                Optional.empty(), null, Optional.empty(),
                Optional.ofNullable(previous).map(id -> new Release.Bearer(id, 0, "s")), ReleasePolicy.DEFAULT),
                "find", any -> Optional.of(model((String) any[1])),
                "rollBack", any -> {
                    sentBack.add((AliasChange.Author) any[3]);
                    champion = previous;
                    previous = null;
                    return Optional.of(model(champion));
                }));
    }
}
