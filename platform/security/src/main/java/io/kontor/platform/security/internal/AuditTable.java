package io.kontor.platform.security.internal;

import io.kontor.platform.persistence.Database;
import io.kontor.platform.security.AuditLog.Entry;
import io.kontor.platform.security.AuditLog.Noted;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The table {@code audit}. It is added to and read, nothing else. */
final class AuditTable {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_SUBJECT = 500;
    private static final int LONGEST_STORE = 63;

    private final Database database;

    AuditTable(Database database) {
        this.database = database;
    }

    void add(List<Entry> entries) {
        database.jdbc(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into audit (noted_at, actor, action, store, subject, status) values (?, ?, ?, ?, ?, ?)")) {
                for (Entry entry : entries) {
                    insert.setTimestamp(1, Timestamp.from(entry.time()));
                    insert.setString(2, cut(entry.actor(), LONGEST_NAME));
                    insert.setString(3, cut(entry.action(), LONGEST_NAME));
                    insert.setString(4, entry.store() == null ? null : cut(entry.store(), LONGEST_STORE));
                    insert.setString(5, cut(entry.subject(), LONGEST_SUBJECT));
                    insert.setInt(6, entry.status());
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    /** Makes every text one that the table takes: an entry that it refused would hold up all that follow. */
    private static String cut(String text, int longest) {
        String kept = text.replace('\0', '?');
        return kept.length() <= longest ? kept : kept.substring(0, longest - 1) + "…";
    }

    List<Noted> list(String store, Instant from, Instant to, long before, int limit) {
        List<Object> values = new ArrayList<>(List.of(before));
        StringBuilder sql = new StringBuilder("select id, noted_at, actor, action, store, subject, status from audit where id < ?");
        restrict(sql, values, " and store = ?", store);
        restrict(sql, values, " and noted_at >= ?", from == null ? null : Timestamp.from(from));
        restrict(sql, values, " and noted_at < ?", to == null ? null : Timestamp.from(to));
        sql.append(" order by id desc limit ?");
        values.add(limit);
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
                for (int i = 0; i < values.size(); i++) {
                    select.setObject(i + 1, values.get(i));
                }
                try (ResultSet rows = select.executeQuery()) {
                    return read(rows);
                }
            }
        });
    }

    private static void restrict(StringBuilder sql, List<Object> values, String condition, Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    private static List<Noted> read(ResultSet rows) throws SQLException {
        List<Noted> found = new ArrayList<>();
        while (rows.next()) {
            found.add(new Noted(rows.getLong(1), new Entry(rows.getTimestamp(2).toInstant(), rows.getString(3), rows.getString(4),
                    rows.getString(5), rows.getString(6), rows.getInt(7))));
        }
        return found;
    }
}
