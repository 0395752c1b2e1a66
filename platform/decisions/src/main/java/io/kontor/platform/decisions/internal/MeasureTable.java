package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.internal.Served.Key;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The tables {@code measure} and {@code attribution}. */
final class MeasureTable {

    private static final String COUNTED = Arrays.stream(Count.values()).map(Count::column).collect(Collectors.joining(", "));
    private static final String OF_KEY = " where store = ? and served_on = ? and placement = ? and strategy = ? and experiment = ? "
            + "and variant = ?";

    /** The impressions, or the answers of days and places for which the shop does not tell impressions. */
    private static final String BASE = "sum(case when impressions > 0 and impressions >= clicked and impressions >= bought then impressions "
            + "else answers end)";

    /** What is counted. */
    enum Count {
        ANSWERS, IMPRESSIONS, CLICKED, CLICKS, CARTS, BOUGHT, PURCHASES, REVENUE, REVENUE_SQUARES,
        VIEW_PURCHASES, VIEW_REVENUE, VIEW_SQUARES;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Sums that are still to be written, in an order that is the same for all who write. */
    static final class Sums {

        private final Map<Key, double[]> byKey = new TreeMap<>();

        void add(Key key, Count count, double value) {
            byKey.computeIfAbsent(key, k -> new double[Count.values().length])[count.ordinal()] += value;
        }

        double[] of(Key key) {
            return byKey.getOrDefault(key, new double[Count.values().length]);
        }
    }

    private MeasureTable() {
    }

    static void add(Connection connection, Sums sums) throws SQLException {
        for (Map.Entry<Key, double[]> entry : sums.byKey.entrySet()) {
            if (!update(connection, entry.getKey(), entry.getValue())) {
                insert(connection, entry.getKey());
                update(connection, entry.getKey(), entry.getValue());
            }
        }
    }

    private static boolean update(Connection connection, Key key, double[] values) throws SQLException {
        String set = Arrays.stream(Count.values()).map(count -> count.column() + " = " + count.column() + " + ?")
                .collect(Collectors.joining(", "));
        try (PreparedStatement update = connection.prepareStatement("update measure set " + set + OF_KEY)) {
            for (int i = 0; i < values.length; i++) {
                update.setDouble(i + 1, values[i]);
            }
            set(update, values.length + 1, key);
            return update.executeUpdate() > 0;
        }
    }

    private static void insert(Connection connection, Key key) throws SQLException {
        String zeros = ", 0".repeat(Count.values().length);
        try (PreparedStatement insert = connection.prepareStatement("insert into measure (store, served_on, placement, strategy, experiment, "
                + "variant, " + COUNTED + ") values (?, ?, ?, ?, ?, ?" + zeros + ") on conflict do nothing")) {
            set(insert, 1, key);
            insert.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int first, Key key) throws SQLException {
        statement.setString(first, key.store());
        statement.setDate(first + 1, Date.valueOf(key.day()));
        statement.setString(first + 2, key.placement());
        statement.setString(first + 3, key.strategy());
        statement.setString(first + 4, key.experiment());
        statement.setString(first + 5, key.variant());
    }

    /** Sums by name, what a column or two of the key say; behind the counts stands how many cases shares are of. */
    static Map<String, double[]> sums(Connection connection, String store, String placement, LocalDate from, LocalDate to, String name,
            String condition) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(store));
        StringBuilder sql = new StringBuilder("select " + name + " as name, " + Arrays.stream(Count.values())
                .map(count -> "sum(" + count.column() + ")").collect(Collectors.joining(", ")) + ", " + BASE + " from measure where store = ?"
                + condition);
        restrict(sql, values, " and placement = ?", placement);
        restrict(sql, values, " and served_on >= ?", from == null ? null : Date.valueOf(from));
        restrict(sql, values, " and served_on <= ?", to == null ? null : Date.valueOf(to));
        try (PreparedStatement select = connection.prepareStatement(sql.append(" group by 1 order by 1").toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                Map<String, double[]> found = new TreeMap<>();
                while (rows.next()) {
                    double[] sums = new double[Count.values().length + 1];
                    for (int i = 0; i < sums.length; i++) {
                        sums[i] = rows.getDouble(i + 2);
                    }
                    found.put(rows.getString(1), sums);
                }
                return found;
            }
        }
    }

    private static void restrict(StringBuilder sql, List<Object> values, String condition, Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    /** Notes that something counts; false when it was counted before. */
    static boolean first(Connection connection, Served served, String product, String kind, String source, Instant time, double revenue)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into attribution (request_id, product, kind, source, store, "
                + "happened_at, revenue) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            insert.setString(1, served.requestId());
            insert.setString(2, product);
            insert.setString(3, kind);
            insert.setString(4, source);
            insert.setString(5, served.store());
            insert.setTimestamp(6, Timestamp.from(time));
            insert.setDouble(7, revenue);
            return insert.executeUpdate() > 0;
        }
    }

    /** Whether something of a kind has been counted for an answer and product, whatever its source. */
    static boolean counted(Connection connection, String requestId, String product, String kind) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from attribution where request_id = ? and product = ? and kind = ?")) {
            select.setString(1, requestId);
            select.setString(2, product);
            select.setString(3, kind);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1) > 0;
            }
        }
    }

    static void remove(Connection connection, String store) throws SQLException {
        for (String table : List.of("attribution", "measure", "attribution_progress")) {
            try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where store = ?")) {
                delete.setString(1, store);
                delete.executeUpdate();
            }
        }
    }

    static int removeBefore(Connection connection, Instant time) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from attribution where happened_at < ?")) {
            delete.setTimestamp(1, Timestamp.from(time));
            return delete.executeUpdate();
        }
    }
}
