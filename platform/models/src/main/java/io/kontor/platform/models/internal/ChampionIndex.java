package io.kontor.platform.models.internal;

import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Which model serves for which plugin and store, in memory, so that serving never asks the database: a champion's id and checksum are all
 * that is needed to load it. Read once at the start; kept up to date by the registry.
 */
@Component(service = ChampionIndex.class)
public final class ChampionIndex {

    private static final String CHAMPIONS = "select m.store, m.plugin, m.id, m.number, m.sha256 from model_alias a "
            + "join model m on m.id = a.model_id where a.alias = 'champion'";
    private static final String TRAINED = "select distinct store, plugin from model";

    private final ConcurrentMap<Key, Champion> champions = new ConcurrentHashMap<>();
    private final Set<Key> trained = ConcurrentHashMap.newKeySet();
    private final List<Consumer<Key>> listeners = new CopyOnWriteArrayList<>();

    /**
     * A plugin of a store.
     *
     * @param store the store's id
     * @param plugin the plugin's id
     */
    record Key(String store, String plugin) {
    }

    /**
     * A model that serves.
     *
     * @param id its id
     * @param number its number
     * @param sha256 the checksum of its artifact
     */
    record Champion(String id, int number, String sha256) {
    }

    /**
     * Reads the index.
     *
     * @param database where the models are registered
     */
    @Activate
    public ChampionIndex(@Reference Database database) {
        database.jdbc(connection -> {
            read(connection);
            return null;
        });
    }

    private void read(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CHAMPIONS); ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                champions.put(new Key(rows.getString(1), rows.getString(2)),
                        new Champion(rows.getString(3), rows.getInt(4), rows.getString(5)));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(TRAINED); ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                trained.add(new Key(rows.getString(1), rows.getString(2)));
            }
        }
    }

    Optional<Champion> champion(Key key) {
        return Optional.ofNullable(champions.get(key));
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

    void promoted(Key key, Champion champion) {
        trained.add(key);
        if (!champion.equals(champions.put(key, champion))) {
            tell(key);
        }
    }

    void dismissed(Key key) {
        if (champions.remove(key) != null) {
            tell(key);
        }
    }

    void removed(String store) {
        trained.removeIf(key -> key.store().equals(store));
        champions.keySet().stream().filter(key -> key.store().equals(store)).toList().forEach(this::dismissed);
    }

    /**
     * Subscribes to changes of champions.
     *
     * @param listener told after the change, on the thread that makes it; must return soon
     * @return ends the subscription
     */
    Runnable follow(Consumer<Key> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void tell(Key key) {
        listeners.forEach(listener -> listener.accept(key));
    }
}
