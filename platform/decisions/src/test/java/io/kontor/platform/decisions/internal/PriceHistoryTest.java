package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.data.Entity;
import io.kontor.api.data.Product;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PriceHistoryTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Instant NOW = PlanBench.at(DAY);
    private final PlanBench bench = new PlanBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private void price(double price, int fromDay, Integer toDay, String kind) {
        Map<String, Object> row = new HashMap<>(Map.of("productId", "p", "price", price, "from", PlanBench.at(DAY.plusDays(fromDay))));
        if (toDay != null) {
            row.put("to", PlanBench.at(DAY.plusDays(toDay)));
        }
        if (kind != null) {
            row.put("kind", kind);
        }
        bench.store.add(Entity.PRICES, row);
    }

    private PriceHistory history() {
        return PriceHistory.of(bench.store.snapshot(), bench.table());
    }

    private Optional<Double> current() {
        return history().current("p", Optional.of(new Product("p", "", "", "", 7, Double.NaN, true)), NOW);
    }

    @Test
    void aLaterPriceEndsAnEarlierOneOfItsKind() {
        price(10, -60, null, "list");
        price(12, -10, null, "list");
        assertEquals(Optional.of(12.0), current());
        assertEquals(Optional.of(10.0), history().prior("p", NOW), "both held within 30 days");
        assertEquals(Optional.of(12.0), history().prior("p", NOW.plusSeconds(86_400L * 25)), "the first had ended before");
    }

    @Test
    void aSaleComesBeforeTheListPriceAsLongAsItHolds() {
        price(10, -60, null, "list");
        price(8, -2, 2, "sale");
        assertEquals(Optional.of(8.0), current());
        assertEquals(Optional.of(8.0), history().prior("p", NOW.plusSeconds(86_400L * 20)));
        assertEquals(Optional.of(10.0), history().prior("p", NOW.plusSeconds(86_400L * 40)));
        assertEquals(Optional.of(10.0), history().current("p", Optional.empty(), NOW.plusSeconds(86_400L * 3)), "the sale is over");
    }

    @Test
    void aPriceThatHasEndedOrNotBegunDoesNotHold() {
        price(10, -60, -5, null);
        price(11, 1, null, null);
        assertEquals(Optional.of(7.0), current(), "the catalogue's");
    }

    @Test
    void competitorsPricesAreNotTheShopsOwn() {
        price(3, -60, null, "competitor");
        assertEquals(Optional.of(7.0), current());
        assertEquals(Optional.empty(), history().prior("p", NOW));
    }

    @Test
    void theLastSaleTellsThePriceOfAProductWithoutAny() {
        bench.sold("p", 40, 4.5).sold("p2", 50, 6);
        assertEquals(Optional.of(4.5), history().current("p", Optional.empty(), NOW));
        assertEquals(Optional.of(4.5), history().prior("p", PlanBench.at(PlanBench.BEGIN.plusDays(45))));
        assertEquals(Optional.empty(), history().prior("p", PlanBench.at(PlanBench.BEGIN.plusDays(90))), "sold too long ago");
        assertEquals(Optional.empty(), history().current("unknown", Optional.empty(), NOW));
    }
}
