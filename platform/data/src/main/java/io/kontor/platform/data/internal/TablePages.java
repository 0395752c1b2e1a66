package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Walks over a store's rows of one table in the order of time and content, page by page, each page a query that the table's order index answers.
 * Pages and not one long result, because H2 collects a result before it gives the first row. For one thread.
 */
final class TablePages {

    private final Connection connection;
    private final String store;
    private final String sameMoment;
    private final String later;
    private final long until;
    private final RowBatch batch;
    private final long[] times = new long[RowBatch.CAPACITY];
    private final long[] digests = new long[RowBatch.CAPACITY];
    private long time;
    private long digest;
    private int passed;
    private boolean ended;
    private final KnownCustomers customers;
    private final String person;
    private final boolean persons;
    private BitSet unlinked = new BitSet();
    private long left;

    /**
     * Before the first page.
     *
     * @param connection in the transaction of the snapshot
     * @param store whose rows
     * @param records which table
     * @param columns which columns of it
     * @param attributes whether attributes are wanted
     * @param condition a further condition on the rows; may be empty
     * @param from first moment; null for no bound
     * @param until first moment after; null for no bound
     * @param customers how customers are called
     */
    TablePages(Connection connection, String store, Records records, List<Column> columns, boolean attributes, String condition, Long from,
            Long until, KnownCustomers customers) {
        this.customers = customers;
        this.persons = records.entity() == Entity.CUSTOMERS;
        this.person = columns.stream().map(Column::name).filter(name -> name.equals(records.customerName())).findFirst().orElse(null);
        this.connection = connection;
        this.store = store;
        this.time = from == null ? Long.MIN_VALUE : from - 1;
        this.until = until == null ? Long.MAX_VALUE : until;
        this.batch = new RowBatch(records.entity().path(), columns, attributes);
        boolean timed = records.clock() >= 0;
        String clock = timed ? records.columns().get(records.clock()).sql() : null;
        String select = "select " + (timed ? clock : "0") + ", digest, " + columns.stream().map(Column::sql).collect(Collectors.joining(", "))
                + (attributes ? ", attributes" : "") + " from " + records.table() + " where store = ?";
        String further = condition.isEmpty() ? "" : " and " + condition;
        String order = further + " order by store, " + (timed ? clock + ", " : "") + "digest limit ? offset ?";
        if (timed) {
            this.sameMoment = select + " and " + clock + " = ? and digest >= ?" + order;
            this.later = select + " and " + clock + " > ? and " + clock + " < ?" + order;
        } else {
            this.sameMoment = select + " and digest >= ?" + order;
            this.later = null;
            this.digest = Long.MIN_VALUE;
        }
    }

    /** Goes to the next page that shows rows; false when there is none. */
    boolean next() throws SQLException {
        do {
            batch.clear();
            if (ended) {
                return false;
            }
            fetch();
            if (person != null) {
                show(customers.see(batch.texts(person), batch.size(), persons));
            }
        } while (batch.size() == 0);
        return true;
    }

    private void show(KnownCustomers.Seen seen) {
        unlinked = seen.unlinked;
        if (!seen.left.isEmpty()) {
            left += seen.left.cardinality();
            int kept = 0;
            for (int row = 0; row < batch.size(); row++) {
                if (!seen.left.get(row)) {
                    times[kept] = times[row];
                    digests[kept++] = digests[row];
                }
            }
            batch.remove(seen.left);
        }
    }

    private void fetch() throws SQLException {
        if (later == null) {
            fetch(sameMoment, passed, digest);
        } else {
            if (passed > 0) {
                fetch(sameMoment, passed, time, digest);
            }
            if (!batch.full()) {
                fetch(later, 0, time, until);
            }
        }
        ended = !batch.full();
    }

    private void fetch(String sql, int offset, long... bounds) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int parameter = 1;
            select.setString(parameter++, store);
            for (long bound : bounds) {
                select.setLong(parameter++, bound);
            }
            select.setInt(parameter++, RowBatch.CAPACITY - batch.size());
            select.setInt(parameter, offset);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int at = batch.size();
                    times[at] = row.getLong(1);
                    digests[at] = row.getLong(2);
                    passed = passed > 0 && times[at] == time && digests[at] == digest ? passed + 1 : 1;
                    time = times[at];
                    digest = digests[at];
                    batch.add(row, 3);
                }
            }
        }
    }

    RowBatch batch() {
        return batch;
    }

    /** Whether a row's customer was taken away. */
    boolean unlinked(int row) {
        return unlinked.get(row);
    }

    /** How many rows were left out so far for their customers' sake. */
    long left() {
        return left;
    }

    long time(int row) {
        return times[row];
    }

    long digest(int row) {
        return digests[row];
    }
}
