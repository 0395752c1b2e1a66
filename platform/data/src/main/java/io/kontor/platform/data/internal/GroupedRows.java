package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores rows of one entity that come request by request, each row once by its identity. One writer thread stores all that have come in
 * since its last commit with the next one, so that the more requests wait the fewer commits each of them costs.
 */
final class GroupedRows {

    private static final Logger LOG = LoggerFactory.getLogger(GroupedRows.class);
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_TOGETHER = 10_000;
    private static final long PATIENCE_SECONDS = 30;

    private final Database database;
    private final Memory memory;
    private final Records records;
    private final RowWriter writer;
    private final Intake intake;
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** The rows of one request, understood. */
    private record Delivery(String store, List<Object[]> rows, List<Object[]> aside, CompletableFuture<Integer> stored) {

        int size() {
            return rows.size() + aside.size();
        }
    }

    /** Stores a group of deliveries on one connection and says how many rows of each were new. */
    @FunctionalInterface
    private interface RowWriter {

        int[] store(Connection connection, List<Delivery> group) throws SQLException;
    }

    /**
     * Starts the writer.
     *
     * @param database takes the rows
     * @param memory is told what has changed
     * @param records what the rows are
     */
    GroupedRows(Database database, Memory memory, Records records) {
        this(database, memory, records, null);
    }

    /**
     * Starts the writer.
     *
     * @param database takes the rows
     * @param memory is told what has changed
     * @param records what the rows are
     * @param intake takes them before their table does, so that each counts as new; null to have them in the table at once
     */
    GroupedRows(Database database, Memory memory, Records records, Intake intake) {
        this.database = database;
        this.memory = memory;
        this.records = records;
        this.intake = intake;
        this.writer = intake == null ? writer(database) : throughIntake(writer(database));
        thread = new Thread(this::write, "kontor-" + records.entity().path());
        thread.start();
    }

    /**
     * Has rows stored.
     *
     * @param store their store
     * @param rows as {@link RowParser} makes them
     * @param aside rows for the quarantine
     * @return how many of the rows are new, once they are durable
     * @throws KontorException of kind CAPACITY when too many wait
     */
    CompletableFuture<Integer> add(String store, List<Object[]> rows, List<Object[]> aside) {
        Delivery delivery = new Delivery(store, rows, aside, new CompletableFuture<>());
        if (records.changing()) {
            rows.forEach(row -> row[records.seenIndex()] = RowStore.NO_IMPORT);
        }
        if (!room.tryAcquire(delivery.size())) {
            throw new KontorException(KontorException.Kind.CAPACITY,
                    "Too many " + records.entity().path() + " wait to be stored; send them again in a moment.");
        }
        delivery.stored.whenComplete((stored, failure) -> room.release(delivery.size()));
        enqueue(delivery);
        return delivery.stored;
    }

    private synchronized void enqueue(Delivery delivery) {
        if (closed) {
            KontorException stopping = stopping(null);
            delivery.stored.completeExceptionally(stopping);
            throw stopping;
        }
        waiting.add(delivery);
    }

    private KontorException stopping(Exception cause) {
        return new KontorException(KontorException.Kind.CAPACITY,
                "The server is stopping; send the " + records.entity().path() + " again.", cause);
    }

    /**
     * Waits until rows are durable.
     *
     * @param stored what {@link #add} gave
     * @return what it comes to
     * @throws KontorException of kind CAPACITY or INTERNAL when they may not be
     */
    <T> T await(CompletableFuture<T> stored) {
        try {
            return stored.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KontorException(KontorException.Kind.INTERNAL,
                    "The " + records.entity().path() + " could not be stored; send them again.", e.getCause());
        } catch (TimeoutException e) {
            throw new KontorException(KontorException.Kind.CAPACITY,
                    "The database is too slow; send the " + records.entity().path() + " again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping(e);
        }
    }

    private void write() {
        try {
            while (true) {
                List<Delivery> group = new ArrayList<>();
                Delivery next = closed ? waiting.poll() : waiting.take();
                if (next == null || next.stored.isDone()) {
                    return;
                }
                int rows = 0;
                while (next != null && !next.stored.isDone()) {
                    group.add(next);
                    rows += next.size();
                    next = rows < MOST_TOGETHER ? waiting.poll() : null;
                }
                store(group);
            }
        } catch (InterruptedException e) {
            LOG.error("The writer of {} was interrupted; they are no longer taken", records.entity().path(), e);
        }
    }

    private void store(List<Delivery> group) {
        try {
            int[] stored = database.write(connection -> writer.store(connection, group));
            if (intake != null) {
                intake.committed(Arrays.stream(stored).sum());
            }
            for (int i = 0; i < stored.length; i++) {
                Delivery delivery = group.get(i);
                memory.changed(delivery.store, records, delivery.rows);
                delivery.stored.complete(stored[i]);
            }
        } catch (RuntimeException | Error e) {
            if (group.size() > 1) {
                LOG.warn("{} requests could not be stored together and are stored one by one", group.size(), e);
                group.forEach(delivery -> store(List.of(delivery)));
            } else {
                LOG.error("{} could not be stored", records.entity().path(), e);
                group.get(0).stored.completeExceptionally(e);
            }
        }
    }

    private RowWriter writer(Database target) {
        BulkInsert insert = target.bulkInsert(records.table(), List.of("store", "id"), records.tableColumns());
        Quarantine quarantine = new Quarantine(target);
        return (connection, group) -> {
            List<Object[]> rows = new ArrayList<>();
            group.forEach(delivery -> rows.addAll(delivery.rows));
            BitSet inserted = insert.insert(connection, rows);
            if (records.entity() == Entity.EVENTS) {
                ConsentTable.take(connection, rows);
                AcceptedEvents.note(connection, records, rows, inserted);
            }
            int[] stored = new int[group.size()];
            Map<String, Extents.Growth> growth = new TreeMap<>();
            int start = 0;
            for (int i = 0; i < stored.length; i++) {
                Delivery delivery = group.get(i);
                Extents.Growth store = growth.computeIfAbsent(delivery.store, id -> new Extents.Growth());
                for (int row = 0; row < delivery.rows.size(); row++) {
                    if (inserted.get(start + row)) {
                        stored[i]++;
                        store.at(records.timeOf(delivery.rows.get(row)));
                    }
                }
                start += delivery.rows.size();
                store.add(stored[i], quarantine.add(connection, delivery.aside));
            }
            for (Map.Entry<String, Extents.Growth> store : growth.entrySet()) {
                Extents.grow(connection, store.getKey(), records.entity(), store.getValue());
            }
            return stored;
        };
    }

    private RowWriter throughIntake(RowWriter table) {
        return (connection, group) -> {
            List<Object[]> rows = new ArrayList<>();
            group.forEach(delivery -> rows.addAll(delivery.rows));
            return intake.add(connection, rows) ? group.stream().mapToInt(Delivery::size).toArray() : table.store(connection, group);
        };
    }

    /** Stores what is waiting and ends. */
    void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            CompletableFuture<Integer> end = CompletableFuture.completedFuture(0);
            waiting.add(new Delivery("", List.of(), List.of(), end));
        }
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }
}
