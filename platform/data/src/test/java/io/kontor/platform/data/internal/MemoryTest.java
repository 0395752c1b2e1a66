package io.kontor.platform.data.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Entity;
import io.kontor.platform.testkit.postgres.BothDatabases;
import io.kontor.platform.testkit.postgres.FreshDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What is kept in memory of products, on this node and on another one. */
class MemoryTest {

    private static final String COLUMNS = "id,title,active";

    private final AtomicLong clock = new AtomicLong();

    private static String title(Memory memory, String product) {
        return memory.product("shop", product).orElseThrow().title();
    }

    private void aMinutePasses() {
        clock.addAndGet(Duration.ofSeconds(61).toNanos());
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void seesAtOnceWhatThisNodeStoresAndWithinAMinuteWhatAnotherOneDoes(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            Memory elsewhere = new Memory(bench.database, bench.intake, bench.stores, clock::get);
            assertEquals(Set.of(), elsewhere.inactive("shop"));
            bench.load(Entity.PRODUCTS, COLUMNS, "p1,Tea,true", "p2,Milk,true");
            assertEquals("Tea", title(bench.memory, "p1"));
            aMinutePasses();
            assertEquals("Tea", title(elsewhere, "p1"));
            bench.load(Entity.PRODUCTS, COLUMNS, "p1,Green tea,true", "p2,Milk,false");
            assertEquals("Green tea", title(bench.memory, "p1"));
            assertEquals(Set.of("p2"), bench.memory.inactive("shop"));
            aMinutePasses();
            assertEquals("Green tea", title(elsewhere, "p1"));
            assertEquals(Set.of("p2"), elsewhere.inactive("shop"));
            elsewhere.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void readsProductsAgainOnlyWhenSomeHaveChanged(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            Memory memory = new Memory(bench.database, bench.intake, bench.stores, clock::get);
            bench.load(Entity.PRODUCTS, COLUMNS, "p1,Tea,true", "p2,Milk,true");
            assertEquals("Tea", title(memory, "p1"));
            // Nothing of the server changes rows like this.
            bench.database.jdbc(connection -> connection.createStatement().executeUpdate("update product set title = 'Coffee'"));
            aMinutePasses();
            assertEquals("Tea", title(memory, "p1"));
            bench.load(Entity.PRODUCTS, COLUMNS, "p2,Soy milk,true");
            aMinutePasses();
            assertEquals("Coffee", title(memory, "p1"));
            assertEquals("Soy milk", title(memory, "p2"));
            memory.close();
        }
    }

    @ParameterizedTest
    @ArgumentsSource(BothDatabases.class)
    void knowsWhichStoresHaveHistoriesInMemory(FreshDatabase fresh) throws IOException {
        try (Bench bench = new Bench(fresh)) {
            assertEquals(Set.of(), bench.memory.storesWithHistories());
            bench.memory.history("shop", "anna", 10);
            assertEquals(Set.of("shop"), bench.memory.storesWithHistories());
            bench.memory.deleted("shop");
            assertEquals(Set.of(), bench.memory.storesWithHistories());
        }
    }
}
