package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess.Extent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps count of what stores have, in the transactions that change it, so that nobody has to count tables. */
final class Extents {

    private Extents() {
    }

    /**
     * By how much a store's records of an entity have grown. Not safe for several threads.
     */
    static final class Growth {

        private long rows;
        private long quarantined;
        private Long earliest;
        private Long latest;
        private boolean touched;

        /** Takes the time of a row that was written; null when it has none. */
        Growth at(Long time) {
            touched = true;
            if (time != null) {
                earliest = earliest == null ? time : Math.min(earliest, time);
                latest = latest == null ? time : Math.max(latest, time);
            }
            return this;
        }

        Growth add(long more, long aside) {
            rows += more;
            quarantined += aside;
            touched |= more != 0 || aside != 0;
            return this;
        }
    }

    static void grow(Connection connection, String store, Entity entity, Growth growth) throws SQLException {
        if (!growth.touched) {
            return;
        }
        if (!update(connection, store, entity, growth)) {
            open(connection, store, entity);
            update(connection, store, entity, growth);
        }
    }

    private static void open(Connection connection, String store, Entity entity) throws SQLException {
        // counts from the time on, so that a store which comes again after it was deleted does not look like the one before
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into data_extent (store, entity, stored, quarantined, changes) values (?, ?, 0, 0, ?) on conflict do nothing")) {
            insert.setString(1, store);
            insert.setString(2, entity.path());
            insert.setLong(3, System.currentTimeMillis());
            insert.executeUpdate();
        }
    }

    /**
     * Gives positions to what is accepted, for good, and keeps others from doing so until the end of the transaction.
     *
     * @return the position of the last of these
     */
    static long accept(Connection connection, String store, int more) throws SQLException {
        if (!accepted(connection, store, more)) {
            open(connection, store, Entity.EVENTS);
            accepted(connection, store, more);
        }
        return AcceptedEvents.last(connection, store);
    }

    private static boolean accepted(Connection connection, String store, int more) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update data_extent set accepted = accepted + ? where store = ? and entity = ?")) {
            update.setInt(1, more);
            update.setString(2, store);
            update.setString(3, Entity.EVENTS.path());
            return update.executeUpdate() > 0;
        }
    }

    private static boolean update(Connection connection, String store, Entity entity, Growth growth) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update data_extent set stored = stored + ?, "
                + "quarantined = quarantined + ?, changes = changes + 1, "
                + "earliest = least(coalesce(earliest, cast(? as bigint)), coalesce(cast(? as bigint), earliest)), "
                + "latest = greatest(coalesce(latest, cast(? as bigint)), coalesce(cast(? as bigint), latest)) "
                + "where store = ? and entity = ?")) {
            update.setLong(1, growth.rows);
            update.setLong(2, growth.quarantined);
            update.setObject(3, growth.earliest);
            update.setObject(4, growth.earliest);
            update.setObject(5, growth.latest);
            update.setObject(6, growth.latest);
            update.setString(7, store);
            update.setString(8, entity.path());
            return update.executeUpdate() > 0;
        }
    }

    /** Counts afresh what a store has of an entity, after rows were removed. */
    static void recount(Connection connection, String store, Entity entity) throws SQLException {
        Records records = Records.of(entity);
        String time = records.clock() < 0 ? null : records.columns().get(records.clock()).sql();
        String span = time == null ? "cast(null as bigint), cast(null as bigint)" : "min(" + time + "), max(" + time + ")";
        Growth now = new Growth();
        try (PreparedStatement select = connection.prepareStatement("select count(*), (select count(*) from quarantine where store = ? and "
                + "entity = ?), " + span + " from " + records.table() + " where store = ?")) {
            select.setString(1, store);
            select.setString(2, entity.path());
            select.setString(3, store);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                now.add(row.getLong(1), row.getLong(2)).at(row.getObject(3, Long.class)).at(row.getObject(4, Long.class));
            }
        }
        try (PreparedStatement clear = connection.prepareStatement("update data_extent set stored = 0, quarantined = 0, earliest = null, "
                + "latest = null where store = ? and entity = ?")) {
            clear.setString(1, store);
            clear.setString(2, entity.path());
            clear.executeUpdate();
        }
        grow(connection, store, entity, now);
    }

    /** One extent for every entity. */
    static List<Extent> read(Connection connection, String store) throws SQLException {
        Map<Entity, Extent> found = new EnumMap<>(Entity.class);
        try (PreparedStatement select = connection.prepareStatement(
                "select entity, stored, earliest, latest, quarantined from data_extent where store = ?")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Entity entity = Entity.of(row.getString(1)).orElseThrow();
                    found.put(entity, new Extent(entity, row.getLong(2), instant(row.getObject(3, Long.class)),
                            instant(row.getObject(4, Long.class)), row.getLong(5)));
                }
            }
        }
        List<Extent> all = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            all.add(found.getOrDefault(entity, new Extent(entity, 0, null, null, 0)));
        }
        return all;
    }

    /** Rises whenever a store's records of an entity change; 0 before the first. */
    static long changes(Connection connection, String store, Entity entity) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select changes from data_extent where store = ? and entity = ?")) {
            select.setString(1, store);
            select.setString(2, entity.path());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Changes whenever a store's records do. */
    static long mark(Connection connection, String store) throws SQLException {
        return state(connection, store).first();
    }

    /** The same as a hash. */
    static ContentHash state(Connection connection, String store) throws SQLException {
        ContentHash hash = new ContentHash();
        try (PreparedStatement select = connection.prepareStatement(
                "select entity, stored, quarantined, changes from data_extent where store = ? order by entity")) {
            select.setString(1, store);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    hash.add(row.getString(1)).add(row.getLong(2)).add(row.getLong(3)).add(row.getLong(4));
                }
            }
        }
        return hash;
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
