package io.kontor.platform.models.internal;

import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.model.CodeVersion;
import io.kontor.api.model.Provenance;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.ReferenceProfile;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.ReleasePolicy;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry in the database. A model and its alias come in one transaction, after the artifact is durable; the index in memory follows
 * the commit, so what serves is always registered. Changes are made one at a time, so that the index sees them in the order of the commits.
 */
@Component(service = {ModelRegistry.class, DatabaseModelRegistry.class})
public final class DatabaseModelRegistry implements ModelRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseModelRegistry.class);
    private static final Set<String> ALIASES = Set.of(CHAMPION, CHALLENGER, SHADOW);
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
            Map<String, Set<String>> aliases = manager.createQuery("select a from AliasRow a where a.store = :store and a.alias <> :hidden",
                    AliasRow.class).setParameter("store", store).setParameter("hidden", AliasRow.PREVIOUS).getResultStream()
                    .collect(Collectors.groupingBy(a -> a.modelId, Collectors.mapping(a -> a.alias, Collectors.toCollection(TreeSet::new))));
            return rows.getResultStream().map(row -> version(row, aliases.getOrDefault(row.id, Set.of()))).toList();
        });
    }

    @Override
    public Optional<ModelVersion> find(String store, String id) {
        return database.transaction(manager -> row(manager, store, id).map(row -> version(row, aliases(manager, id))));
    }

    /**
     * What a model learned from and how it answered.
     *
     * @param store the store's id
     * @param id the model's id
     * @return its profile, or empty when it has none
     */
    Optional<ReferenceProfile> profile(String store, String id) {
        return database.transaction(manager -> row(manager, store, id).flatMap(row -> manager.createNativeQuery(
                "select content from model_profile where model = ?", String.class).setParameter(1, id).getResultStream().findFirst()))
                .map(content -> json.profile((String) content));
    }

    @Override
    public Optional<Decision> decision(String store, String id) {
        return database.transaction(manager -> row(manager, store, id).map(row -> new Decision(row.promoted, row.reason, row.job)));
    }

    @Override
    public synchronized Optional<ModelVersion> alias(String store, String id, String alias, AliasChange.Author author) {
        check(alias);
        Optional<ModelVersion> changed = database.transaction(manager -> row(manager, store, id).map(row -> {
            give(manager, row, alias, author);
            if (alias.equals(CHALLENGER)) {
                canary(manager, keyOf(row));
            }
            manager.flush();
            return version(row, aliases(manager, id));
        }));
        changed.ifPresent(model -> refresh(key(model)));
        return changed;
    }

    @Override
    public synchronized boolean removeAlias(String store, String id, String alias, AliasChange.Author author) {
        check(alias);
        Optional<Key> removed = database.transaction(manager -> row(manager, store, id).flatMap(row -> {
            AliasRow held = manager.find(AliasRow.class, new AliasRow.Key(store, row.plugin, alias));
            if (held == null || !held.modelId.equals(id)) {
                return Optional.empty();
            }
            manager.remove(held);
            manager.persist(new AliasChangeRow(new AliasRow.Key(store, row.plugin, alias), named(row), null, author));
            if (alias.equals(CHAMPION)) {
                remember(manager, keyOf(row), null);
            }
            return Optional.of(keyOf(row));
        }));
        removed.ifPresent(this::refresh);
        return removed.isPresent();
    }

    @Override
    public synchronized Optional<ModelVersion> rollBack(String store, String plugin, String from, AliasChange.Author author) {
        if (!author.cause().back()) {
            throw new IllegalArgumentException(author.cause() + " is no cause for going back");
        }
        Key key = new Key(store, plugin);
        Optional<ModelVersion> back = database.transaction(manager -> {
            AliasRow champion = manager.find(AliasRow.class, new AliasRow.Key(store, plugin, CHAMPION));
            AliasRow previous = manager.find(AliasRow.class, new AliasRow.Key(store, plugin, AliasRow.PREVIOUS));
            if (previous == null || from != null && (champion == null || !champion.modelId.equals(from))) {
                return Optional.empty();
            }
            return row(manager, store, previous.modelId).map(row -> {
                give(manager, row, CHAMPION, author);
                manager.flush();
                return version(row, aliases(manager, row.id));
            });
        });
        back.ifPresent(model -> refresh(key));
        return back;
    }

    @Override
    public Release release(String store, String plugin) {
        return index.release(new Key(store, plugin));
    }

    @Override
    public List<Trial> trials() {
        return index.releases(Release::canary);
    }

    @Override
    public List<Trial> newChampions() {
        Instant now = Instant.now();
        return index.releases(release -> release.newChampion(now));
    }

    @Override
    public synchronized Release policy(String store, String plugin, ReleasePolicy policy, AliasChange.Author author) {
        List<ReleasePolicy.Fault> faults = policy.faults();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.get(0).field() + " " + faults.get(0).message());
        }
        Key key = new Key(store, plugin);
        database.transaction(manager -> {
            manager.createNativeQuery("delete from release_policy where store = ? and plugin = ?").setParameter(1, store)
                    .setParameter(2, plugin).executeUpdate();
            manager.createNativeQuery("insert into release_policy (store, plugin, content) values (?, ?, ?)").setParameter(1, store)
                    .setParameter(2, plugin).setParameter(3, json.policy(policy)).executeUpdate();
            manager.persist(new AliasChangeRow(new AliasRow.Key(store, plugin, AliasChange.POLICY), null, null, author));
            return null;
        });
        refresh(key);
        return index.release(key);
    }

    @Override
    public List<AliasChange> history(String store, String plugin, long before, int limit) {
        return database.transaction(manager -> AliasHistory.list(manager, new Key(store, plugin), before, limit));
    }

    /**
     * Registers a model and gives it its alias: champion when promoted, otherwise challenger. A model that passed the comparison waits for a
     * person, or answers a share of the requests first, where the policy says so and another one serves. While a canary runs its challenger
     * stays the challenger.
     *
     * @param model with a durable artifact
     * @return the model as registered, with what became of it
     */
    Registered register(NewModel model) {
        return register(model, "training", AliasChange.Cause.TRAINED);
    }

    /**
     * The same for a model that did not come from a training.
     *
     * @param model with a durable artifact
     * @param by who made it
     * @param cause what made it
     * @return the model as registered, with what became of it
     */
    synchronized Registered register(NewModel model, String by, AliasChange.Cause cause) {
        PersistenceException collision = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Registered registered = database.transaction(manager -> insert(manager, model, by, cause));
                index.registered(model.key());
                refresh(model.key());
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

    /** What is committed stays so: an index that cannot be read now is read by its next look. */
    private void refresh(Key key) {
        try {
            index.refresh(key);
        } catch (RuntimeException e) {
            LOG.warn("Which model of plugin {} serves for store {} could not be read; it is tried again in a moment", key.plugin(),
                    key.store(), e);
        }
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

    private Registered insert(EntityManager manager, NewModel model, String by, AliasChange.Cause cause) {
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
        row.snapshotWithheld = provenance.snapshot().withheld();
        row.settings = json.settings(provenance.settings());
        row.seed = provenance.seed();
        row.bundleHash = provenance.code().bundleSha256();
        row.platform = provenance.code().platform();
        row.members = json.members(provenance.members());
        row.features = json.features(provenance.features());
        row.evaluation = json.evaluation(model.judged().evaluation());
        row.quality = Optional.ofNullable(model.judged().evaluation())
                .map(judged -> judged.higherIsBetter() ? judged.score() : -judged.score()).orElse(null);
        row.baseline = json.evaluation(model.judged().baseline());
        row.champion = json.evaluation(model.judged().champion());
        row.differences = json.differences(model.judged().differences());
        row.sizeBytes = model.artifact().sizeBytes();
        row.sha256 = model.artifact().sha256();
        row.job = model.job();
        boolean served = manager.find(AliasRow.class, new AliasRow.Key(row.store, row.plugin, CHAMPION)) != null;
        ReleasePolicy policy = index.release(model.key()).policy();
        boolean passed = model.verdict().promoted();
        AliasRow challenger = manager.find(AliasRow.class, new AliasRow.Key(row.store, row.plugin, CHALLENGER));
        boolean tried = served && challenger != null && challenger.canary && policy.canary().percent() > 0;
        boolean canary = passed && served && !tried && policy.canary().percent() > 0;
        Verdict verdict = !served || !passed ? model.verdict() : decided(model.verdict().reason(), policy, tried);
        row.promoted = verdict.promoted();
        row.reason = verdict.reason();
        manager.persist(row);
        manager.flush();
        if (model.profile() != null) {
            manager.createNativeQuery("insert into model_profile (model, content) values (?, ?)").setParameter(1, row.id)
                    .setParameter(2, json.profile(model.profile())).executeUpdate();
        }
        if (row.promoted || !tried) {
            give(manager, row, row.promoted ? CHAMPION : CHALLENGER, new AliasChange.Author(by,
                    canary ? AliasChange.Cause.CANARY : cause, row.reason));
        }
        if (canary) {
            canary(manager, keyOf(row));
        }
        manager.flush();
        return new Registered(version(row, aliases(manager, row.id)), verdict);
    }

    /** What becomes of a model that passed the comparison while another one serves. A running canary is not disturbed. */
    private static Verdict decided(String reason, ReleasePolicy policy, boolean tried) {
        boolean byHand = policy.promotion() == ReleasePolicy.Promotion.BY_HAND;
        boolean canary = policy.canary().percent() > 0;
        if (!canary && !byHand) {
            return new Verdict(true, reason);
        }
        String first = tried ? " Another model is being tried on a share of the requests."
                : canary ? " It answers " + percent(policy.canary().percent()) + " % of the requests first." : "";
        return new Verdict(false, reason.replaceFirst("^Promoted", "Passed") + first + (byHand ? " A person promotes it." : ""));
    }

    private static String percent(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }

    /** Gives a model an alias and writes it into the history. A new champion ends the canary and leaves behind whom to go back to. */
    private static void give(EntityManager manager, ModelRow row, String alias, AliasChange.Author author) {
        AliasRow.Key key = new AliasRow.Key(row.store, row.plugin, alias);
        AliasRow held = manager.find(AliasRow.class, key);
        if (held != null && held.modelId.equals(row.id)) {
            return;
        }
        AliasChange.Model from = held == null ? null : row(manager, row.store, held.modelId).map(DatabaseModelRegistry::named).orElse(null);
        if (held == null) {
            manager.persist(new AliasRow(key, row.id));
        } else {
            held.bearBy(row.id);
        }
        manager.persist(new AliasChangeRow(key, from, named(row), author));
        if (alias.equals(CHAMPION)) {
            manager.flush();
            endCanary(manager, row, author);
            remember(manager, keyOf(row), row.id);
        }
    }

    private static void endCanary(EntityManager manager, ModelRow champion, AliasChange.Author author) {
        AliasRow.Key key = new AliasRow.Key(champion.store, champion.plugin, CHALLENGER);
        AliasRow challenger = manager.find(AliasRow.class, key);
        if (challenger != null && challenger.canary) {
            challenger.canary = false;
            if (challenger.modelId.equals(champion.id)) {
                manager.remove(challenger);
                manager.persist(new AliasChangeRow(key, named(champion), null, author));
            }
        }
    }

    /** Lets the challenger answer a share of the requests when the policy has one and another model serves. */
    private void canary(EntityManager manager, Key key) {
        AliasRow champion = manager.find(AliasRow.class, new AliasRow.Key(key.store(), key.plugin(), CHAMPION));
        AliasRow challenger = manager.find(AliasRow.class, new AliasRow.Key(key.store(), key.plugin(), CHALLENGER));
        challenger.canary = champion != null && !champion.modelId.equals(challenger.modelId)
                && index.release(key).policy().canary().percent() > 0;
    }

    /** Notes the champion to go back to from the present one: the one below it on the stack of those that nobody went back from. */
    private static void remember(EntityManager manager, Key key, String champion) {
        manager.flush();
        List<String> stack = AliasHistory.champions(manager, key);
        String previous = null;
        for (int i = stack.size() - 1; i >= 0 && previous == null; i--) {
            boolean there = !stack.get(i).equals(champion) && row(manager, key.store(), stack.get(i)).isPresent();
            previous = there ? stack.get(i) : null;
        }
        AliasRow.Key alias = new AliasRow.Key(key.store(), key.plugin(), AliasRow.PREVIOUS);
        AliasRow held = manager.find(AliasRow.class, alias);
        if (previous == null) {
            if (held != null) {
                manager.remove(held);
            }
        } else if (held == null) {
            manager.persist(new AliasRow(alias, previous));
        } else if (!held.modelId.equals(previous)) {
            held.bearBy(previous);
        }
    }

    private static AliasChange.Model named(ModelRow row) {
        return new AliasChange.Model(row.id, row.number);
    }

    private static Key keyOf(ModelRow row) {
        return new Key(row.store, row.plugin);
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
            manager.createQuery("delete from AliasChangeRow c where c.store = :store").setParameter("store", store).executeUpdate();
            manager.createNativeQuery("delete from release_policy where store = ?").setParameter(1, store).executeUpdate();
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
        return new TreeSet<>(manager.createQuery("select a.alias from AliasRow a where a.modelId = :id and a.alias <> :hidden",
                String.class).setParameter("id", id).setParameter("hidden", AliasRow.PREVIOUS).getResultList());
    }

    private ModelVersion version(ModelRow row, Set<String> aliases) {
        SnapshotInfo snapshot = new SnapshotInfo(row.snapshotFrom, row.snapshotTo, row.snapshotRows, row.snapshotHash,
                row.snapshotWithheld);
        Provenance provenance = new Provenance(row.plugin, row.pluginVersion, snapshot, json.settings(row.settings), row.seed, row.trainedAt,
                new CodeVersion(row.bundleHash, row.platform), json.members(row.members), json.features(row.features));
        Set<String> sorted = Collections.unmodifiableSet(new TreeSet<>(aliases));
        return new ModelVersion(row.id, row.store, row.number, sorted, row.createdAt, json.evaluation(row.evaluation),
                json.evaluation(row.baseline), json.evaluation(row.champion), json.differences(row.differences), provenance, row.sizeBytes,
                row.sha256);
    }

    private static Key key(ModelVersion model) {
        return new Key(model.store(), model.provenance().plugin());
    }

    private static void check(String alias) {
        if (!ALIASES.contains(alias)) {
            throw new IllegalArgumentException("alias must be champion, challenger or shadow, not " + alias);
        }
    }
}
