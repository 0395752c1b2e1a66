package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Step;
import io.kontor.platform.data.StockLevels.Level;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Records that the platform makes itself, and what it reads back of stock and demand. */
class DirectRecordsTest {

    private static void write(Bench bench, Entity entity, List<Map<String, Object>> records) {
        DirectRecords direct = new DirectRecords(bench.database, bench.stores, bench.memory, Bench.NOW);
        bench.database.jdbc(connection -> direct.write(connection, "shop", entity, records)).run();
    }

    private static Map<String, Object> stock(String product, String location, String time, int onHand, Integer onOrder) {
        Map<String, Object> record = new HashMap<>(Map.of("productId", product, "time", time, "onHand", onHand));
        record.put("location", location);
        record.put("onOrder", onOrder);
        return record;
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void keepsTheLatestLevelOfEachProductAndLocation(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            write(bench, Entity.STOCK, List.of(stock("p2", null, "2026-02-02T00:00:00Z", 4, null),
                    stock("p1", "north", "2026-02-01T00:00:00Z", 7, 2), stock("p1", "north", "2026-01-01T00:00:00Z", 9, 0)));
            StoreStock levels = new StoreStock(bench.database);
            List<Level> expected = List.of(new Level("p1", "north", Instant.parse("2026-02-01T00:00:00Z"), 7, 2, 0),
                    new Level("p2", "", Instant.parse("2026-02-02T00:00:00Z"), 4, 0, 0));
            assertEquals(expected, levels.all("shop"));
            assertEquals(expected.get(0), bench.database.jdbc(c -> levels.find(c, "shop", "p1", "north")).orElseThrow());
            assertTrue(bench.database.jdbc(c -> levels.find(c, "shop", "p1", "")).isEmpty());
            assertEquals(3, bench.extent(Entity.STOCK).rows());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void replacesTheRecordOfTheSameIdentity(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            write(bench, Entity.STOCK, List.of(stock("p1", null, "2026-02-01T00:00:00Z", 7, 0)));
            write(bench, Entity.STOCK, List.of(stock("p1", null, "2026-02-01T00:00:00Z", 5, 3)));
            assertEquals(List.of(new Level("p1", "", Instant.parse("2026-02-01T00:00:00Z"), 5, 3, 0)),
                    new StoreStock(bench.database).all("shop"));
            assertEquals(1, bench.extent(Entity.STOCK).rows());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void storesNothingOfAListWithABadRecord(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            KontorException refused = assertThrows(KontorException.class, () -> write(bench, Entity.STOCK,
                    List.of(stock("p1", null, "2026-02-01T00:00:00Z", 7, 0), stock("p2", null, "2026-02-01T00:00:00Z", 7, -1))));
            assertEquals(KontorException.Kind.DATA, refused.kind());
            assertTrue(refused.getMessage().startsWith("Record 1 of stock is refused: onOrder"), refused.getMessage());
            assertEquals(List.of(), new StoreStock(bench.database).all("shop"));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void sumsDemandUpAgainOnlyAfterSalesHaveChanged(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreDemands demands = new StoreDemands(new StoreRecords(null, bench.database, bench.stores, bench.memory, bench.intake, null,
                    null, bench.pseudonyms, null));
            assertTrue(demands.of("shop").products().isEmpty());
            bench.load(Entity.ORDERS, "orderId,time,productId,quantity,unitPrice", "1,2026-02-01T23:30:00+00:00,p1,2,9.5");
            DemandTable table = demands.of("shop");
            assertEquals("2026-02-02", table.lastDay().orElseThrow().toString(), "the day of the store in Berlin");
            write(bench, Entity.STOCK, List.of(stock("p1", null, "2026-02-01T00:00:00Z", 7, 0)));
            assertSame(table, demands.of("shop"));
            bench.load(Entity.SALES, "productId,date,quantity", "p1,2026-02-01,5", "p1,2026-02-02,6");
            assertArrayEquals(new double[] {5, 6}, demands.of("shop").series("p1", "", Step.DAY).orElseThrow().quantity());
        }
    }
}
