package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.decision.Proposal;
import io.kontor.api.pricing.PricePolicy;
import io.kontor.api.pricing.PriceProposal;
import io.kontor.api.pricing.PriceRequest;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.testkit.data.SampleJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PricePlanTest {

    private final PlanBench bench = new PlanBench();
    private final PricePlan plan = new PricePlan(bench.pipeline, bench.data, bench.demands, bench.prices, bench.stock, bench.proposals);
    private final List<PriceRequest> asked = new ArrayList<>();

    @AfterEach
    void close() {
        bench.close();
    }

    private static PriceProposal proposal(String product, double price, Map<String, Object> change) {
        return new PriceProposal(price, price, List.of(), new Proposal("price", product, change, List.of(), Map.of(), List.of()));
    }

    /** Proposes a tenth more for all products but "fair". */
    private Optional<PriceProposal> tenthMore(PriceRequest request) {
        asked.add(request);
        String id = request.product().id();
        double price = request.currentPrice() * 1.1;
        return id.equals("fair") ? Optional.empty()
                : Optional.of(proposal(id, price, Map.of("price", price, "currentPrice", request.currentPrice())));
    }

    private Map<String, Object> run() {
        return plan.run("job", PlanBench.request(PriceDesk.PRICE_PLAN), new SampleJob());
    }

    @Test
    void asksAboutEveryActiveProductWithDemandAndAPrice() {
        bench.sold("a", 30, 5).sold("fair", 30, 6).sold("old", 30, 7);
        bench.store.add(Entity.SALES, Map.of("productId", "priceless", "date", PlanBench.at(PlanBench.BEGIN), "quantity", 1.0));
        bench.inactive.add("old");
        bench.inStock("a", 40).inStock("a", 2);
        bench.store.product("a", "Apple", 5.5);
        bench.store.add(Entity.PRICES, Map.of("productId", "a", "price", 4.0, "from", PlanBench.at(PlanBench.BEGIN), "kind", "competitor"));
        PricePolicy policy = this::tenthMore;
        bench.enable("policy", policy);
        assertEquals(Map.of("products", 2, "withoutPrice", 1, "failed", 0, "proposals", 1), run());
        assertEquals(List.of("a", "fair"), asked.stream().map(request -> request.product().id()).toList());
        PriceRequest apple = asked.get(0);
        assertEquals(5.5, apple.currentPrice(), "the catalogue's before that of the last sale");
        assertEquals(42, apple.onHand());
        assertEquals(4, apple.competitorPrice(), 1e-9);
        assertEquals("Apple", apple.product().title());
        assertTrue(Double.isNaN(asked.get(1).onHand()) && Double.isNaN(asked.get(1).competitorPrice()));
        assertEquals("a", bench.proposed.get(0).answer().value().subject());
        assertEquals("policy", bench.proposed.get(0).answer().servedBy().plugin());
    }

    @Test
    void leavesOutAProductOnWhichThePolicyFails() {
        bench.sold("a", 30, 5).sold("b", 30, 6);
        PricePolicy policy = request -> {
            if (request.product().id().equals("a")) {
                throw new IllegalStateException("on purpose");
            }
            return tenthMore(request);
        };
        bench.enable("policy", policy);
        assertEquals(Map.of("products", 2, "withoutPrice", 0, "failed", 1, "proposals", 1), run());
    }

    @Test
    void failsWhenThePolicyAnswersForNoProductAndKeepsTheEarlierPlan() {
        bench.sold("a", 30, 5);
        PricePolicy policy = this::tenthMore;
        bench.enable("policy", policy);
        run();
        PlanBench broken = new PlanBench();
        try (broken) {
            broken.sold("a", 30, 5);
            broken.proposed.addAll(bench.proposed);
            PricePolicy other = request -> Optional.of(proposal("b", 9, Map.of("price", 9.0, "currentPrice", 5.0)));
            broken.enable("policy", other);
            PricePlan failing = new PricePlan(broken.pipeline, broken.data, broken.demands, broken.prices, broken.stock, broken.proposals);
            KontorException failed = assertThrows(KontorException.class,
                    () -> failing.run("job", PlanBench.request(PriceDesk.PRICE_PLAN), new SampleJob()));
            assertEquals(KontorException.Kind.PLUGIN, failed.kind());
            assertEquals(1, broken.proposed.size(), "what was proposed before still waits");
        }
    }

    @Test
    void saysThatThereIsNoPolicy() {
        bench.sold("a", 30, 5);
        assertEquals(KontorException.Kind.CONFIGURATION, assertThrows(KontorException.class, this::run).kind());
    }

    @Test
    void stopsWhenItIsCancelled() {
        bench.sold("a", 30, 5);
        PricePolicy policy = this::tenthMore;
        bench.enable("policy", policy);
        assertThrows(CancellationException.class, () -> plan.run("job", PlanBench.request(PriceDesk.PRICE_PLAN), new SampleJob(0)));
        assertTrue(bench.proposed.isEmpty());
    }
}
