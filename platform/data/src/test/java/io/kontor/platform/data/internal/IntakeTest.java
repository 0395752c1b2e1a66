package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.platform.persistence.Database;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Transactions on their way from the narrow table into their own. */
class IntakeTest {

    private static final Records TRANSACTIONS = Records.of(Entity.TRANSACTIONS);

    private static Object[] row(String id, String attributes) {
        Object[] row = new Object[TRANSACTIONS.width()];
        row[Records.STORE] = "shop";
        row[Records.ID] = id;
        row[TRANSACTIONS.first() + TRANSACTIONS.indexOf("time")] = 1_700_000_000_000L;
        row[TRANSACTIONS.first() + TRANSACTIONS.indexOf("amount")] = 9.5;
        row[TRANSACTIONS.digestIndex() - 1] = attributes;
        row[TRANSACTIONS.digestIndex()] = 7L;
        row[TRANSACTIONS.seenIndex()] = RowStore.NO_IMPORT;
        return row;
    }

    private static long count(Database database, String table) {
        return database.jdbc(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select count(*) from " + table);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static boolean add(Bench bench, Object[]... rows) {
        return bench.database.jdbc(connection -> bench.intake.add(connection, List.of(rows)));
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void settlingMovesWhatWasAcknowledgedAndCountsItOnce(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            assertTrue(add(bench, row("t1", null), row("t2", "{\"bin\":\"007\"}")));
            assertTrue(add(bench, row("t2", null)));
            bench.intake.committed(3);
            bench.intake.settle();
            assertEquals(2, count(bench.database, "payment_transaction"));
            assertEquals(0, count(bench.database, "transaction_intake"));
            assertEquals(2, bench.extent(Entity.TRANSACTIONS).rows());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theNextProcessMovesWhatAKilledOneLeft(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            bench.intake.settle();
            add(bench, row("t1", null));
            Intake next = new Intake(bench.database);
            next.settle();
            assertEquals(1, count(bench.database, "payment_transaction"));
            next.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatIsInOrderIsMovedPastWhatIsNot(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            bench.intake.settle();
            bench.database.jdbc(connection -> {
                try (PreparedStatement insert = connection.prepareStatement("insert into transaction_intake (size, content) values (1, ?)")) {
                    insert.setBytes(1, new byte[] {99});
                    return insert.executeUpdate();
                }
            });
            add(bench, row("t1", null));
            bench.intake.committed(1);
            bench.intake.settle();
            assertEquals(1, count(bench.database, "payment_transaction"));
            assertEquals(1, count(bench.database, "transaction_intake"), "kept for the operator");
        }
    }

    /** Readers must not pass while somebody else moves. */
    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whoeverSettlesSeesAllThatWasAcknowledgedBefore(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        String id = number + "-" + i;
                        add(bench, row(id, null));
                        bench.intake.committed(1);
                        bench.intake.settle();
                        assertEquals(1L, count(bench.database, "payment_transaction where id = '" + id + "'"));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertEquals(200, bench.extent(Entity.TRANSACTIONS).rows());
        }
    }

    @Test
    void refusesRowsThatAreTooLarge() throws IOException {
        try (Bench bench = new Bench(FreshDatabase.h2())) {
            assertFalse(add(bench, row("t1", "{\"note\":\"" + "x".repeat(400_000) + "\"}"),
                    row("t2", "{\"note\":\"" + "\u4e2d".repeat(300_000) + "\"}")));
            assertEquals(0, count(bench.database, "transaction_intake"));
        }
    }

    @Test
    void packedRowsComeBackAsTheyWere() {
        Object[] row = {"shop", "\u4e2d\ud83d\ude00", null, Long.MIN_VALUE, -0.0, 7};
        List<Object[]> back = PackedRows.unpack(PackedRows.pack(List.of(row, row)), row.length);
        assertEquals(2, back.size());
        assertArrayEquals(row, back.get(1));
        assertThrows(IllegalArgumentException.class, () -> PackedRows.unpack(new byte[] {2}, row.length));
        assertThrows(IllegalArgumentException.class, () -> PackedRows.unpack(PackedRows.pack(List.<Object[]>of(row)), row.length + 1));
        assertThrows(IllegalArgumentException.class, () -> PackedRows.pack(List.<Object[]>of(new Object[] {Map.of()})));
    }
}
