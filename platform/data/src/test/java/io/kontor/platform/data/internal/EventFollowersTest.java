package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.ColumnBatch;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Following;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.StoreData;
import io.kontor.api.privacy.Purpose;
import io.kontor.platform.data.Customers;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class EventFollowersTest {

    /** What somebody was told, row by row. */
    private static final class Told {

        private final BlockingQueue<String> rows = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> forgotten = new LinkedBlockingQueue<>();
        private final List<Long> positions = new ArrayList<>();

        void take(ColumnBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                synchronized (positions) {
                    positions.add((long) batch.numbers("position")[i]);
                }
                rows.add(batch.texts("customerId")[i] + " " + batch.texts("sessionId")[i] + " " + batch.texts("type")[i] + " "
                        + batch.texts("productId")[i] + " " + batch.numbers("value")[i]);
            }
        }

        String next() throws InterruptedException {
            return rows.poll(20, TimeUnit.SECONDS);
        }
    }

    private static Map<String, Object> view(String id, String customer, String session, String product) {
        Map<String, Object> event = new HashMap<>(Map.of("id", id, "time", "2026-02-01T10:00:00Z", "type", "view", "productId", product));
        if (customer != null) {
            event.put("customerId", customer);
        }
        if (session != null) {
            event.put("sessionId", session);
        }
        return event;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertTrue(condition.getAsBoolean());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsWhatWasAcceptedInItsOrderByWhicheverServer(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            EventFollowers followers = new EventFollowers(bench.database, bench.stores, bench.pseudonyms, bench.memory);
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            Memory elsewhere = new Memory(bench.database, bench.intake, bench.stores);
            GroupedEvents other = new GroupedEvents(bench.database, bench.stores, elsewhere, Bench.NOW);
            events.accept("shop", List.of(view("1", "anna", "s", "p1")));
            long position;
            try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.ANY)) {
                events.accept("shop", List.of(view("2", null, "s", "p2")));
                position = snapshot.position();
                assertEquals(1, position, "the event came after the snapshot was opened");
                assertEquals(1, snapshot.window(null, Bench.NOW.instant().minusSeconds(1_000_000_000)).position());
            }
            Told told = new Told();
            Following following = followers.follow("shop", position, 100, told::take, told.forgotten::add);
            assertEquals("null s view p2 1.0", told.rows.poll(), "told before it returned");
            other.accept("shop", List.of(view("2", null, "s", "p2"), view("3", "anna", null, "p3")));
            assertEquals(bench.pseudonyms.of("shop", "anna") + " null view p3 1.0", told.next());
            Map<String, Object> search = new HashMap<>(view("4", null, "s", "p4"));
            search.put("type", "search");
            Map<String, Object> rating = new HashMap<>(view("5", null, "s", "p5"));
            rating.putAll(Map.of("type", "rating", "value", 4));
            events.accept("shop", List.of(search, rating));
            assertEquals("null s rating p5 4.0", told.next());
            bench.load(Entity.EVENTS, "id,time,type,sessionId,productId", "6,2026-01-01T00:00:00Z,cart,t,p6");
            assertEquals("null t cart p6 1.0", told.next());
            assertEquals(List.of(2L, 3L, 5L, 6L), told.positions);
            following.close();
            Told again = new Told();
            followers.follow("shop", 0, 2, again::take, again.forgotten::add);
            assertEquals(List.of("null s rating p5 4.0", "null t cart p6 1.0"), List.copyOf(again.rows), "the latest two");
            Told foreign = new Told();
            followers.follow("shop", 1_000, 100, foreign::take, foreign.forgotten::add);
            assertEquals(5, foreign.rows.size(), "a position of another store");
            assertThrows(IllegalArgumentException.class,
                    () -> followers.follow("shop", 0, StoreData.MOST_FOLLOWED + 1, foreign::take, foreign.forgotten::add));
            assertEquals(0, told.rows.size());
            followers.close();
            events.close();
            other.close();
            elsewhere.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void leavesOutWhoDidNotAgreeAndWhoIsErased(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            EventFollowers followers = new EventFollowers(bench.database, bench.stores, bench.pseudonyms, bench.memory);
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            StoreConsents consents = new StoreConsents(bench.database, bench.stores, bench.memory);
            consents.say("shop", "shy", Map.of(Purpose.ANALYTICS, false));
            events.accept("shop", List.of(view("1", "shy", "s", "p1"), view("2", "gone", "t", "p2"), view("3", "anna", "u", "p3")));
            bench.database.jdbc(connection -> PersonalRecords.execute(connection, "delete from event where store = ? and customer_id = ?",
                    "shop", "gone"));
            Told told = new Told();
            followers.follow("shop", 0, 100, told::take, told.forgotten::add);
            assertEquals(List.of(bench.pseudonyms.of("shop", "anna") + " u view p3 1.0"), List.copyOf(told.rows));
            followers.close();
            events.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsOthersWhomToForget(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            Memory elsewhere = new Memory(bench.database, bench.intake, bench.stores);
            EventFollowers followers = new EventFollowers(bench.database, bench.stores, bench.pseudonyms, elsewhere);
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            StoreConsents consents = new StoreConsents(bench.database, bench.stores, bench.memory);
            events.accept("shop", List.of(view("1", "anna", "s", "p1"), view("2", "bo", "t", "p2"), view("3", "cy", "u", "p3"),
                    view("4", "di", "v", "p4")));
            Told told = new Told();
            followers.follow("shop", 0, 100, told::take, told.forgotten::add);
            assertEquals(4, told.rows.size());
            assertEquals(1, elsewhere.history("shop", "bo", 10).size());
            assertTrue(elsewhere.consents().agreed("shop", "bo", Purpose.PERSONALISATION));
            new ErasureJob(bench.database, bench.memory, bench.intake, List.of(), bench.plugins, bench.pseudonyms).run("job",
                    erasureOf(bench, "anna"), new Bench.Uneventful());
            assertEquals(bench.pseudonyms.of("shop", "anna"), told.forgotten.poll(20, TimeUnit.SECONDS));
            consents.say("shop", "bo", Map.of(Purpose.ANALYTICS, false, Purpose.PERSONALISATION, false));
            assertEquals(bench.pseudonyms.of("shop", "bo"), told.forgotten.poll(20, TimeUnit.SECONDS));
            await(() -> !elsewhere.consents().agreed("shop", "bo", Purpose.PERSONALISATION));
            consents.say("shop", "bo", Map.of(Purpose.MARKETING, false, Purpose.ANALYTICS, true));
            Map<String, Object> objection = new HashMap<>(view("5", "cy", null, "p"));
            objection.put("type", "objection");
            events.accept("shop", List.of(objection, view("6", "cy", "w", "p6")));
            assertEquals(bench.pseudonyms.of("shop", "cy"), told.forgotten.poll(20, TimeUnit.SECONDS));
            bench.load(Entity.CUSTOMERS, "id,consent", "di,none", "ed,personalisation analytics");
            assertEquals(bench.pseudonyms.of("shop", "di"), told.forgotten.poll(20, TimeUnit.SECONDS));
            told.rows.clear();
            bench.load(Entity.CUSTOMERS, "id,consent", "di,personalisation analytics");
            consents.optIn("shop", Map.of("DE", false));
            assertEquals("", told.forgotten.poll(20, TimeUnit.SECONDS));
            assertEquals(bench.pseudonyms.of("shop", "di") + " v view p4 1.0", told.next(), "all that may be known is told again");
            events.accept("shop", List.of(view("7", null, "x", "p7")));
            assertEquals("null x view p7 1.0", told.next());
            assertEquals(0, told.forgotten.size());
            Told none = new Told();
            followers.follow("shop", 0, 0, none::take, none.forgotten::add);
            consents.say("shop", "di", Map.of(Purpose.ANALYTICS, false));
            events.accept("shop", List.of(view("8", null, "y", "p8")));
            assertEquals(bench.pseudonyms.of("shop", "di"), none.forgotten.poll(20, TimeUnit.SECONDS), "however little is followed");
            assertEquals(0, none.rows.size());
            followers.close();
            events.close();
            elsewhere.close();
        }
    }

    private static JobRequest erasureOf(Bench bench, String customer) {
        bench.database.jdbc(connection -> PersonalRecords.execute(connection, "insert into erasure (id, store, customer_id) values (?, ?, ?)",
                customer, "shop", customer));
        return new JobRequest(Customers.ERASE_JOB, "shop", null, Map.of("erasure", customer), null);
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsOrderLinesThatAreNews(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            Memory elsewhere = new Memory(bench.database, bench.intake, bench.stores);
            EventFollowers followers = new EventFollowers(bench.database, bench.stores, bench.pseudonyms, elsewhere);
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            events.accept("shop", List.of(view("1", "anna", "s", "p1")));
            Told told = new Told();
            followers.follow("shop", 1, 100, told::take, told.forgotten::add);
            assertEquals(1, elsewhere.history("shop", "anna", 10).size());
            Instant now = Instant.now().minusSeconds(60);
            String[] file = {"orderId,time,customerId,productId,quantity,unitPrice", "old,2026-01-01T00:00:00Z,anna,p0,1,5",
                "o," + now + ",anna,p2,2,5", "o," + now + ",anna,p2,2,5", "r," + now.plusSeconds(1) + ",,p3,-1,5"};
            bench.load(Entity.ORDERS, file);
            String anna = bench.pseudonyms.of("shop", "anna");
            assertEquals(anna + " o purchase p2 2.0", told.next());
            assertEquals(anna + " o purchase p2 2.0", told.next());
            assertEquals("null r return p3 1.0", told.next());
            await(() -> elsewhere.history("shop", "anna", 10).size() == 4);
            bench.load(Entity.ORDERS, file);
            events.accept("shop", List.of(view("2", null, "t", "p4")));
            assertEquals("null t view p4 1.0", told.next(), "what was there already is not told twice");
            assertEquals(List.of(2L, 3L, 4L, 5L), told.positions);
            try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.ANY)) {
                assertEquals(5, snapshot.position());
            }
            followers.close();
            events.close();
            elsewhere.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void losesNothingOfTransactionsThatOverlap(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            EventFollowers followers = new EventFollowers(bench.database, bench.stores, bench.pseudonyms, bench.memory);
            Told told = new Told();
            followers.follow("shop", 0, StoreData.MOST_FOLLOWED, told::take, told.forgotten::add);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> all = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int number = writer;
                all.add(threads.submit(() -> {
                    GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
                    for (int i = 0; i < 40; i++) {
                        events.accept("shop", List.of(view(number + "-" + i, null, "s" + number, "p" + i), view(number + "-" + i / 2, null, "s"
                                + number, "p" + i / 2)));
                    }
                    events.close();
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            threads.shutdown();
            await(() -> told.rows.size() >= 160);
            assertEquals(160, told.rows.stream().distinct().count());
            synchronized (told.positions) {
                assertEquals(IntStream.rangeClosed(1, 160).mapToObj(Long::valueOf).toList(), told.positions);
            }
            followers.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aTransactionThatIsOpenHoldsTheNextOnesPositionBack(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            events.accept("shop", List.of(view("1", null, "s", "p1")));
            Told told = new Told();
            EventFollowers followers = new EventFollowers(bench.database, bench.stores, bench.pseudonyms, bench.memory);
            followers.follow("shop", 1, 100, told::take, told.forgotten::add);
            CountDownLatch noted = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            Future<?> slow = threads.submit(() -> bench.database.jdbc(connection -> {
                PersonalRecords.execute(connection, "insert into event (store, id, time, type, session_id, product_id, digest) "
                        + "values (?, '2', 1000, 'view', 's', 'p2', 77)", "shop");
                AcceptedEvents.note(connection, Records.of(Entity.EVENTS), List.<Object[]>of(row("2", 77)), BitSet.valueOf(new long[] {1}));
                noted.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return null;
            }));
            noted.await();
            Future<?> quick = threads.submit(() -> events.accept("shop", List.of(view("3", null, "s", "p3"))));
            assertEquals(0, told.rows.size());
            end.countDown();
            slow.get();
            quick.get();
            assertEquals("null s view p2 1.0", told.next());
            assertEquals("null s view p3 1.0", told.next());
            assertEquals(List.of(2L, 3L), told.positions);
            threads.shutdown();
            followers.close();
            events.close();
        }
    }

    private static Object[] row(String id, long digest) {
        Records records = Records.of(Entity.EVENTS);
        Object[] row = new Object[records.width()];
        row[Records.STORE] = "shop";
        row[Records.ID] = id;
        row[records.first() + records.indexOf("time")] = 1_000L;
        row[records.digestIndex()] = digest;
        return row;
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsTheNewestOnly(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            List<Object[]> rows = IntStream.range(0, 5_000).mapToObj(i -> row("e" + i, i)).toList();
            BitSet all = new BitSet();
            all.set(0, rows.size());
            for (int i = 0; i < 24; i++) {
                bench.database.jdbc(connection -> {
                    AcceptedEvents.note(connection, Records.of(Entity.EVENTS), rows, all);
                    return null;
                });
            }
            long kept = bench.database.jdbc(connection -> {
                try (PreparedStatement select = connection.prepareStatement("select sum(octet_length(content)) / 16 from accepted_event");
                        ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            });
            assertTrue(kept >= StoreData.MOST_FOLLOWED && kept < 112_000, kept + " positions");
            EventFollowers followers = new EventFollowers(bench.database, bench.stores, bench.pseudonyms, bench.memory);
            Told told = new Told();
            followers.follow("shop", 0, StoreData.MOST_FOLLOWED, told::take, told.forgotten::add);
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            events.accept("shop", List.of(view("new", null, "s", "p")));
            assertEquals("null s view p 1.0", told.next());
            assertEquals(List.of(120_001L), told.positions, "none of the others is among the records");
            followers.close();
            events.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsNoMoreToWhoFails(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            events.accept("shop", List.of(view("1", null, "s", "p1")));
            EventFollowers followers = new EventFollowers(bench.database, bench.stores, bench.pseudonyms, bench.memory);
            List<Integer> calls = new ArrayList<>();
            Told told = new Told();
            followers.follow("shop", 0, 100, batch -> {
                calls.add(batch.size());
                throw new IllegalStateException("does not want to know");
            }, told.forgotten::add);
            followers.follow("shop", 0, 100, told::take, told.forgotten::add);
            events.accept("shop", List.of(view("2", null, "s", "p2")));
            assertEquals("null s view p1 1.0", told.next());
            assertEquals("null s view p2 1.0", told.next());
            assertEquals(List.of(1), calls);
            followers.close();
            events.close();
        }
    }
}
