package io.kontor.platform.data.internal;

import io.kontor.platform.persistence.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables {@code retention} and {@code retention_run}. */
final class RetentionTable {

    private final Database database;

    RetentionTable(Database database) {
        this.database = database;
    }

    Map<String, Integer> days(String store) {
        return database.jdbc(connection -> {
            Map<String, Integer> days = new TreeMap<>();
            try (PreparedStatement select = connection.prepareStatement("select entity, days from retention where store = ?")) {
                select.setString(1, store);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        days.put(row.getString(1), row.getInt(2));
                    }
                }
            }
            return days;
        });
    }

    void put(String store, Map<String, Integer> days) {
        database.jdbc(connection -> {
            PersonalRecords.execute(connection, "delete from retention where store = ?", store);
            try (PreparedStatement insert = connection.prepareStatement("insert into retention (store, entity, days) values (?, ?, ?)")) {
                for (Map.Entry<String, Integer> entry : days.entrySet()) {
                    insert.setString(1, store);
                    insert.setString(2, entry.getKey());
                    insert.setInt(3, entry.getValue());
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    /** Stores that have a maximum age for something; null for anything. */
    List<String> stores(String name) {
        return database.jdbc(connection -> {
            List<String> stores = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select distinct store from retention"
                    + (name == null ? "" : " where entity = ?"))) {
                if (name != null) {
                    select.setString(1, name);
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        stores.add(row.getString(1));
                    }
                }
            }
            return stores;
        });
    }

    /** Takes a store's day, which one of several servers can. */
    boolean take(String store, String day) {
        return database.jdbc(connection -> PersonalRecords.execute(connection,
                "insert into retention_run (store, night) values (?, ?) on conflict do nothing", store, day)
                + PersonalRecords.execute(connection, "update retention_run set night = ? where store = ? and night < ?", day, store, day)) == 1;
    }
}
