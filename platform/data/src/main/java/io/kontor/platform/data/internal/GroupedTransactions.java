package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.data.RecordRefusedException;
import io.kontor.platform.data.RecordWriter;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Takes transactions. They are understood on the threads of their requests and stored together. */
@Component
public final class GroupedTransactions implements Transactions {

    private static final long DAY = 86_400_000;

    private final Database database;
    private final Stores stores;
    private final Memory memory;
    private final RecordWriter writer;
    private final Intake intake;
    private final Clock clock;
    private final Records records = Records.of(Entity.TRANSACTIONS);
    private final JsonFields fields = new JsonFields(records, Map.of(), Set.of());
    private final GroupedRows rows;

    /**
     * Made by Declarative Services.
     *
     * @param database takes the transactions
     * @param stores tell time zones
     * @param memory has the recent ones
     * @param writer changes labels
     * @param intake makes them durable
     */
    @Activate
    public GroupedTransactions(@Reference Database database, @Reference Stores stores, @Reference Memory memory,
            @Reference RecordWriter writer, @Reference Intake intake) {
        this(database, stores, memory, writer, intake, Clock.systemUTC());
    }

    GroupedTransactions(Database database, Stores stores, Memory memory, RecordWriter writer, Intake intake, Clock clock) {
        this.database = database;
        this.stores = stores;
        this.memory = memory;
        this.writer = writer;
        this.clock = clock;
        this.intake = intake;
        this.rows = new GroupedRows(database, memory, records, intake);
    }

    @Override
    public Taken take(String store, Map<String, Object> record) throws RecordRefusedException {
        Object[] row = understand(store, record);
        Transaction transaction = TransactionMemory.transaction(row);
        recent(store).add(transaction);
        return new Taken(store, transaction, rows.add(store, List.<Object[]>of(row), List.of()));
    }

    private Object[] understand(String store, Map<String, Object> record) throws RecordRefusedException {
        ZoneId zone = stores.find(store)
                .orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted.")).timeZone();
        try {
            RawRow raw = new RawRow(records);
            fields.fill(raw, record);
            Object[] row = new RowParser(records, store, zone, clock).parse(raw);
            if (records.timeOf(row) > clock.millis() + DAY) {
                throw new RowRefusedException("time", "time is more than a day in the future");
            }
            return row;
        } catch (RowRefusedException e) {
            throw new RecordRefusedException(e.field(), e.getMessage());
        }
    }

    @Override
    public void awaitStored(Taken taken) {
        rows.await(taken.stored());
    }

    @Override
    public RecentTransactions recent(String store) {
        return memory.transactions().of(store);
    }

    @Override
    public void readRecent(String store, Consumer<LabelledTransaction> each) {
        memory.transactions().read(store, each);
    }

    @Override
    public Map<String, LabelledTransaction> find(String store, Collection<String> ids) {
        RowBatch batch = new RowBatch(records.entity().path(), records.columns(), true);
        Map<String, LabelledTransaction> found = new HashMap<>();
        intake.settle();
        return database.jdbc(connection -> {
            select(connection, store, ids, row -> {
                if (batch.full()) {
                    take(batch, found);
                }
                batch.add(row, 1);
            });
            take(batch, found);
            return found;
        });
    }

    private static void take(RowBatch batch, Map<String, LabelledTransaction> into) {
        LabelledTransaction.of(batch).forEach(row -> into.put(row.transaction().id(), row));
        batch.clear();
    }

    /** What is done with a row of the table. */
    @FunctionalInterface
    private interface RowUse {

        void use(ResultSet row) throws SQLException;
    }

    private void select(Connection connection, String store, Collection<String> ids, RowUse use) throws SQLException {
        // An outer join, as it makes H2 look each identity up in the key.
        try (PreparedStatement select = connection.prepareStatement("select " + String.join(", ",
                records.columns().stream().map(column -> "t." + column.sql()).toList()) + ", t.attributes from unnest(cast(? as varchar array)) "
                + "as k(id) left join " + records.table() + " t on t.store = ? and t.id = k.id")) {
            select.setArray(1, connection.createArrayOf("varchar", ids.stream().distinct().toArray()));
            select.setString(2, store);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (row.getString(1) != null) {
                        use.use(row);
                    }
                }
            }
        }
    }

    @Override
    public boolean[] label(String store, List<Labelling> labellings) {
        boolean[] known = new boolean[labellings.size()];
        intake.settle();
        database.jdbc(connection -> {
            Map<String, Map<String, Object>> found = new LinkedHashMap<>();
            select(connection, store, labellings.stream().map(Labelling::transaction).toList(), row -> {
                Map<String, Object> record = PersonalRecords.record(records, row);
                found.put((String) record.get("id"), record);
            });
            for (int i = 0; i < known.length; i++) {
                Labelling labelling = labellings.get(i);
                Map<String, Object> record = found.get(labelling.transaction());
                known[i] = record != null;
                if (known[i]) {
                    record.put("label", labelling.label().name().toLowerCase(Locale.ROOT));
                    record.put("labelTime", labelling.time().toString());
                }
            }
            return writer.write(connection, store, Entity.TRANSACTIONS, new ArrayList<>(found.values()));
        }).run();
        return known;
    }

    /** Stores what is waiting and ends. */
    @Deactivate
    void close() throws InterruptedException {
        rows.close();
    }
}
