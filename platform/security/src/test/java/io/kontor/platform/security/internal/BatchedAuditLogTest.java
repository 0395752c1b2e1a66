package io.kontor.platform.security.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.security.AuditLog.Entry;
import io.kontor.platform.security.AuditLog.Noted;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class BatchedAuditLogTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static Databases.Opened open(FreshDatabase fresh) {
        return Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(), Map.of("io.kontor.platform.security",
                List.of(AuditTable.class.getResource("/db/migration/V1__access.sql"),
                        AuditTable.class.getResource("/db/migration/V2__audit.sql"))));
    }

    private static Entry entry(int minute, String store) {
        return new Entry(NOON.plusSeconds(60L * minute), "key abc", "PUT /stores/{store}/plugins/{plugin}", store, "plugin=p" + minute, 200);
    }

    private static List<String> subjects(List<Noted> noted) {
        return noted.stream().map(n -> n.entry().subject()).toList();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void listsTheLatestFirstByStoreAndTimeInPages(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedAuditLog log = new BatchedAuditLog(database);
            for (int minute = 0; minute < 6; minute++) {
                log.note(entry(minute, minute % 2 == 0 ? "berlin" : null));
            }
            List<Noted> first = log.list(null, null, null, Long.MAX_VALUE, 4);
            assertEquals(List.of("plugin=p5", "plugin=p4", "plugin=p3", "plugin=p2"), subjects(first));
            assertEquals(entry(5, null), first.get(0).entry());
            assertEquals(List.of("plugin=p1", "plugin=p0"), subjects(log.list(null, null, null, first.get(3).id(), 4)));
            assertEquals(List.of("plugin=p4", "plugin=p2"),
                    subjects(log.list("berlin", NOON.plusSeconds(60), NOON.plusSeconds(300), Long.MAX_VALUE, 10)));
            assertEquals(List.of(), log.list("paris", null, null, Long.MAX_VALUE, 10));
            log.stop();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void writesAllEntriesOfManyThreadsBeforeItStops(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = open(fresh)) {
            BatchedAuditLog log = new BatchedAuditLog(database);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(new Thread(() -> IntStream.range(0, 300).forEach(i -> log.note(entry(i, "berlin")))));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            log.stop();
            int rows = 0;
            long before = Long.MAX_VALUE;
            List<Noted> page;
            do {
                page = new AuditTable(database).list("berlin", null, null, before, 500);
                rows += page.size();
                before = page.isEmpty() ? before : page.get(page.size() - 1).id();
            } while (!page.isEmpty());
            assertEquals(1_200, rows);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsEntriesWhileTheDatabaseIsAway(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = open(fresh)) {
            AtomicBoolean away = new AtomicBoolean(true);
            CountDownLatch asked = new CountDownLatch(1);
            BatchedAuditLog log = new BatchedAuditLog(shaky(database, away, asked));
            log.note(entry(1, "berlin"));
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            away.set(false);
            log.note(entry(2, "berlin"));
            log.stop();
            assertEquals(List.of("plugin=p2", "plugin=p1"), subjects(new AuditTable(database).list(null, null, null, Long.MAX_VALUE, 10)));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void makesEveryTextFit(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BatchedAuditLog log = new BatchedAuditLog(database);
            log.note(new Entry(NOON, "a".repeat(300), "b".repeat(300), "d".repeat(300), "\0" + "c".repeat(3_000), 404));
            Entry kept = log.list(null, null, null, Long.MAX_VALUE, 1).get(0).entry();
            assertEquals(List.of(200, 200, 63, 500),
                    List.of(kept.actor().length(), kept.action().length(), kept.store().length(), kept.subject().length()));
            assertTrue(kept.subject().startsWith("?ccc"));
            log.stop();
        }
    }

    /** The database, but for failing while it is away. */
    private static Database shaky(Database database, AtomicBoolean away, CountDownLatch asked) {
        return (Database) Proxy.newProxyInstance(Database.class.getClassLoader(), new Class<?>[] {Database.class}, (proxy, method, args) -> {
            if (away.get()) {
                asked.countDown();
                throw new KontorException(KontorException.Kind.INTERNAL, "The database is away.");
            }
            try {
                return method.invoke(database, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
