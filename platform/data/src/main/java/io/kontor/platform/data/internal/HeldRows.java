package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess.Quarantined;
import io.kontor.platform.data.QuarantineDesk.Correction;
import io.kontor.platform.data.QuarantineDesk.Outcome;
import io.kontor.platform.data.QuarantineDesk.Verdict;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Gives rows in quarantine to the store once more. A row is taken out of the quarantine and stored, or left there with its new reason, in one
 * transaction. Safe for several threads.
 */
final class HeldRows {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> FIELDS = new TypeReference<>() { };

    private final Database database;
    private final Memory memory;
    private final Intake intake;
    private final Ledger ledger;
    private final Clock clock;

    HeldRows(Database database, Memory memory, Intake intake, Clock clock) {
        this.database = database;
        this.memory = memory;
        this.intake = intake;
        this.ledger = new Ledger(database);
        this.clock = clock;
    }

    /** A row and its fields. */
    record Held(Quarantined row, Map<String, String> fields) {
    }

    static String write(Map<String, String> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fields of a row; those of its raw text where that is a JSON object and none were kept. */
    private static Map<String, String> fields(String kept, String raw) {
        try {
            if (kept != null) {
                return JSON.readValue(kept, FIELDS);
            }
            return raw.startsWith("{") ? JSON.readValue(raw, FIELDS) : new LinkedHashMap<>();
        } catch (JsonProcessingException notRead) {
            return new LinkedHashMap<>();
        }
    }

    Optional<Held> find(String store, long id) {
        return database.jdbc(connection -> find(connection, store, id));
    }

    private static Optional<Held> find(Connection connection, String store, long id) throws SQLException {
        List<Quarantined> rows = Quarantine.list(connection, store, null, id == Long.MAX_VALUE ? id : id + 1, 1);
        if (rows.isEmpty() || rows.get(0).id() != id) {
            return Optional.empty();
        }
        try (PreparedStatement select = connection.prepareStatement("select fields from quarantine where store = ? and id = ? for update")) {
            select.setString(1, store);
            select.setLong(2, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Held(rows.get(0), fields(row.getString(1), rows.get(0).raw()))) : Optional.empty();
            }
        }
    }

    /** Up to so many rows of an entity behind an id, the earliest first. */
    List<Long> behind(String store, Entity entity, String reason, long id, int limit) {
        return database.jdbc(connection -> {
            List<Long> ids = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select id from quarantine where store = ? and id > ? and entity = ?"
                    + (reason == null ? "" : " and reason = ?") + " order by id limit ?")) {
                int parameter = 1;
                select.setString(parameter++, store);
                select.setLong(parameter++, id);
                select.setString(parameter++, entity.path());
                if (reason != null) {
                    select.setString(parameter++, reason);
                }
                select.setInt(parameter, limit);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        ids.add(row.getLong(1));
                    }
                }
            }
            return ids;
        });
    }

    /** Refuses columns that rows of an entity cannot have. */
    static void check(Entity entity, Set<String> columns) {
        Records records = Records.of(entity);
        for (String column : columns) {
            if (records.indexOf(column) < 0 && !(records.attributes() && Attributes.named(column))) {
                throw new KontorException(KontorException.Kind.DATA, "There is no column \"" + column + "\"; those of " + entity.path() + " are "
                        + records.columnNames() + ".");
            }
        }
    }

    /** A new import, so that equal order lines replayed together count as several, and replayed again as the same. */
    Ledger.Account open() {
        String name = UUID.randomUUID().toString();
        ledger.received(name, clock.millis());
        Ledger.Account account = ledger.open(name, null);
        ledger.finish(account);
        return account;
    }

    /** Corrects some rows and stores them; what became of each, those left out that are no longer there. */
    List<Outcome> replay(Store store, List<Long> ids, Correction correction, Ledger.Account account) {
        intake.settle();
        Records records = Records.of(correction.entity());
        List<Object[]> stored = new ArrayList<>();
        List<Outcome> outcomes = database.write(connection -> {
            stored.clear();
            List<Outcome> all = new ArrayList<>();
            RowStore table = new RowStore(database, records);
            for (long id : ids) {
                Optional<Held> held = find(connection, store.id(), id);
                if (held.isPresent()) {
                    all.add(replay(connection, store, held.get(), correction, table, account, stored));
                }
            }
            return all;
        });
        memory.changed(store.id(), records, stored);
        return outcomes;
    }

    private Outcome replay(Connection connection, Store store, Held held, Correction correction, RowStore table, Ledger.Account account,
            List<Object[]> stored) throws SQLException {
        Records records = Records.of(correction.entity());
        Map<String, String> fields = corrected(held.fields, correction);
        RawRow raw = new RawRow(records);
        Extents.Growth growth = new Extents.Growth();
        Outcome outcome;
        try {
            new JsonFields(records, Map.of(), Set.of()).fill(raw, Map.copyOf(withoutNulls(fields)));
            Object[] row = new RowParser(records, store.id(), store.timeZone(), clock).parse(raw);
            RowStore.Outcome taken = table.store(connection, List.<Object[]>of(row), account.number());
            growth.add(taken.added(), -1).at(records.timeOf(row));
            stored.add(row);
            delete(connection, store.id(), held.row.id());
            outcome = new Outcome(taken.stored() > 0 ? Verdict.STORED : Verdict.DUPLICATE, "", "");
        } catch (RowRefusedException refused) {
            Quarantine.again(connection, store.id(), held.row.id(), refused, write(fields),
                    records.customer() < 0 ? null : raw.value(records.customer()));
            outcome = new Outcome(Verdict.QUARANTINED, refused.field(), refused.getMessage());
        }
        Extents.grow(connection, store.id(), correction.entity(), growth);
        return outcome;
    }

    private static Map<String, String> corrected(Map<String, String> came, Correction correction) {
        Map<String, String> fields = new LinkedHashMap<>(came);
        fields.putAll(correction.fields());
        correction.replace().forEach((column, values) -> {
            String value = fields.get(column);
            if (value != null && values.containsKey(value)) {
                fields.put(column, values.get(value));
            }
        });
        return withoutNulls(fields);
    }

    private static Map<String, String> withoutNulls(Map<String, String> fields) {
        Map<String, String> there = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (value != null && !value.isEmpty()) {
                there.put(name, value);
            }
        });
        return there;
    }

    boolean dismiss(String store, long id) {
        return database.jdbc(connection -> {
            Optional<Held> held = find(connection, store, id);
            boolean gone = held.isPresent() && delete(connection, store, id);
            if (gone) {
                Extents.grow(connection, store, held.get().row.entity(), new Extents.Growth().add(0, -1));
            }
            return gone;
        });
    }

    private static boolean delete(Connection connection, String store, long id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from quarantine where store = ? and id = ?")) {
            delete.setString(1, store);
            delete.setLong(2, id);
            return delete.executeUpdate() > 0;
        }
    }
}
