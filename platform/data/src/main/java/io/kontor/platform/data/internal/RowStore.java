package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stores rows of one entity and recognises those that are there already. Immutable; safe for several threads, each with its connection.
 *
 * <p>A row is known by its identity. The same identity a second time in one import is a duplicate, whose content counts if it differs; from an
 * earlier import it is a duplicate when its content is the same and replaces the row otherwise. Events are never replaced. An order may
 * have the same line several times: those are told apart by counting them within the import.
 */
final class RowStore {

    /** {@code seen} of rows that came by no import. */
    static final int NO_IMPORT = 0;

    private final Records records;
    private final BulkInsert insert;
    private final String select;
    private final String update;
    private final String mark;

    RowStore(Database database, Records records) {
        this.records = records;
        List<String> columns = records.tableColumns();
        insert = database.bulkInsert(records.table(), List.of("store", "id"), columns);
        // An outer join, as it makes H2 look each identity up in the key; with id = any(?) it reads the whole store.
        select = "select t.id, t.digest" + (records.changing() ? ", t.seen" : "") + " from unnest(cast(? as varchar array)) as k(id) left join "
                + records.table() + " t on t.store = ? and t.id = k.id";
        update = "update " + records.table() + " set " + String.join(" = ?, ", columns.subList(Records.ID + 1, columns.size()))
                + " = ? where store = ? and id = ?";
        mark = "update " + records.table() + " set seen = ? where store = ? and id = ?";
    }

    /**
     * What became of some rows.
     *
     * @param stored rows that are new or changed what was there
     * @param duplicates rows that were there already
     * @param added rows by which the table has grown
     */
    record Outcome(int stored, int duplicates, int added) {
    }

    /** What the table has under an identity. */
    private record Known(long digest, int seen) {
    }

    /**
     * Stores rows.
     *
     * @param connection in a transaction
     * @param rows as {@link RowParser} makes them; of one store, unless they are events; order lines are given their full identity
     * @param number the import's number
     * @return what became of them
     */
    Outcome store(Connection connection, List<Object[]> rows, int number) throws SQLException {
        if (rows.isEmpty()) {
            return new Outcome(0, 0, 0);
        }
        if (records.changing()) {
            rows.forEach(row -> row[records.seenIndex()] = number);
        }
        if (records.entity() == Entity.ORDERS) {
            return storeLines(connection, rows, number);
        }
        BitSet added = insert.insert(connection, rows);
        if (records.entity() == Entity.EVENTS) {
            ConsentTable.take(connection, rows);
            AcceptedEvents.note(connection, records, rows, added);
        }
        int count = added.cardinality();
        noteCustomers(connection, added.stream().mapToObj(rows::get).toList());
        if (!records.changing() || count == rows.size()) {
            return new Outcome(count, rows.size() - count, count);
        }
        List<Object[]> others = without(rows, added);
        Map<String, Known> known = known(connection, others);
        Map<String, Object[]> changed = new LinkedHashMap<>();
        int replaced = 0;
        for (Object[] row : others) {
            String id = (String) row[Records.ID];
            Known before = known.get(id);
            long digest = (Long) row[records.digestIndex()];
            if (before.digest != digest) {
                replaced += before.seen == number ? 0 : 1;
                changed.put(id, row);
                known.put(id, new Known(digest, number));
            }
        }
        update(connection, changed.values());
        noteCustomers(connection, List.copyOf(changed.values()));
        return new Outcome(count + replaced, rows.size() - count - replaced, count);
    }

    private void noteCustomers(Connection connection, List<Object[]> changed) throws SQLException {
        if (records.entity() == Entity.CUSTOMERS) {
            AcceptedEvents.note(connection, records, changed, all(changed));
        }
    }

    private static BitSet all(List<Object[]> rows) {
        BitSet all = new BitSet();
        all.set(0, rows.size());
        return all;
    }

    /** Gives each line its number within its order, as far as this import has come, and stores it. */
    private Outcome storeLines(Connection connection, List<Object[]> rows, int number) throws SQLException {
        Map<String, Integer> repeats = new HashMap<>();
        List<Line> pending = new ArrayList<>(rows.size());
        for (Object[] row : rows) {
            String line = (String) row[Records.ID];
            pending.add(new Line(row, line, repeats.merge(line, 1, Integer::sum)));
        }
        int added = 0;
        List<Object[]> fresh = new ArrayList<>();
        List<Object[]> changed = new ArrayList<>();
        List<Object[]> unchanged = new ArrayList<>();
        while (!pending.isEmpty()) {
            List<Object[]> numbered = new ArrayList<>(pending.size());
            pending.forEach(line -> numbered.add(line.number()));
            BitSet inserted = insert.insert(connection, numbered);
            added += inserted.cardinality();
            inserted.stream().mapToObj(numbered::get).forEach(fresh::add);
            Map<String, Known> known = known(connection, without(numbered, inserted));
            List<Line> again = new ArrayList<>();
            for (int i = inserted.nextClearBit(0); i < pending.size(); i = inserted.nextClearBit(i + 1)) {
                Line line = pending.get(i);
                Known before = known.get((String) line.row[Records.ID]);
                if (before.seen == number) {
                    // Taken by an earlier batch of this import. Stepping by the repeats in this batch keeps its lines apart.
                    again.add(new Line(line.row, line.identity, line.count + repeats.get(line.identity)));
                } else if (before.digest == (Long) line.row[records.digestIndex()]) {
                    unchanged.add(line.row);
                } else {
                    changed.add(line.row);
                }
            }
            pending = again;
        }
        update(connection, changed);
        mark(connection, unchanged, number);
        AcceptedEvents.note(connection, records, fresh, all(fresh));
        int stored = added + changed.size();
        return new Outcome(stored, rows.size() - stored, added);
    }

    /** An order line and the how-many-th of its kind it may be. */
    private record Line(Object[] row, String identity, int count) {

        Object[] number() {
            row[Records.ID] = identity + '|' + count;
            return row;
        }
    }

    /** How many of some rows, each of another identity, would be stored; for a check that changes nothing. */
    int fresh(Connection connection, List<Object[]> rows) throws SQLException {
        Map<String, Known> known = known(connection, rows);
        int fresh = 0;
        for (Object[] row : rows) {
            Known before = known.get((String) row[Records.ID]);
            boolean replaces = before != null && records.changing() && before.digest != (Long) row[records.digestIndex()];
            fresh += before == null || replaces ? 1 : 0;
        }
        return fresh;
    }

    private Map<String, Known> known(Connection connection, List<Object[]> rows) throws SQLException {
        Map<String, Known> known = new HashMap<>();
        if (rows.isEmpty()) {
            return known;
        }
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(1, connection.createArrayOf("varchar", rows.stream().map(row -> row[Records.ID]).distinct().toArray()));
            statement.setString(2, (String) rows.get(0)[Records.STORE]);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    String id = found.getString(1);
                    if (id != null) {
                        known.put(id, new Known(found.getLong(2), records.changing() ? found.getInt(3) : NO_IMPORT));
                    }
                }
            }
        }
        return known;
    }

    private void update(Connection connection, Collection<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            for (Object[] row : rows) {
                int parameter = 1;
                for (int i = Records.ID + 1; i < row.length; i++) {
                    statement.setObject(parameter++, row[i]);
                }
                statement.setObject(parameter++, row[Records.STORE]);
                statement.setObject(parameter, row[Records.ID]);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Notes that an import has met rows whose content it leaves as it is. */
    private void mark(Connection connection, List<Object[]> rows, int number) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(mark)) {
            for (Object[] row : rows) {
                statement.setInt(1, number);
                statement.setObject(2, row[Records.STORE]);
                statement.setObject(3, row[Records.ID]);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static List<Object[]> without(List<Object[]> rows, BitSet inserted) {
        List<Object[]> others = new ArrayList<>(rows.size() - inserted.cardinality());
        for (int i = inserted.nextClearBit(0); i < rows.size(); i = inserted.nextClearBit(i + 1)) {
            others.add(rows.get(i));
        }
        return others;
    }
}
