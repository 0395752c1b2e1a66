package io.kontor.platform.persistence.internal;

import io.kontor.platform.persistence.BulkInsert;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** Inserts by COPY into a temporary table and one statement from there, PostgreSQL's fastest way that can skip existing keys. */
final class CopyBulkInsert implements BulkInsert {

    private static final int ROW_LENGTH = 160;

    private final int[] key;
    private final String create;
    private final String copy;
    private final String move;

    CopyBulkInsert(String table, List<String> key, List<String> columns) {
        this.key = key.stream().mapToInt(columns::indexOf).toArray();
        String names = String.join(", ", columns);
        String temporary = "bulk_" + table;
        this.create = "create temporary table if not exists " + temporary + " on commit delete rows as select " + names + " from " + table
                + " with no data";
        this.copy = "copy " + temporary + " (" + names + ") from stdin";
        this.move = "insert into " + table + " (" + names + ") select " + names + " from " + temporary + " on conflict do nothing returning "
                + String.join(", ", key);
    }

    @Override
    public BitSet insert(Connection connection, List<Object[]> rows) throws SQLException {
        BitSet inserted = new BitSet(rows.size());
        if (rows.isEmpty()) {
            return inserted;
        }
        Map<String, Integer> first = new HashMap<>(rows.size() * 2);
        StringBuilder text = new StringBuilder(rows.size() * ROW_LENGTH);
        for (int row = 0; row < rows.size(); row++) {
            if (first.putIfAbsent(keyOf(rows.get(row)), row) == null) {
                append(text, rows.get(row));
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(create);
            try {
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new StringReader(text.toString()));
            } catch (IOException e) {
                throw new SQLException("the rows could not be sent", e);
            }
            try (ResultSet moved = statement.executeQuery(move)) {
                while (moved.next()) {
                    inserted.set(first.get(keyOf(moved)));
                }
            }
            statement.execute("truncate " + copy.split(" ")[1]);
        }
        return inserted;
    }

    private String keyOf(Object[] row) {
        StringBuilder text = new StringBuilder();
        for (int column : key) {
            text.append(row[column]).append('\0');
        }
        return text.toString();
    }

    private String keyOf(ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int column = 1; column <= key.length; column++) {
            text.append(row.getString(column)).append('\0');
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Object[] row) {
        for (int column = 0; column < row.length; column++) {
            if (column > 0) {
                text.append('\t');
            }
            Object value = row[column];
            if (value == null) {
                text.append("\\N");
            } else if (value instanceof byte[] bytes) {
                text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
            } else {
                escape(text, value.toString());
            }
        }
        text.append('\n');
    }

    private static void escape(StringBuilder text, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
