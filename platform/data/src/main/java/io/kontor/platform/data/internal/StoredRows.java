package io.kontor.platform.data.internal;

import io.kontor.platform.persistence.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Stores rows, each batch in one transaction together with the account, so that what was broken off goes on and counts nothing twice. */
final class StoredRows implements Rows {

    private final Database database;
    private final Memory memory;
    private final Quarantine quarantine;
    private final Records records;
    private final String store;
    private final String job;
    private final Clock clock;
    private final RowStore table;
    private final List<Object[]> good = new ArrayList<>(BATCH);
    private final List<Object[]> aside = new ArrayList<>();

    /**
     * Stores rows of one entity.
     *
     * @param database takes them
     * @param memory is told what has changed
     * @param records which entity
     * @param store whose
     * @param job which job brings them
     * @param clock says when bad rows were put aside
     */
    StoredRows(Database database, Memory memory, Records records, String store, String job, Clock clock) {
        this.database = database;
        this.memory = memory;
        this.quarantine = new Quarantine(database);
        this.records = records;
        this.store = store;
        this.job = job;
        this.clock = clock;
        this.table = new RowStore(database, records);
    }

    @Override
    public void add(Object[] row) {
        good.add(row);
    }

    @Override
    public void putAside(long line, RawRow raw, String text, RowRefusedException refusal) {
        String customer = records.customer() < 0 ? null : raw.value(records.customer());
        aside.add(Quarantine.row(store, records.entity(), line, job, customer, refusal, text, clock.millis(), raw));
    }

    @Override
    public int pending() {
        return good.size() + aside.size();
    }

    @Override
    public void flush(Ledger.Account account, Besides besides) {
        database.jdbc(connection -> {
            RowStore.Outcome outcome = table.store(connection, good, account.number());
            Extents.Growth growth = new Extents.Growth().add(outcome.added(), quarantine.add(connection, aside));
            good.forEach(row -> growth.at(records.timeOf(row)));
            Extents.grow(connection, store, records.entity(), growth);
            account.count(outcome);
            Ledger.save(connection, account);
            besides.write(connection);
            return null;
        });
        memory.changed(store, records, good);
        good.clear();
        aside.clear();
    }
}
