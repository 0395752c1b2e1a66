package io.kontor.platform.models.internal;

import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.Release.Bearer;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which models serve for which plugin and store, in memory, so that serving never asks the database: a model's id and checksum are all that
 * is needed to load it. Read at the start; the registry has it read again what it changed, and what other nodes changed is looked for every
 * two seconds.
 */
@Component(service = ChampionIndex.class)
public final class ChampionIndex {

    private static final Logger LOG = LoggerFactory.getLogger(ChampionIndex.class);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(2);
    /** A change may be committed after one with a greater id; so many of the last ones are counted. */
    private static final int COUNTED = 100;
    private static final String ALIASES = "select a.store, a.plugin, a.alias, a.since, a.canary, m.id, m.number, m.sha256, m.quality "
            + "from model_alias a join model m on m.id = a.model_id";
    private static final String POLICIES = "select store, plugin, content from release_policy";
    private static final String TRAINED = "select distinct store, plugin from model";
    private static final String CHANGES = "select coalesce(max(id), 0), count(*) from alias_change where id > ?";
    private static final String CHANGED = "select distinct store, plugin from alias_change where id > ?";

    private final Database database;
    private final ModelJson json = new ModelJson();
    private final ConcurrentMap<Key, Release> releases = new ConcurrentHashMap<>();
    private final Set<Key> trained = ConcurrentHashMap.newKeySet();
    private final List<Consumer<Key>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looker;
    private Changes changes;

    /**
     * A plugin of a store.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     */
    record Key(String store, String plugin) {
    }

    /** The last change, and how many there are among the last ids. */
    private record Changes(long last, long count) {
    }

    /** Who has an alias. */
    private record Held(Bearer bearer, Instant since, boolean canary) {
    }

    /**
     * Reads the index and goes on looking for changes.
     *
     * @param database where the models are registered
     */
    @Activate
    public ChampionIndex(@Reference Database database) {
        this(database, Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kontor-models-changes");
            thread.setDaemon(true);
            return thread;
        }));
        looker.scheduleWithFixedDelay(this::look, LOOKS_EVERY.toMillis(), LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    ChampionIndex(Database database, ScheduledExecutorService looker) {
        this.database = database;
        this.looker = looker;
        changes = database.jdbc(connection -> {
            long last = changes(connection, 0).last();
            releases.putAll(read(connection, ALIASES, POLICIES));
            trained.addAll(keys(connection, TRAINED));
            return new Changes(last, changes(connection, last - COUNTED).count());
        });
    }

    private Map<Key, Release> read(Connection connection, String aliases, String policies, Object... values) throws SQLException {
        Map<Key, Map<String, Held>> held = new HashMap<>();
        try (PreparedStatement select = prepare(connection, aliases, values); ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                Timestamp since = rows.getTimestamp(4);
                Double quality = rows.getObject(9, Double.class);
                Bearer bearer = new Bearer(rows.getString(6), rows.getInt(7), rows.getString(8), quality == null ? Double.NaN : quality);
                held.computeIfAbsent(new Key(rows.getString(1), rows.getString(2)), key -> new HashMap<>()).put(rows.getString(3),
                        new Held(bearer, since == null ? null : since.toInstant(), rows.getBoolean(5)));
            }
        }
        Map<Key, ReleasePolicy> rules = new HashMap<>();
        try (PreparedStatement select = prepare(connection, policies, values); ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                rules.put(new Key(rows.getString(1), rows.getString(2)), json.policy(rows.getString(3)));
            }
        }
        Set<Key> keys = new HashSet<>(held.keySet());
        keys.addAll(rules.keySet());
        Map<Key, Release> read = new HashMap<>();
        keys.forEach(key -> read.put(key, release(held.getOrDefault(key, Map.of()), rules.getOrDefault(key, ReleasePolicy.DEFAULT))));
        return read;
    }

    private static Release release(Map<String, Held> held, ReleasePolicy policy) {
        Held champion = held.get(ModelRegistry.CHAMPION);
        Held challenger = held.get(ModelRegistry.CHALLENGER);
        return new Release(bearer(champion), champion == null ? null : champion.since(), bearer(challenger),
                challenger == null || !challenger.canary() ? null : challenger.since(), bearer(held.get(ModelRegistry.SHADOW)),
                bearer(held.get(AliasRow.PREVIOUS)), policy);
    }

    private static Optional<Bearer> bearer(Held held) {
        return Optional.ofNullable(held).map(Held::bearer);
    }

    private static Changes changes(Connection connection, long after) throws SQLException {
        try (PreparedStatement select = prepare(connection, CHANGES, after); ResultSet row = select.executeQuery()) {
            row.next();
            return new Changes(row.getLong(1), row.getLong(2));
        }
    }

    private static List<Key> keys(Connection connection, String query, Object... values) throws SQLException {
        try (PreparedStatement select = prepare(connection, query, values); ResultSet rows = select.executeQuery()) {
            List<Key> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(new Key(rows.getString(1), rows.getString(2)));
            }
            return keys;
        }
    }

    private static PreparedStatement prepare(Connection connection, String query, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Reads again what other nodes changed since the last look. */
    void look() {
        try {
            long after = changes.last() - COUNTED;
            Changes now = database.jdbc(connection -> changes(connection, after));
            if (!now.equals(changes)) {
                database.jdbc(connection -> keys(connection, CHANGED, after)).forEach(this::refresh);
                changes = new Changes(now.last(), database.jdbc(connection -> changes(connection, now.last() - COUNTED)).count());
            }
        } catch (RuntimeException e) {
            LOG.warn("Which models serve could not be looked up; it is tried again in {} s", LOOKS_EVERY.toSeconds(), e);
        }
    }

    Release release(Key key) {
        return releases.getOrDefault(key, Release.NONE);
    }

    List<ModelRegistry.Trial> releases(Predicate<Release> wanted) {
        return releases.entrySet().stream().filter(entry -> wanted.test(entry.getValue()))
                .map(entry -> new ModelRegistry.Trial(entry.getKey().store(), entry.getKey().plugin(), entry.getValue())).toList();
    }

    Optional<Bearer> champion(Key key) {
        return release(key).champion();
    }

    /**
     * Whether a plugin has any model for the store, champion or not.
     *
     * @param key plugin and store
     * @return true when one is registered
     */
    boolean trained(Key key) {
        return trained.contains(key);
    }

    void registered(Key key) {
        trained.add(key);
    }

    /**
     * Reads a plugin's part of the index again. One at a time, so that what is read later is what is kept.
     *
     * @param key plugin and store
     */
    synchronized void refresh(Key key) {
        Release read = database.jdbc(connection -> read(connection, ALIASES + " where a.store = ? and a.plugin = ?",
                POLICIES + " where store = ? and plugin = ?", key.store(), key.plugin())).getOrDefault(key, Release.NONE);
        if (read.champion().isPresent()) {
            trained.add(key);
        }
        Release before = read.equals(Release.NONE) ? releases.remove(key) : releases.put(key, read);
        if (!read.equals(before)) {
            listeners.forEach(listener -> listener.accept(key));
        }
    }

    void removed(String store) {
        trained.removeIf(key -> key.store().equals(store));
        releases.keySet().stream().filter(key -> key.store().equals(store)).toList().forEach(this::refresh);
    }

    /**
     * Subscribes to changes.
     *
     * @param listener told after the change, on the thread that makes it; must return soon
     * @return ends the subscription
     */
    Runnable follow(Consumer<Key> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Looks no more; waits for the last look, so that the database is not closed under it. */
    @Deactivate
    void close() {
        looker.shutdown();
        try {
            looker.awaitTermination(LOOKS_EVERY.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
