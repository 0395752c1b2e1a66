package io.kontor.platform.data.internal;

import io.kontor.api.data.Arrival;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.Shelf;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * One store's shelf in memory. Products are read when it is made, stock and orders when they are asked about for the first time; rows that
 * this server stores are taken over as they come. Reading and taking over exclude each other; asking waits for neither.
 */
final class KeptShelf implements Shelf {

    private static final int FETCH = 4_096;
    private static final int ASKED_TOGETHER = 500;
    private static final int MOST_POPULAR = 100_000;
    private static final int LONGEST_ATTRIBUTE = 255;
    private static final String PRODUCTS = "select id, category, brand, price, active, created_at, attributes from product where store = ?";
    private static final String STOCK = "select product_id, location, time, on_hand, reserved from stock where store = ? order by time, digest";
    private static final String ORDERED = "select product_id from order_line where store = ? and quantity > 0 group by product_id "
            + "order by count(*) desc, product_id limit " + MOST_POPULAR;

    private final Database database;
    private final String store;
    private final Executor background;
    private final RenewalClock productClock = new RenewalClock();
    private final RenewalClock stockClock = new RenewalClock();
    private final RenewalClock orderClock = new RenewalClock();
    private volatile Map<String, Optional<Item>> products;
    private volatile Map<String, StockOfProduct> stock;
    private volatile List<Item> newest;
    private volatile List<String> popular = List.of();
    private List<Item> arrived;
    private List<Arrival> arrivals = List.of();

    /**
     * Reads the products.
     *
     * @param database has the records
     * @param store the store's id
     * @param background reads again what has become old
     */
    KeptShelf(Database database, String store, Executor background) {
        this.database = database;
        this.store = store;
        this.background = background;
        productClock.timed(this::readProducts);
    }

    @Override
    public Optional<Item> item(String product) {
        return products.getOrDefault(product, Optional.empty());
    }

    @Override
    public boolean soldOut(String product) {
        StockOfProduct levels = stock().get(product);
        return levels != null && levels.available() <= 0;
    }

    private Map<String, StockOfProduct> stock() {
        Map<String, StockOfProduct> known = stock;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            if (stock == null) {
                stockClock.timed(this::readStock);
            }
            return stock;
        }
    }

    @Override
    public List<String> popular() {
        if (orderClock.due()) {
            background.execute(() -> orderClock.timed(this::readOrders));
        }
        return popular;
    }

    @Override
    public List<Item> newest() {
        List<Item> known = newest;
        if (known == null) {
            synchronized (this) {
                known = products.values().stream().map(Optional::get)
                        .sorted(Comparator.comparingLong(Item::createdAt).reversed().thenComparing(Item::id)).toList();
                newest = known;
            }
        }
        return known;
    }

    /** The same list until something in it is another, so that who works on it can keep what came out. */
    List<Arrival> arrivals() {
        List<Item> known = newest();
        synchronized (this) {
            if (known != arrived) {
                List<Arrival> now = known.stream().map(item -> new Arrival(item.id(), item.category(), item.createdAt())).toList();
                arrivals = now.equals(arrivals) ? arrivals : now;
                arrived = known;
            }
            return arrivals;
        }
    }

    /** Reads again in the background what another server may have changed. */
    void renewed() {
        if (productClock.due()) {
            background.execute(() -> productClock.timed(this::readProducts));
        }
        if (stock != null && stockClock.due()) {
            background.execute(() -> stockClock.timed(this::readStock));
        }
    }

    /** Takes over rows that were committed. */
    synchronized void changed(Records records, List<Object[]> rows) {
        if (records.entity() == Entity.PRODUCTS) {
            for (int from = 0; from < rows.size(); from += ASKED_TOGETHER) {
                readSome(rows.subList(from, Math.min(rows.size(), from + ASKED_TOGETHER)));
            }
            newest = null;
        } else if (records.entity() == Entity.STOCK && stock != null) {
            int product = records.first() + records.indexOf("productId");
            int location = records.first() + records.indexOf("location");
            int onHand = records.first() + records.indexOf("onHand");
            int reserved = records.first() + records.indexOf("reserved");
            for (Object[] row : rows) {
                counted(stock, (String) row[product], (String) row[location], records.timeOf(row), (Double) row[onHand],
                        row[reserved] == null ? 0 : (Double) row[reserved]);
            }
        }
    }

    /** Lets everything be read again, as rows were removed. */
    void removed() {
        productClock.reset();
        stockClock.reset();
        orderClock.reset();
    }

    private synchronized void readProducts() {
        Map<String, Optional<Item>> read = new ConcurrentHashMap<>();
        Map<String, String> texts = new HashMap<>();
        database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(PRODUCTS)) {
                select.setFetchSize(FETCH);
                select.setString(1, store);
                items(select, read, texts);
            }
            return null;
        });
        products = read;
        newest = null;
    }

    private void readSome(List<Object[]> rows) {
        String marks = ", ?".repeat(rows.size()).substring(2);
        database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(PRODUCTS + " and id in (" + marks + ")")) {
                select.setString(1, store);
                for (int i = 0; i < rows.size(); i++) {
                    select.setString(i + 2, (String) rows.get(i)[Records.ID]);
                }
                items(select, products, new HashMap<>());
            }
            return null;
        });
    }

    /** Categories, brands and values of attributes repeat; each is kept once. */
    private static void items(PreparedStatement select, Map<String, Optional<Item>> into, Map<String, String> texts) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                double price = row.getDouble(4);
                double known = row.wasNull() ? Double.NaN : price;
                Short active = row.getObject(5, Short.class);
                String id = row.getString(1);
                into.put(id, Optional.of(new Item(id, once(row.getString(2), texts), once(row.getString(3), texts), known,
                        active == null || active != 0, row.getLong(6), attributes(row.getString(7), texts))));
            }
        }
    }

    private static String once(String text, Map<String, String> texts) {
        return text == null ? "" : texts.computeIfAbsent(text, same -> same);
    }

    private static Map<String, String> attributes(String json, Map<String, String> texts) {
        Map<String, String> kept = new HashMap<>();
        Attributes.read(json).forEach((name, value) -> {
            if (value.length() <= LONGEST_ATTRIBUTE) {
                kept.put(once(name, texts), once(value, texts));
            }
        });
        return Map.copyOf(kept);
    }

    private synchronized void readStock() {
        Map<String, StockOfProduct> read = new ConcurrentHashMap<>();
        database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(STOCK)) {
                select.setFetchSize(FETCH);
                select.setString(1, store);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        counted(read, row.getString(1), row.getString(2), row.getLong(3), row.getDouble(4), row.getDouble(5));
                    }
                }
            }
            return null;
        });
        stock = read;
    }

    private static void counted(Map<String, StockOfProduct> stock, String product, String location, long time, double onHand,
            double reserved) {
        stock.merge(product, StockOfProduct.NONE.with(location, time, onHand - reserved),
                (known, one) -> known.with(location, time, onHand - reserved));
    }

    private void readOrders() {
        popular = database.jdbc((Connection connection) -> {
            try (PreparedStatement select = connection.prepareStatement(ORDERED)) {
                select.setString(1, store);
                try (ResultSet row = select.executeQuery()) {
                    List<String> ids = new ArrayList<>();
                    while (row.next()) {
                        ids.add(row.getString(1));
                    }
                    return List.copyOf(ids);
                }
            }
        });
    }
}
