package io.kontor.platform.models.internal;

import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.model.Provenance;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.internal.ChampionIndex.Champion;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.persistence.Database;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The registry in the database. A model and its alias come in one transaction, after the artifact is durable; the index in memory follows
 * the commit, so what serves is always registered. Changes are made one at a time, so that the index sees them in the order of the commits.
 */
@Component(service = {ModelRegistry.class, DatabaseModelRegistry.class})
public final class DatabaseModelRegistry implements ModelRegistry {

    static final String CHALLENGER = "challenger";
    private static final Set<String> ALIASES = Set.of(CHAMPION, CHALLENGER, "shadow");
    /** Two nodes may take the same number at once; the loser takes the next. */
    private static final int ATTEMPTS = 5;

    private final Database database;
    private final ChampionIndex index;
    private final ModelJson json = new ModelJson();

    /**
     * A registry.
     *
     * @param database keeps the rows
     * @param index is kept up to date
     */
    @Activate
    public DatabaseModelRegistry(@Reference Database database, @Reference ChampionIndex index) {
        this.database = database;
        this.index = index;
    }

    @Override
    public List<ModelVersion> list(String store, String plugin) {
        return database.transaction(manager -> {
            String only = plugin == null ? "" : " and m.plugin = :plugin";
            var rows = manager.createQuery("select m from ModelRow m where m.store = :store" + only
                    + " order by m.createdAt desc, m.number desc, m.id", ModelRow.class).setParameter("store", store);
            if (plugin != null) {
                rows.setParameter("plugin", plugin);
            }
            Map<String, Set<String>> aliases = manager.createQuery("select a from AliasRow a where a.store = :store", AliasRow.class)
                    .setParameter("store", store).getResultStream()
                    .collect(Collectors.groupingBy(a -> a.modelId, Collectors.mapping(a -> a.alias, Collectors.toCollection(TreeSet::new))));
            return rows.getResultStream().map(row -> version(row, aliases.getOrDefault(row.id, Set.of()))).toList();
        });
    }

    @Override
    public Optional<ModelVersion> find(String store, String id) {
        return database.transaction(manager -> row(manager, store, id).map(row -> version(row, aliases(manager, id))));
    }

    @Override
    public synchronized Optional<ModelVersion> alias(String store, String id, String alias) {
        check(alias);
        Optional<ModelVersion> changed = database.transaction(manager -> row(manager, store, id).map(row -> {
            give(manager, new AliasRow.Key(store, row.plugin, alias), id);
            manager.flush();
            return version(row, aliases(manager, id));
        }));
        if (CHAMPION.equals(alias)) {
            changed.ifPresent(model -> index.promoted(key(model), champion(model)));
        }
        return changed;
    }

    @Override
    public synchronized boolean removeAlias(String store, String id, String alias) {
        check(alias);
        Optional<Key> removed = database.transaction(manager -> row(manager, store, id).flatMap(row -> {
            AliasRow held = manager.find(AliasRow.class, new AliasRow.Key(store, row.plugin, alias));
            if (held == null || !held.modelId.equals(id)) {
                return Optional.empty();
            }
            manager.remove(held);
            return Optional.of(new Key(store, row.plugin));
        }));
        if (CHAMPION.equals(alias)) {
            removed.ifPresent(index::dismissed);
        }
        return removed.isPresent();
    }

    /**
     * Registers a model and gives it its alias: champion when promoted, otherwise challenger.
     *
     * @param model with a durable artifact
     * @return the model as registered
     */
    synchronized ModelVersion register(NewModel model) {
        PersistenceException collision = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                ModelVersion registered = database.transaction(manager -> insert(manager, model));
                if (model.verdict().promoted()) {
                    index.promoted(model.key(), champion(registered));
                } else {
                    index.registered(model.key());
                }
                return registered;
            } catch (PersistenceException e) {
                if (!isCollision(e)) {
                    throw e;
                }
                collision = e;
            }
        }
        throw collision;
    }

    /** SQL state class 23 is an integrity constraint violation, in the standard and on both databases. */
    private static boolean isCollision(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().startsWith("23")) {
                return true;
            }
        }
        return false;
    }

    private ModelVersion insert(EntityManager manager, NewModel model) {
        Provenance provenance = model.provenance();
        Integer last = manager.createQuery("select max(m.number) from ModelRow m where m.store = :store and m.plugin = :plugin", Integer.class)
                .setParameter("store", model.store()).setParameter("plugin", provenance.plugin()).getSingleResult();
        ModelRow row = new ModelRow(model.id(), model.store(), provenance.plugin());
        row.number = last == null ? 1 : last + 1;
        row.pluginVersion = provenance.pluginVersion();
        row.createdAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        row.trainedAt = provenance.trainedAt();
        row.snapshotFrom = provenance.snapshot().from();
        row.snapshotTo = provenance.snapshot().to();
        row.snapshotRows = provenance.snapshot().rows();
        row.snapshotHash = provenance.snapshot().hash();
        row.settings = json.settings(provenance.settings());
        row.seed = provenance.seed();
        row.evaluation = json.evaluation(model.judged().evaluation());
        row.baseline = json.evaluation(model.judged().baseline());
        row.champion = json.evaluation(model.judged().champion());
        row.differences = json.differences(model.judged().differences());
        row.sizeBytes = model.artifact().sizeBytes();
        row.sha256 = model.artifact().sha256();
        row.job = model.job();
        row.promoted = model.verdict().promoted();
        row.reason = model.verdict().reason();
        manager.persist(row);
        manager.flush();
        String alias = row.promoted ? CHAMPION : CHALLENGER;
        give(manager, new AliasRow.Key(row.store, row.plugin, alias), row.id);
        manager.flush();
        return version(row, Set.of(alias));
    }

    private static void give(EntityManager manager, AliasRow.Key key, String id) {
        AliasRow held = manager.find(AliasRow.class, key);
        if (held == null) {
            manager.persist(new AliasRow(key, id));
        } else {
            held.modelId = id;
        }
    }

    /**
     * A model with what its job said about it.
     *
     * @param model the model
     * @param verdict whether it was promoted, and why
     */
    record Registered(ModelVersion model, Verdict verdict) {
    }

    /**
     * What a job registered before the server died, so that the job does not train again.
     *
     * @param job the job's id
     * @param key plugin and store
     * @return the model, or empty
     */
    Optional<Registered> registeredBy(String job, Key key) {
        return database.transaction(manager -> manager.createQuery("select m from ModelRow m where m.job = :job and m.store = :store "
                        + "and m.plugin = :plugin", ModelRow.class)
                .setParameter("job", job).setParameter("store", key.store()).setParameter("plugin", key.plugin()).getResultStream().findFirst()
                .map(row -> new Registered(version(row, aliases(manager, row.id)), new Verdict(row.promoted, row.reason))));
    }

    /**
     * Forgets old models that have no alias.
     *
     * @param key plugin and store
     * @param keep how many of those without an alias stay, the newest
     * @return ids of the models that are gone; their artifacts are to be removed
     */
    List<String> prune(Key key, int keep) {
        return database.transaction(manager -> {
            List<String> old = manager.createQuery("select m.id from ModelRow m where m.store = :store and m.plugin = :plugin "
                            + "and not exists (select a from AliasRow a where a.modelId = m.id) order by m.number desc", String.class)
                    .setParameter("store", key.store()).setParameter("plugin", key.plugin()).setFirstResult(keep).getResultList();
            if (!old.isEmpty()) {
                manager.createQuery("delete from ModelRow m where m.id in :ids").setParameter("ids", old).executeUpdate();
            }
            return List.copyOf(old);
        });
    }

    /**
     * Forgets all models of a store.
     *
     * @param store the store's id
     */
    synchronized void removeStore(String store) {
        database.transaction(manager -> {
            manager.createQuery("delete from AliasRow a where a.store = :store").setParameter("store", store).executeUpdate();
            return manager.createQuery("delete from ModelRow m where m.store = :store").setParameter("store", store).executeUpdate();
        });
        index.removed(store);
    }

    /**
     * The ids of all models by store.
     *
     * @return ids
     */
    Map<String, Set<String>> idsByStore() {
        return database.transaction(manager -> {
            Map<String, Set<String>> ids = new HashMap<>();
            manager.createQuery("select m.store, m.id from ModelRow m", Object[].class).getResultStream()
                    .forEach(row -> ids.computeIfAbsent((String) row[0], s -> new TreeSet<>()).add((String) row[1]));
            return ids;
        });
    }

    private static Optional<ModelRow> row(EntityManager manager, String store, String id) {
        return Optional.ofNullable(manager.find(ModelRow.class, id)).filter(row -> row.store.equals(store));
    }

    private static Set<String> aliases(EntityManager manager, String id) {
        return new TreeSet<>(manager.createQuery("select a.alias from AliasRow a where a.modelId = :id", String.class)
                .setParameter("id", id).getResultList());
    }

    private ModelVersion version(ModelRow row, Set<String> aliases) {
        SnapshotInfo snapshot = new SnapshotInfo(row.snapshotFrom, row.snapshotTo, row.snapshotRows, row.snapshotHash);
        Provenance provenance = new Provenance(row.plugin, row.pluginVersion, snapshot, json.settings(row.settings), row.seed, row.trainedAt);
        Set<String> sorted = Collections.unmodifiableSet(new TreeSet<>(aliases));
        return new ModelVersion(row.id, row.store, row.number, sorted, row.createdAt, json.evaluation(row.evaluation),
                json.evaluation(row.baseline), json.evaluation(row.champion), json.differences(row.differences), provenance, row.sizeBytes,
                row.sha256);
    }

    private static Key key(ModelVersion model) {
        return new Key(model.store(), model.provenance().plugin());
    }

    private static Champion champion(ModelVersion model) {
        return new Champion(model.id(), model.number(), model.sha256());
    }

    private static void check(String alias) {
        if (!ALIASES.contains(alias)) {
            throw new IllegalArgumentException("alias must be champion, challenger or shadow, not " + alias);
        }
    }
}
