package io.kontor.platform.persistence.internal;

import io.kontor.platform.persistence.BulkInsert;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/** Inserts by a batched statement that skips existing keys and tells so row by row; H2's way. */
final class StatementBulkInsert implements BulkInsert {

    private final String sql;
    private final int columns;

    StatementBulkInsert(String table, List<String> columns) {
        this.columns = columns.size();
        this.sql = "insert into " + table + " (" + String.join(", ", columns) + ") values (" + "?, ".repeat(columns.size() - 1)
                + "?) on conflict do nothing";
    }

    @Override
    public BitSet insert(Connection connection, List<Object[]> rows) throws SQLException {
        BitSet inserted = new BitSet(rows.size());
        if (rows.isEmpty()) {
            return inserted;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                for (int column = 0; column < columns; column++) {
                    statement.setObject(column + 1, SqlValues.of(row[column]));
                }
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int row = 0; row < counts.length; row++) {
                inserted.set(row, counts[row] > 0);
            }
        }
        return inserted;
    }
}
