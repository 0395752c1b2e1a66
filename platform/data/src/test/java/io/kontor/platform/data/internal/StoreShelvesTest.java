package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Arrival;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Place;
import io.kontor.platform.data.Shelf;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What the serving path sees of products, stock and customers while imports go on. */
class StoreShelvesTest {

    private static final String SHOP = Bench.STORE.id();

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void showsWhatWasImportedAtOnce(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.PRODUCTS, "id,category,brand,price,active,createdAt,attr.colour", "p1,a/b,x,9.5,1,2026-01-01T00:00:00Z,red",
                    "p2,,,,,2026-02-01T00:00:00Z,");
            Shelf shelf = new StoreShelves(bench.memory).of(SHOP);
            assertEquals(new Shelf.Item("p1", "a/b", "x", 9.5, true, 1767225600000L, Map.of("colour", "red")), shelf.item("p1").orElseThrow());
            assertTrue(Double.isNaN(shelf.item("p2").orElseThrow().price()) && shelf.item("p2").get().active());
            assertEquals(Optional.empty(), shelf.item("p3"));
            assertEquals(List.of("p2", "p1"), shelf.newest().stream().map(Shelf.Item::id).toList());
            bench.load(Entity.PRODUCTS, "id,category,brand,price,active", "p1,a/c,x,8,0", "p3,z,,1,1");
            assertEquals(8, shelf.item("p1").orElseThrow().price());
            assertFalse(shelf.item("p1").get().active());
            assertEquals("z", shelf.item("p3").orElseThrow().category());
            assertEquals(3, shelf.newest().size());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void theLatestStockRecordOfEachLocationCounts(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.STOCK, "productId,time,onHand,location,reserved", "p1,2026-02-01T00:00:00Z,5,north,",
                    "p1,2026-02-02T00:00:00Z,0,north,", "p2,2026-02-01T00:00:00Z,3,,3");
            Shelf shelf = new StoreShelves(bench.memory).of(SHOP);
            assertTrue(shelf.soldOut("p1"));
            assertTrue(shelf.soldOut("p2"), "all reserved");
            assertFalse(shelf.soldOut("p3"), "nobody counts it");
            bench.load(Entity.STOCK, "productId,time,onHand,location", "p1,2026-02-01T00:00:00Z,2,south", "p2,2026-02-03T00:00:00Z,4,",
                    "p3,2026-02-03T00:00:00Z,0,");
            assertFalse(shelf.soldOut("p1"), "there are some in the south");
            assertFalse(shelf.soldOut("p2"));
            assertTrue(shelf.soldOut("p3"));
            bench.load(Entity.STOCK, "productId,time,onHand,location", "p1,2026-01-01T00:00:00Z,9,north", "p1,2026-02-02T00:00:00Z,0,south");
            assertTrue(shelf.soldOut("p1"), "an older record changes nothing");
            assertEquals(shelf.soldOut("p1"), new KeptShelf(bench.database, SHOP, Runnable::run).soldOut("p1"), "as read afresh");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void countsOrdersInTheBackground(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.ORDERS, "orderId,time,customerId,productId,quantity,unitPrice", "1,2026-02-01T00:00:00Z,c,p1,1,1",
                    "2,2026-02-01T00:00:00Z,c,p2,1,1", "3,2026-02-01T00:00:00Z,d,p2,1,1", "4,2026-02-01T00:00:00Z,d,p3,-1,1");
            Shelf shelf = new StoreShelves(bench.memory).of(SHOP);
            long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (shelf.popular().isEmpty() && System.nanoTime() - until < 0) {
                LockSupport.parkNanos(1_000_000);
            }
            assertEquals(List.of("p2", "p1"), shelf.popular());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void listsArrivalsAnewOnlyWhenTheCatalogueChanged(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.PRODUCTS, "id,category,createdAt", "p1,a/b,2026-01-01T00:00:00Z", "p2,,");
            List<Arrival> before = bench.memory.shelves().arrivals(SHOP);
            assertEquals(List.of(new Arrival("p1", "a/b", 1767225600000L), new Arrival("p2", "", 0)), before);
            bench.load(Entity.PRODUCTS, "id,category,price,createdAt", "p1,a/b,5,2026-01-01T00:00:00Z");
            assertSame(before, bench.memory.shelves().arrivals(SHOP), "the price makes no difference");
            bench.load(Entity.PRODUCTS, "id,createdAt", "p3,2026-03-01T00:00:00Z");
            assertEquals(List.of("p3", "p1", "p2"), bench.memory.shelves().arrivals(SHOP).stream().map(Arrival::product).toList());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void knowsWhereCustomersLive(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            bench.load(Entity.CUSTOMERS, "id,country,region", "anna,CN,Zhejiang");
            StoreShelves shelves = new StoreShelves(bench.memory);
            assertEquals(new Place("CN", "Zhejiang", ""), shelves.of(SHOP, "anna"));
            assertEquals(Place.UNKNOWN, shelves.of(SHOP, "bert"));
            bench.load(Entity.CUSTOMERS, "id,country,city", "anna,DE,Köln");
            assertEquals("DE", shelves.of(SHOP, "anna").country());
        }
    }
}
