package io.kontor.platform.monitoring.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.Release;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Look;
import io.kontor.platform.monitoring.Monitoring;
import io.kontor.platform.monitoring.MonitoringPolicy;
import io.kontor.platform.monitoring.Problem;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.stores.StoreListener;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps what was seen in the database, and goes with the store. */
@Component(service = {Monitoring.class, StoredMonitoring.class, StoreListener.class})
public final class StoredMonitoring implements Monitoring, StoreListener {

    private static final List<String> TABLES = List.of("monitoring_look", "monitoring_problem", "monitoring_policy");

    private final Database database;
    private final ModelRegistry registry;
    private final Jobs jobs;
    private final LookTable looks;
    private final ProblemTable problems;
    private final PolicyTable policies;

    /** A plugin and what is wrong with it. */
    private record Wrong(String plugin, Finding.Kind kind) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param database keeps it
     * @param registry tells which models serve
     * @param jobs takes looks
     */
    @Activate
    public StoredMonitoring(@Reference Database database, @Reference ModelRegistry registry, @Reference Jobs jobs) {
        this.database = database;
        this.registry = registry;
        this.jobs = jobs;
        this.looks = new LookTable(database);
        this.problems = new ProblemTable(database);
        this.policies = new PolicyTable(database);
    }

    @Override
    public List<Look> looks(String store, String plugin, int limit) {
        return looks.latest(store, plugin, limit);
    }

    @Override
    public String look(String store, String plugin, Starter by) {
        return jobs.submit(new JobRequest(PluginTask.MONITOR, store, plugin, Map.of(), PluginTask.MONITOR + "/" + store).by(by));
    }

    @Override
    public List<Problem> problems(String store, String plugin, Boolean closed, long before, int limit) {
        for (ProblemTable.Troubled troubled : problems.troubled()) {
            if (troubled.store().equals(store) && !serves(troubled)) {
                Optional<Release.Bearer> champion = registry.release(store, troubled.plugin()).champion();
                database.jdbc(connection -> {
                    ProblemTable.closeOthers(connection, store, troubled.plugin(), champion.map(Release.Bearer::id).orElse(""),
                            Instant.now().truncatedTo(ChronoUnit.MILLIS));
                    return null;
                });
            }
        }
        return problems.list(store, plugin, closed, before, limit);
    }

    private boolean serves(ProblemTable.Troubled troubled) {
        return registry.release(troubled.store(), troubled.plugin()).champion().filter(one -> one.id().equals(troubled.model())).isPresent();
    }

    @Override
    public Optional<Problem> acknowledge(String store, long id, String who, String note) {
        return problems.acknowledge(store, id, who, note);
    }

    @Override
    public List<Count> counts() {
        Map<Wrong, Long> counts = new HashMap<>();
        problems.troubled().stream().filter(this::serves)
                .forEach(one -> counts.merge(new Wrong(one.plugin(), one.kind()), one.count(), Long::sum));
        return counts.entrySet().stream().map(each -> new Count(each.getKey().plugin, each.getKey().kind, each.getValue())).toList();
    }

    @Override
    public MonitoringPolicy policy(String store, String plugin) {
        return policies.find(store, plugin);
    }

    @Override
    public void policy(String store, String plugin, MonitoringPolicy policy) {
        List<MonitoringPolicy.Fault> faults = policy.faults();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.get(0).field() + " " + faults.get(0).message());
        }
        policies.put(store, plugin, policy);
    }

    /** Keeps a look and brings the problems up to it; gives how many were opened. */
    int keep(String store, String plugin, Look look) {
        return database.jdbc(connection -> {
            LookTable.add(connection, store, plugin, look);
            return ProblemTable.follow(connection, store, plugin, look);
        });
    }

    /** Has a training begun unless another followed a problem less than the cool-down ago; on one node of several. */
    Optional<String> retrain(String store, String plugin, Instant now, Duration coolDown, Supplier<String> training) {
        if (!policies.take(store, plugin, now, coolDown)) {
            return Optional.empty();
        }
        return Optional.of(training.get());
    }

    @Override
    public void present(Store store) {
        // a store begins without problems
    }

    @Override
    public void deleted(Store store) {
        database.jdbc(connection -> {
            for (String table : TABLES) {
                try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where store = ?")) {
                    delete.setString(1, store.id());
                    delete.executeUpdate();
                }
            }
            return null;
        });
    }
}
