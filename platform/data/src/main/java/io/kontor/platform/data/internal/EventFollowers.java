package io.kontor.platform.data.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Following;
import io.kontor.api.data.StoreData;
import io.kontor.api.store.Store;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.stores.Stores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells plugins what visitors do, a moment after it was stored by this server or another one: looks four times a second how far the followed
 * stores have come, and reads what is new. Each bundle is told on a thread of its own, so that one that hangs holds up only itself. Safe for
 * use by many threads.
 */
@Component(service = EventFollowers.class)
public final class EventFollowers {

    private static final Logger LOG = LoggerFactory.getLogger(EventFollowers.class);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(250);
    /** How long who begins to follow is told of the past on its own thread. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration RULES_HOLD = Duration.ofMinutes(1);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);
    private static final int IDLE_SECONDS = 10;
    /** After telling, it rests for so many times as long as it took, so that a large import leaves the processor to others. */
    private static final int RESTS = 2;

    private final Database database;
    private final Stores stores;
    private final KeyedPseudonyms pseudonyms;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final Map<String, ThreadPoolExecutor> threads = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(named("kontor-followers"));
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * Made by Declarative Services.
     *
     * @param database has the events
     * @param stores tell their countries
     * @param pseudonyms what customers are called
     */
    @Activate
    public EventFollowers(@Reference Database database, @Reference Stores stores, @Reference KeyedPseudonyms pseudonyms) {
        this.database = database;
        this.stores = stores;
        this.pseudonyms = pseudonyms;
        clock.scheduleWithFixedDelay(this::look, LOOKS_EVERY.toMillis(), LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(EventFollowers.class.getClassLoader());
            return thread;
        };
    }

    /** {@link StoreData#follow} for a store. */
    Following follow(String store, long after, int most, Consumer<ColumnBatch> batches) {
        if (most < 0 || most > StoreData.MOST_FOLLOWED) {
            throw new IllegalArgumentException("most must be 0 to " + StoreData.MOST_FOLLOWED + ", not " + most);
        }
        Follower follower = new Follower(store, after, most, batches);
        follower.tell(System.nanoTime() + AT_ONCE.toNanos());
        followers.add(follower);
        return follower;
    }

    private void look() {
        followers.removeIf(Follower::ended);
        threads.entrySet().removeIf(entry -> unused(entry.getKey()) && shutDown(entry.getValue()));
        if (followers.isEmpty()) {
            return;
        }
        try {
            Map<String, Long> positions = database.jdbc(this::positions);
            failing.set(false);
            long now = System.nanoTime();
            for (Follower follower : followers) {
                if (positions.getOrDefault(follower.store, 0L) > follower.position && follower.rested(now)
                        && follower.busy.compareAndSet(false, true)) {
                    threads.computeIfAbsent(follower.bundle, EventFollowers::thread).execute(() -> follower.tell(Long.MAX_VALUE));
                }
            }
        } catch (RuntimeException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.warn("The database does not tell the latest events; plugins that follow them wait until it does", e);
            }
        }
    }

    private boolean unused(String bundle) {
        return followers.stream().noneMatch(follower -> follower.bundle.equals(bundle));
    }

    private static boolean shutDown(ThreadPoolExecutor pool) {
        pool.shutdown();
        return true;
    }

    private static ThreadPoolExecutor thread(String bundle) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                named("kontor-follower-" + bundle));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private Map<String, Long> positions(Connection connection) throws SQLException {
        Map<String, Long> positions = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select t.store, t.accepted from unnest(cast(? as varchar array)) as k(id) "
                + "left join data_extent t on t.store = k.id and t.entity = '" + Entity.EVENTS.path() + "'")) {
            select.setArray(1, connection.createArrayOf("varchar", followers.stream().map(one -> one.store).distinct().toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    positions.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return positions;
    }

    /** Somebody who follows a store. */
    private final class Follower implements Following {

        private final String store;
        private final int most;
        private final Consumer<ColumnBatch> batches;
        private final Bundle owner;
        private final String bundle;
        private final AtomicBoolean busy = new AtomicBoolean(true);
        private CleaningRules cleaning;
        private long cleaned;
        private volatile long position;
        private volatile long rests = System.nanoTime();
        private volatile boolean closed;

        Follower(String store, long after, int most, Consumer<ColumnBatch> batches) {
            this.store = store;
            this.position = after;
            this.most = most;
            this.batches = batches;
            this.owner = FrameworkUtil.getBundle(batches.getClass());
            this.bundle = owner == null ? "" : owner.getSymbolicName();
        }

        boolean rested(long now) {
            return now - rests >= 0;
        }

        boolean ended() {
            return closed || owner != null && owner.getState() != Bundle.ACTIVE && owner.getState() != Bundle.STARTING;
        }

        /** Tells what is new until a moment, on the one thread that has made this busy. */
        void tell(long until) {
            long begun = System.nanoTime();
            try {
                boolean more = true;
                while (more && !ended() && System.nanoTime() < until) {
                    RowBatch batch = database.jdbc(this::next);
                    more = batch != null;
                    if (more && batch.size() > 0 && !ended()) {
                        give(batch);
                    }
                }
            } catch (KontorException e) {
                LOG.warn("The latest events of store {} could not be read; it is tried again in a moment", store, e);
            } finally {
                long end = System.nanoTime();
                rests = end + RESTS * (end - begun);
                busy.set(false);
            }
        }

        private void give(ColumnBatch batch) {
            try {
                batches.accept(batch);
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                closed = true;
                LOG.error("The bundle {} failed at the latest events of store {} and is told no more of them until its plugin is enabled again "
                        + "or loads another model", bundle, store, e);
            }
        }

        /** The next page; null when there is none. */
        private RowBatch next(Connection connection) throws SQLException {
            long last = AcceptedEvents.last(connection, store);
            // A position that the store never had is another store's: of what was learned there, nothing is here.
            long from = Math.max(position > last ? 0 : position, last - most);
            AcceptedEvents.Page page = AcceptedEvents.after(connection, store, from);
            if (page.times().length == 0) {
                position = last;
                return null;
            }
            long now = System.nanoTime();
            if (cleaning == null || now - cleaned > RULES_HOLD.toNanos()) {
                cleaning = CleaningRules.open(connection, store);
                cleaned = now;
            }
            String country = stores.find(store).map(Store::country).orElse("");
            RowBatch batch = AcceptedEvents.read(connection, store, page, cleaning, KnownCustomers.of(connection, store, country,
                    pseudonyms.key(store), KnownCustomers.Use.FOLLOWED));
            position = page.last();
            return batch;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Ends telling, without interrupting who reads from the database. */
    @Deactivate
    void close() {
        followers.forEach(Follower::close);
        clock.shutdown();
        long until = System.nanoTime() + STOPS_WITHIN.toNanos();
        try {
            clock.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            threads.values().forEach(ThreadPoolExecutor::shutdown);
            for (ThreadPoolExecutor pool : threads.values()) {
                pool.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
