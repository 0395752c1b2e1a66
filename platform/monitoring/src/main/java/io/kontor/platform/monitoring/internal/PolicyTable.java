package io.kontor.platform.monitoring.internal;

import io.kontor.platform.monitoring.MonitoringPolicy;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** The table {@code monitoring_policy}. */
final class PolicyTable {

    private static final String OF_PLUGIN = " where store = ? and plugin = ?";

    private final Database database;

    PolicyTable(Database database) {
        this.database = database;
    }

    MonitoringPolicy find(String store, String plugin) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select content from monitoring_policy" + OF_PLUGIN
                    + " and content is not null")) {
                select.setString(1, store);
                select.setString(2, plugin);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? MonitoringJson.policy(row.getString(1)) : MonitoringPolicy.DEFAULT;
                }
            }
        });
    }

    void put(String store, String plugin, MonitoringPolicy policy) {
        database.jdbc(connection -> {
            present(connection, store, plugin);
            try (PreparedStatement update = connection.prepareStatement("update monitoring_policy set content = ?" + OF_PLUGIN)) {
                update.setString(1, MonitoringJson.write(policy));
                update.setString(2, store);
                update.setString(3, plugin);
                return update.executeUpdate();
            }
        });
    }

    private static void present(Connection connection, String store, String plugin) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into monitoring_policy (store, plugin) values (?, ?) "
                + "on conflict do nothing")) {
            insert.setString(1, store);
            insert.setString(2, plugin);
            insert.executeUpdate();
        }
    }

    /**
     * Takes the turn to train, on one node of several.
     *
     * @return false when another training followed a problem less than the cool-down ago
     */
    boolean take(String store, String plugin, Instant now, Duration coolDown) {
        return database.jdbc(connection -> {
            present(connection, store, plugin);
            try (PreparedStatement update = connection.prepareStatement("update monitoring_policy set retrained = ?" + OF_PLUGIN
                    + " and (retrained is null or retrained <= ?)")) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setString(2, store);
                update.setString(3, plugin);
                update.setTimestamp(4, Timestamp.from(now.minus(coolDown)));
                return update.executeUpdate() == 1;
            }
        });
    }
}
