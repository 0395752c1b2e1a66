package io.kontor.platform.data.internal;

import static io.kontor.platform.data.internal.Column.choice;
import static io.kontor.platform.data.internal.Column.date;
import static io.kontor.platform.data.internal.Column.flag;
import static io.kontor.platform.data.internal.Column.id;
import static io.kontor.platform.data.internal.Column.number;
import static io.kontor.platform.data.internal.Column.text;
import static io.kontor.platform.data.internal.Column.time;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.internal.Column.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How each entity is written and kept: the one place that knows columns, keys and tables. Start with {@link #of}.
 *
 * @param entity which records
 * @param table where they are kept
 * @param columns all columns but attributes, in the order of the table
 * @param key which columns make a row's identity, by index; its own id where it has one
 * @param clock index of the column that says when; -1 when rows have no time
 * @param customer index of the column that names a customer; -1 when there is none
 * @param attributes whether {@code attr.NAME} is kept
 */
record Records(Entity entity, String table, List<Column> columns, List<Integer> key, int clock, int customer, boolean attributes) {

    /** Where a row, as it goes to the database, has its store. */
    static final int STORE = 0;

    /** Where a row has its identity. */
    static final int ID = 1;

    private static final Map<Entity, Records> ALL = new EnumMap<>(Entity.class);

    static {
        define(Entity.PRODUCTS, "product", "id", null, true,
                id("id", "id").mandatory(), text("title", "title"), text("description", "description"), text("category", "category"),
                text("brand", "brand"), number("price", "price", Range.NOT_NEGATIVE), number("cost", "cost", Range.NOT_NEGATIVE),
                id("currency", "currency"), text("imageUrl", "image_url"), flag("active", "active"), time("createdAt", "created_at"));
        define(Entity.CUSTOMERS, "customer", "id", null, true,
                id("id", "id").mandatory(), time("createdAt", "created_at"), id("country", "country"), id("region", "region"),
                id("city", "city"), id("postalCode", "postal_code"), id("consent", "consent"));
        define(Entity.ORDERS, "order_line", "orderId,productId,unitPrice", "time", false,
                id("orderId", "order_id").mandatory(), time("time", "time").mandatory(), id("customerId", "customer_id"),
                id("productId", "product_id").mandatory(), number("quantity", "quantity", Range.NOT_ZERO).mandatory(),
                number("unitPrice", "unit_price", Range.NOT_NEGATIVE).mandatory(), number("discount", "discount", Range.ANY),
                id("channel", "channel"), id("status", "status"));
        define(Entity.EVENTS, "event", "id", "time", false,
                id("id", "id"), time("time", "time").mandatory(),
                choice("type", "type", "view", "search", "click", "cart", "purchase", "rating", "impression",
                        ConsentWords.AGREES, ConsentWords.OBJECTS).mandatory(),
                id("customerId", "customer_id"), id("sessionId", "session_id"), id("productId", "product_id"),
                number("value", "event_value", Range.ANY), text("query", "query"));
        define(Entity.SALES, "sale", "productId,date,location", "date", false,
                id("productId", "product_id").mandatory(), date("date", "date").mandatory(),
                number("quantity", "quantity", Range.ANY).mandatory(), id("location", "location"),
                number("price", "price", Range.NOT_NEGATIVE), flag("promotion", "promotion"), flag("inStock", "in_stock"));
        define(Entity.PRICES, "price", "productId,from,kind,source", "from", false,
                id("productId", "product_id").mandatory(), number("price", "price", Range.NOT_NEGATIVE).mandatory(),
                time("from", "valid_from").mandatory(), time("to", "valid_to"), choice("kind", "kind", "list", "sale", "competitor"),
                id("source", "source"));
        define(Entity.STOCK, "stock", "productId,time,location", "time", false,
                id("productId", "product_id").mandatory(), time("time", "time").mandatory(),
                number("onHand", "on_hand", Range.ANY).mandatory(), id("location", "location"),
                number("onOrder", "on_order", Range.NOT_NEGATIVE), number("reserved", "reserved", Range.NOT_NEGATIVE));
        define(Entity.SUPPLY, "supply", "productId,supplierId", null, false,
                id("productId", "product_id").mandatory(), id("supplierId", "supplier_id").mandatory(),
                number("leadTimeDays", "lead_time_days", Range.NOT_NEGATIVE).mandatory(),
                number("leadTimeStdDays", "lead_time_std_days", Range.NOT_NEGATIVE),
                number("minOrderQuantity", "min_order_quantity", Range.NOT_NEGATIVE), number("packSize", "pack_size", Range.POSITIVE),
                number("unitCost", "unit_cost", Range.NOT_NEGATIVE), number("orderCost", "order_cost", Range.NOT_NEGATIVE),
                number("holdingCostRate", "holding_cost_rate", Range.NOT_NEGATIVE));
        define(Entity.TRANSACTIONS, "payment_transaction", "id", "time", true,
                id("id", "id").mandatory(), time("time", "time").mandatory(), number("amount", "amount", Range.ANY).mandatory(),
                id("orderId", "order_id"), id("customerId", "customer_id"), id("currency", "currency"), id("method", "method"),
                id("country", "country"), id("billingCountry", "billing_country"), id("ip", "ip"), id("device", "device"),
                id("emailHash", "email_hash"), id("cardHash", "card_hash"), choice("label", "label", "fraud", "legitimate"),
                time("labelTime", "label_time"));
        define(Entity.APPLICATIONS, "application", "id", "time", true,
                id("id", "id").mandatory(), time("time", "time").mandatory(), number("amount", "amount", Range.ANY).mandatory(),
                id("customerId", "customer_id"), choice("label", "label", "default", "repaid"), time("labelTime", "label_time"));
        define(Entity.REVIEWS, "review", "id", "time", false,
                id("id", "id").mandatory(), time("time", "time").mandatory(), id("productId", "product_id"),
                id("customerId", "customer_id"), number("rating", "rating", Range.ANY), text("title", "title"), text("text", "text"),
                id("language", "language"));
    }

    static Records of(Entity entity) {
        return ALL.get(entity);
    }

    private static void define(Entity entity, String table, String key, String clock, boolean attributes, Column... columns) {
        List<String> names = Arrays.stream(columns).map(Column::name).toList();
        List<Integer> keys = Arrays.stream(key.split(",")).map(names::indexOf).toList();
        int customer = entity == Entity.CUSTOMERS ? 0 : names.indexOf("customerId");
        ALL.put(entity, new Records(entity, table, List.of(columns), keys, names.indexOf(clock), customer, attributes));
    }

    /** The name of the column that names a customer; null when there is none. */
    String customerName() {
        return customer < 0 ? null : columns.get(customer).name();
    }

    /** Whether a row may change after it was stored. Events may not: they are what happened. */
    boolean changing() {
        return entity != Entity.EVENTS;
    }

    /** Where a row has its first column: behind the store when that is the id itself, else behind the id that is made of the key. */
    int first() {
        return columns.get(0).sql().equals("id") ? ID : ID + 1;
    }

    /** All columns of the table in the order of {@link RowParser}'s rows. */
    List<String> tableColumns() {
        List<String> names = new ArrayList<>();
        names.add("store");
        if (first() > ID) {
            names.add("id");
        }
        columns.forEach(c -> names.add(c.sql()));
        if (attributes) {
            names.add("attributes");
        }
        names.add("digest");
        if (changing()) {
            names.add("seen");
        }
        return names;
    }

    /** Where a row of {@link RowParser} has its digest. */
    int digestIndex() {
        return first() + columns.size() + (attributes ? 1 : 0);
    }

    /** Where a row of {@link RowParser} has the number of the import that stored it; only for {@link #changing} records. */
    int seenIndex() {
        return digestIndex() + 1;
    }

    int width() {
        return digestIndex() + (changing() ? 2 : 1);
    }

    int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** When the thing of a row happened; null when such rows have no time. */
    Long timeOf(Object[] row) {
        return clock < 0 ? null : (Long) row[first() + clock];
    }

    /** Whose row it is; null when nobody's. */
    String customerOf(Object[] row) {
        return customer < 0 ? null : (String) row[first() + customer];
    }

    /** What the operator may write in a file, in words. */
    String columnNames() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", ")) + (attributes ? ", attr.NAME" : "");
    }
}
