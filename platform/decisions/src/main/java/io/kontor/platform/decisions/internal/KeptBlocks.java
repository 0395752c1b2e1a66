package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.kontor.api.store.Store;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.decisions.CustomerBlocks;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The table {@code customer_block}, with what is asked often in memory. What another server changes is seen within half a minute. */
@Component(service = {CustomerBlocks.class, PersonalData.class, StoreListener.class})
public final class KeptBlocks implements CustomerBlocks, PersonalData, StoreListener {

    private static final int MOST_STORES = 2_000;
    private static final int MOST_CUSTOMERS = 100_000;
    private static final Duration RENEWED_AFTER = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofHours(1);
    private static final String THEIRS = "from customer_block where store = ? and customer = ?";

    private final Database database;
    private final Pseudonyms pseudonyms;
    private final LoadingCache<String, Boolean> any;
    private final LoadingCache<Key, Set<String>> blocks;

    /** A customer of a store under the pseudonym. */
    private record Key(String store, String customer) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param database keeps the blocks
     * @param pseudonyms under which names
     */
    @Activate
    public KeptBlocks(@Reference Database database, @Reference Pseudonyms pseudonyms) {
        this.database = database;
        this.pseudonyms = pseudonyms;
        any = Caffeine.newBuilder().maximumSize(MOST_STORES).refreshAfterWrite(RENEWED_AFTER).expireAfterAccess(IDLE)
                .build(store -> database.jdbc(connection -> any(connection, store)));
        blocks = Caffeine.newBuilder().maximumSize(MOST_CUSTOMERS).refreshAfterWrite(RENEWED_AFTER).expireAfterAccess(IDLE)
                .build(key -> database.jdbc(connection -> Set.copyOf(products(connection, key))));
    }

    private static boolean any(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from customer_block where store = ? limit 1")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static List<String> products(Connection connection, Key key) throws SQLException {
        List<String> products = new ArrayList<>();
        rows(connection, key).forEach(row -> products.add((String) row.get("product")));
        return products;
    }

    private static List<Map<String, Object>> rows(Connection connection, Key key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select product, blocked_at " + THEIRS + " order by blocked_at, product")) {
            select.setString(1, key.store);
            select.setString(2, key.customer);
            try (ResultSet row = select.executeQuery()) {
                List<Map<String, Object>> rows = new ArrayList<>();
                while (row.next()) {
                    Map<String, Object> block = new LinkedHashMap<>();
                    block.put("product", row.getString(1));
                    block.put("blockedAt", row.getTimestamp(2).toInstant().toString());
                    rows.add(block);
                }
                return rows;
            }
        }
    }

    private Key key(String store, String customer) {
        return new Key(store, pseudonyms.of(store, customer));
    }

    @Override
    public Set<String> of(String store, String customer) {
        return any.get(store) ? blocks.get(key(store, customer)) : Set.of();
    }

    @Override
    public boolean block(String store, String customer, String product) {
        Key key = key(store, customer);
        boolean noted = database.jdbc(connection -> {
            List<String> known = products(connection, key);
            return known.contains(product) || known.size() < MOST && insert(connection, key, product);
        });
        forget(key);
        return noted;
    }

    private static boolean insert(Connection connection, Key key, String product) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into customer_block (store, customer, product, blocked_at) values (?, ?, ?, ?) on conflict do nothing")) {
            insert.setString(1, key.store);
            insert.setString(2, key.customer);
            insert.setString(3, product);
            insert.setTimestamp(4, Timestamp.from(Instant.now()));
            insert.executeUpdate();
            return true;
        }
    }

    private void forget(Key key) {
        blocks.invalidate(key);
        any.invalidate(key.store);
    }

    @Override
    public boolean unblock(String store, String customer, String product) {
        Key key = key(store, customer);
        boolean known = database.jdbc(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete " + THEIRS + " and product = ?")) {
                delete.setString(1, store);
                delete.setString(2, key.customer);
                delete.setString(3, product);
                return delete.executeUpdate() > 0;
            }
        });
        forget(key);
        return known;
    }

    @Override
    public int erase(Connection connection, String store, String customer) throws SQLException {
        Key key = key(store, customer);
        try (PreparedStatement delete = connection.prepareStatement("delete " + THEIRS)) {
            delete.setString(1, store);
            delete.setString(2, key.customer);
            int erased = delete.executeUpdate();
            blocks.invalidate(key);
            return erased;
        }
    }

    @Override
    public List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        return rows(connection, key(store, customer));
    }

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public void present(Store store) {
        // a store begins without blocks
    }

    @Override
    public void deleted(Store store) {
        database.jdbc(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from customer_block where store = ?")) {
                delete.setString(1, store.id());
                return delete.executeUpdate();
            }
        });
        any.invalidate(store.id());
        blocks.asMap().keySet().removeIf(key -> key.store.equals(store.id()));
    }
}
