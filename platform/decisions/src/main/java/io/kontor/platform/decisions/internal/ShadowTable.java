package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.ShadowComparison.Example;
import io.kontor.platform.decisions.ShadowComparison.Hour;
import io.kontor.platform.decisions.ShadowComparison.Measure;
import io.kontor.platform.decisions.ShadowComparison.Spread;
import io.kontor.platform.persistence.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables {@code shadow_difference} and {@code shadow_example}. Samples come with pseudonyms, as plugins are asked with these. */
final class ShadowTable {

    /** How many examples are kept of each pair of models. */
    static final int EXAMPLES = 50;

    private static final int HOURS = 24 * 7;
    private static final String OF_PAIR = " where store = ? and plugin = ? and champion = ? and shadow = ?";

    private final Database database;
    private final LoggedNames names;

    /** Two models of a plugin. */
    record Pair(String store, String plugin, String champion, String shadow) {
    }

    /** A bin of a measure in an hour. */
    record Cell(Pair pair, Instant hour, Measure measure, int bin) {
    }

    /** What is in a bin. */
    record Sum(long cases, double total) {

        Sum and(double value) {
            return new Sum(cases + 1, total + value);
        }
    }

    /** An example still to be written. */
    record Sample(Pair pair, Instant time, String subject, String customer, byte[] champion, byte[] shadow) {
    }

    ShadowTable(Database database, LoggedNames names) {
        this.database = database;
        this.names = names;
    }

    void add(Map<Cell, Sum> cells, List<Sample> samples) {
        database.jdbc(connection -> {
            for (Map.Entry<Cell, Sum> entry : cells.entrySet()) {
                add(connection, entry.getKey(), entry.getValue());
            }
            try (PreparedStatement insert = connection.prepareStatement("insert into shadow_example (store, plugin, champion, shadow, "
                    + "happened_at, subject, customer, champion_answer, shadow_answer) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                for (Sample sample : samples) {
                    int next = set(insert, sample.pair());
                    insert.setTimestamp(next, Timestamp.from(sample.time()));
                    insert.setString(next + 1, sample.subject());
                    insert.setString(next + 2, sample.customer().isEmpty() ? null : sample.customer());
                    insert.setBytes(next + 3, sample.champion());
                    insert.setBytes(next + 4, sample.shadow());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            for (Pair pair : samples.stream().map(Sample::pair).distinct().toList()) {
                try (PreparedStatement delete = connection.prepareStatement("delete from shadow_example" + OF_PAIR
                        + " and id not in (select id from shadow_example" + OF_PAIR + " order by id desc limit " + EXAMPLES + ")")) {
                    set(delete, pair);
                    set(delete, pair, 5);
                    delete.executeUpdate();
                }
            }
            return null;
        });
    }

    /** Two nodes may make the same row at once: the loser of the insert fails and the whole batch is tried again by the caller. */
    private static void add(Connection connection, Cell cell, Sum sum) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update shadow_difference set cases = cases + ?, total = total + ?"
                + OF_PAIR + " and begun_at = ? and measure = ? and bin = ?")) {
            update.setLong(1, sum.cases());
            update.setDouble(2, sum.total());
            where(update, cell, 3);
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into shadow_difference (store, plugin, champion, shadow, "
                + "begun_at, measure, bin, cases, total) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            where(insert, cell, 1);
            insert.setLong(8, sum.cases());
            insert.setDouble(9, sum.total());
            insert.executeUpdate();
        }
    }

    private static void where(PreparedStatement statement, Cell cell, int first) throws SQLException {
        int next = set(statement, cell.pair(), first);
        statement.setTimestamp(next, Timestamp.from(cell.hour()));
        statement.setString(next + 1, cell.measure().name());
        statement.setInt(next + 2, cell.bin());
    }

    private static int set(PreparedStatement statement, Pair pair) throws SQLException {
        return set(statement, pair, 1);
    }

    private static int set(PreparedStatement statement, Pair pair, int first) throws SQLException {
        statement.setString(first, pair.store());
        statement.setString(first + 1, pair.plugin());
        statement.setString(first + 2, pair.champion());
        statement.setString(first + 3, pair.shadow());
        return first + 4;
    }

    List<Spread> spreads(Pair pair) {
        return database.jdbc(connection -> {
            Map<Measure, long[]> bins = new EnumMap<>(Measure.class);
            Map<Measure, double[]> totals = new EnumMap<>(Measure.class);
            try (PreparedStatement select = connection.prepareStatement("select measure, bin, sum(cases), sum(total) from shadow_difference"
                    + OF_PAIR + " group by measure, bin")) {
                set(select, pair);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Measure measure = Measure.valueOf(rows.getString(1));
                        bins.computeIfAbsent(measure, m -> new long[Measure.BINS])[rows.getInt(2)] += rows.getLong(3);
                        totals.computeIfAbsent(measure, m -> new double[1])[0] += rows.getDouble(4);
                    }
                }
            }
            List<Spread> spreads = new ArrayList<>();
            bins.forEach((measure, counts) -> {
                long cases = java.util.Arrays.stream(counts).sum();
                spreads.add(new Spread(measure, cases, totals.get(measure)[0] / cases, counts));
            });
            return spreads;
        });
    }

    List<Hour> hours(Pair pair, Measure measure) {
        return database.jdbc(connection -> {
            List<Hour> hours = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select begun_at, sum(cases), sum(total) from shadow_difference"
                    + OF_PAIR + " and measure = ? group by begun_at order by begun_at desc limit " + HOURS)) {
                select.setString(set(select, pair), measure.name());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        hours.add(new Hour(rows.getTimestamp(1).toInstant(), rows.getLong(2), rows.getDouble(3) / rows.getLong(2)));
                    }
                }
            }
            Collections.reverse(hours);
            return hours;
        });
    }

    List<Example> examples(Pair pair) {
        return database.jdbc(connection -> {
            List<Example> examples = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select happened_at, subject, champion_answer, shadow_answer "
                    + "from shadow_example" + OF_PAIR + " order by id desc limit " + EXAMPLES)) {
                set(select, pair);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        examples.add(new Example(rows.getTimestamp(1).toInstant(), names.customer(pair.store(), rows.getString(2)),
                                new String(rows.getBytes(3), StandardCharsets.UTF_8), new String(rows.getBytes(4), StandardCharsets.UTF_8)));
                    }
                }
            }
            return examples;
        });
    }

    void removeBefore(Instant time) {
        database.jdbc(connection -> {
            for (String sql : List.of("delete from shadow_difference where begun_at < ?", "delete from shadow_example where happened_at < ?")) {
                try (PreparedStatement delete = connection.prepareStatement(sql)) {
                    delete.setTimestamp(1, Timestamp.from(time));
                    delete.executeUpdate();
                }
            }
            return null;
        });
    }

    void removeStore(String store) {
        database.jdbc(connection -> {
            for (String table : List.of("shadow_difference", "shadow_example")) {
                try (PreparedStatement delete = connection.prepareStatement("delete from " + table + " where store = ?")) {
                    delete.setString(1, store);
                    delete.executeUpdate();
                }
            }
            return null;
        });
    }

    List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select happened_at, plugin, champion, shadow, champion_answer, "
                + "shadow_answer from shadow_example where store = ? and customer in (?, ?) order by id")) {
            select.setString(1, store);
            select.setString(2, customer);
            select.setString(3, names.logged(store, customer));
            try (ResultSet rows = select.executeQuery()) {
                List<Map<String, Object>> found = new ArrayList<>();
                while (rows.next()) {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("time", rows.getTimestamp(1).toInstant().toString());
                    fields.put("plugin", rows.getString(2));
                    fields.put("champion", rows.getString(3));
                    fields.put("shadow", rows.getString(4));
                    fields.put("championAnswer", LogJson.read(new String(rows.getBytes(5), StandardCharsets.UTF_8)));
                    fields.put("shadowAnswer", LogJson.read(new String(rows.getBytes(6), StandardCharsets.UTF_8)));
                    found.add(fields);
                }
                return found;
            }
        }
    }

    int erase(Connection connection, String store, String customer) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from shadow_example where store = ? and customer in (?, ?)")) {
            delete.setString(1, store);
            delete.setString(2, customer);
            delete.setString(3, names.logged(store, customer));
            return delete.executeUpdate();
        }
    }
}
