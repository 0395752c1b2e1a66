package io.kontor.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.platform.persistence.BulkInsert;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.persistence.Databases;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.net.URL;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class SqlDatabaseTest {

    private static final URL NOTES = SqlDatabaseTest.class.getResource("/sample/V1__note.sql");
    private static final URL OWN = SqlDatabase.class.getResource("/db/migration/V1__configuration.sql");
    private static final List<String> COLUMNS = List.of("store", "id", "text", "amount", "at");

    private static Databases.Opened open(FreshDatabase fresh) {
        return Databases.open(fresh.url(), fresh.user(), fresh.password(), List.of(NoteEntity.class),
                Map.of("test.notes", List.of(NOTES), "io.kontor.platform.persistence", List.of(OWN)));
    }

    private static long count(Database database) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select count(*) from note"); ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void insertsNewRowsAndSaysWhichWereThereAlready(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BulkInsert insert = database.bulkInsert("note", List.of("store", "id"), COLUMNS);
            Instant at = Instant.parse("2026-01-31T08:00:00Z");
            BitSet first = database.jdbc(c -> insert.insert(c, List.<Object[]>of(new Object[] {"s", "1", "tab\tline\nback\\slash", 1.5, at},
                    new Object[] {"s", "2", null, null, null}, new Object[] {"s", "1", "again", null, null})));
            assertEquals("{0, 1}", first.toString());
            BitSet second = database.jdbc(c -> insert.insert(c, List.<Object[]>of(new Object[] {"s", "2", "x", null, null},
                    new Object[] {"t", "2", "x", null, null})));
            assertEquals("{1}", second.toString());
            assertEquals(3, count(database));
            String text = database.jdbc(connection -> {
                try (PreparedStatement select = connection.prepareStatement("select text, at from note where store = 's' and id = '1'");
                        ResultSet row = select.executeQuery()) {
                    row.next();
                    assertEquals(at, row.getObject(2, java.time.OffsetDateTime.class).toInstant());
                    return row.getString(1);
                }
            });
            assertEquals("tab\tline\nback\\slash", text);
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void insertsThousandsAtOnce(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            BulkInsert insert = database.bulkInsert("note", List.of("store", "id"), COLUMNS);
            List<Object[]> rows = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                rows.add(new Object[] {"s", "n" + i % 4_000, "text " + i, (double) i, null});
            }
            assertEquals(4_000, database.jdbc(c -> insert.insert(c, rows)).cardinality());
            assertEquals(0, database.jdbc(c -> insert.insert(c, rows)).cardinality());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aFailureUndoesTheWholeTransaction(FreshDatabase fresh) {
        try (Databases.Opened database = open(fresh)) {
            database.transaction(manager -> {
                manager.persist(new NoteEntity("s", "kept", "kept"));
                return null;
            });
            assertThrows(IllegalArgumentException.class, () -> database.transaction(manager -> {
                manager.persist(new NoteEntity("s", "lost", "lost"));
                manager.flush();
                throw new IllegalArgumentException("on purpose");
            }));
            assertThrows(IllegalStateException.class, () -> database.jdbc(connection -> {
                connection.createStatement().executeUpdate("insert into note (store, id) values ('s', 'lost too')");
                throw new IllegalStateException("on purpose");
            }));
            assertEquals(1, count(database));
            assertEquals("kept", database.transaction(manager -> manager.find(NoteEntity.class, "kept").text()));
            assertNull(database.transaction(manager -> manager.find(NoteEntity.class, "lost")));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void opensAgainWithoutMigratingTwice(FreshDatabase fresh) {
        open(fresh).close();
        try (Databases.Opened database = open(fresh)) {
            assertEquals(0, count(database));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsConfigurationsOfEveryType(FreshDatabase fresh) throws Exception {
        Hashtable<String, Object> properties = new Hashtable<>(Map.of("text", "ü\n\"x\"", "number", 42, "big", 1L << 40, "share", 0.25,
                "flag", true, "list", new String[] {"a", "b"}, "counts", new Integer[] {1, 2}));
        try (Databases.Opened database = open(fresh)) {
            ConfigurationTable table = new ConfigurationTable(database);
            table.store("a.b.C|bundle|1.0.0~store", properties);
            table.store("gone", new Hashtable<>(Map.of("x", "y")));
            table.delete("gone");
        }
        try (Databases.Opened database = open(fresh)) {
            ConfigurationTable table = new ConfigurationTable(database);
            assertTrue(table.exists("a.b.C|bundle|1.0.0~store"));
            assertFalse(table.exists("gone"));
            Dictionary<?, ?> read = table.load("a.b.C|bundle|1.0.0~store");
            assertEquals(properties.size(), read.size());
            for (Map.Entry<String, Object> entry : properties.entrySet()) {
                Object value = read.get(entry.getKey());
                if (value instanceof Object[] array) {
                    assertEquals(List.of((Object[]) entry.getValue()), List.of(array));
                } else {
                    assertEquals(entry.getValue(), value, entry.getKey());
                }
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void staysOpenWhenThreadsAreInterruptedWhileTheyWrite(FreshDatabase fresh) throws Exception {
        try (Databases.Opened database = open(fresh)) {
            for (int i = 0; i < 20; i++) {
                CountDownLatch writing = new CountDownLatch(20);
                int round = i;
                Thread writer = new Thread(() -> {
                    for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
                        insertNote(database, round + "-" + n);
                        writing.countDown();
                    }
                });
                writer.setUncaughtExceptionHandler((thread, failure) -> {
                    while (writing.getCount() > 0) {
                        writing.countDown();
                    }
                });
                writer.start();
                assertTrue(writing.await(30, TimeUnit.SECONDS));
                writer.interrupt();
                writer.join(30_000);
                assertTrue(count(database) >= 20L * round, "all that was written is there");
            }
        }
    }

    private static void insertNote(Database database, String id) {
        database.jdbc(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into note (store, id) values ('s', ?)")) {
                insert.setString(1, id);
                return insert.executeUpdate();
            }
        });
    }

    @Test
    void saysInOneSentenceThatNothingAnswers() {
        KontorException failure = assertThrows(KontorException.class, () -> Databases.open(
                "jdbc:postgresql://127.0.0.1:1/kontor?password=s3cret", "kontor", "s3cret", List.of(), Map.of()));
        assertEquals("The database at jdbc:postgresql://127.0.0.1:1/kontor cannot be opened: nothing answers there.", failure.getMessage());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void saysWhichBundlesTablesCannotBeBroughtUp(FreshDatabase fresh) {
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> Databases.open(fresh.url(), fresh.user(),
                fresh.password(), List.of(), Map.of("test.broken", List.of(SqlDatabaseTest.class.getResource(
                        "/sample/broken/V1__broken.sql")))));
        assertTrue(failure.getMessage().startsWith("The tables of test.broken cannot be brought up to date"), failure.getMessage());
    }

    @Test
    void everyH2UrlWritesWithoutDelayUnlessItSaysOtherwise() {
        assertTrue(ConnectionUrl.of(java.util.Optional.empty(), java.nio.file.Path.of("/x")).jdbc().contains(";WRITE_DELAY=0;"));
        assertFalse(ConnectionUrl.of(java.util.Optional.of("jdbc:h2:mem:x;write_delay=500"), null).jdbc().contains("WRITE_DELAY=0"));
    }

    @Test
    void historyTablesAreShortPlainNames() {
        assertEquals("schema_io_kontor_platform_jobs", Migrations.historyTable("io.kontor.platform.jobs"));
        assertTrue(Migrations.historyTable("a.very.long.name.".repeat(10)).matches("[a-z0-9_]{1,63}"));
    }

    @Test
    void tellsThatSomebodyWaitsToWrite() throws InterruptedException {
        try (Databases.Opened database = Databases.open("jdbc:h2:mem:waits", null, null, List.of(), Map.of())) {
            Thread other = new Thread(() -> database.write(connection -> 0));
            boolean alone = database.write(connection -> {
                boolean before = database.writersWait();
                other.start();
                while (!database.writersWait()) {
                    Thread.onSpinWait();
                }
                return !before;
            });
            other.join();
            assertTrue(alone);
            assertFalse(database.writersWait());
        }
    }
}
