package io.kontor.platform.data.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.Product;
import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * What the serving path reads again and again, kept in memory: products, the latest interactions of customers, products out of sale. Entries are
 * dropped as soon as this server has stored something newer, and after a minute in any case, as another server may have; those of products
 * only when the store's products have changed meanwhile. Who adds one drops others that are old: to wake another thread for that takes longer.
 */
@Component(service = Memory.class)
public final class Memory {

    private static final Duration LIFE = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final int MOST_PRODUCTS = 100_000;
    private static final int MOST_INTERACTIONS = 200_000;
    private static final int MOST_STORES = 2_000;
    private static final int LONGEST_HISTORY = 10_000;

    private final Database database;
    private final LoadingCache<String, Long> catalogues;
    private final LoadingCache<ProductKey, Optional<Product>> products;
    private final LoadingCache<ProductKey, Set<String>> inactive;
    private final LoadingCache<Key, List<Interaction>> histories;
    private final TransactionMemory transactions;
    private final ConsentMemory consents;
    private final ShelfMemory shelves;
    private final Set<String> withHistories = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicLongArray> changes = new ConcurrentHashMap<>();

    /** A customer of a store. */
    private record Key(String store, String id) {
    }

    /** A product of a store, or with an empty id all of them, when its products had changed so often. What is older is not asked for again. */
    private record ProductKey(String store, long changes, String id) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param database where the records are
     * @param intake has the latest transactions
     * @param stores tell their countries
     */
    @Activate
    public Memory(@Reference Database database, @Reference Intake intake, @Reference Stores stores) {
        this(database, intake, stores, Ticker.systemTicker());
    }

    Memory(Database database, Intake intake, Stores stores, Ticker ticker) {
        this.database = database;
        transactions = new TransactionMemory(database, intake);
        consents = new ConsentMemory(database, store -> stores.find(store).map(Store::country).orElse(""));
        shelves = new ShelfMemory(database);
        catalogues = Caffeine.newBuilder().maximumSize(MOST_STORES).expireAfterWrite(LIFE).ticker(ticker).executor(Runnable::run)
                .build(store -> database.jdbc(connection -> Extents.changes(connection, store, Entity.PRODUCTS)));
        products = Caffeine.newBuilder().maximumSize(MOST_PRODUCTS).expireAfterAccess(IDLE).executor(Runnable::run).build(this::loadProduct);
        inactive = Caffeine.newBuilder().maximumSize(MOST_STORES).expireAfterAccess(LIFE).executor(Runnable::run).build(this::loadInactive);
        histories = Caffeine.newBuilder().maximumWeight(MOST_INTERACTIONS).weigher((Key key, List<Interaction> history) -> history.size() + 1)
                .expireAfterWrite(LIFE).ticker(ticker).executor(Runnable::run).build(key -> loadHistory(key, LONGEST_HISTORY));
    }

    Optional<Product> product(String store, String id) {
        return products.get(key(store, id));
    }

    private ProductKey key(String store, String product) {
        return new ProductKey(store, catalogues.get(store), product);
    }

    List<Interaction> history(String store, String customer, int limit) {
        if (limit < 1 || limit > LONGEST_HISTORY) {
            throw new IllegalArgumentException("limit must be 1 to " + LONGEST_HISTORY + ", not " + limit);
        }
        List<Interaction> history = histories.get(new Key(store, customer));
        withHistories.add(store);
        return history.size() <= limit ? history : history.subList(0, limit);
    }

    /** The stores of which histories were asked for, but for deleted ones. */
    Set<String> storesWithHistories() {
        return Set.copyOf(withHistories);
    }

    /** Reads a store's histories again when they are asked for. */
    void renewHistories(String store) {
        histories.asMap().keySet().removeIf(key -> key.store.equals(store));
    }

    /** The same for some customers; null among them is passed over. */
    void renewHistories(String store, List<String> customers) {
        customers.stream().filter(Objects::nonNull).forEach(customer -> histories.invalidate(new Key(store, customer)));
    }

    Set<String> inactive(String store) {
        return inactive.get(key(store, ""));
    }

    ConsentMemory consents() {
        return consents;
    }

    ShelfMemory shelves() {
        return shelves;
    }

    TransactionMemory transactions() {
        return transactions;
    }

    /** How often a store's records of an entity have changed since the start. */
    long changes(String store, Entity entity) {
        return counts(store).get(entity.ordinal());
    }

    private AtomicLongArray counts(String store) {
        return changes.computeIfAbsent(store, id -> new AtomicLongArray(Entity.values().length));
    }

    private void changed(String store) {
        for (Entity entity : Entity.values()) {
            counts(store).incrementAndGet(entity.ordinal());
        }
    }

    /** Forgets what stored rows have made old. To be called after their commit. */
    void changed(String store, Records records, List<Object[]> rows) {
        counts(store).incrementAndGet(records.entity().ordinal());
        if (records.entity() == Entity.TRANSACTIONS) {
            transactions.stored(store, rows);
        }
        consents.changed(store, records, rows);
        shelves.changed(store, records, rows);
        if (records.entity() == Entity.PRODUCTS) {
            long known = catalogues.get(store);
            rows.forEach(row -> products.invalidate(new ProductKey(store, known, (String) row[Records.ID])));
            inactive.invalidate(new ProductKey(store, known, ""));
        } else if (records.entity() == Entity.ORDERS || records.entity() == Entity.EVENTS) {
            rows.forEach(row -> {
                String customer = records.customerOf(row);
                if (customer != null) {
                    histories.invalidate(new Key(store, customer));
                }
            });
        }
    }

    /** Lets what was summed up from a store's records be summed up again. */
    void cleanedOtherwise(String store) {
        changed(store);
    }

    /** Forgets what was removed of an entity, as far as it does not go by itself within a minute. */
    void removed(String store, Entity entity) {
        counts(store).incrementAndGet(entity.ordinal());
        shelves.removed(store);
        if (entity == Entity.TRANSACTIONS) {
            transactions.forget(store);
        }
    }

    /** Forgets a person. */
    void erased(String store, String customer) {
        changed(store);
        histories.invalidate(new Key(store, customer));
        consents.changed(store, customer);
        shelves.erased(store, customer);
        transactions.forget(store);
    }

    /** Forgets a store. */
    void deleted(String store) {
        products.asMap().keySet().removeIf(key -> key.store.equals(store));
        withHistories.remove(store);
        histories.asMap().keySet().removeIf(key -> key.store.equals(store));
        inactive.asMap().keySet().removeIf(key -> key.store.equals(store));
        catalogues.invalidate(store);
        consents.forget(store);
        shelves.forget(store);
        transactions.forget(store);
        changed(store);
    }

    private Optional<Product> loadProduct(ProductKey key) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select title, category, brand, price, cost, active, image_url from product where store = ? and id = ?")) {
                select.setString(1, key.store);
                select.setString(2, key.id);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(product(key.id, row, 1)) : Optional.empty();
                }
            }
        });
    }

    /** A product from title, category, brand, price, cost, active and the address of its picture, which stand in this order. */
    static Product product(String id, ResultSet row, int first) throws SQLException {
        Short active = row.getObject(first + 5, Short.class);
        return new Product(id, text(row, first), text(row, first + 1), text(row, first + 2), number(row, first + 3), number(row, first + 4),
                active == null || active != 0, text(row, first + 6));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static double number(ResultSet row, int column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? Double.NaN : number;
    }

    private List<Interaction> loadHistory(Key key, int limit) {
        return database.jdbc(connection -> {
            List<Interaction> history = new ArrayList<>();
            lines(connection, key, limit, history);
            events(connection, key, limit, history);
            history.sort(Comparator.comparing(Interaction::time).reversed());
            return List.copyOf(history.size() <= limit ? history : history.subList(0, limit));
        });
    }

    private static void lines(Connection connection, Key key, int limit, List<Interaction> history) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select product_id, time, quantity from order_line "
                + "where store = ? and customer_id = ? order by time desc, digest limit ?")) {
            select.setString(1, key.store);
            select.setString(2, key.id);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    double quantity = row.getDouble(3);
                    history.add(new Interaction(row.getString(1), quantity > 0 ? Interaction.Type.PURCHASE : Interaction.Type.RETURN,
                            Instant.ofEpochMilli(row.getLong(2)), Math.abs(quantity)));
                }
            }
        }
    }

    private static void events(Connection connection, Key key, int limit, List<Interaction> history) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select product_id, time, type, event_value from event "
                + "where store = ? and customer_id = ? and " + ConsentWords.DEEDS + " order by time desc, digest limit ?")) {
            select.setString(1, key.store);
            select.setString(2, key.id);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Interaction.Type type = Interaction.Type.valueOf(row.getString(3).toUpperCase(Locale.ROOT));
                    history.add(new Interaction(row.getString(1), type, Instant.ofEpochMilli(row.getLong(2)),
                            type == Interaction.Type.RATING ? row.getDouble(4) : 1));
                }
            }
        }
    }

    private Set<String> loadInactive(ProductKey key) {
        return database.jdbc(connection -> {
            Set<String> ids = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement("select id from product where store = ? and active = 0")) {
                select.setString(1, key.store);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        ids.add(row.getString(1));
                    }
                }
            }
            return Set.copyOf(ids);
        });
    }

    @Deactivate
    void close() {
        shelves.close();
    }
}
