package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Snapshot;
import io.kontor.platform.data.DataCleaning.Action;
import io.kontor.platform.data.DataCleaning.Effect;
import io.kontor.platform.data.DataCleaning.Fill;
import io.kontor.platform.data.DataCleaning.Rule;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Rules clean what snapshots give and leave the records as they are. */
class CleaningTest {

    private static Rule cap(String column, Double low, Double high) {
        return new Rule(column, Action.CAP, low, high, null, null, null, null);
    }

    private static Rule drop(String column, Double low, Double high) {
        return new Rule(column, Action.DROP, low, high, null, null, null, null);
    }

    private static Rule fill(String column, Fill fill, String value) {
        return new Rule(column, Action.FILL, null, null, null, null, fill, value);
    }

    private static StoreCleaning cleaning(Bench bench) {
        return new StoreCleaning(bench.database, bench.stores, bench.memory, bench.intake);
    }

    private static void fill(Bench bench) throws IOException {
        List<String> lines = new ArrayList<>(List.of("orderId,time,customerId,productId,quantity,unitPrice"));
        for (int i = 1; i <= 100; i++) {
            lines.add("o" + i + ",2026-01-02T10:00:00Z,c" + i + ",p" + i % 2 + "," + (i == 100 ? 5_000 : i % 10 + 1) + ","
                    + (i == 99 ? 999 : 5));
        }
        bench.load(Entity.ORDERS, lines.toArray(String[]::new));
    }

    private static List<Double> quantities(Snapshot snapshot) {
        List<Double> all = new ArrayList<>();
        snapshot.read(Entity.ORDERS, batch -> {
            for (int i = 0; i < batch.size(); i++) {
                all.add(batch.numbers("quantity")[i]);
            }
        });
        return all;
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void everyWayOfReadingASnapshotIsCleanedAlike(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            cleaning(bench).put("shop", Entity.ORDERS, List.of(cap("quantity", null, 10.0), drop("unitPrice", null, 100.0),
                    fill("channel", Fill.CONSTANT, "o'x")));
            assertEquals(List.of("Cleaned orders: the rule for quantity (cap) changes 1 of 100 rows.",
                    "Cleaned orders: the rule for unitPrice (drop) changes 1 of 100 rows.",
                    "Cleaned orders: the rule for channel (fill) changes 100 of 100 rows."),
                    bench.database.jdbc(connection -> StoreCleaning.told(connection, "shop")));
            try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.UNKNOWN)) {
                List<Double> quantities = quantities(snapshot);
                assertEquals(99, quantities.size(), "one line costs too much");
                assertEquals(10, most(quantities));
                snapshot.read(Entity.ORDERS, batch -> assertEquals("o'x", batch.texts("channel")[0]));
                List<Double> values = new ArrayList<>();
                snapshot.interactions(batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        values.add(batch.numbers("value")[i]);
                    }
                });
                assertEquals(quantities.stream().sorted().toList(), values.stream().sorted().toList());
                double[] sold = new double[1];
                snapshot.dailySales(ZoneOffset.UTC, batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        sold[0] += batch.numbers("quantity")[i];
                    }
                });
                assertEquals(quantities.stream().mapToDouble(Double::doubleValue).sum(), sold[0], 1e-6);
                assertEquals(99, snapshot.info().rows());
            }
            try (Snapshot raw = TableSnapshot.open(bench.database, "shop")) {
                assertEquals(5_000, most(quantities(raw)), "as it came");
                assertEquals(100, raw.info().rows());
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void rulesArePartOfTheFingerprintAndCanBeTakenBack(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            String before = hash(bench);
            cleaning(bench).put("shop", Entity.ORDERS, List.of(cap("quantity", null, 10.0)));
            String capped = hash(bench);
            assertNotEquals(before, capped);
            assertEquals(capped, hash(bench));
            cleaning(bench).put("shop", Entity.ORDERS, List.of(cap("quantity", null, 11.0)));
            assertNotEquals(capped, hash(bench));
            cleaning(bench).put("shop", Entity.ORDERS, List.of(new Rule("quantity", Action.KEEP, null, null, null, null, null, null)));
            assertEquals(before, hash(bench), "looked at and kept");
            cleaning(bench).put("shop", Entity.ORDERS, List.of());
            assertEquals(before, hash(bench));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void quantilesOfAnEarlierPartDoNotKnowOfTheLaterOne(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            List<String> lines = new ArrayList<>(List.of("orderId,time,customerId,productId,quantity,unitPrice"));
            for (int i = 0; i < 100; i++) {
                lines.add("o" + i + (i < 50 ? ",2026-01-02T10:00:00Z" : ",2026-02-02T10:00:00Z") + ",c" + i + ",p,"
                        + (i < 50 ? i % 10 + 1 : 1_000) + ",5");
            }
            bench.load(Entity.ORDERS, lines.toArray(String[]::new));
            cleaning(bench).put("shop", Entity.ORDERS, List.of(new Rule("quantity", Action.CAP, null, null, null, 0.75, null, null)));
            try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.UNKNOWN)) {
                assertEquals(1_000, most(quantities(snapshot)), "half of all lines sell so many");
                Snapshot earlier = snapshot.window(null, Instant.parse("2026-01-15T00:00:00Z"));
                assertEquals(8, most(quantities(earlier)), "three quarters of the earlier lines sell at most so many");
                assertEquals(8, most(quantities(earlier.window(Instant.parse("2026-01-01T00:00:00Z"), null))));
            }
        }
    }

    private static String hash(Bench bench) {
        try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.UNKNOWN)) {
            quantities(snapshot);
            return snapshot.info().hash();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void missingValuesAreFilled(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.SALES, "productId,date,quantity,price,location", "a,2026-01-01,1,4,x", "a,2026-01-02,1,,", "b,2026-01-03,1,10,x",
                    "a,2026-01-04,1,,", "b,2026-01-05,1,6,x", "c,2026-01-06,1,,x");
            assertEquals("{a 01=4.0 x, a 02=4.0 null, a 04=4.0 null, b 03=10.0 x, b 05=6.0 x, c 06=NaN x}",
                    sales(bench, fill("price", Fill.LAST, null)));
            assertEquals("{a 01=4.0 x, a 02=6.0 null, a 04=6.0 null, b 03=10.0 x, b 05=6.0 x, c 06=6.0 x}",
                    sales(bench, fill("price", Fill.MEDIAN, null)));
            assertEquals("{a 01=4.0 x, a 02=0.5 null, a 04=0.5 null, b 03=10.0 x, b 05=6.0 x, c 06=0.5 x}",
                    sales(bench, fill("price", Fill.CONSTANT, "0.5")));
            assertEquals("{a 01=4.0 x, b 03=10.0 x, b 05=6.0 x}", sales(bench, drop("price", null, null)));
        }
    }

    private static String sales(Bench bench, Rule... rules) {
        cleaning(bench).put("shop", Entity.SALES, List.of(rules));
        TreeMap<String, String> rows = new TreeMap<>();
        try (Snapshot snapshot = bench.snapshot(KnownCustomers.Use.UNKNOWN)) {
            snapshot.read(Entity.SALES, batch -> {
                for (int i = 0; i < batch.size(); i++) {
                    rows.put(batch.texts("productId")[i] + " " + Instant.ofEpochMilli(batch.times("date")[i]).toString()
                            .substring(8, 10), batch.numbers("price")[i] + " " + batch.texts("location")[i]);
                }
            });
        }
        return rows.toString();
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aPreviewTellsWhatWouldChangeAndChangesNothing(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            fill(bench);
            List<Effect> effects = cleaning(bench).preview("shop", Entity.ORDERS, List.of(
                    new Rule("quantity", Action.CAP, null, null, null, 0.98, null, null), drop("unitPrice", null, 100.0)));
            assertEquals(List.of(1L, 1L), effects.stream().map(Effect::rows).toList());
            assertEquals(100, effects.get(0).of());
            assertEquals(10, effects.get(0).high(), 0.5, "the quantile");
            assertEquals(5_000.0, effects.get(0).examples().get(0).get("quantity"));
            assertEquals(effects.get(0).high(), effects.get(0).examples().get(0).get("becomes"));
            assertEquals("o99|p1|999|1", effects.get(1).examples().get(0).get("id"));
            assertEquals(List.of(), cleaning(bench).rules("shop", Entity.ORDERS));
        }
    }

    @Test
    void refusesRulesThatMakeNoSense() throws IOException {
        try (Bench bench = new Bench(FreshDatabase.h2())) {
            for (Rule rule : List.of(cap("quantity", null, null), cap("quantity", 2.0, 1.0), cap("channel", 1.0, null),
                    cap("nothing", 1.0, null), fill("quantity", Fill.MEDIAN, null), fill("discount", Fill.CONSTANT, "x"),
                    fill("channel", Fill.MEDIAN, null), fill("discount", null, null),
                    new Rule("quantity", Action.CAP, null, null, null, 1.5, null, null), cap("quantity", null, Double.NaN))) {
                assertThrows(KontorException.class, () -> cleaning(bench).put("shop", Entity.ORDERS, List.of(rule)), rule.toString());
            }
            assertThrows(KontorException.class, () -> cleaning(bench).put("shop", Entity.ORDERS, List.of(cap("quantity", 1.0, null),
                    cap("quantity", 2.0, null))));
            assertThrows(KontorException.class, () -> cleaning(bench).put("shop", Entity.SALES, List.of(fill("location", Fill.CONSTANT, "x"))),
                    "it tells rows apart");
            assertThrows(KontorException.class, () -> cleaning(bench).put("shop", Entity.PRODUCTS, List.of(fill("price", Fill.LAST, null))));
        }
    }
}
