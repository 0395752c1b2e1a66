package io.kontor.platform.decisions.internal;

import io.kontor.api.store.Store;
import io.kontor.platform.data.AgedData;
import io.kontor.platform.data.PersonalData;
import io.kontor.platform.data.Pseudonyms;
import io.kontor.platform.data.Retention;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.StoreListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes entries in batches on a thread of its own, a moment after the first of a batch came, because one transaction an entry would cost more
 * than the answer did. Reading waits for what was noted before and hurries the writer. The table knows customers by their pseudonyms, also
 * within questions and answers; who reads through this service sees the shop's ids.
 */
@Component(service = {DecisionLog.class, PersonalData.class, AgedData.class, StoreListener.class})
public final class BatchedDecisionLog implements DecisionLog, PersonalData, AgedData, StoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(BatchedDecisionLog.class);
    private static final int MOST_WAITING = 20_000;
    private static final int BATCH = 2_000;
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration CLEANED_EVERY = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);
    private static final Duration GATHERS_FOR = Duration.ofSeconds(1);
    private static final Duration PACKS_EVERY = Duration.ofMillis(50);

    private final DecisionTable table;
    private final Retention retention;
    private final BlockingQueue<Object> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong leftOut = new AtomicLong();
    private final Semaphore hurry = new Semaphore(0);
    private final Thread writer = new Thread(this::write, "kontor-decision-log");
    private volatile boolean stopped;

    /** Stands in the queue behind entries whose writing somebody waits for. */
    private record Mark(CountDownLatch reached) {
    }

    /**
     * Starts writing.
     *
     * @param database keeps the entries
     * @param pseudonyms stand for the customers in the table
     * @param retention knows the stores that keep their decisions longer or shorter
     * @param attribution counts what answers lead to
     */
    @Activate
    public BatchedDecisionLog(@Reference Database database, @Reference Pseudonyms pseudonyms, @Reference Retention retention,
            @Reference Attribution attribution) {
        this(database, pseudonyms, retention, new LogObserver[] {attribution});
    }

    BatchedDecisionLog(Database database, Pseudonyms pseudonyms, Retention retention, LogObserver... observers) {
        this.retention = retention;
        table = new DecisionTable(database, new LoggedNames(pseudonyms), observers);
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void note(Entry entry) {
        if (stopped || !waiting.offer(entry)) {
            if (leftOut.getAndIncrement() % MOST_WAITING == 0) {
                LOG.warn("The decision log leaves entries out because the database does not take them as fast as they come");
            }
        }
    }

    @Override
    public long leftOut() {
        return leftOut.get();
    }

    @Override
    public List<Entry> list(String store, String family, String subject, Instant from, Instant to, String after, int limit) {
        awaitWritten();
        return table.list(store, family, subject, from, to, after, limit);
    }

    @Override
    public Optional<Entry> find(String store, String requestId) {
        Optional<Entry> found = table.find(store, requestId);
        if (found.isPresent()) {
            return found;
        }
        awaitWritten();
        return table.find(store, requestId);
    }

    @Override
    public Map<String, String> latest(String store, String family, Collection<String> subjects) {
        awaitWritten();
        return table.latest(store, family, subjects);
    }

    @Override
    public boolean[] feedback(String store, List<Feedback> feedback) {
        awaitWritten();
        return table.addFeedback(store, feedback);
    }

    @Override
    public List<Feedback> feedbackOn(String store, String requestId) {
        return table.feedbackOn(store, requestId);
    }

    @Override
    public int erase(Connection connection, String store, String customer) throws SQLException {
        awaitWritten();
        return table.erase(connection, store, customer);
    }

    @Override
    public List<Map<String, Object>> export(Connection connection, String store, String customer) throws SQLException {
        awaitWritten();
        return table.export(connection, store, customer);
    }

    @Override
    public String name() {
        return "decisions";
    }

    @Override
    public String aged() {
        return Retention.DECISIONS;
    }

    @Override
    public int removeSome(String store, Instant before) {
        awaitWritten();
        return table.removeSome(store, before);
    }

    @Override
    public void present(Store store) {
        // a store begins without decisions
    }

    @Override
    public void deleted(Store store) {
        awaitWritten();
        boolean more = true;
        while (more) {
            more = table.removeSome(store.id());
        }
    }

    @Override
    public void awaitWritten() {
        if (stopped) {
            return;
        }
        try {
            Mark mark = new Mark(new CountDownLatch(1));
            if (waiting.offer(mark, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                hurry.release();
                mark.reached.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        long cleaned = System.nanoTime() - CLEANED_EVERY.toNanos();
        while (!stopped || !waiting.isEmpty()) {
            try {
                Object first = waiting.poll(LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    writeBatch(first);
                } else if (System.nanoTime() - cleaned > CLEANED_EVERY.toNanos()) {
                    cleaned = System.nanoTime();
                    clean();
                }
            } catch (InterruptedException e) {
                LOG.error("The writer of the decision log was interrupted; decisions are no longer logged", e);
                stopped = true;
                return;
            }
        }
    }

    /** Packs entries soon after they came: until then the collector of garbage has to keep hundreds of objects alive for each. */
    private void writeBatch(Object first) throws InterruptedException {
        long end = System.nanoTime() + GATHERS_FOR.toNanos();
        List<DecisionTable.Row> rows = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        List<Object> taken = new ArrayList<>(List.of(first));
        boolean more = true;
        while (more) {
            waiting.drainTo(taken, BATCH - rows.size() - taken.size());
            for (Object one : taken) {
                if (one instanceof Mark mark) {
                    marks.add(mark);
                } else {
                    pack((Entry) one, rows);
                }
            }
            taken.clear();
            more = rows.size() < BATCH && marks.isEmpty() && !stopped && System.nanoTime() - end < 0;
            if (more) {
                hurry.tryAcquire(PACKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        hurry.drainPermits();
        add(rows);
        marks.forEach(mark -> mark.reached.countDown());
    }

    private void pack(Entry entry, List<DecisionTable.Row> rows) {
        try {
            rows.add(table.row(entry));
        } catch (RuntimeException e) {
            leftOut.incrementAndGet();
            LOG.error("An entry of the decision log could not be written", e);
        }
    }

    private void add(List<DecisionTable.Row> rows) {
        int written = 0;
        try {
            while (written < rows.size()) {
                written += table.add(rows.subList(written, rows.size()));
            }
        } catch (RuntimeException e) {
            leftOut.addAndGet(rows.size() - written);
            LOG.error("{} entries of the decision log could not be written", rows.size() - written, e);
        }
    }

    private void clean() {
        try {
            while (!stopped && waiting.isEmpty() && table.removeSome(Instant.now().minus(KEPT), retention.stores(Retention.DECISIONS))) {
                LOG.debug("Old decisions were removed");
            }
        } catch (RuntimeException e) {
            LOG.warn("Old decisions could not be removed; it is tried again in an hour", e);
        }
    }

    /** Writes what waits. */
    @Deactivate
    void stop() {
        stopped = true;
        hurry.release();
        try {
            writer.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
