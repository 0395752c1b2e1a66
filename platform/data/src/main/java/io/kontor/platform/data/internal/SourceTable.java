package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.persistence.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is remembered of the sources of stores: runs, watermarks, files. Safe for several threads. */
final class SourceTable {

    /** Longest watermark. */
    static final int WATERMARK_LENGTH = 100_000;

    private static final int ERROR_LENGTH = 4_000;

    private final Database database;

    /** A source of a store. */
    record Key(String store, String plugin) {
    }

    /** How the last run went. */
    record LastRun(String job, Instant started, Instant finished, String error) {
    }

    /** How far a feed was read, and what came of it. */
    record Progress(String watermark, long files, long read, long stored, long duplicates, long quarantined) {

        /** Nothing was read yet. */
        static final Progress NONE = new Progress(null, 0, 0, 0, 0, 0);
    }

    /** What a file is called, how large and how old it is. */
    record FileKey(String name, long size, Instant modified) {
    }

    SourceTable(Database database) {
        this.database = database;
    }

    void begin(Key key, String job, Instant now) {
        database.jdbc(connection -> {
            execute(connection, "delete from source where store = ? and plugin = ?", key.store, key.plugin);
            return execute(connection, "insert into source (store, plugin, job, started) values (?, ?, ?, ?)", key.store, key.plugin, job,
                    now.toEpochMilli());
        });
    }

    void end(Key key, String job, Instant now, String error) {
        String cut = error == null ? null : Texts.raw(error.length() > ERROR_LENGTH ? error.substring(0, ERROR_LENGTH) : error);
        database.jdbc(connection -> execute(connection, "update source set finished = ?, error = ? where store = ? and plugin = ? and job = ?",
                now.toEpochMilli(), cut, key.store, key.plugin, job));
    }

    Optional<LastRun> lastRun(Key key) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = prepare(connection, "select job, started, finished, error from source where store = ? "
                    + "and plugin = ?", key.store, key.plugin); ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new LastRun(row.getString(1), Instant.ofEpochMilli(row.getLong(2)),
                        row.getObject(3, Long.class) == null ? null : Instant.ofEpochMilli(row.getLong(3)), row.getString(4)))
                        : Optional.empty();
            }
        });
    }

    Map<Entity, Progress> progress(Key key) {
        return database.jdbc(connection -> {
            Map<Entity, Progress> all = new EnumMap<>(Entity.class);
            try (PreparedStatement select = prepare(connection, "select entity, watermark, (select count(*) from data_import i where "
                    + "i.store = f.store and i.plugin = f.plugin and i.entity = f.entity and i.name is not null and i.finished), records, "
                    + "stored, duplicates, quarantined from source_feed f where store = ? and plugin = ?", key.store, key.plugin);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.put(Entity.of(row.getString(1)).orElseThrow(), new Progress(row.getString(2), row.getLong(3), row.getLong(4),
                            row.getLong(5), row.getLong(6), row.getLong(7)));
                }
            }
            return all;
        });
    }

    /**
     * Notes how far a feed was read, with the rows.
     *
     * @param watermark the new one; null to leave the old one
     * @param more what has been counted since the last time
     */
    static void advance(Connection connection, Key key, Entity entity, String watermark, Ledger.Account more, Instant now)
            throws SQLException {
        if (update(connection, key, entity, watermark, more, now) == 0) {
            execute(connection, "insert into source_feed (store, plugin, entity, records, stored, duplicates, quarantined, changed) values "
                    + "(?, ?, ?, 0, 0, 0, 0, 0) on conflict do nothing", key.store, key.plugin, entity.path());
            update(connection, key, entity, watermark, more, now);
        }
    }

    private static int update(Connection connection, Key key, Entity entity, String watermark, Ledger.Account more, Instant now)
            throws SQLException {
        return execute(connection, "update source_feed set watermark = coalesce(cast(? as varchar), watermark), records = records + ?, "
                + "stored = stored + ?, duplicates = duplicates + ?, quarantined = quarantined + ?, changed = ? where store = ? and "
                + "plugin = ? and entity = ?", watermark, more.records(), more.stored(), more.duplicates(), more.quarantined(),
                now.toEpochMilli(), key.store, key.plugin, entity.path());
    }

    /** A new account for records that are no file; the one before it is given up. */
    Ledger.Account openRun(Key key, Entity entity, String job, Instant now) {
        return database.jdbc(connection -> {
            execute(connection, "delete from data_import where store = ? and plugin = ? and entity = ? and name is null", key.store, key.plugin,
                    entity.path());
            return insert(connection, UUID.randomUUID().toString(), key, entity, job, null, now);
        });
    }

    /** Whether a file of this name, size and time was taken. */
    boolean known(Key key, Entity entity, FileKey file) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = prepare(connection, "select 1 from data_import where store = ? and plugin = ? and entity = ? and "
                    + "name = ? and bytes = ? and modified = ? and finished", key.store, key.plugin, entity.path(), file.name, file.size,
                    file.modified.toEpochMilli()); ResultSet row = select.executeQuery()) {
                return row.next();
            }
        });
    }

    /** The account of a file by its content: a new one, or the one that was opened when the content came before. */
    Ledger.Account openFile(Key key, Entity entity, String job, String content, FileKey file, Instant now) {
        String id = id(key, entity, content);
        return database.jdbc(connection -> {
            int known = execute(connection, "update data_import set job = ?, name = ?, bytes = ?, modified = ? where file = ?", job, file.name,
                    file.size, file.modified.toEpochMilli(), id);
            return known == 0 ? insert(connection, id, key, entity, job, file, now) : account(connection, id);
        });
    }

    private static Ledger.Account insert(Connection connection, String id, Key key, Entity entity, String job, FileKey file, Instant now)
            throws SQLException {
        execute(connection, "insert into data_import (file, job, received, records, stored, duplicates, quarantined, finished, store, plugin, "
                + "entity, name, bytes, modified) values (?, ?, ?, 0, 0, 0, 0, false, ?, ?, ?, ?, ?, ?)", id, job, now.toEpochMilli(),
                key.store, key.plugin, entity.path(), file == null ? null : file.name, file == null ? null : file.size,
                file == null ? null : file.modified.toEpochMilli());
        return account(connection, id);
    }

    private static Ledger.Account account(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = prepare(connection, "select number, records, stored, duplicates, quarantined, issues, "
                + "finished from data_import where file = ?", id);
                ResultSet row = select.executeQuery()) {
            row.next();
            return Ledger.account(row);
        }
    }

    private static String id(Key key, Entity entity, String content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(
                    (key.store + '\n' + key.plugin + '\n' + entity.path() + '\n' + content).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets watermarks, files and counts. */
    void forget(Key key) {
        database.jdbc(connection -> {
            execute(connection, "delete from data_import where store = ? and plugin = ?", key.store, key.plugin);
            return execute(connection, "delete from source_feed where store = ? and plugin = ?", key.store, key.plugin);
        });
    }

    /** Forgets all sources of a store. */
    void deleted(String store) {
        database.jdbc(connection -> {
            execute(connection, "delete from data_import where store = ?", store);
            execute(connection, "delete from source_feed where store = ?", store);
            return execute(connection, "delete from source where store = ?", store);
        });
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
