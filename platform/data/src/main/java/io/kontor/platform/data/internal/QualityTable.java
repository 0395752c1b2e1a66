package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.job.JobContext;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataQuality.Finding;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Keeps what was found in stores' records until they are looked through again. Safe for several threads. */
final class QualityTable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** To be raised when other things are looked for, so that what was found by older releases is not current. */
    private static final int RELEASE = 2;
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() { };

    private final Database database;
    private final Clock clock;

    QualityTable(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What was found; {@code computed} is null before the first look. */
    record Kept(boolean current, Instant computed, String job, List<Finding> findings) {
    }

    Kept read(String store) {
        return database.jdbc(connection -> {
            long mark = Extents.mark(connection, store) + RELEASE;
            try (PreparedStatement select = connection.prepareStatement(
                    "select mark, computed, job, findings from data_quality where store = ?")) {
                select.setString(1, store);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return new Kept(false, null, null, List.of());
                    }
                    Long computed = row.getObject(2, Long.class);
                    return new Kept(computed != null && row.getLong(1) == mark, computed == null ? null : Instant.ofEpochMilli(computed),
                            row.getString(3), computed == null ? List.of() : JSON.readValue(row.getString(4), FINDINGS));
                }
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Looks through a store's records and keeps what is found. */
    List<Finding> look(Store store, JobContext context) {
        Instant now = clock.instant();
        return database.jdbc(connection -> {
            long mark = Extents.mark(connection, store.id()) + RELEASE;
            List<Finding> found = new Inspection(connection, store, clock).run(Extents.read(connection, store.id()), context);
            keep(connection, store.id(), mark, now, found);
            return found;
        });
    }

    private static void keep(Connection connection, String store, long mark, Instant now, List<Finding> found) throws SQLException {
        row(connection, store);
        try (PreparedStatement update = connection.prepareStatement(
                "update data_quality set mark = ?, computed = ?, findings = ? where store = ?")) {
            update.setLong(1, mark);
            update.setLong(2, now.toEpochMilli());
            update.setString(3, JSON.writeValueAsString(found));
            update.setString(4, store);
            update.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Notes the job that looks through a store's records. */
    void submitted(String store, String job) {
        database.jdbc(connection -> {
            row(connection, store);
            try (PreparedStatement update = connection.prepareStatement("update data_quality set job = ? where store = ?")) {
                update.setString(1, job);
                update.setString(2, store);
                return update.executeUpdate();
            }
        });
    }

    private static void row(Connection connection, String store) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into data_quality (store) values (?) on conflict do nothing")) {
            insert.setString(1, store);
            insert.executeUpdate();
        }
    }
}
