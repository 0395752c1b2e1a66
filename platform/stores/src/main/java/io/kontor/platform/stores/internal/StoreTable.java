package io.kontor.platform.stores.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import io.kontor.platform.stores.Stores;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores in a table, with a copy in memory for reading. A deletion that a kill cut short is told again to every listener at the next start.
 */
@Component(service = Stores.class)
public final class StoreTable implements Stores {

    private static final Logger LOG = LoggerFactory.getLogger(StoreTable.class);

    private final Database database;
    private final Map<String, Store> stores = new ConcurrentSkipListMap<>();
    private final Map<String, Store> deleting = new ConcurrentHashMap<>();
    private final List<StoreListener> listeners = new ArrayList<>();

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the stores
     */
    @Activate
    public StoreTable(@Reference Database database) {
        this.database = database;
        database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, name, currency, locale, time_zone, country, deleting from store"); ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Store store = StoreRow.store(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5),
                            row.getString(6));
                    (row.getBoolean(7) ? deleting : stores).put(store.id(), store);
                }
                return null;
            }
        });
    }

    /**
     * Adds a listener and tells it of all stores.
     *
     * @param listener the listener
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void addListener(StoreListener listener) {
        listeners.add(listener);
        stores.values().forEach(store -> guarded(listener, () -> listener.present(store)));
        deleting.values().forEach(store -> guarded(listener, () -> listener.deleted(store)));
    }

    /**
     * Removes a listener.
     *
     * @param listener the listener
     */
    synchronized void removeListener(StoreListener listener) {
        listeners.remove(listener);
    }

    @Override
    public List<Store> list() {
        return List.copyOf(stores.values());
    }

    @Override
    public Optional<Store> find(String id) {
        return Optional.ofNullable(stores.get(id));
    }

    @Override
    public synchronized boolean create(Store store) {
        Store earlier = deleting.get(store.id());
        if (stores.containsKey(store.id()) || earlier != null && !finishDeletion(earlier)) {
            return false;
        }
        database.transaction(manager -> {
            manager.persist(new StoreRow(store));
            return null;
        });
        present(store);
        return true;
    }

    @Override
    public synchronized boolean update(Store store) {
        boolean found = stores.containsKey(store.id()) && database.transaction(manager -> {
            StoreRow row = manager.find(StoreRow.class, store.id());
            if (row == null || row.isDeleting()) {
                return false;
            }
            row.set(store);
            return true;
        });
        if (found) {
            present(store);
        }
        return found;
    }

    private void present(Store store) {
        stores.put(store.id(), store);
        listeners.forEach(listener -> guarded(listener, () -> listener.present(store)));
    }

    @Override
    public synchronized boolean delete(String id) {
        Store store = stores.get(id);
        if (store == null) {
            return false;
        }
        database.transaction(manager -> {
            StoreRow row = manager.find(StoreRow.class, id);
            if (row != null) {
                row.beginDeletion();
            }
            return null;
        });
        stores.remove(id);
        deleting.put(id, store);
        finishDeletion(store);
        return true;
    }

    /** The row goes when everybody has removed what was kept for the store; until then the id stays taken. */
    private boolean finishDeletion(Store store) {
        boolean told = true;
        for (StoreListener listener : listeners) {
            told &= guarded(listener, () -> listener.deleted(store));
        }
        if (told) {
            database.transaction(manager -> {
                StoreRow row = manager.find(StoreRow.class, store.id());
                if (row != null) {
                    manager.remove(row);
                }
                return null;
            });
            deleting.remove(store.id());
        }
        return told;
    }

    private static boolean guarded(StoreListener listener, Runnable call) {
        try {
            call.run();
            return true;
        } catch (RuntimeException e) {
            LOG.error("{} failed to hear of a store", listener.getClass().getName(), e);
            return false;
        }
    }
}
