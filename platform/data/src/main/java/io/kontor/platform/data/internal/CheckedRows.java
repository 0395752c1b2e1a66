package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.persistence.Database;
import java.util.ArrayList;
import java.util.List;

/** Only looks which rows would be stored. Identities beyond the first five million are compared with the table alone. */
final class CheckedRows implements Rows {

    private final Database database;
    private final Records records;
    private final RowStore table;
    private final IdentitySet met = new IdentitySet();
    private final List<Object[]> good = new ArrayList<>(BATCH);

    /**
     * Looks at rows of one entity.
     *
     * @param database has those that are stored
     * @param records which entity
     */
    CheckedRows(Database database, Records records) {
        this.database = database;
        this.records = records;
        this.table = new RowStore(database, records);
    }

    @Override
    public void add(Object[] row) {
        good.add(row);
    }

    @Override
    public void putAside(long line, RawRow raw, String text, RowRefusedException refusal) {
        // The account has it; a check leaves nothing behind.
    }

    @Override
    public int pending() {
        return good.size();
    }

    @Override
    public void flush(Ledger.Account account, Besides besides) {
        List<Object[]> once = new ArrayList<>(good.size());
        for (Object[] row : good) {
            String identity = (String) row[Records.ID];
            int repeat = met.add(identity);
            if (records.entity() == Entity.ORDERS) {
                row[Records.ID] = identity + '|' + repeat;
                once.add(row);
            } else if (repeat == 1) {
                once.add(row);
            }
        }
        int fresh = database.jdbc(connection -> table.fresh(connection, once));
        account.count(new RowStore.Outcome(fresh, good.size() - fresh, 0));
        good.clear();
    }
}
