package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placements.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tables {@code placement} and {@code placement_change}. */
final class PlacementTable {

    private static final TypeReference<Placement> PLACEMENT = new TypeReference<>() {
    };

    private PlacementTable() {
    }

    static List<Placement> list(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select content from placement where store = ? order by id")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                List<Placement> placements = new ArrayList<>();
                while (row.next()) {
                    placements.add(LogJson.read(row.getString(1), PLACEMENT));
                }
                return placements;
            }
        }
    }

    static void put(Connection connection, String store, Placement placement, String by) throws SQLException {
        String content = LogJson.write(placement);
        try (PreparedStatement update = connection.prepareStatement("update placement set content = ? where store = ? and id = ?")) {
            update.setString(1, content);
            update.setString(2, store);
            update.setString(3, placement.id());
            if (update.executeUpdate() == 0) {
                insert(connection, store, placement.id(), content);
            }
        }
        note(connection, store, placement.id(), by, content);
    }

    private static void insert(Connection connection, String store, String id, String content) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into placement (store, id, content) values (?, ?, ?)")) {
            insert.setString(1, store);
            insert.setString(2, id);
            insert.setString(3, content);
            insert.executeUpdate();
        }
    }

    private static void note(Connection connection, String store, String id, String by, String content) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into placement_change (store, placement, version, changed_at, "
                + "changed_by, content) select ?, ?, coalesce(max(version), 0) + 1, ?, ?, ? from placement_change "
                + "where store = ? and placement = ?")) {
            insert.setString(1, store);
            insert.setString(2, id);
            insert.setTimestamp(3, Timestamp.from(Instant.now()));
            insert.setString(4, by);
            insert.setString(5, content);
            insert.setString(6, store);
            insert.setString(7, id);
            insert.executeUpdate();
        }
    }

    static boolean delete(Connection connection, String store, String id, String by) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from placement where store = ? and id = ?")) {
            delete.setString(1, store);
            delete.setString(2, id);
            if (delete.executeUpdate() == 0) {
                return false;
            }
        }
        note(connection, store, id, by, null);
        return true;
    }

    static List<Change> history(Connection connection, String store, String id, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select version, changed_at, changed_by, content from placement_change "
                + "where store = ? and placement = ? order by version desc limit ?")) {
            select.setString(1, store);
            select.setString(2, id);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                List<Change> changes = new ArrayList<>();
                while (row.next()) {
                    String content = row.getString(4);
                    changes.add(new Change(row.getLong(1), row.getTimestamp(2).toInstant(), row.getString(3),
                            content == null ? null : LogJson.read(content, PLACEMENT)));
                }
                return changes;
            }
        }
    }

    static void deleteAll(Connection connection, String store) throws SQLException {
        for (String table : List.of("placement", "placement_change")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where store = ?")) {
                delete.setString(1, store);
                delete.executeUpdate();
            }
        }
    }
}
