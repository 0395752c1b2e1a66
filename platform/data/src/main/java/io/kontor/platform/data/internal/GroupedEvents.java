package io.kontor.platform.data.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.Events;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events. Requests are understood on their own threads; one writer thread stores all that have come in since its last commit with the
 * next one, so that the more requests wait the fewer commits each of them costs.
 */
@Component
public final class GroupedEvents implements Events {

    private static final Logger LOG = LoggerFactory.getLogger(GroupedEvents.class);
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_TOGETHER = 10_000;
    private static final long PATIENCE_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final Stores stores;
    private final Memory memory;
    private final Clock clock;
    private final Records records = Records.of(Entity.EVENTS);
    private final JsonFields fields = new JsonFields(records, Map.of());
    private final RowWriter writer;
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::write, "kontor-events");
    private volatile boolean closed;

    /** The events of one request, understood. */
    private record Delivery(String store, List<Object[]> rows, List<Object[]> aside, CompletableFuture<Integer> stored) {

        int size() {
            return rows.size() + aside.size();
        }
    }

    /** Stores a group of deliveries on one connection and says how many events of each were new. */
    @FunctionalInterface
    private interface RowWriter {

        int[] store(Connection connection, List<Delivery> group) throws SQLException;
    }

    /**
     * Made by Declarative Services.
     *
     * @param database takes the events
     * @param stores tell time zones
     * @param memory is told whose history has changed
     */
    @Activate
    public GroupedEvents(@Reference Database database, @Reference Stores stores, @Reference Memory memory) {
        this(database, stores, memory, Clock.systemUTC());
    }

    GroupedEvents(Database database, Stores stores, Memory memory, Clock clock) {
        this.database = database;
        this.stores = stores;
        this.memory = memory;
        this.clock = clock;
        this.writer = writer(database);
        thread.start();
    }

    @Override
    public Receipt accept(String store, List<Map<String, Object>> events) {
        Delivery delivery = new Delivery(store, new ArrayList<>(events.size()), new ArrayList<>(), new CompletableFuture<>());
        List<Rejection> rejected = understand(store, events, delivery);
        if (events.isEmpty()) {
            return new Receipt(0, 0, rejected);
        }
        if (!room.tryAcquire(delivery.size())) {
            throw new KontorException(KontorException.Kind.CAPACITY, "Too many events wait to be stored; send them again in a moment.");
        }
        try {
            enqueue(delivery);
            int stored = delivery.stored.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Receipt(stored, delivery.rows.size() - stored, rejected);
        } catch (ExecutionException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "The events could not be stored; send them again.", e.getCause());
        } catch (TimeoutException e) {
            throw new KontorException(KontorException.Kind.CAPACITY, "The database is too slow; send the events again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KontorException(KontorException.Kind.CAPACITY, "The server is stopping; send the events again.", e);
        } finally {
            room.release(delivery.size());
        }
    }

    private synchronized void enqueue(Delivery delivery) {
        if (closed) {
            throw new KontorException(KontorException.Kind.CAPACITY, "The server is stopping; send the events again.");
        }
        waiting.add(delivery);
    }

    private List<Rejection> understand(String store, List<Map<String, Object>> events, Delivery delivery) {
        ZoneId zone = stores.find(store)
                .orElseThrow(() -> new KontorException(KontorException.Kind.DATA, "The store was deleted.")).timeZone();
        RowParser parser = new RowParser(records, store, zone, clock);
        RawRow raw = new RawRow(records);
        List<Rejection> rejected = new ArrayList<>();
        for (int index = 0; index < events.size(); index++) {
            Map<String, Object> event = events.get(index);
            try {
                fill(raw, event);
                delivery.rows.add(parser.parse(raw));
            } catch (RowRefusedException e) {
                rejected.add(new Rejection(index, e.getMessage()));
                delivery.aside.add(Quarantine.row(store, Entity.EVENTS, index, null, customer(event), e, raw(event), clock.millis()));
            }
        }
        return rejected;
    }

    private void fill(RawRow raw, Map<String, Object> event) throws RowRefusedException {
        raw.clear();
        for (Map.Entry<String, Object> field : event.entrySet()) {
            Object value = field.getValue();
            if (value != null && !(value instanceof String) && !(value instanceof Number) && !(value instanceof Boolean)) {
                throw new RowRefusedException(field.getKey(), field.getKey() + " must be a text, a number, true, false or null");
            }
            fields.set(raw, field.getKey(), value == null ? null : value.toString());
        }
    }

    private static String customer(Map<String, Object> event) {
        return event.get("customerId") == null ? null : event.get("customerId").toString();
    }

    private static String raw(Map<String, Object> event) {
        try {
            return Texts.raw(JSON.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("events must consist of JSON values", e);
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
            LOG.error("The event writer was interrupted; events are no longer taken", e);
        }
    }

    private void store(List<Delivery> group) {
        try {
            int[] stored = database.jdbc(connection -> writer.store(connection, group));
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
                LOG.error("Events could not be stored", e);
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
                Extents.grow(connection, store.getKey(), Entity.EVENTS, store.getValue());
            }
            return stored;
        };
    }

    /** Stores what is waiting and ends. */
    @Deactivate
    void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
            CompletableFuture<Integer> end = CompletableFuture.completedFuture(0);
            waiting.add(new Delivery("", List.of(), List.of(), end));
        }
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }
}
