package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.kontor.api.data.Entity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorePricesTest {

    private static final Instant NOW = PlanBench.at(LocalDate.of(2026, 3, 1));
    private final PlanBench bench = new PlanBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private void price(String kind, double price, Instant from) {
        bench.store.add(Entity.PRICES, Map.of("productId", "p", "price", price, "kind", kind, "from", from));
    }

    private StorePrices.Book book() {
        return bench.prices.of(PlanBench.SHOP);
    }

    @Test
    void readsTheRecordsOnceAndAgainAfterAChange() {
        price("list", 10, NOW.minusSeconds(60));
        price("competitor", 9, NOW.minusSeconds(60));
        StorePrices.Book first = book();
        assertEquals(Optional.of(10.0), first.own().current("p", Optional.empty(), NOW));
        assertEquals(9, first.competitors().over("p", NOW, NOW.plusSeconds(1)), 1e-9);
        assertSame(first.competitors(), book().competitors(), "nothing has changed, so nothing is read");
        price("list", 12, NOW.minusSeconds(30));
        assertNotSame(first.competitors(), book().competitors());
        assertEquals(Optional.of(12.0), book().own().current("p", Optional.empty(), NOW));
    }

    @Test
    void aProductWithoutRecordsCostsWhatItWasLastSoldForEvenAfterANewerSale() {
        bench.sold("p", 3, 5);
        assertEquals(Optional.of(5.0), book().own().current("p", Optional.empty(), NOW));
        bench.store.add(Entity.SALES,
                Map.of("productId", "p", "date", PlanBench.at(PlanBench.BEGIN.plusDays(4)), "quantity", 1.0, "price", 6.0));
        assertEquals(Optional.of(6.0), book().own().current("p", Optional.empty(), NOW));
    }
}
