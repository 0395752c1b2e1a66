package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.api.data.StoreData;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The order in which the newest events of each store were accepted, in the table {@code accepted_event}. Positions are given under the lock of
 * the store's extent, which is held until the commit: they have no gaps, and none shows up behind one that was seen.
 */
final class AcceptedEvents {

    private static final Records RECORDS = Records.of(Entity.EVENTS);
    private static final List<Column> COLUMNS = Stream.concat(
            Stream.of(Column.number("position", "", Column.Range.ANY), Column.time("time", "")), TableSnapshot.EVENT_COLUMNS.stream()).toList();
    private static final int KEPT = StoreData.MOST_FOLLOWED;
    private static final int TIDIED_AFTER = 10_000;
    private static final int EVENT_BYTES = 2 * Long.BYTES;
    /** Events in a row of the table. */
    private static final int TOGETHER = 256;
    /** Rows of the table in one page, so that a page has memory for few of them. */
    private static final int ROWS_OF_A_PAGE = 1_024;

    private AcceptedEvents() {
    }

    /**
     * Events in the order of their acceptance.
     *
     * @param first the position of the first of them
     * @param times when they happened
     * @param digests of their contents
     */
    record Page(long first, Long[] times, Long[] digests) {

        /** The position of the last of them; just before the first when there is none. */
        long last() {
            return first + times.length - 1;
        }
    }

    /**
     * Notes events in the transaction that adds them.
     *
     * @param connection in that transaction
     * @param rows as {@link RowParser} makes them
     * @param added which of them are new
     */
    static void note(Connection connection, List<Object[]> rows, BitSet added) throws SQLException {
        // In order of their stores, so that two transactions cannot wait for each other.
        Map<String, List<Object[]>> stores = new TreeMap<>();
        added.stream().forEach(row -> stores.computeIfAbsent((String) rows.get(row)[Records.STORE], id -> new ArrayList<>()).add(rows.get(row)));
        for (Map.Entry<String, List<Object[]>> store : stores.entrySet()) {
            note(connection, store.getKey(), store.getValue());
        }
    }

    private static void note(Connection connection, String store, List<Object[]> events) throws SQLException {
        long before = Extents.accept(connection, store, events.size()) - events.size();
        try (PreparedStatement insert = connection.prepareStatement("insert into accepted_event (store, position, content) values (?, ?, ?)")) {
            for (int start = 0; start < events.size(); start += TOGETHER) {
                List<Object[]> part = events.subList(start, Math.min(start + TOGETHER, events.size()));
                ByteBuffer content = ByteBuffer.allocate(part.size() * EVENT_BYTES);
                part.forEach(event -> content.putLong(RECORDS.timeOf(event)).putLong((Long) event[RECORDS.digestIndex()]));
                insert.setString(1, store);
                insert.setLong(2, before + start + part.size());
                insert.setBytes(3, content.array());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        long last = before + events.size();
        if (last / TIDIED_AFTER != before / TIDIED_AFTER) {
            try (PreparedStatement delete = connection.prepareStatement("delete from accepted_event where store = ? and position <= ?")) {
                delete.setString(1, store);
                delete.setLong(2, last - KEPT);
                delete.executeUpdate();
            }
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

    /** The first events after a position, those that were erased since included; empty at the end. */
    static Page after(Connection connection, String store, long position) throws SQLException {
        long first = position + 1;
        List<Long> times = new ArrayList<>();
        List<Long> digests = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select position, content from accepted_event where store = ? and "
                + "position > ? order by position limit " + ROWS_OF_A_PAGE)) {
            select.setString(1, store);
            select.setLong(2, position);
            try (ResultSet row = select.executeQuery()) {
                while (times.size() < RowBatch.CAPACITY && row.next()) {
                    ByteBuffer content = ByteBuffer.wrap(row.getBytes(2));
                    long at = row.getLong(1) - content.capacity() / EVENT_BYTES;
                    while (content.hasRemaining() && times.size() < RowBatch.CAPACITY) {
                        long time = content.getLong();
                        long digest = content.getLong();
                        if (++at > position) {
                            first = times.isEmpty() ? at : first;
                            times.add(time);
                            digests.add(digest);
                        }
                    }
                }
            }
        }
        return new Page(first, times.toArray(Long[]::new), digests.toArray(Long[]::new));
    }

    /**
     * Reads those events of a page that are interactions and of customers who agreed.
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
        String columns = cleaning.columns(Entity.EVENTS, TableSnapshot.EVENT_COLUMNS).stream().map(Column::sql)
                .collect(Collectors.joining(", "));
        // An outer join, as it makes H2 look each event up in the index.
        try (PreparedStatement select = connection.prepareStatement("select k.place, time, " + columns
                + " from unnest(cast(? as bigint array), cast(? as bigint array)) with ordinality as k(moment, content, place) "
                + "left join event on store = ? and time = k.moment and digest = k.content where product_id is not null and "
                + cleaning.condition(Entity.EVENTS, ConsentWords.DEEDS) + " order by k.place")) {
            select.setArray(1, connection.createArrayOf("bigint", page.times));
            select.setArray(2, connection.createArrayOf("bigint", page.digests));
            select.setString(3, store);
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
            positions[row] += page.first - 1;
            values[row] = types[row].equals(Interaction.Type.RATING.text()) ? values[row] : 1;
        }
        batch.remove(customers.see(batch.texts("customerId"), batch.size(), false).left);
        return batch;
    }
}
