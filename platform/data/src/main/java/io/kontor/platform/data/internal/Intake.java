package io.kontor.platform.data.internal;

import io.kontor.api.data.Entity;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that are durable but not in their table yet. A commit into the table and its three indexes costs several times what one into
 * this narrow table does, so requests pay for the latter only, and a thread of its own moves what has gathered a moment later. Who reads the
 * table calls {@link #settle} first. A process that was killed leaves its rows for the next one. Safe for use by many threads.
 */
@Component(service = Intake.class)
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Duration GATHERS_FOR = Duration.ofSeconds(1);
    private static final Duration RETRIED_AFTER = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Rows that are moved in one transaction, which delays what is to be acknowledged meanwhile. */
    private static final int TOGETHER = 1_000;
    /** With more rows than this, those who bring some wait for the table. */
    private static final int MOST = 50_000;
    /** What a row of the narrow table may hold. */
    private static final int LARGEST = 1_000_000;

    private final Database database;
    private final Records records = Records.of(Entity.TRANSACTIONS);
    private final BulkInsert insert;
    private final AtomicInteger added = new AtomicInteger(1);
    private final Semaphore enough = new Semaphore(0);
    private final Map<Long, Long> refused = new HashMap<>();
    private final Thread mover = new Thread(this::move, "kontor-intake");
    private volatile boolean closed;

    /** What one commit brought: so many rows, packed. */
    private record Portion(long id, int size, byte[] content) {
    }

    /**
     * Starts moving, beginning with what an earlier process left.
     *
     * @param database has both tables
     */
    @Activate
    public Intake(@Reference Database database) {
        this.database = database;
        this.insert = database.bulkInsert(records.table(), List.of("store", "id"), records.tableColumns());
        mover.setDaemon(true);
        mover.start();
    }

    /**
     * Takes rows. {@link #committed} is to be called after the commit and before the rows are acknowledged.
     *
     * @param connection in a transaction that has changed nothing yet
     * @param rows complete rows of transactions
     * @return false when they are too large for this; nothing was taken then
     */
    boolean add(Connection connection, List<Object[]> rows) throws SQLException {
        byte[] content = PackedRows.pack(rows);
        if (content.length > LARGEST) {
            return false;
        }
        try (PreparedStatement insertion = connection.prepareStatement("insert into transaction_intake (size, content) values (?, ?)")) {
            insertion.setInt(1, rows.size());
            insertion.setBytes(2, content);
            return insertion.executeUpdate() == 1;
        }
    }

    /** Tells that rows are durable now; whoever brought them waits when the table has fallen far behind. */
    void committed(int rows) {
        int waiting = added.addAndGet(rows);
        if (waiting > MOST) {
            tryToSettle();
        } else if (waiting >= TOGETHER) {
            enough.release();
        }
    }

    /**
     * Moves all that was acknowledged before into the table.
     *
     * @throws io.kontor.api.KontorException of kind INTERNAL when the database fails
     */
    synchronized void settle() {
        if (added.getAndSet(0) == 0) {
            return;
        }
        boolean more = true;
        try {
            while (more) {
                more = settleSome() >= TOGETHER;
            }
        } finally {
            if (more || !refused.isEmpty()) {
                added.incrementAndGet();
            }
        }
    }

    /** In one transaction on PostgreSQL, whose locks keep other servers from moving the same rows; H2 has one server only. */
    private int settleSome() {
        List<Portion> portions = new ArrayList<>();
        try {
            return database.write(connection -> {
                read(connection, portions);
                return store(connection, portions);
            });
        } catch (RuntimeException e) {
            if (portions.isEmpty()) {
                throw e;
            }
            LOG.warn("Transactions could not be moved into their table together and are moved one by one", e);
            return oneByOne(portions);
        }
    }

    private int oneByOne(List<Portion> portions) {
        int moved = 0;
        for (Portion portion : portions) {
            try {
                moved += database.write(connection -> store(connection, List.of(portion)));
            } catch (RuntimeException e) {
                refused.put(portion.id, System.nanoTime() + RETRIED_AFTER.toNanos());
                LOG.error("{} acknowledged transactions cannot be moved into their table; they stay in transaction_intake under the id {} "
                        + "and are tried again in a minute", portion.size, portion.id, e);
            }
        }
        return moved;
    }

    private void read(Connection connection, List<Portion> portions) throws SQLException {
        long now = System.nanoTime();
        refused.values().removeIf(until -> until - now < 0);
        try (PreparedStatement select = connection.prepareStatement("select id, size, content from transaction_intake order by id limit ?"
                + (database.kind() == Database.Kind.POSTGRESQL ? " for update" : ""))) {
            select.setInt(1, TOGETHER + refused.size());
            try (ResultSet row = select.executeQuery()) {
                for (int rows = 0; rows < TOGETHER && row.next(); ) {
                    Portion portion = new Portion(row.getLong(1), row.getInt(2), row.getBytes(3));
                    if (!refused.containsKey(portion.id)) {
                        portions.add(portion);
                        rows += portion.size;
                    }
                }
            }
        }
    }

    private int store(Connection connection, List<Portion> portions) throws SQLException {
        if (portions.isEmpty()) {
            return 0;
        }
        List<Object[]> rows = new ArrayList<>();
        portions.forEach(portion -> rows.addAll(PackedRows.unpack(portion.content, records.width())));
        BitSet inserted = insert.insert(connection, rows);
        Map<String, Extents.Growth> growth = new TreeMap<>();
        inserted.stream().forEach(i -> growth.computeIfAbsent((String) rows.get(i)[Records.STORE], store -> new Extents.Growth())
                .at(records.timeOf(rows.get(i))).add(1, 0));
        for (Map.Entry<String, Extents.Growth> store : growth.entrySet()) {
            Extents.grow(connection, store.getKey(), records.entity(), store.getValue());
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from transaction_intake where id = ?")) {
            for (Portion portion : portions) {
                delete.setLong(1, portion.id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
        return rows.size();
    }

    private void move() {
        try {
            do {
                enough.tryAcquire(GATHERS_FOR.toMillis(), TimeUnit.MILLISECONDS);
                enough.drainPermits();
                tryToSettle();
            } while (!closed || added.get() > 0 && refused.isEmpty());
        } catch (InterruptedException e) {
            LOG.error("Moving transactions into their table was interrupted; it is done when somebody reads them", e);
        }
    }

    private void tryToSettle() {
        try {
            settle();
        } catch (RuntimeException e) {
            LOG.error("Transactions could not be moved into their table; it is tried again in a moment", e);
        }
    }

    /** Moves what is left and ends. */
    @Deactivate
    void close() {
        closed = true;
        enough.release();
        try {
            mover.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
