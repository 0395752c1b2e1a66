package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import io.kontor.platform.testkit.server.KontorServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data folder of this version is started with a newer one, which has more migrations, and is killed in the midst of them again and again
 * until it comes up: then everything is there, each statement has worked once, and the tables are those of the newer version.
 */
class UpgradeIT {

    private static final int KILLS = Integer.getInteger("kontor.upgrade.kills", 12);
    private static final String KNN = "io.kontor.recommend.item-knn";
    private static final String MIGRATING = "Migrating schema";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Each kill may come so much later than the one before, so that slow machines get on and quick ones are met. */
    private static final int LATER_MILLIS = 100;
    private static final int LINES = 10_000;

    @TempDir
    private Path folder;

    @Test
    void aNewerVersionThatIsKilledInItsMigrationsComesUpWholeOnH2() throws Exception {
        upgrade(Map.of(), KILLS, "jdbc:h2:file:" + folder.resolve("data/db/kontor")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH", "kontor", "");
    }

    @Test
    void aNewerVersionThatIsKilledInItsMigrationsComesUpWholeOnPostgreSql() throws Exception {
        FreshDatabase fresh = FreshDatabase.postgres();
        upgrade(Map.of("KONTOR_DB_URL", fresh.url(), "KONTOR_DB_USER", fresh.user(), "KONTOR_DB_PASSWORD", fresh.password()), KILLS / 3,
                fresh.url(), fresh.user(), fresh.password());
    }

    private void upgrade(Map<String, String> environment, int kills, String url, String user, String password) throws Exception {
        Path data = folder.resolve("data");
        List<String> before;
        try (KontorServer server = KontorServer.start(data, environment)) {
            Shop.create(server, "shop");
            server.importCsv("shop", "orders", manyOrders());
            server.json("PUT", "/stores/shop/plugins/" + KNN, "{\"settings\":{\"neighbours\":7}}").expect(200);
            String job = server.json("POST", "/stores/shop/plugins/" + KNN + "/train", "{}").expect(202).json().get("job").asText();
            server.job(job, PATIENCE);
            before = state(server);
            server.kill();
        }
        Path newer = newer();
        Random random = new Random(23);
        int killed = 0;
        while (killed < kills && killedInMigration(newer, data, environment, random.nextInt(LATER_MILLIS * (killed + 1)))) {
            killed++;
        }
        assertTrue(killed > 0, "no kill met a migration");
        try (KontorServer server = KontorServer.launchOf(newer, data, environment, "run")) {
            server.line("Kontor is ready", PATIENCE);
            assertEquals(before, state(server));
        }
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            assertEquals(LINES, number(connection, "select count(*) from later"));
            assertEquals(LINES, number(connection, "select count(*) from order_line where later3 = 7"));
            assertEquals(number(connection, "select count(*) from model"), number(connection, "select count(*) from model_later"));
            for (String module : List.of("data", "models")) {
                assertEquals(101, number(connection, "select max(cast(\"version\" as integer)) from schema_io_kontor_platform_" + module
                        + " where \"success\" = true"));
            }
        }
        System.out.println(killed + " kills in migrations on " + url.replaceAll(":(file|//).*", ""));
    }

    /** Whether the server was killed before it was up, so long after it began to migrate. */
    private static boolean killedInMigration(Path newer, Path data, Map<String, String> environment, int millis) throws IOException {
        KontorServer server = KontorServer.launchOf(newer, data, environment, "run");
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until && server.process().isAlive()) {
            List<String> output = server.output();
            if (output.stream().anyMatch(line -> line.contains(MIGRATING))) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                server.kill();
                return server.output().stream().noneMatch(line -> line.startsWith("Kontor is ready"));
            } else if (output.stream().anyMatch(line -> line.startsWith("Kontor is ready"))) {
                server.close();
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        server.kill();
        throw new AssertionError("the newer version does not start:\n" + String.join("\n", server.output()));
    }

    /** What the operator would miss. */
    private static List<String> state(KontorServer server) {
        List<String> state = new ArrayList<>();
        for (JsonNode extent : server.get("/stores/shop/data").expect(200).json().get("items")) {
            state.add(extent.get("entity").asText() + " " + extent.get("rows").asLong());
        }
        state.add(server.get("/stores/shop/models").expect(200).json().get("items").toString());
        state.add(server.get("/stores/shop/plugins/" + KNN).expect(200).json().get("settings").toString());
        state.add(server.get("/stores/shop/plugins/" + KNN + "/release/history").expect(200).json().get("items").toString());
        HotDeployIT.await("the model answers", () -> server.get("/stores/shop/recommendations?n=5&customer=c1").expect(200).json()
                .get("fallback").isNull());
        state.add(server.get("/stores/shop/recommendations?n=5&customer=c1").expect(200).json().get("items").toString());
        return state;
    }

    private static String manyOrders() {
        StringBuilder csv = new StringBuilder("orderId,time,customerId,productId,quantity,unitPrice\n");
        for (int line = 0; line < LINES; line++) {
            csv.append('o').append(line).append(",2026-01-").append(String.format("%02d", 1 + line / 1_000)).append("T10:00:00Z,c")
                    .append(line % 500).append(",p").append(line % 5 * 20 + (line + line / 500 * 7) % 20).append(",1,9.90\n");
        }
        return csv.toString();
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** This distribution with further migrations of two bundles. */
    private Path newer() throws IOException {
        Path home = KontorServer.home();
        Path newer = folder.resolve("newer");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Path copy = newer.resolve(home.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.startsWith(home.resolve("optional"))) {
                    Files.copy(file, copy);
                    copy.toFile().setExecutable(file.toFile().canExecute());
                }
            }
        }
        Path log = newer.resolve("etc/logback.xml");
        Files.writeString(log, Files.readString(log).replace("<root ", "<logger name=\"org.flywaydb\" level=\"INFO\"/>\n<root "));
        String table = "create table %s (store varchar(63) not null, id varchar(450) not null, primary key (store, id));\n"
                + "insert into %s (store, id) select store, id from %s;\n";
        add(newer, "data", Map.of("V100__later.sql", "-- A comment; with a semicolon.\nalter table order_line add column later1 varchar(20);\n"
                + "create index order_line_later on order_line (store, later1, id);\nalter table order_line add column later2 varchar(20);\n"
                + table.formatted("later", "later", "order_line") + "update order_line set later1 = 'x';\n",
                "V101__later.sql", "alter table order_line add column later3 integer default 7 not null;\ndrop index order_line_later;\n"
                + "create index order_line_later on order_line (later3, id);\nalter table order_line drop column later2;\n"));
        add(newer, "models", Map.of("V100__later.sql", "alter table model add column later varchar(20);\n"
                + table.formatted("model_later", "model_later", "model"),
                "V101__later.sql", "create index model_later_id on model_later (id);\n"));
        return newer;
    }

    private static void add(Path home, String module, Map<String, String> scripts) throws IOException {
        Path jar = home.resolve("system/70/io.kontor.platform." + module + "-0.1.0.jar");
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            for (Map.Entry<String, String> script : scripts.entrySet()) {
                Files.writeString(zip.getPath("db/migration", script.getKey()), script.getValue(), StandardCharsets.UTF_8);
            }
        }
    }
}
