package io.kontor.platform.decisions.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kontor.api.bandit.LinearArm;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The table {@code bandit_arm}: what all nodes have learned, as sums. */
final class BanditTable {

    private static final TypeReference<double[]> SUMS = new TypeReference<>() {
    };
    private static final String OF_ARM = " where store = ? and place = ? and arm = ?";

    /** A strategy of a placement, or of a variant of one. */
    record Key(String store, String place, String arm) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            return toString().compareTo(other.toString());
        }
    }

    private BanditTable() {
    }

    /** Adds what was learned; several nodes may at once. */
    static void add(Connection connection, Key key, LinearArm learned) throws SQLException {
        double[] more = learned.sums();
        try (PreparedStatement insert = connection.prepareStatement("insert into bandit_arm (store, place, arm, features, sums) "
                + "values (?, ?, ?, ?, ?) on conflict do nothing")) {
            set(insert, 1, key);
            insert.setInt(4, VisitContext.FEATURES);
            insert.setString(5, LogJson.write(new double[more.length]));
            insert.executeUpdate();
        }
        double[] sums = locked(connection, key);
        for (int i = 0; i < more.length; i++) {
            more[i] += sums.length == more.length ? sums[i] : 0;
        }
        try (PreparedStatement update = connection.prepareStatement("update bandit_arm set sums = ?, features = ?" + OF_ARM)) {
            update.setString(1, LogJson.write(more));
            update.setInt(2, VisitContext.FEATURES);
            set(update, 3, key);
            update.executeUpdate();
        }
    }

    private static double[] locked(Connection connection, Key key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select sums from bandit_arm" + OF_ARM + " for update")) {
            set(select, 1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? LogJson.read(row.getString(1), SUMS) : new double[0];
            }
        }
    }

    private static void set(PreparedStatement statement, int first, Key key) throws SQLException {
        statement.setString(first, key.store());
        statement.setString(first + 1, key.place());
        statement.setString(first + 2, key.arm());
    }

    /** What is known of the strategies of a placement; sums of other contexts than those of today are left out. */
    static Map<String, double[]> read(Connection connection, String store, String place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select arm, sums from bandit_arm where store = ? and place = ? and features = ?")) {
            select.setString(1, store);
            select.setString(2, place);
            select.setInt(3, VisitContext.FEATURES);
            try (ResultSet row = select.executeQuery()) {
                Map<String, double[]> arms = new HashMap<>();
                while (row.next()) {
                    arms.put(row.getString(1), LogJson.read(row.getString(2), SUMS));
                }
                return arms;
            }
        }
    }

    static void deleteAll(Connection connection, String store) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from bandit_arm where store = ?")) {
            delete.setString(1, store);
            delete.executeUpdate();
        }
    }
}
