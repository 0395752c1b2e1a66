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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
 * Tells plugins what visitors do and whom to forget, a moment after it was stored by this server or another one: looks four times a second how
 * far the followed stores have come, and reads what is new. Each bundle is told on a thread of its own, so that one that hangs holds up only
 * itself. The histories that this server remembers are renewed in the same way. Safe for use by many threads.
 */
@Component(service = EventFollowers.class)
public final class EventFollowers {

    private static final Logger LOG = LoggerFactory.getLogger(EventFollowers.class);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(250);
    /** How long who begins to follow is told of the past on its own thread. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration RULES_HOLD = Duration.ofMinutes(1);
    private static final long NEVER = -1;
    private static final Duration TIDIES_EVERY = Duration.ofMinutes(10);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);
    private static final int IDLE_SECONDS = 10;
    /** After telling, it rests for so many times as long as it took, so that a large import leaves the processor to others. */
    private static final int RESTS = 2;

    private final Database database;
    private final Stores stores;
    private final KeyedPseudonyms pseudonyms;
    private final Memory memory;
    /** Up to where the histories of stores that were asked for have what was accepted; for the clock's thread. */
    private final Map<String, Long> remembered = new HashMap<>();
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
     * @param memory has histories
     */
    @Activate
    public EventFollowers(@Reference Database database, @Reference Stores stores, @Reference KeyedPseudonyms pseudonyms,
            @Reference Memory memory) {
        this.memory = memory;
        this.database = database;
        this.stores = stores;
        this.pseudonyms = pseudonyms;
        clock.scheduleWithFixedDelay(this::look, LOOKS_EVERY.toMillis(), LOOKS_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::tidy, 0, TIDIES_EVERY.toMillis(), TimeUnit.MILLISECONDS);
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
    Following follow(String store, long after, int most, Consumer<ColumnBatch> batches, Consumer<String> forgotten) {
        if (most < 0 || most > StoreData.MOST_FOLLOWED) {
            throw new IllegalArgumentException("most must be 0 to " + StoreData.MOST_FOLLOWED + ", not " + most);
        }
        Follower follower = new Follower(store, after, most, batches, forgotten);
        follower.tell(System.nanoTime() + AT_ONCE.toNanos());
        followers.add(follower);
        return follower;
    }

    private void look() {
        followers.removeIf(Follower::ended);
        threads.entrySet().removeIf(entry -> unused(entry.getKey()) && shutDown(entry.getValue()));
        Set<String> asked = memory.storesWithHistories();
        remembered.keySet().retainAll(asked);
        asked.forEach(store -> remembered.putIfAbsent(store, NEVER));
        Set<String> looked = new HashSet<>(remembered.keySet());
        followers.forEach(follower -> looked.add(follower.store));
        if (looked.isEmpty()) {
            return;
        }
        try {
            Map<String, Long> positions = database.jdbc(connection -> positions(connection, looked));
            remembered.replaceAll((store, position) -> renewed(store, position, positions.getOrDefault(store, 0L)));
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

    /** Forgets histories that something was added to. */
    private long renewed(String store, long position, long last) {
        if (position == NEVER || position > last) {
            memory.renewHistories(store);
        } else if (position < last) {
            database.jdbc(connection -> {
                AcceptedEvents.Page page = AcceptedEvents.after(connection, store, position);
                PseudonymKey key = pseudonyms.key(store);
                List<String> forgotten = AcceptedEvents.forgotten(connection, store, position, last);
                forgotten.forEach(customer -> {
                    memory.erased(store, key.id(customer).orElse(customer));
                    pseudonyms.erased(store, key.id(customer).orElse(customer));
                });
                if (page.last() < last || forgotten.contains(AcceptedEvents.ANYBODY)) {
                    memory.renewHistories(store);
                    memory.consents().forget(store);
                } else {
                    RowBatch batch = AcceptedEvents.read(connection, store, page, CleaningRules.NONE, KnownCustomers.ALL);
                    memory.renewHistories(store, Arrays.asList(batch.texts("customerId")).subList(0, batch.size()));
                }
                return null;
            });
        }
        return last;
    }

    private void tidy() {
        try {
            database.jdbc(connection -> {
                AcceptedEvents.tidy(connection);
                return null;
            });
        } catch (RuntimeException e) {
            LOG.warn("The names of forgotten customers could not be removed; it is tried again in {} min", TIDIES_EVERY.toMinutes(), e);
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

    private static Map<String, Long> positions(Connection connection, Set<String> looked) throws SQLException {
        Map<String, Long> positions = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select t.store, t.accepted from unnest(cast(? as varchar array)) as k(id) "
                + "left join data_extent t on t.store = k.id and t.entity = '" + Entity.EVENTS.path() + "'")) {
            select.setArray(1, connection.createArrayOf("varchar", looked.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    positions.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return positions;
    }

    /**
     * What is told at once.
     *
     * @param forgotten customers by their pseudonyms
     * @param batch what visitors did
     */
    private record News(List<String> forgotten, RowBatch batch) {
    }

    /** Somebody who follows a store. */
    private final class Follower implements Following {

        private final String store;
        private final long after;
        private final int most;
        private final Consumer<ColumnBatch> batches;
        private final Consumer<String> forgotten;
        private final Bundle owner;
        private final String bundle;
        private final AtomicBoolean busy = new AtomicBoolean(true);
        private CleaningRules cleaning;
        private long cleaned;
        private long heeded = -1;
        private volatile long position;
        private volatile long rests = System.nanoTime();
        private volatile boolean closed;

        Follower(String store, long after, int most, Consumer<ColumnBatch> batches, Consumer<String> forgotten) {
            this.store = store;
            this.after = after;
            this.forgotten = forgotten;
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
                    News news = database.jdbc(this::next);
                    more = news != null;
                    if (more && !ended()) {
                        give(news);
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

        /** Forgets first: the batch was read after the last of these had said so, and has what those have allowed since. */
        private void give(News news) {
            try {
                news.forgotten.forEach(forgotten);
                if (news.batch.size() > 0) {
                    batches.accept(news.batch);
                }
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                closed = true;
                LOG.error("The bundle {} failed at the latest events of store {} and is told no more of them until its plugin is enabled again "
                        + "or loads another model", bundle, store, e);
            }
        }

        /** The next page; null when there is none. */
        private News next(Connection connection) throws SQLException {
            long last = AcceptedEvents.last(connection, store);
            // Whom others had to forget before is not among what is read now.
            heeded = heeded < 0 ? last : heeded;
            // A position that the store never had is another store's: of what was learned there, nothing is here.
            long from = Math.max(position > last ? 0 : position, last - most);
            AcceptedEvents.Page page = AcceptedEvents.after(connection, store, from);
            boolean empty = page.times().length == 0;
            long end = empty ? last : page.last();
            List<String> left = AcceptedEvents.forgotten(connection, store, heeded, end);
            if (left.contains(AcceptedEvents.ANYBODY)) {
                heeded = last;
                position = after;
                return new News(List.of(AcceptedEvents.ANYBODY), nothing());
            }
            PseudonymKey key = pseudonyms.key(store);
            List<String> names = left.stream().map(customer -> key.id(customer).isPresent() ? customer : key.pseudonym(customer)).toList();
            RowBatch batch = empty ? nothing() : read(connection, page, key);
            heeded = Math.max(heeded, end);
            position = end;
            return empty && names.isEmpty() ? null : new News(names, batch);
        }

        private RowBatch read(Connection connection, AcceptedEvents.Page page, PseudonymKey key) throws SQLException {
            long now = System.nanoTime();
            if (cleaning == null || now - cleaned > RULES_HOLD.toNanos()) {
                cleaning = CleaningRules.open(connection, store);
                cleaned = now;
            }
            String country = stores.find(store).map(Store::country).orElse("");
            return AcceptedEvents.read(connection, store, page, cleaning, KnownCustomers.of(connection, store, country, key,
                    KnownCustomers.Use.FOLLOWED));
        }

        private RowBatch nothing() {
            return new RowBatch("events", List.of(), false);
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
