package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.data.Arrival;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Place;
import io.kontor.platform.data.Shelf;
import io.kontor.platform.persistence.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The shelves of the stores that were asked about lately, and where their customers live. Safe for use by many threads. */
final class ShelfMemory {

    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final int MOST_STORES = 200;
    private static final int MOST_CUSTOMERS = 100_000;
    private static final int STOPS_WITHIN_SECONDS = 5;

    private final ExecutorService background = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kontor-shelves");
        thread.setDaemon(true);
        return thread;
    });
    private final LoadingCache<String, KeptShelf> shelves;
    private final LoadingCache<Key, Place> places;

    private record Key(String store, String customer) {
    }

    /**
     * Remembers nothing yet.
     *
     * @param database has the records
     */
    ShelfMemory(Database database) {
        shelves = Caffeine.newBuilder().maximumSize(MOST_STORES).expireAfterAccess(IDLE)
                .build(store -> new KeptShelf(database, store, background));
        places = Caffeine.newBuilder().maximumSize(MOST_CUSTOMERS).expireAfterWrite(LIFE).build(key -> place(database, key));
    }

    Shelf shelf(String store) {
        return kept(store);
    }

    /** The products of a store by when they came, the latest first. */
    List<Arrival> arrivals(String store) {
        return kept(store).arrivals();
    }

    private KeptShelf kept(String store) {
        KeptShelf shelf = shelves.get(store);
        shelf.renewed();
        return shelf;
    }

    Place place(String store, String customer) {
        return places.get(new Key(store, customer));
    }

    private static Place place(Database database, Key key) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select country, region, city from customer where store = ? and id = ?")) {
                select.setString(1, key.store);
                select.setString(2, key.customer);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? new Place(text(row.getString(1)), text(row.getString(2)), text(row.getString(3))) : Place.UNKNOWN;
                }
            }
        });
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    /** Takes over rows that were committed. */
    void changed(String store, Records records, List<Object[]> rows) {
        if (records.entity() == Entity.CUSTOMERS) {
            rows.forEach(row -> places.invalidate(new Key(store, records.customerOf(row))));
            return;
        }
        KeptShelf shelf = shelves.getIfPresent(store);
        if (shelf != null) {
            shelf.changed(records, rows);
        }
    }

    /** Lets a store's shelf be read again, as rows were removed. */
    void removed(String store) {
        KeptShelf shelf = shelves.getIfPresent(store);
        if (shelf != null) {
            shelf.removed();
        }
    }

    /** Forgets a person. */
    void erased(String store, String customer) {
        places.invalidate(new Key(store, customer));
    }

    /** Forgets a store. */
    void forget(String store) {
        shelves.invalidate(store);
        places.asMap().keySet().removeIf(key -> key.store.equals(store));
    }

    /** Ends reading. */
    void close() {
        background.shutdownNow();
        try {
            background.awaitTermination(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
