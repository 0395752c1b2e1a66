package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess.Quarantined;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps rows that could not be taken, with the reason, so that nothing is dropped in silence. Safe for several threads. */
final class Quarantine {

    private static final List<String> COLUMNS = List.of("store", "entity", "line", "digest", "job", "customer_id", "field", "reason",
            "raw", "time", "fields");
    private static final int FIELD_LENGTH = 300;
    private static final int REASON_LENGTH = 1000;
    private static final int FIELDS_LENGTH = 200_000;

    private final BulkInsert insert;

    Quarantine(Database database) {
        insert = database.bulkInsert("quarantine", COLUMNS.subList(0, 4), COLUMNS);
    }

    /**
     * A row to be put aside, in the form that {@link #add} takes.
     *
     * @param store whose it would be
     * @param entity which records
     * @param line its line in the file, or its index in the request
     * @param job the import; null for an event
     * @param customer whose row it is, as far as that can be told; null when it cannot
     * @param refusal why
     * @param raw as it came
     * @param time now, in milliseconds
     * @param fields what could be sorted into columns
     */
    static Object[] row(String store, Entity entity, long line, String job, String customer, RowRefusedException refusal, String raw,
            long time, RawRow fields) {
        String person = person(customer);
        String kept = HeldRows.write(fields.fields(Records.of(entity)));
        return new Object[] {store, entity.path(), line, new ContentHash().add(raw).first(), job, person,
            cut(refusal.field(), FIELD_LENGTH), cut(refusal.getMessage(), REASON_LENGTH), raw, time,
            kept.length() > FIELDS_LENGTH ? null : kept};
    }

    private static String person(String customer) {
        return customer == null || customer.length() > Texts.ID_LENGTH ? null : Texts.raw(customer);
    }

    /** Leaves a row that was corrected where it is, with its new reason. */
    static void again(Connection connection, String store, long id, RowRefusedException refusal, String fields, String customer)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update quarantine set field = ?, reason = ?, fields = ?, customer_id = ? "
                + "where store = ? and id = ?")) {
            update.setString(1, cut(refusal.field(), FIELD_LENGTH));
            update.setString(2, cut(refusal.getMessage(), REASON_LENGTH));
            update.setString(3, fields);
            update.setString(4, person(customer));
            update.setString(5, store);
            update.setLong(6, id);
            update.executeUpdate();
        }
    }

    private static String cut(String text, int length) {
        String clean = Texts.raw(text);
        return clean.length() > length ? Texts.raw(clean.substring(0, length)) : clean;
    }

    /** Puts rows aside and says how many were not there already. */
    int add(Connection connection, List<Object[]> rows) throws SQLException {
        return insert.insert(connection, rows).cardinality();
    }

    static List<Quarantined> list(Connection connection, String store, Entity entity, long before, int limit) throws SQLException {
        String sql = "select id, entity, job, line, field, reason, raw, time from quarantine where store = ? and id < ?"
                + (entity == null ? "" : " and entity = ?") + " order by id desc limit ?";
        List<Quarantined> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int parameter = 1;
            select.setString(parameter++, store);
            select.setLong(parameter++, before);
            if (entity != null) {
                select.setString(parameter++, entity.path());
            }
            select.setInt(parameter, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Quarantined(row.getLong(1), Entity.of(row.getString(2)).orElseThrow(), row.getString(3), row.getLong(4),
                            row.getString(5), row.getString(6), row.getString(7), Instant.ofEpochMilli(row.getLong(8))));
                }
            }
        }
        return rows;
    }
}
