package io.kontor.platform.security.internal;

import io.kontor.platform.persistence.Database;
import io.kontor.platform.security.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries in batches on a thread of its own, so that no request waits for a commit. While the database does not answer, entries wait
 * in memory and are tried again; what cannot be written at all is written to the server's log.
 */
@Component(service = AuditLog.class)
public final class BatchedAuditLog implements AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(BatchedAuditLog.class);
    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 500;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AuditTable table;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Thread writer = new Thread(this::write, "kontor-audit");
    private long noted;
    private long written;
    private boolean failing;
    private boolean stopped;
    /** Whether the attempt that is being made began after the stop; there is none after it. */
    private boolean last;

    /**
     * Starts writing.
     *
     * @param database keeps the entries
     */
    @Activate
    public BatchedAuditLog(@Reference Database database) {
        table = new AuditTable(database);
        writer.setDaemon(true);
        writer.start();
    }

    /** Writes what waits. */
    @Deactivate
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void note(Entry entry) {
        lock.lock();
        try {
            if (stopped || !await(RETRY, () -> waiting.size() < MOST_WAITING)) {
                lose(List.of(entry));
                return;
            }
            waiting.add(entry);
            noted++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Noted> list(String store, Instant from, Instant to, long before, int limit) {
        lock.lock();
        try {
            long upTo = noted;
            await(PATIENCE, () -> written >= upTo || failing);
        } finally {
            lock.unlock();
        }
        return table.list(store, from, to, before, limit);
    }

    private boolean await(Duration patience, BooleanSupplier condition) {
        long left = patience.toNanos();
        try {
            while (!condition.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return condition.getAsBoolean();
    }

    private void write() {
        List<Entry> batch = new ArrayList<>();
        while (next(batch)) {
            RuntimeException failure = null;
            try {
                table.add(batch);
            } catch (RuntimeException e) {
                failure = e;
            }
            if (!settle(batch, failure)) {
                return;
            }
        }
    }

    /** Waits for entries; false when there are none and there will be none. */
    private boolean next(List<Entry> batch) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !stopped) {
                changed.awaitUninterruptibly();
            }
            last = stopped;
            batch.clear();
            waiting.stream().limit(BATCH).forEach(batch::add);
            return !batch.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a written batch off, or waits before the next attempt; false when there is no next. */
    private boolean settle(List<Entry> batch, RuntimeException failure) {
        lock.lock();
        try {
            if (failure == null) {
                batch.forEach(entry -> waiting.remove());
                written += batch.size();
                failing = false;
                changed.signalAll();
                return true;
            } else if (last) {
                LOG.error("The database did not take the last entries of the audit log; they follow", failure);
                lose(List.copyOf(waiting));
                return false;
            } else if (!failing) {
                LOG.warn("The audit log waits because the database does not take its entries; will try again each second", failure);
            }
            failing = true;
            changed.signalAll();
            await(RETRY, () -> stopped);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static void lose(List<Entry> entries) {
        entries.forEach(e -> LOG.error("Not in the audit log: {} {} {} store {} subject {} status {}", e.time(), e.actor(), e.action(),
                e.store(), e.subject(), e.status()));
    }
}
