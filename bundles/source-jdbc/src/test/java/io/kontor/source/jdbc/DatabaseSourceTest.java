package io.kontor.source.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.testkit.data.CollectedRecords;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.lang.annotation.Annotation;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSourceTest {

    private static Server h2;

    @BeforeAll
    static void startH2() throws SQLException {
        h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-baseDir", "mem:").start();
    }

    @AfterAll
    static void stopH2() {
        h2.stop();
    }

    static Stream<FreshDatabase> databases() {
        return Stream.of(
                new FreshDatabase("jdbc:h2:tcp://localhost:" + h2.getPort() + "/mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1",
                "sa", "secret"), FreshDatabase.postgres());
    }

    private static void execute(FreshDatabase database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static DatabaseSource source(FreshDatabase database, String query, String increment, String... mapping) {
        return source(new Set(database.url(), database.user(), database.password(), new String[] {query},
                increment.isEmpty() ? new String[0] : new String[] {increment}, mapping));
    }

    private static DatabaseSource source(Set set) {
        return new DatabaseSource(url -> {
            try {
                return DriverManager.getDriver(url);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }, set);
    }

    private static List<String> ids(CollectedRecords sink) {
        return sink.records(Entity.ORDERS).stream().map(record -> (String) record.get("orderId")).toList();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void readsEveryKindOfColumn(FreshDatabase database) throws SQLException {
        execute(database, "create table lines (order_id varchar(20), placed timestamp with time zone, local_time timestamp, on_day date, "
                + "quantity integer, price numeric(12,4), big bigint, ratio double precision, paid boolean, note varchar(50))",
                "insert into lines values ('o1', timestamp with time zone '2025-03-31 12:00:00+02:00', timestamp '2025-03-31 12:00:00.5', "
                + "date '2025-03-31', 2, 9.9900, 9007199254740993, 0.5, true, null)");
        CollectedRecords sink = new CollectedRecords();
        source(database, "orders=lines", "", "orders.customerId:NOTE", "orders.unitPrice:price").read(sink);
        Map<String, Object> record = sink.records(Entity.ORDERS).get(0);
        assertEquals("o1", record.get("orderId"));
        assertEquals(Instant.parse("2025-03-31T10:00:00Z"), OffsetDateTime.parse((String) record.get("placed")).toInstant());
        assertEquals("2025-03-31T12:00:00.500", record.get("localTime"));
        assertEquals("2025-03-31", record.get("onDay"));
        assertEquals("2", record.get("quantity"));
        assertEquals("9.9900", record.get("price"));
        assertEquals("9007199254740993", record.get("big"));
        assertEquals("0.5", record.get("ratio"));
        assertEquals(true, record.get("paid"));
        assertTrue(record.containsKey("NOTE"), "mapped names are found whatever their case: " + record.keySet());
        assertFalse(sink.watermark(Entity.ORDERS).isPresent());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void readsWhatHasComeSinceAndABitBefore(FreshDatabase database) throws SQLException {
        execute(database, "create table lines (order_id varchar(20), updated timestamp with time zone)",
                "insert into lines values ('a', timestamp with time zone '2025-03-31 12:00:00.123456+00:00'), "
                + "('b', timestamp with time zone '2025-03-31 13:00:00+00:00'), ('never', null)");
        CollectedRecords sink = new CollectedRecords();
        DatabaseSource source = source(database, "orders=select * from lines", "orders=updated");
        source.read(sink);
        assertEquals(List.of("a", "b"), ids(sink));
        execute(database, "insert into lines values ('c', timestamp with time zone '2025-03-31 14:00:00+00:00'), "
                + "('late', timestamp with time zone '2025-03-31 12:56:00+00:00'), "
                + "('too late', timestamp with time zone '2025-03-31 12:54:00+00:00')");
        sink.clear();
        source.read(sink);
        assertEquals(List.of("late", "b", "c"), ids(sink), "from five minutes before the last value on");
    }

    @ParameterizedTest
    @MethodSource("databases")
    void neverPartsRowsOfOneValueByItsWatermark(FreshDatabase database) throws SQLException {
        StringBuilder rows = new StringBuilder("insert into lines values ");
        for (int i = 0; i < 7_000; i++) {
            rows.append(i == 0 ? "" : ",").append("('o").append(i).append("',").append(i < 1_500 ? i : i < 5_000 ? 3_000 : i + 1).append(')');
        }
        execute(database, "create table lines (order_id varchar(20), version integer)", rows.toString());
        CollectedRecords sink = new CollectedRecords();
        source(database, "orders=lines", "orders=version").read(sink);
        assertEquals(7_000, ids(sink).size());
        assertEquals(List.of("n:3000", "n:7000"), sink.watermarks(Entity.ORDERS));
        assertEquals(List.of(5_000, 2_000), sink.batches(Entity.ORDERS));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void cannotWrite(FreshDatabase database) throws SQLException {
        execute(database, "create table lines (order_id varchar(20))", "create sequence numbers");
        KontorException refused = assertThrows(KontorException.class, () -> source(database,
                "orders=with gone as (delete from lines returning *) select * from gone", "").read(new CollectedRecords()));
        assertTrue(refused.getMessage().startsWith("The database said: "), refused.getMessage());
        assertThrows(KontorException.class, () -> source(database, "orders=select 1; drop table lines", ""));
        assertThrows(KontorException.class, () -> source(database, "orders=delete from lines", ""));
        assertThrows(KontorException.class, () -> source(database, "orders=lines", "orders=version desc"));
    }

    @Test
    void saysWhatTheDatabaseSaidWithoutThePassword() {
        FreshDatabase database = FreshDatabase.postgres();
        KontorException unknown = assertThrows(KontorException.class,
                () -> source(database, "orders=nowhere", "").read(new CollectedRecords()));
        assertTrue(unknown.getMessage().contains("\"nowhere\" does not exist"), unknown.getMessage());
        KontorException login = assertThrows(KontorException.class, () -> source(new Set(database.url() + "&user=x", "nobody-hunter2",
                "hunter2", new String[] {"orders=a"}, new String[0], new String[0])).read(new CollectedRecords()));
        assertFalse(login.getMessage().contains("hunter2"), login.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:file:/tmp/x", "jdbc:h2:mem:x", "jdbc:h2:./x", "JDBC:h2:mem:x", "jdbc:H2:/x", "http://x",
        "jdbc:h2:tcp://h/x;INIT=RUNSCRIPT FROM 'http://evil'", "jdbc:postgresql://h/d?socketFactory=org.evil.X",
        "jdbc:postgresql://h/d?ssl=true&sslfactory=org.evil.X", "jdbc:postgresql://h/d?loggerFile=/tmp/x",
        "jdbc:mysql://h/d?autoDeserialize=true",
        "jdbc:mysql://h/d?allowLoadLocalInfile=true", "jdbc:postgresql://h/d?socket%46actory=org.evil.X"})
    void refusesAddressesThatDoMoreThanConnect(String url) {
        assertThrows(KontorException.class, () -> source(new Set(url, "", "", new String[] {"orders=a"}, new String[0], new String[0])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://h:5432/d?ssl=true&sslmode=verify-full&currentSchema=shop", "jdbc:mysql://h/classics",
        "jdbc:h2:tcp://h/~/x;IFEXISTS=TRUE", "jdbc:sqlserver://h;databaseName=d;encrypt=true"})
    void takesAddressesThatOnlyConnect(String url) {
        source(new Set(url, "", "", new String[] {"orders=a"}, new String[0], new String[0]));
    }

    /** Settings as a test needs them. */
    private record Set(String url, String user, String password, String[] queries, String[] increments, String[] mapping)
            implements DatabaseSource.Settings {

        @Override
        public String timeZone() {
            return "";
        }

        @Override
        public int overlap() {
            return 300;
        }

        @Override
        public int fetchSize() {
            return 1000;
        }

        @Override
        public int timeoutSeconds() {
            return 30;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return DatabaseSource.Settings.class;
        }
    }
}
