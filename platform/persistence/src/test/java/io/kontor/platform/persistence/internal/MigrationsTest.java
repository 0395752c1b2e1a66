package io.kontor.platform.persistence.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations on H2 that are cut short after each statement, as a kill does, and then go on. */
class MigrationsTest {

    private static final String BUNDLE = "io.kontor.test";

    /** Rows of earlier versions that later scripts change, by the version after which they are there. */
    private static final Map<String, String> ROWS = Map.of(
            "jobs1", "insert into job_schedule (store, id, plugin, task, cron, time_zone, enabled, next_run)"
                    + " values ('s', 'a', 'p', 't', '0 1 * * *', 'UTC', true, timestamp with time zone '2026-01-01 00:00:00+00')",
            "decisions1", "insert into proposal (store, family, kind, subject, place, state, plugin, plugin_version, content, proposed_at,"
                    + " decided_at) values ('s', 'f', 'k', 'p', '', 'APPROVED', 'p', '1', '{}', current_timestamp, current_timestamp)",
            "security1", "insert into account (name, password_hash, role) values ('admin', 'x', 'ADMIN')");

    /** The process is gone. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;
    }

    /** A database that is killed after a number of statements and commits. */
    private static final class Mortal {

        private final List<Connection> open = new ArrayList<>();
        private int left;

        Mortal(int left) {
            this.left = left;
        }

        <T> T mortal(Class<T> type, T target) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                if (left == 0) {
                    throw new Killed();
                }
                Object result;
                try {
                    result = method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
                if ((method.getName().startsWith("execute") || method.getName().equals("commit")) && --left == 0) {
                    for (Connection each : open) {
                        each.close();
                    }
                    throw new Killed();
                }
                if (result instanceof Connection connection && target instanceof DataSource) {
                    open.add(connection);
                    return mortal(Connection.class, connection);
                }
                return target instanceof Connection && result instanceof Statement
                        ? mortal((Class<Object>) (Class<?>) method.getReturnType(), result) : result;
            }));
        }
    }

    private static DataSource fresh() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID()
                + ";DB_CLOSE_DELAY=-1;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        return source;
    }

    private static int version(Path script) {
        String name = script.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static List<Script> scripts(String module) throws IOException {
        List<Script> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("..", module, "src", "main", "resources", "db", "migration"))) {
            for (Path file : files.sorted(Comparator.comparing(MigrationsTest::version)).toList()) {
                scripts.add(new Script(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return scripts;
    }

    /** Columns, indexes, history and numbers of rows; of Flyway's own table what it says. */
    private static List<String> state(DataSource source) throws SQLException {
        List<String> state = new ArrayList<>();
        List<String> tables = rows(source, "select table_name from information_schema.tables where table_schema = 'public' and"
                + " table_name not like 'schema%' order by 1");
        state.addAll(rows(source, "select table_name, column_name, data_type, is_nullable, column_default, is_identity from"
                + " information_schema.columns where table_schema = 'public' order by table_name, column_name"));
        state.addAll(rows(source, "select table_name, string_agg(column_name, ',' order by ordinal_position) from"
                + " information_schema.index_columns where table_schema = 'public' and table_name not like 'schema%'"
                + " group by table_name, index_name order by 1, 2"));
        for (String table : tables) {
            state.add(table + " has " + rows(source, "select count(*) from \"" + table + '"'));
        }
        state.addAll(rows(source, "select \"version\", \"checksum\", \"success\" from " + Migrations.historyTable(BUNDLE) + " where"
                + " \"version\" <> '0' order by 1"));
        return state;
    }

    private static List<String> rows(DataSource source, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                StringBuilder text = new StringBuilder();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    text.append(column == 1 ? "" : " ").append(row.getString(column));
                }
                rows.add(text.toString());
            }
        }
        return rows;
    }

    /** The database as an earlier version of a module leaves it. */
    private static DataSource earlier(String module, List<Script> scripts, int version) throws SQLException {
        DataSource source = fresh();
        if (version > 0) {
            new Migrations(source, true).run(BUNDLE, scripts.subList(0, version));
        }
        if (ROWS.containsKey(module + version)) {
            try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute(ROWS.get(module + version));
            }
        }
        return source;
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "decisions", "jobs", "models", "persistence", "plugins", "rest", "security", "stores"})
    void aKillAfterAnyStatementLeavesNothingThatTheNextStartCannotGoOnWith(String module) throws Exception {
        List<Script> scripts = scripts(module);
        int version = scripts.size() > 1 ? 1 : 0;
        DataSource whole = earlier(module, scripts, version);
        new Migrations(whole, true).run(BUNDLE, scripts);
        List<String> expected = state(whole);
        boolean killed = true;
        int kills = 0;
        for (int after = 1; killed; after++) {
            DataSource source = earlier(module, scripts, version);
            try {
                new Migrations(new Mortal(after).mortal(DataSource.class, source), true).run(BUNDLE, scripts);
                killed = false;
            } catch (Throwable e) {
                kills++;
            }
            new Migrations(source, true).run(BUNDLE, scripts);
            List<String> missing = new ArrayList<>(expected);
            List<String> wrong = state(source);
            missing.removeAll(wrong);
            wrong.removeAll(expected);
            assertEquals(List.of(), missing, "missing after a kill after " + after + "; instead " + wrong);
            assertEquals(List.of(), wrong, "there after a kill after " + after);
        }
        assertTrue(kills > 5, kills + " kills");
    }

    @Test
    void aStatementThatFailsOtherwiseStillFailsAndIsTriedAgain() throws Exception {
        DataSource source = fresh();
        List<Script> broken = List.of(new Script("V1__a.sql", "create table a (id integer);\nalter table b add column c integer;\n"));
        for (int start = 0; start < 2; start++) {
            assertThrows(IllegalStateException.class, () -> new Migrations(source, true).run(BUNDLE, broken));
        }
        new Migrations(source, true).run(BUNDLE, List.of(new Script("V1__a.sql", "create table a (id integer);\n")));
        assertEquals(List.of("1 TRUE"), rows(source, "select \"version\", \"success\" from " + Migrations.historyTable(BUNDLE)
                + " where \"version\" <> '0'"));
    }

    @Test
    void aTableThatBelongsToSomebodyElseIsNotTakenForOnesOwn() throws Exception {
        DataSource source = fresh();
        new Migrations(source, true).run("io.kontor.other", List.of(new Script("V1__a.sql", "create table a (id integer);\n")));
        for (int start = 0; start < 3; start++) {
            assertThrows(IllegalStateException.class, () -> new Migrations(source, true).run(BUNDLE, List.of(
                    new Script("V1__a.sql", "create table b (id integer);\ncreate table a (name varchar(10));\n"))));
        }
    }
}
