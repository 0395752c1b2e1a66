package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess.Quarantined;
import io.kontor.platform.data.QuarantineDesk.Correction;
import io.kontor.platform.data.QuarantineDesk.Outcome;
import io.kontor.platform.data.QuarantineDesk.Verdict;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Rows in quarantine are corrected and stored, and are never in neither place. */
class QuarantineDeskTest {

    private static final String HEADER = "orderId,time,customerId,productId,quantity,unitPrice";

    private static StoreQuarantine desk(Bench bench) {
        return new StoreQuarantine(bench.database, bench.stores, bench.memory, bench.intake, bench.jobs, Bench.NOW);
    }

    private static List<Quarantined> held(Bench bench) {
        return bench.database.jdbc(connection -> Quarantine.list(connection, "shop", null, Long.MAX_VALUE, 500));
    }

    private static void assertCounts(Bench bench, long rows, long quarantined) {
        assertEquals(List.of(rows, quarantined), List.of(bench.extent(Entity.ORDERS).rows(), bench.extent(Entity.ORDERS).quarantined()));
        assertEquals(quarantined, held(bench).size());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void aRowIsStoredOnceItsFaultIsMended(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreQuarantine desk = desk(bench);
            bench.load(Entity.ORDERS, HEADER, "o1,2026-01-02,c1,p1,many,5", "o2,2026-01-02,c1,p1,1,5");
            assertCounts(bench, 1, 1);
            Quarantined row = held(bench).get(0);
            assertEquals(Map.of("orderId", "o1", "time", "2026-01-02", "customerId", "c1", "productId", "p1", "quantity", "many", "unitPrice",
                    "5"), desk.find("shop", row.id()).orElseThrow().fields());
            assertTrue(desk.find("shop", row.id() + 1).isEmpty());

            KontorException wrong = assertThrows(KontorException.class, () -> desk.replay("shop", row.id(), Map.of("quantaty", "2")));
            assertTrue(wrong.getMessage().startsWith("There is no column \"quantaty\"; those of orders are orderId, time,"), wrong.getMessage());
            assertEquals(new Outcome(Verdict.QUARANTINED, "unitPrice", "unitPrice must not be below 0"),
                    desk.replay("shop", row.id(), Map.of("quantity", "2", "unitPrice", "-5")).orElseThrow());
            assertCounts(bench, 1, 1);
            assertEquals("unitPrice must not be below 0", held(bench).get(0).reason(), "the new reason");
            assertEquals("2", desk.find("shop", row.id()).orElseThrow().fields().get("quantity"), "what was mended stays");
            assertEquals(row.raw(), held(bench).get(0).raw(), "as it came");

            assertEquals(Verdict.STORED, desk.replay("shop", row.id(), Map.of("unitPrice", "7")).orElseThrow().verdict());
            assertCounts(bench, 2, 0);
            assertTrue(desk.replay("shop", row.id(), Map.of("unitPrice", "7")).isEmpty());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void whatTheStoreHasAlreadyIsADuplicateHoweverOftenItComes(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreQuarantine desk = desk(bench);
            bench.load(Entity.ORDERS, HEADER, "o2,2026-01-02,c1,p1,1,5");
            for (int i = 0; i < 3; i++) {
                bench.load(Entity.ORDERS, HEADER, "o2,2026-01-02,c1,p1,one" + i + ",5");
                assertEquals(Verdict.DUPLICATE, desk.replay("shop", held(bench).get(0).id(), Map.of("quantity", "1")).orElseThrow().verdict());
                assertCounts(bench, 1, 0);
            }
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void manyRowsAreCorrectedAlikeAndTheOthersStay(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            StoreQuarantine desk = desk(bench);
            List<String> lines = new ArrayList<>(List.of(HEADER));
            for (int i = 0; i < 450; i++) {
                lines.add("o" + i + ",2026-01-02,c1,p1," + (i % 3 == 0 ? "one" : "two") + ",5");
            }
            lines.add("last,never,c1,p1,1,5");
            bench.load(Entity.ORDERS, lines.toArray(String[]::new));
            assertCounts(bench, 0, 451);
            assertThrows(KontorException.class, () -> desk.replayAll("shop", new Correction(Entity.ORDERS, null, Map.of("none", "1"), Map.of()),
                    Starter.SYSTEM));
            String id = desk.replayAll("shop", new Correction(Entity.ORDERS, "quantity must be a number", Map.of(),
                    Map.of("quantity", Map.of("one", "1"))), Starter.SYSTEM);
            ReplayJob job = new ReplayJob(bench.database, bench.stores, bench.memory, bench.intake, Bench.NOW);
            Map<String, Object> result = job.run(id, bench.jobs.requests.get(id), new Bench.Uneventful());
            assertEquals(Map.of("entity", "orders", "read", 450L, "stored", 150L, "duplicates", 0L, "quarantined", 300L), result);
            assertCounts(bench, 150, 301);
            assertEquals(0L, job.run(id, bench.jobs.requests.get(id), new Bench.Uneventful()).get("stored"), "a second run finds nothing to do");

            Map<String, String> fields = new HashMap<>();
            fields.put("quantity", "2");
            fields.put("customerId", null);
            String set = desk.replayAll("shop", new Correction(Entity.ORDERS, null, fields, Map.of()), Starter.SYSTEM);
            job.run(set, bench.jobs.requests.get(set), new Bench.Uneventful());
            assertCounts(bench, 450, 1);
            assertEquals("last", desk.find("shop", held(bench).get(0).id()).orElseThrow().fields().get("orderId"));
            assertTrue(desk.dismiss("shop", held(bench).get(0).id()));
            assertFalse(desk.dismiss("shop", 1));
            assertCounts(bench, 450, 0);
        }
    }
}
