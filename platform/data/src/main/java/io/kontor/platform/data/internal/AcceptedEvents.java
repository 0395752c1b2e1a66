package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.StoreData;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The order in which the newest events and order lines of each store were accepted and customers were forgotten, in the tables
 * {@code accepted_event} and {@code forgotten_customer}. Positions are given under the lock of the extent of the store's events, which is held
 * until the commit: they have no gaps, and none shows up behind one that was seen.
 */
final class AcceptedEvents {

    private static final List<Column> COLUMNS = Stream.concat(
            Stream.of(Column.number("position", "", Column.Range.ANY), Column.time("time", "")), TableSnapshot.EVENT_COLUMNS.stream()).toList();
    private static final int KEPT = StoreData.MOST_FOLLOWED;
    /** Older order lines are no news: they are left to the next training, so that the import of a shop's history pushes out no visit. */
    private static final Duration NEWS = Duration.ofDays(2);
    /** Stands for all customers. */
    static final String ANYBODY = "";
    /** With more to be forgotten at once, it may be anybody. */
    private static final int MOST_NAMED = 32;
    private static final Duration FORGOTTEN_KEPT = Duration.ofHours(1);
    private static final int TIDIED_AFTER = 10_000;
    private static final int EVENT_BYTES = 2 * Long.BYTES;
    /** Events in a row of the table. */
    private static final int TOGETHER = 256;
    /** Rows of the table in one page, so that a page has memory for few of them. */
    private static final int ROWS_OF_A_PAGE = 1_024;

    private AcceptedEvents() {
    }

    /**
     * Events and order lines in the order of their acceptance.
     *
     * @param first the position of the first of them
     * @param times when they happened
     * @param digests of their contents
     * @param lines which of them are order lines
     */
    record Page(long first, Long[] times, Long[] digests, BitSet lines) {

        /** The position of the last of them; just before the first when there is none. */
        long last() {
            return first + times.length - 1;
        }
    }

    /**
     * Notes rows in the transaction that adds them: events, order lines that are new enough, and which customers object.
     *
     * @param connection in that transaction
     * @param records events, orders or customers
     * @param rows as {@link RowParser} makes them
     * @param added which of them are new or, of customers, changed
     */
    static void note(Connection connection, Records records, List<Object[]> rows, BitSet added) throws SQLException {
        long news = System.currentTimeMillis() - NEWS.toMillis();
        // In order of their stores, so that two transactions cannot wait for each other.
        Map<String, List<Object[]>> stores = new TreeMap<>();
        added.stream().mapToObj(rows::get).filter(row -> switch (records.entity()) {
            case ORDERS -> records.timeOf(row) >= news;
            case CUSTOMERS -> objects(records, row);
            default -> true;
        }).forEach(row -> stores.computeIfAbsent((String) row[Records.STORE], id -> new ArrayList<>()).add(row));
        for (Map.Entry<String, List<Object[]>> store : stores.entrySet()) {
            if (records.entity() != Entity.EVENTS) {
                // Who removes persons locks the extents in this order, too.
                Extents.grow(connection, store.getKey(), records.entity(), new Extents.Growth().at(null));
            }
            if (records.entity() == Entity.CUSTOMERS) {
                forget(connection, store.getKey(), store.getValue().stream().map(records::customerOf).toList());
            } else {
                note(connection, records, store.getKey(), store.getValue());
            }
        }
    }

    private static boolean objects(Records records, Object[] row) {
        boolean event = records.entity() == Entity.EVENTS;
        if (event && !ConsentWords.OBJECTS.equals(row[records.first() + records.indexOf("type")])) {
            return false;
        }
        String words = (String) row[records.first() + records.indexOf(event ? "query" : "consent")];
        return words == null ? event : KnownCustomers.Use.FOLLOWED.purposes().stream()
                .anyMatch(purpose -> event == List.of(words.split("[\\s,;|]+")).contains(purpose.path()));
    }

    private static void note(Connection connection, Records records, String store, List<Object[]> rows) throws SQLException {
        Map<Long, String> forgotten = new TreeMap<>();
        ByteBuffer content = ByteBuffer.allocate(rows.size() * EVENT_BYTES);
        long before = Extents.accept(connection, store, rows.size()) - rows.size();
        for (int i = 0; i < rows.size(); i++) {
            Object[] row = rows.get(i);
            content.putLong(records.timeOf(row)).putLong((Long) row[records.digestIndex()]);
            if (records.entity() == Entity.EVENTS && objects(records, row)) {
                forgotten.put(before + i + 1, records.customerOf(row));
            }
        }
        insert(connection, records.entity(), store, before, content.array());
        forget(connection, store, forgotten);
    }

    private static void insert(Connection connection, Entity entity, String store, long before, byte[] content) throws SQLException {
        int size = content.length / EVENT_BYTES;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into accepted_event (store, position, content, entity) values (?, ?, ?, ?)")) {
            for (int start = 0; start < size; start += TOGETHER) {
                int end = Math.min(start + TOGETHER, size);
                insert.setString(1, store);
                insert.setLong(2, before + end);
                insert.setBytes(3, Arrays.copyOfRange(content, start * EVENT_BYTES, end * EVENT_BYTES));
                insert.setString(4, entity.path());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        long last = before + size;
        if (last / TIDIED_AFTER != before / TIDIED_AFTER) {
            try (PreparedStatement delete = connection.prepareStatement("delete from accepted_event where store = ? and position <= ?")) {
                delete.setString(1, store);
                delete.setLong(2, last - KEPT);
                delete.executeUpdate();
            }
        }
    }

    /**
     * Has everybody who follows a store forget customers, once this is committed.
     *
     * @param connection in a transaction that locks no more afterwards
     * @param store the store's id
     * @param customers those who object by the shop's own ids, those who were erased by their pseudonyms; {@link #ANYBODY} for all
     */
    static void forget(Connection connection, String store, List<String> customers) throws SQLException {
        List<String> named = customers.size() > MOST_NAMED ? List.of(ANYBODY) : customers;
        long before = Extents.accept(connection, store, named.size()) - named.size();
        // At a time at which nothing happened.
        insert(connection, Entity.EVENTS, store, before, new byte[named.size() * EVENT_BYTES]);
        Map<Long, String> forgotten = new TreeMap<>();
        named.forEach(customer -> forgotten.put(before + forgotten.size() + 1, customer));
        forget(connection, store, forgotten);
    }

    private static void forget(Connection connection, String store, Map<Long, String> forgotten) throws SQLException {
        if (forgotten.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into forgotten_customer (store, position, customer, noted_at) values (?, ?, ?, ?)")) {
            for (Map.Entry<Long, String> one : forgotten.entrySet()) {
                insert.setString(1, store);
                insert.setLong(2, one.getKey());
                insert.setString(3, one.getValue());
                insert.setLong(4, System.currentTimeMillis());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Removes the names of customers whom everybody has forgotten by now. */
    static void tidy(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from forgotten_customer where noted_at < ?")) {
            delete.setLong(1, System.currentTimeMillis() - FORGOTTEN_KEPT.toMillis());
            delete.executeUpdate();
        }
    }

    /** The position of a store's last event. */
    static long last(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select accepted from data_extent where store = ? and entity = ?")) {
            select.setString(1, store);
            select.setString(2, Entity.EVENTS.path());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** The first events and lines after a position, those that were erased since included; empty at the end. */
    static Page after(Connection connection, String store, long position) throws SQLException {
        long first = position + 1;
        List<Long> times = new ArrayList<>();
        List<Long> digests = new ArrayList<>();
        BitSet lines = new BitSet();
        try (PreparedStatement select = connection.prepareStatement("select position, content, entity from accepted_event where store = ? and "
                + "position > ? order by position limit " + ROWS_OF_A_PAGE)) {
            select.setString(1, store);
            select.setLong(2, position);
            try (ResultSet row = select.executeQuery()) {
                while (times.size() < RowBatch.CAPACITY && row.next()) {
                    ByteBuffer content = ByteBuffer.wrap(row.getBytes(2));
                    long at = row.getLong(1) - content.capacity() / EVENT_BYTES;
                    boolean line = row.getString(3).equals(Entity.ORDERS.path());
                    while (content.hasRemaining() && times.size() < RowBatch.CAPACITY) {
                        long time = content.getLong();
                        long digest = content.getLong();
                        if (++at > position) {
                            first = times.isEmpty() ? at : first;
                            lines.set(times.size(), line);
                            times.add(time);
                            digests.add(digest);
                        }
                    }
                }
            }
        }
        return new Page(first, times.toArray(Long[]::new), digests.toArray(Long[]::new), lines);
    }

    /** Who was forgotten after a position and up to another one: by the shop's own ids or by pseudonyms; {@link #ANYBODY} for all. */
    static List<String> forgotten(Connection connection, String store, long after, long last) throws SQLException {
        List<String> customers = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select customer from forgotten_customer where store = ? and "
                + "position > ? and position <= ? order by position")) {
            select.setString(1, store);
            select.setLong(2, after);
            select.setLong(3, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    customers.add(row.getString(1));
                }
            }
        }
        return customers;
    }

    /**
     * Reads what of a page are interactions of customers who agreed.
     *
     * @param connection on the database
     * @param store the store's id
     * @param page which ones, at least one
     * @param cleaning how the store's records are cleaned
     * @param customers how customers are called
     * @return rows as {@link StoreData#follow} gives them
     */
    static RowBatch read(Connection connection, String store, Page page, CleaningRules cleaning, KnownCustomers customers) throws SQLException {
        RowBatch batch = new RowBatch("events", COLUMNS, false);
        List<String> columns = cleaning.columns(Entity.EVENTS, TableSnapshot.EVENT_COLUMNS).stream().map(Column::sql).toList();
        String events = looked(String.join(", ", columns), Entity.EVENTS, cleaning.condition(Entity.EVENTS, ConsentWords.DEEDS));
        List<String> sold = cleaning.columns(Entity.ORDERS, TableSnapshot.LINE_COLUMNS).stream().map(Column::sql).toList();
        String quantity = sold.get(3);
        // Lines that an order has twice are the same but for their number.
        String lines = "select distinct " + looked("case when " + quantity + " > 0 then 'purchase' else 'return' end, " + sold.get(0)
                + ", " + sold.get(1) + ", " + sold.get(2) + ", abs(" + quantity + ")", Entity.ORDERS, cleaning.condition(Entity.ORDERS, ""));
        boolean both = !page.lines.isEmpty();
        try (PreparedStatement select = connection.prepareStatement(both
                ? "select " + events + " union all " + lines + " order by 1" : "select " + events + " order by 1")) {
            look(connection, select, 1, page, false, store);
            if (both) {
                look(connection, select, 4, page, true, store);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next() && !batch.full()) {
                    batch.add(row, 1);
                }
            }
        }
        String[] types = batch.texts("type");
        double[] positions = batch.numbers("position");
        double[] values = batch.numbers("value");
        for (int row = 0; row < batch.size(); row++) {
            boolean counted = page.lines.get((int) positions[row] - 1) || types[row].equals(Interaction.Type.RATING.text());
            values[row] = counted ? values[row] : 1;
            positions[row] += page.first - 1;
        }
        batch.remove(customers.see(batch.texts("customerId"), batch.size(), false).left);
        return batch;
    }

    /** An outer join, as it makes H2 look each row up in the index. */
    private static String looked(String columns, Entity entity, String condition) {
        return "k.place, time, " + columns + " from unnest(cast(? as bigint array), cast(? as bigint array)) with ordinality "
                + "as k(moment, content, place) left join " + Records.of(entity).table() + " on store = ? and time = k.moment and "
                + "digest = k.content where product_id is not null" + (condition.isEmpty() ? "" : " and " + condition);
    }

    private static void look(Connection connection, PreparedStatement select, int parameter, Page page, boolean lines, String store)
            throws SQLException {
        Long[] times = page.times.clone();
        for (int i = 0; i < times.length; i++) {
            times[i] = page.lines.get(i) == lines ? times[i] : null;
        }
        select.setArray(parameter, connection.createArrayOf("bigint", times));
        select.setArray(parameter + 1, connection.createArrayOf("bigint", page.digests));
        select.setString(parameter + 2, store);
    }
}
