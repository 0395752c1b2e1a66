package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.api.privacy.Purpose;
import io.kontor.platform.data.Consents;
import io.kontor.platform.data.Consents.Source;
import io.kontor.platform.data.Consents.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is known of consent, in the tables {@code consent}, {@code consent_default} and {@code customer}. */
final class ConsentTable {

    private ConsentTable() {
    }

    /**
     * Whether anybody may have refused anything, so that it is worth looking.
     *
     * @param connection on the database
     * @param store the store's id
     */
    static boolean matters(Connection connection, String store) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select case when exists (select 1 from consent where store = ?) "
                + "or exists (select 1 from customer where store = ? and consent >= '') "
                + "or exists (select 1 from consent_default where store = ? and opt_in = 1) then 1 else 0 end")) {
            for (int i = 1; i <= 3; i++) {
                select.setString(i, store);
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1) == 1;
            }
        }
    }

    /**
     * How customers stand to all purposes.
     *
     * @param connection on the database
     * @param store the store's id
     * @param country the store's own country
     * @param customers the shop's own ids
     * @return for every one of them a standing a purpose
     */
    static Map<String, Map<Purpose, Standing>> read(Connection connection, String store, String country, Collection<String> customers)
            throws SQLException {
        Map<String, Boolean> optIn = optIn(connection, store);
        Map<String, Map<Purpose, Standing>> standings = new HashMap<>();
        // Outer joins, as they make H2 look each identity up in the key.
        try (PreparedStatement select = connection.prepareStatement("select k.id, c.consent, c.country, s.purpose, s.agreed, s.since "
                + "from unnest(cast(? as varchar array)) as k(id) left join customer c on c.store = ? and c.id = k.id "
                + "left join consent s on s.store = ? and s.customer_id = k.id")) {
            select.setArray(1, connection.createArrayOf("varchar", customers.toArray()));
            select.setString(2, store);
            select.setString(3, store);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String recorded = row.getString(2);
                    String home = row.getString(3) == null ? country : row.getString(3);
                    Map<Purpose, Standing> known = standings.computeIfAbsent(row.getString(1), id -> unsaid(recorded, home, optIn));
                    if (row.getString(4) != null) {
                        known.put(Purpose.of(row.getString(4)).orElseThrow(), new Standing(row.getInt(5) == 1, Source.SAID,
                                Instant.ofEpochMilli(row.getLong(6))));
                    }
                }
            }
        }
        return standings;
    }

    private static Map<Purpose, Standing> unsaid(String recorded, String country, Map<String, Boolean> optIn) {
        Map<Purpose, Standing> standings = new EnumMap<>(Purpose.class);
        boolean silence = !optIn.getOrDefault(country, optIn.getOrDefault(Consents.ELSEWHERE, false));
        Set<String> words = recorded == null ? Set.of() : Set.of(recorded.split(" "));
        for (Purpose purpose : Purpose.values()) {
            standings.put(purpose, recorded == null ? new Standing(silence, Source.DEFAULT, null)
                    : new Standing(words.contains(purpose.path()), Source.RECORD, null));
        }
        return standings;
    }

    static Map<String, Boolean> optIn(Connection connection, String store) throws SQLException {
        Map<String, Boolean> optIn = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("select country, opt_in from consent_default where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    optIn.put(row.getString(1), row.getInt(2) == 1);
                }
            }
        }
        return optIn;
    }

    static void optIn(Connection connection, String store, Map<String, Boolean> optIn) throws SQLException {
        PersonalRecords.execute(connection, "delete from consent_default where store = ?", store);
        try (PreparedStatement insert = connection.prepareStatement("insert into consent_default (store, country, opt_in) values (?, ?, ?)")) {
            for (Map.Entry<String, Boolean> entry : optIn.entrySet()) {
                insert.setString(1, store);
                insert.setString(2, entry.getKey());
                insert.setInt(3, entry.getValue() ? 1 : 0);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Adds what changes whenever somebody has said something, or silence means something else. */
    static void addTo(ContentHash hash, Connection connection, String store) throws SQLException {
        optIn(connection, store).forEach((home, optIn) -> hash.add(home).add(optIn ? 1 : 0));
        try (PreparedStatement select = connection.prepareStatement("select count(*), sum(cast(since as numeric(30))), sum(agreed) from consent "
                + "where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                hash.add(row.getLong(1)).add(String.valueOf(row.getBigDecimal(2))).add(row.getLong(3));
            }
        }
    }

    /** Notes what a customer said at a moment, unless something later is known. */
    static void say(Connection connection, String store, String customer, Map<Purpose, Boolean> said, long time) throws SQLException {
        for (Map.Entry<Purpose, Boolean> one : said.entrySet()) {
            try (PreparedStatement insert = connection.prepareStatement("insert into consent (store, customer_id, purpose, agreed, since) "
                    + "values (?, ?, ?, 0, ?) on conflict do nothing")) {
                insert.setString(1, store);
                insert.setString(2, customer);
                insert.setString(3, one.getKey().path());
                insert.setLong(4, Long.MIN_VALUE);
                insert.executeUpdate();
            }
            try (PreparedStatement update = connection.prepareStatement("update consent set agreed = ?, since = ? where store = ? and "
                    + "customer_id = ? and purpose = ? and since <= ?")) {
                update.setInt(1, one.getValue() ? 1 : 0);
                update.setLong(2, time);
                update.setString(3, store);
                update.setString(4, customer);
                update.setString(5, one.getKey().path());
                update.setLong(6, time);
                update.executeUpdate();
            }
        }
    }

    /** Notes what some of a list of events say of consent. */
    static void take(Connection connection, List<Object[]> events) throws SQLException {
        Records records = Records.of(Entity.EVENTS);
        int type = records.first() + records.indexOf("type");
        int query = records.first() + records.indexOf("query");
        for (Object[] event : events) {
            if (ConsentWords.told((String) event[type])) {
                Map<Purpose, Boolean> said = new EnumMap<>(Purpose.class);
                purposes((String) event[query]).forEach(purpose -> said.put(purpose, event[type].equals(ConsentWords.AGREES)));
                say(connection, (String) event[Records.STORE], records.customerOf(event), said, records.timeOf(event));
            }
        }
    }

    private static Set<Purpose> purposes(String named) {
        if (named == null) {
            return EnumSet.allOf(Purpose.class);
        }
        try {
            return ConsentWords.read("query", named);
        } catch (RowRefusedException e) {
            throw new IllegalArgumentException("was refused when it came", e);
        }
    }
}
