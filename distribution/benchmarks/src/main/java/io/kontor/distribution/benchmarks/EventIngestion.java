package io.kontor.distribution.benchmarks;

import io.kontor.platform.testkit.server.KontorServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Durable events a second over REST in batches of 50, as a ratio to bare batched JDBC on the same database in the same run. The bare run
 * writes the same rows into a table of the same columns, key and indexes, one commit per 1,000 rows, from one connection. Both are warmed up
 * by a run that does not count.
 */
final class EventIngestion implements Main.Benchmark {

    private static final int BATCH = 50;
    private static final int CLIENTS = 16;
    private static final int SECONDS = 15;
    private static final int WARM_UP_SECONDS = 10;
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long MILLIS_BETWEEN = 10;
    private static final int COMMIT = 1_000;

    @Override
    public void run(List<String> arguments) throws Exception {
        String url = arguments.isEmpty() ? null : arguments.get(0);
        String user = arguments.size() > 1 ? arguments.get(1) : "sa";
        String password = arguments.size() > 2 ? arguments.get(2) : "";
        Path folder = Figures.folder();
        String bareUrl = url != null ? url
                : "jdbc:h2:file:" + folder.resolve("bare/db") + ";WRITE_DELAY=0;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        for (int round = 1; round <= 3; round++) {
            double bare = bare(bareUrl, user, password, round);
            double rest = rest(folder.resolve("data" + round), url == null ? Map.of()
                    : Map.of("KONTOR_DB_URL", url, "KONTOR_DB_USER", user, "KONTOR_DB_PASSWORD", password), round);
            Figures.print("round %d: bare JDBC %.0f rows/s, REST %.0f events/s, ratio %.2f", round, bare, rest, rest / bare);
        }
    }

    private static double rest(Path data, Map<String, String> environment, int round) throws Exception {
        try (KontorServer server = KontorServer.start(data, environment)) {
            String store = "shop" + round;
            server.json("POST", "/stores", "{\"id\":\"" + store + "\",\"name\":\"Shop\"}").expect(201);
            load(server, store, "w", WARM_UP_SECONDS);
            long begin = System.nanoTime();
            long taken = load(server, store, "m", SECONDS);
            return taken / ((System.nanoTime() - begin) / 1e9);
        }
    }

    private static long load(KontorServer server, String store, String prefix, int seconds) throws InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        AtomicLong ids = new AtomicLong();
        AtomicLong taken = new AtomicLong();
        Thread[] clients = new Thread[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = new Thread(() -> {
                while (System.nanoTime() < end) {
                    byte[] body = body(prefix, ids.getAndAdd(BATCH));
                    server.send("POST", "/stores/" + store + "/events", body, "application/json").expect(202);
                    taken.addAndGet(BATCH);
                }
            });
            clients[i].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        return taken.get();
    }

    private static byte[] body(String prefix, long first) {
        StringBuilder json = new StringBuilder(BATCH * 150).append('[');
        for (long id = first; id < first + BATCH; id++) {
            json.append(id == first ? "" : ",").append("{\"id\":\"").append(prefix).append(id)
                    .append("\",\"time\":\"").append(Instant.ofEpochMilli(START + id * MILLIS_BETWEEN))
                    .append("\",\"type\":\"view\",\"customerId\":\"c").append(id % 10_000)
                    .append("\",\"sessionId\":\"s").append(id / 7).append("\",\"productId\":\"p").append(id % 997).append("\"}");
        }
        return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static double bare(String url, String user, String password, int round) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            connection.setAutoCommit(false);
            String table = "bare_event_" + round;
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists " + table);
                statement.execute("create table " + table + " (store varchar(63) not null, id varchar(450) not null, time bigint not null,"
                        + " type varchar(255) not null, customer_id varchar(255), session_id varchar(255), product_id varchar(255),"
                        + " event_value double precision, query varchar(100000), digest bigint not null, primary key (store, id))");
                statement.execute("create index " + table + "_order on " + table + " (store, time, digest)");
                statement.execute("create index " + table + "_customer on " + table + " (store, customer_id, time)");
            }
            connection.commit();
            write(connection, table, "w", WARM_UP_SECONDS);
            return write(connection, table, "m", SECONDS);
        }
    }

    private static double write(Connection connection, String table, String prefix, int seconds) throws SQLException {
        long rows = 0;
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table + " values (?,?,?,?,?,?,?,?,?,?)")) {
            while (System.nanoTime() < end) {
                for (int i = 0; i < COMMIT; i++, rows++) {
                    insert.setString(1, "shop");
                    insert.setString(2, prefix + rows);
                    insert.setLong(3, START + rows * MILLIS_BETWEEN);
                    insert.setString(4, "view");
                    insert.setString(5, "c" + rows % 10_000);
                    insert.setString(6, "s" + rows / 7);
                    insert.setString(7, "p" + rows % 997);
                    insert.setObject(8, null);
                    insert.setString(9, null);
                    insert.setLong(10, rows * 0x9E3779B97F4A7C15L);
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
        }
        return rows / ((System.nanoTime() - begin) / 1e9);
    }
}
