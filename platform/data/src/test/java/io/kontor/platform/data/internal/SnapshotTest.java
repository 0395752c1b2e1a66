package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.api.data.SnapshotInfo;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class SnapshotTest {

    private static final int LINES = 9_000;

    /** Many lines at few moments, so that pages end within a moment, some of them equal. */
    private static void fill(Bench bench, long seed) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add(i / 2 % 3000 + ",2026-01-0" + (1 + i % 3) + "T00:00:00Z,c" + i % 90 + ",p" + i % 40 + "," + (i % 11 == 0 ? -1 : 2) + ",5");
        }
        Collections.shuffle(lines, new Random(seed));
        lines.add(0, "orderId,time,customerId,productId,quantity,unitPrice");
        bench.load(Entity.ORDERS, lines.toArray(String[]::new));
        bench.load(Entity.EVENTS, "id,time,type,customerId,sessionId,productId,value,query", "1,2026-01-02T00:00:00Z,rating,c1,s1,p1,4,",
                "2,2026-01-02T00:00:00Z,search,c1,s1,,,hat", "3,2025-12-31T00:00:00Z,view,,s2,p2,,");
        bench.load(Entity.PRODUCTS, "id,title,price,attr.colour,attr.size", "p1,Hat,,red,38", "p2,Ä 帽子,2.5,,");
    }

    private static List<String> interactions(Snapshot snapshot) {
        List<String> rows = new ArrayList<>();
        snapshot.interactions(batch -> {
            assertTrue(batch.size() > 0 && batch.size() <= 4_096);
            for (int i = 0; i < batch.size(); i++) {
                rows.add(Instant.ofEpochMilli(batch.times("time")[i]) + " " + batch.texts("type")[i] + " " + batch.texts("customerId")[i] + " "
                        + batch.texts("sessionId")[i] + " " + batch.texts("productId")[i] + " " + batch.numbers("value")[i]);
            }
        });
        return rows;
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesAllInteractionsInOrderOfTime(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench, 1);
            try (Snapshot snapshot = TableSnapshot.open(bench.database, "shop")) {
                List<String> rows = interactions(snapshot);
                assertEquals(LINES + 2, rows.size());
                assertEquals("2025-12-31T00:00:00Z view null s2 p2 1.0", rows.get(0));
                assertTrue(rows.contains("2026-01-02T00:00:00Z rating c1 s1 p1 4.0"));
                List<String> days = rows.stream().map(row -> row.substring(0, 10)).toList();
                assertEquals(days.stream().sorted().toList(), days);
                assertEquals((LINES + 10) / 11, rows.stream().filter(row -> row.contains("return")).count());
                assertEquals(rows, interactions(snapshot), "read again, the same");
                Snapshot day = snapshot.window(Instant.parse("2026-01-02T00:00:00Z"), Instant.parse("2026-01-03T00:00:00Z"));
                assertEquals(LINES / 3 + 1, interactions(day).size());
                assertEquals(LINES / 3 + 1, day.info().rows());
                assertEquals(Instant.parse("2026-01-02T00:00:00Z"), day.info().to());
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void hasAStateThatChangesWithTheRecords(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench, 1);
            try (TableSnapshot before = TableSnapshot.open(bench.database, "shop");
                    TableSnapshot same = TableSnapshot.open(bench.database, "shop")) {
                assertEquals(before.state(), same.state());
                assertEquals(before.state(), ((TableSnapshot) same.window(null, Instant.EPOCH)).state(), "a window sees the same records");
                bench.load(Entity.EVENTS, "id,time,type,customerId,sessionId,productId,value,query",
                        "1,2026-01-02T00:00:00Z,rating,c1,s1,p1,5,");
                try (TableSnapshot after = TableSnapshot.open(bench.database, "shop")) {
                    assertNotEquals(before.state(), after.state(), "as many rows, but another rating");
                    assertEquals(before.state(), same.state(), "it still sees the old ones");
                }
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void staysAsItWasOpened(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench, 1);
            try (Snapshot snapshot = TableSnapshot.open(bench.database, "shop")) {
                bench.load(Entity.ORDERS, "orderId,time,customerId,productId,quantity,unitPrice", "new,2026-01-02T00:00:00Z,c,p,1,5");
                assertEquals(LINES + 2, interactions(snapshot).size());
            }
            try (Snapshot snapshot = TableSnapshot.open(bench.database, "shop")) {
                assertEquals(LINES + 3, interactions(snapshot).size());
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void givesTypedColumnsAndAttributes(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench, 1);
            try (Snapshot snapshot = TableSnapshot.open(bench.database, "shop")) {
                List<String> seen = new ArrayList<>();
                snapshot.read(Entity.PRODUCTS, batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        seen.add(batch.texts("id")[i] + " " + batch.texts("title")[i] + " " + batch.numbers("price")[i] + " "
                                + batch.texts("attr.colour")[i] + " " + batch.numbers("attr.size")[i] + " " + batch.texts("attr.size")[i] + " "
                                + batch.times("createdAt")[i]);
                    }
                    IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> batch.numbers("title"));
                    assertTrue(wrong.getMessage().contains("title"));
                });
                Collections.sort(seen);
                assertEquals(Arrays.asList("p1 Hat NaN red 38.0 38 " + Long.MIN_VALUE, "p2 Ä 帽子 2.5 null NaN null " + Long.MIN_VALUE), seen);
                assertNull(snapshot.info().from());
                assertEquals(2, snapshot.info().rows());
            }
        }
    }

    @Test
    void hasOneFingerprintForEqualRowsWhateverTheDatabaseAndTheOrderOfArrival() throws IOException {
        List<SnapshotInfo> infos = new ArrayList<>();
        for (FreshDatabase fresh : List.of(FreshDatabase.h2(), FreshDatabase.postgres())) {
            try (Bench bench = new Bench(fresh)) {
                fill(bench, infos.size());
                infos.add(fingerprint(bench));
            }
        }
        assertEquals(infos.get(0), infos.get(1));
        try (Bench bench = new Bench(FreshDatabase.h2())) {
            fill(bench, 1);
            bench.load(Entity.PRODUCTS, "id,title", "p1,Cap");
            assertNotEquals(infos.get(0).hash(), fingerprint(bench).hash());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsWhatWasSoldDayByDay(FreshDatabase fresh) throws IOException {
        Random random = new Random(9);
        ZoneId zone = ZoneId.of("Australia/Lord_Howe");
        List<String> lines = new ArrayList<>(List.of("orderId,time,productId,quantity,unitPrice,status"));
        Map<String, double[]> expected = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            Instant time = Instant.parse("1969-09-01T00:00:00Z").plusSeconds(random.nextInt(240) * 86_400L + random.nextInt(86_400))
                    .plus(i % 2 == 0 ? 20_000 : 0, ChronoUnit.DAYS);
            String status = i % 7 == 0 ? "Cancelled" : i % 3 == 0 ? "paid" : "";
            double quantity = i % 11 == 0 ? -1 : 1 + random.nextInt(5) / 4.0;
            double price = random.nextInt(1_000) / 100.0;
            lines.add("o" + i + "," + time + ",p" + i % 5 + "," + quantity + "," + price + "," + status);
            if (quantity > 0 && !status.equals("Cancelled")) {
                double[] sum = expected.computeIfAbsent("p" + i % 5 + " " + LocalDate.ofInstant(time, zone), day -> new double[2]);
                sum[0] += quantity;
                sum[1] += quantity * price;
            }
        }
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.ORDERS, lines.toArray(String[]::new));
            try (Snapshot snapshot = TableSnapshot.open(bench.database, "shop")) {
                Map<String, double[]> found = new TreeMap<>();
                Map<String, Long> latest = new HashMap<>();
                snapshot.dailySales(zone, batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        String product = batch.texts("productId")[i];
                        long date = batch.times("date")[i];
                        assertTrue(latest.merge(product, date, Math::max) <= date, "the days of a product come in order");
                        double[] sum = found.computeIfAbsent(product + " " + LocalDate.ofEpochDay(date / 86_400_000), day -> new double[2]);
                        assertEquals(0, date % 86_400_000);
                        sum[0] += batch.numbers("quantity")[i];
                        sum[1] += batch.numbers("quantity")[i] * batch.numbers("price")[i];
                    }
                });
                assertEquals(expected.keySet(), found.keySet());
                expected.forEach((day, sum) -> assertArrayEquals(sum, found.get(day), 1e-6, day));
                SnapshotInfo summed = snapshot.info();
                Snapshot again = snapshot.window(null, null);
                again.read(Entity.ORDERS, batch -> { });
                assertEquals(again.info(), summed, "the same rows have the same fingerprint, however they are read");
                Snapshot part = snapshot.window(Instant.parse("1970-01-01T00:00:00Z"), null);
                part.dailySales(zone, batch -> { });
                assertNotEquals(summed.hash(), part.info().hash());
            }
        }
    }

    private static SnapshotInfo fingerprint(Bench bench) {
        try (Snapshot snapshot = TableSnapshot.open(bench.database, "shop")) {
            snapshot.interactions(batch -> { });
            snapshot.read(Entity.PRODUCTS, batch -> { });
            return snapshot.info();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void hidesLabelsThatCameAfterTheWindow(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.TRANSACTIONS, "id,time,amount,label,labelTime,attr.bin",
                    "t1,2026-01-01T00:00:00Z,5,fraud,2026-01-02T00:00:00Z,45",
                    "t2,2026-01-02T00:00:00Z,6,fraud,2026-02-20T00:00:00Z,x", "t3,2026-01-03T00:00:00Z,7,legitimate,,");
            try (Snapshot snapshot = TableSnapshot.open(bench.database, "shop")) {
                Snapshot january = snapshot.window(null, Instant.parse("2026-02-01T00:00:00Z"));
                assertEquals(List.of("t1 FRAUD {bin=45.0}", "t2 UNKNOWN {bin=x}", "t3 LEGITIMATE {}"), transactions(january));
                assertEquals(List.of("t1 FRAUD {bin=45.0}", "t2 FRAUD {bin=x}", "t3 LEGITIMATE {}"), transactions(snapshot));
                assertNotEquals(january.info().hash(), snapshot.info().hash());
            }
        }
    }

    private static List<String> transactions(Snapshot snapshot) {
        List<String> rows = new ArrayList<>();
        LabelledTransaction.read(snapshot, row -> rows.add(row.transaction().id() + " " + row.label() + " " + row.transaction().attributes()));
        return rows;
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void pluginsSeeCustomersUnderOnePseudonymAndTheHashStaysThatOfTheRecords(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.CUSTOMERS, "id,city", "anna,Berlin");
            bench.load(Entity.ORDERS, "orderId,time,customerId,productId,quantity,unitPrice", "1,2026-02-01T10:00:00Z,anna,p1,2,9.5",
                    "2,2026-02-02T10:00:00Z,,p1,2,9.5");
            String anna = bench.pseudonyms.of("shop", "anna");
            try (Snapshot own = TableSnapshot.open(bench.database, "shop");
                    Snapshot given = bench.snapshot(KnownCustomers.Use.UNKNOWN)) {
                given.read(Entity.CUSTOMERS, batch -> assertEquals(anna, batch.texts("id")[0]));
                given.read(Entity.ORDERS, batch -> {
                    assertEquals(anna, batch.texts("customerId")[0]);
                    assertNull(batch.texts("customerId")[1]);
                });
                given.interactions(batch -> assertEquals(anna, batch.texts("customerId")[0]));
                own.read(Entity.CUSTOMERS, batch -> assertEquals("anna", batch.texts("id")[0]));
                own.interactions(batch -> assertEquals("anna", batch.texts("customerId")[0]));
                assertEquals(own.info(), given.info());
            }
        }
    }
}
