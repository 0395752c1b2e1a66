package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Interaction;
import io.kontor.platform.data.Events.Receipt;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class EventsTest {

    private static Map<String, Object> view(String id, String customer, String product, int minute) {
        Map<String, Object> event = new HashMap<>();
        event.put("id", id);
        event.put("time", "2026-02-01T10:" + (minute < 10 ? "0" : "") + minute + ":00Z");
        event.put("type", "view");
        event.put("customerId", customer);
        event.put("productId", product);
        return event;
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void takesEachEventOnce(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            assertEquals(new Receipt(2, 1, List.of()),
                    events.accept("shop", List.of(view("1", "anna", "p1", 1), view("2", "anna", "p2", 2), view("1", "anna", "p1", 1))));
            assertEquals(new Receipt(0, 1, List.of()), events.accept("shop", List.of(view("2", "anna", "p2", 2))));
            Map<String, Object> nameless = view(null, "bo", "p1", 3);
            assertEquals(1, events.accept("shop", List.of(nameless)).accepted());
            assertEquals(1, events.accept("shop", List.of(nameless)).duplicates(), "without an id the content is the identity");
            assertEquals(3, bench.extent(Entity.EVENTS).rows());
            events.close();
            assertThrows(KontorException.class, () -> events.accept("shop", List.of(nameless)));
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void refusesWhatItCannotUnderstandAndKeepsTheRest(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            Map<String, Object> late = view("1", "anna", "p1", 1);
            late.put("time", "2026-03-05T00:00:00Z");
            Map<String, Object> nested = view("2", "anna", "p1", 1);
            nested.put("query", List.of("x"));
            Map<String, Object> unknown = view("3", "anna", "p1", 1);
            unknown.put("colour", "red");
            Receipt receipt = events.accept("shop", List.of(late, view("4", "anna", "p1", 1), nested, unknown, Map.of("type", "view")));
            assertEquals(1, receipt.accepted());
            assertEquals(List.of("0 time is more than a day in the future", "2 query must be a text, a number, true, false or null",
                    "3 there is no field colour", "4 time is missing"),
                    receipt.rejected().stream().map(rejection -> rejection.index() + " " + rejection.reason()).toList());
            assertEquals(4, bench.extent(Entity.EVENTS).quarantined());
            events.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void countsEventsOfManyThreadsRight(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Future<Receipt>> receipts = new ArrayList<>();
            for (int request = 0; request < 200; request++) {
                List<Map<String, Object>> batch = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    batch.add(view("e" + (request * 40 + i), "c" + i, "p" + i % 5, i));
                }
                receipts.add(threads.submit(() -> events.accept("shop", batch)));
            }
            int accepted = 0;
            int duplicates = 0;
            for (Future<Receipt> receipt : receipts) {
                accepted += receipt.get().accepted();
                duplicates += receipt.get().duplicates();
            }
            threads.shutdown();
            events.close();
            assertEquals(199 * 40 + 50, accepted);
            assertEquals(200 * 50 - accepted, duplicates);
            assertEquals(accepted, bench.extent(Entity.EVENTS).rows());
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void tellsTheLatestOfACustomerAtOnce(FreshDatabase fresh) throws Exception {
        try (Bench bench = new Bench(fresh)) {
            GroupedEvents events = new GroupedEvents(bench.database, bench.stores, bench.memory, Bench.NOW);
            bench.load(Entity.ORDERS, "orderId,time,customerId,productId,quantity,unitPrice", "1,2026-01-31T10:00:00Z,anna,p9,2,5",
                    "1,2026-01-31T11:00:00Z,anna,p8,-1,5");
            assertEquals(2, bench.memory.history("shop", "anna", 10).size());
            events.accept("shop", List.of(view("1", "anna", "p1", 1), view("2", "anna", "p2", 2), view("3", "bo", "p3", 2)));
            List<Interaction> history = bench.memory.history("shop", "anna", 10);
            assertEquals(List.of("p2 VIEW 1.0", "p1 VIEW 1.0", "p8 RETURN 1.0", "p9 PURCHASE 2.0"),
                    history.stream().map(i -> i.product() + " " + i.type() + " " + i.value()).toList());
            assertEquals(1, bench.memory.history("shop", "anna", 1).size());
            assertTrue(bench.memory.history("shop", "nobody", 10).isEmpty());
            events.close();
        }
    }
}
