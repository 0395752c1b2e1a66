package io.kontor.platform.data.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Walks over a store's rows of one table in the order of time and content, page by page, each page a query that the table's order index answers.
 * Pages and not one long result, because H2 collects a result before it gives the first row. For one thread.
 */
final class TablePages {

    private final Connection connection;
    private final String store;
    private final String sql;
    private final boolean timed;
    private final Long from;
    private final Long until;
    private final RowBatch batch;
    private final long[] times = new long[RowBatch.CAPACITY];
    private final long[] digests = new long[RowBatch.CAPACITY];
    private long time = Long.MIN_VALUE;
    private long digest = Long.MIN_VALUE;
    private int passed;
    private boolean ended;

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
     */
    TablePages(Connection connection, String store, Records records, List<Column> columns, boolean attributes, String condition, Long from,
            Long until) {
        this.connection = connection;
        this.store = store;
        this.timed = records.clock() >= 0;
        this.from = timed ? from : null;
        this.until = timed ? until : null;
        this.batch = new RowBatch(records.entity().path(), columns, attributes);
        String clock = timed ? records.columns().get(records.clock()).sql() : null;
        this.sql = "select " + (timed ? clock : "0") + ", digest, " + columns.stream().map(Column::sql).collect(Collectors.joining(", "))
                + (attributes ? ", attributes" : "") + " from " + records.table() + " where store = ?"
                + (timed ? " and " + clock + " >= ? and " + clock + " < ? and (" + clock + " > ? or digest >= ?)" : " and digest >= ?")
                + (condition.isEmpty() ? "" : " and " + condition)
                + " order by store, " + (timed ? clock + ", " : "") + "digest limit " + RowBatch.CAPACITY + " offset ?";
    }

    /** Goes to the next page; false when there is none. */
    boolean next() throws SQLException {
        batch.clear();
        if (ended) {
            return false;
        }
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int parameter = 1;
            select.setString(parameter++, store);
            if (timed) {
                select.setLong(parameter++, Math.max(time, from == null ? Long.MIN_VALUE : from));
                select.setLong(parameter++, until == null ? Long.MAX_VALUE : until);
                select.setLong(parameter++, time);
            }
            select.setLong(parameter++, digest);
            select.setInt(parameter, passed);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int at = batch.size();
                    times[at] = row.getLong(1);
                    digests[at] = row.getLong(2);
                    passed = times[at] == time && digests[at] == digest ? passed + 1 : 1;
                    time = times[at];
                    digest = digests[at];
                    batch.add(row, 3);
                }
            }
        }
        ended = !batch.full();
        return batch.size() > 0;
    }

    RowBatch batch() {
        return batch;
    }

    long time(int row) {
        return times[row];
    }

    long digest(int row) {
        return digests[row];
    }
}
