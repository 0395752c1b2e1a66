package io.kontor.platform.monitoring.internal;

import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Look;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** The table {@code monitoring_look}. */
final class LookTable {

    /** How many looks are kept of each plugin: more than a year of days. */
    static final int KEPT = 400;

    private static final String OF_PLUGIN = " where store = ? and plugin = ?";

    private final Database database;

    LookTable(Database database) {
        this.database = database;
    }

    static void add(Connection connection, String store, String plugin, Look look) throws SQLException {
        try (PreparedStatement old = connection.prepareStatement("update monitoring_look set pictures = null" + OF_PLUGIN
                + " and pictures is not null")) {
            old.setString(1, store);
            old.setString(2, plugin);
            old.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into monitoring_look (store, plugin, looked_at, summary, pictures) "
                + "values (?, ?, ?, ?, ?)")) {
            insert.setString(1, store);
            insert.setString(2, plugin);
            insert.setTimestamp(3, Timestamp.from(look.at()));
            insert.setString(4, MonitoringJson.write(new MonitoringJson.Kept(look.model(), look.number(), look.figuresOnly().findings())));
            insert.setString(5, MonitoringJson.write(look.findings()));
            insert.executeUpdate();
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from monitoring_look" + OF_PLUGIN
                + " and id not in (select id from monitoring_look" + OF_PLUGIN + " order by id desc limit " + KEPT + ")")) {
            delete.setString(1, store);
            delete.setString(2, plugin);
            delete.setString(3, store);
            delete.setString(4, plugin);
            delete.executeUpdate();
        }
    }

    List<Look> latest(String store, String plugin, int limit) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select looked_at, summary, pictures from monitoring_look" + OF_PLUGIN
                    + " order by id desc limit ?")) {
                select.setString(1, store);
                select.setString(2, plugin);
                select.setInt(3, limit);
                try (ResultSet rows = select.executeQuery()) {
                    List<Look> looks = new ArrayList<>();
                    while (rows.next()) {
                        MonitoringJson.Kept kept = MonitoringJson.look(rows.getString(2));
                        List<Finding> findings = rows.getString(3) == null ? kept.findings() : MonitoringJson.findings(rows.getString(3));
                        looks.add(new Look(rows.getTimestamp(1).toInstant(), kept.model(), kept.number(), findings));
                    }
                    return looks;
                }
            }
        });
    }
}
