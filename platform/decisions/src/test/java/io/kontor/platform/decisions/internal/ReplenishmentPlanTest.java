package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.decision.Proposal;
import io.kontor.api.inventory.ReplenishmentPolicy;
import io.kontor.api.inventory.ReplenishmentRequest;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.testkit.data.SampleJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplenishmentPlanTest {

    private final PlanBench bench = new PlanBench();
    private final ReplenishmentPlan plan = new ReplenishmentPlan(bench.pipeline, bench.data, bench.demands, bench.stock, bench.proposals);
    private final List<ReplenishmentRequest> asked = new ArrayList<>();

    @AfterEach
    void close() {
        bench.close();
    }

    private void supplied(String product, String supplier, double leadTime, Map<String, Object> more) {
        Map<String, Object> row = new HashMap<>(more);
        row.putAll(Map.of("productId", product, "supplierId", supplier, "leadTimeDays", leadTime));
        bench.store.add(Entity.SUPPLY, row);
    }

    private static Optional<Proposal> order(String kind, String product, Object quantity) {
        return Optional.of(new Proposal(kind, product, Map.of("quantity", quantity), List.of(), Map.of(), List.of()));
    }

    /** Orders twelve units of everything but "plenty". */
    private void enable() {
        ReplenishmentPolicy policy = request -> {
            asked.add(request);
            return request.product().equals("plenty") ? Optional.empty() : order("order", request.product(), 12.0);
        };
        bench.enable("policy", policy);
    }

    private Map<String, Object> run() {
        return plan.run("job", PlanBench.request(ForecastDesk.REPLENISHMENT_PLAN), new SampleJob());
    }

    @Test
    void asksAboutEveryActiveProductWithStockSupplierAndDemand() {
        bench.sold("a", 30, 5).sold("plenty", 30, 5).sold("own", 30, 5).sold("old", 30, 5);
        for (String product : List.of("a", "plenty", "old", "unsold")) {
            supplied(product, "acme", 5, Map.of());
        }
        bench.inStock("a", 1).inStock("plenty", 900).inStock("own", 0).inStock("old", 0).inStock("unsold", 4);
        bench.inactive.add("old");
        enable();
        assertEquals(Map.of("products", 2, "withoutDemand", 1, "failed", 0, "proposals", 1), run());
        assertEquals(List.of("a", "plenty"), asked.stream().map(ReplenishmentRequest::product).toList());
        ReplenishmentRequest a = asked.get(0);
        assertEquals(List.of(1.0, 3.0, 1.0), List.of(a.onHand(), a.onOrder(), a.reserved()));
        assertEquals(List.of(0.0, 0.0, 1.0), List.of(a.leadTimeStdDays(), a.minOrderQuantity(), a.packSize()), "what is not said");
        assertTrue(Double.isNaN(a.unitCost()) && Double.isNaN(a.orderCost()) && Double.isNaN(a.holdingCostRate()));
        assertEquals("a", bench.proposed.get(0).answer().value().subject());
    }

    @Test
    void takesTheCheapestSupplierAndOfEquallyCheapOnesTheFastest() {
        bench.sold("a", 30, 5).sold("b", 30, 5).inStock("a", 0).inStock("b", 0);
        supplied("a", "dear", 1, Map.of("unitCost", 4.0));
        supplied("a", "cheap", 30, Map.of("unitCost", 3.0, "packSize", 6.0, "minOrderQuantity", 18.0, "leadTimeStdDays", 2.0));
        supplied("a", "unpriced", 1, Map.of());
        supplied("b", "slow", 9, Map.of("unitCost", 3.0));
        supplied("b", "fast", 0, Map.of("unitCost", 3.0));
        enable();
        run();
        assertEquals(List.of("cheap", "fast"), asked.stream().map(ReplenishmentRequest::supplier).toList());
        ReplenishmentRequest a = asked.get(0);
        assertEquals(List.of(30.0, 2.0, 18.0, 6.0, 3.0), List.of(a.leadTimeDays(), a.leadTimeStdDays(), a.minOrderQuantity(), a.packSize(),
                a.unitCost()));
        assertEquals(0.1, asked.get(1).leadTimeDays(), "nothing arrives at once");
    }

    @Test
    void leavesOutWhatIsNoOrderOfTheProduct() {
        bench.sold("a", 30, 5).sold("b", 30, 5).sold("c", 30, 5).sold("d", 30, 5);
        for (String product : List.of("a", "b", "c", "d")) {
            supplied(product, "acme", 5, Map.of());
            bench.inStock(product, 0);
        }
        ReplenishmentPolicy policy = request -> switch (request.product()) {
            case "a" -> order("price", "a", 3.0);
            case "b" -> order("order", "a", 3.0);
            case "c" -> order("order", "c", -3.0);
            default -> order("order", "d", 3.0);
        };
        bench.enable("policy", policy);
        assertEquals(Map.of("products", 4, "withoutDemand", 0, "failed", 3, "proposals", 1), run());
        assertEquals("d", bench.proposed.get(0).answer().value().subject());
    }

    @Test
    void failsWhenThePolicyAnswersForNoProduct() {
        bench.sold("a", 30, 5).inStock("a", 0);
        supplied("a", "acme", 5, Map.of());
        assertEquals(KontorException.Kind.CONFIGURATION, assertThrows(KontorException.class, this::run).kind(), "there is none");
        ReplenishmentPolicy policy = request -> {
            throw new IllegalStateException("on purpose");
        };
        bench.enable("policy", policy);
        assertEquals(KontorException.Kind.PLUGIN, assertThrows(KontorException.class, this::run).kind());
    }
}
