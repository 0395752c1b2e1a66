package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Lists of recommendations in the table {@code decision}. Customers in them are pseudonyms. */
final class ServedTable {

    private static final String COLUMNS = "d.request_id, d.store, d.decided_at, d.plugin, d.question, d.answer";

    private ServedTable() {
    }

    /** Some lists by their request ids; what is of other families is left out. */
    static Map<String, Served> find(Connection connection, String store, Collection<String> requestIds) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from unnest(cast(? as varchar array)) as k(id) left join decision d on d.store = ? and d.request_id = k.id "
                + "where d.family = ?")) {
            select.setArray(1, connection.createArrayOf("varchar", requestIds.stream().distinct().toArray()));
            select.setString(2, store);
            select.setString(3, Family.RECOMMEND);
            Map<String, Served> found = new HashMap<>();
            read(select).forEach(served -> found.put(served.requestId(), served));
            return found;
        }
    }

    /** The lists that a person was given, the latest first. */
    static List<Served> of(Connection connection, String store, String pseudonym, Instant from, Instant to) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS + " from decision_part p "
                + "left join decision d on d.part = p.part and d.subject = ? where " + DecisionTable.MAY_HAVE + " and p.last_at >= ? "
                + "and p.first_at < ? and d.store = ? and d.family = ? and d.personal and d.decided_at >= ? and d.decided_at < ? "
                + "order by d.decided_at desc")) {
            select.setString(1, pseudonym);
            select.setString(2, Family.RECOMMEND);
            select.setTimestamp(3, Timestamp.from(from));
            select.setTimestamp(4, Timestamp.from(to));
            select.setString(5, store);
            select.setString(6, Family.RECOMMEND);
            select.setTimestamp(7, Timestamp.from(from));
            select.setTimestamp(8, Timestamp.from(to));
            return read(select);
        }
    }

    /** The latest lists of a store, each with its question and whether something of a kind counts for it as a whole. */
    static void latest(Connection connection, String store, int limit, String kind, BiConsumer<Map<String, Object>, Boolean> each)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select d.question, a.request_id from decision d left join attribution a "
                + "on a.request_id = d.request_id and a.product = '' and a.kind = ? and a.source = '' where d.store = ? and d.family = ? "
                + "order by d.store desc, d.decided_at desc, d.request_id desc limit ?")) {
            select.setString(1, kind);
            select.setString(2, store);
            select.setString(3, Family.RECOMMEND);
            select.setInt(4, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    each.accept(PackedJson.unpackObject(rows.getBytes(1), UnaryOperator.identity()), rows.getString(2) != null);
                }
            }
        }
    }

    private static List<Served> read(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            List<Served> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Served(rows.getString(1), rows.getString(2), rows.getTimestamp(3).toInstant(), rows.getString(4),
                        PackedJson.unpackObject(rows.getBytes(5), UnaryOperator.identity()),
                        Served.products(PackedJson.unpack(rows.getBytes(6), UnaryOperator.identity()))));
            }
            return found;
        }
    }
}
