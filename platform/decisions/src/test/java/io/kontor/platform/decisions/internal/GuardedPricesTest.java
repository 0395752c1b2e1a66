package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.model.Training;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.PriceDesk.Change;
import io.kontor.platform.decisions.PriceDesk.DemandCurve;
import io.kontor.platform.decisions.PriceDesk.Simulated;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedPricesTest {

    private static final Elasticity ELASTICITY = new Elasticity(-2, -3, -1, "own", 50);
    private final PlanBench bench = new PlanBench();
    private final GuardedPrices desk = new GuardedPrices(null, bench.pipeline, bench.data, bench.demands, bench.prices, bench.log);
    private final List<DemandQuery> asked = new ArrayList<>();

    /** An old plugin: it knows of nothing but the product's own price. */
    private class OwnPrice implements TrainedDemandModel<String> {

        @Override
        public Optional<Elasticity> elasticity(String model, String product) {
            return product.equals("unknown") ? Optional.empty() : Optional.of(ELASTICITY);
        }

        @Override
        public double[] demand(String model, String product, double[] prices) {
            return product.equals("unknown") ? new double[0] : Arrays.stream(prices).map(price -> 100 / (price * price)).toArray();
        }

        @Override
        public String train(Training training) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(String model, OutputStream out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String read(InputStream in) {
            throw new UnsupportedOperationException();
        }
    }

    /** Knows promotions, which double demand. */
    private final class Informed extends OwnPrice {

        @Override
        public double[] demand(String model, DemandQuery query) {
            asked.add(query);
            return Arrays.stream(demand(model, query.product(), query.prices())).map(units -> units * (1 + query.promotion())).toArray();
        }
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private Answer<List<Simulated>> simulate(Change... changes) {
        return desk.simulate(PlanBench.SHOP, List.of(changes), Optional.empty(), Optional.empty());
    }

    @Test
    void aCurveGoesFromHalfToOneAndAHalfOfTodaysPrice() {
        bench.store.product("p", "P", 10);
        bench.enable("model", new OwnPrice());
        DemandCurve curve = desk.curve(PlanBench.SHOP, "p").value();
        assertEquals(41, curve.prices().length);
        assertEquals(5, curve.prices()[0], 1e-9);
        assertEquals(10, curve.prices()[20], 1e-9);
        assertEquals(15, curve.prices()[40], 1e-9);
        assertEquals(7, curve.units()[20], 1e-9, "a week");
        assertEquals(28, curve.units()[0], 1e-9);
        assertEquals(Optional.of(ELASTICITY), curve.elasticity());
        assertTrue(bench.log.entries.isEmpty(), "looking is not noted");
    }

    @Test
    void aCurveIsEmptyWhereNothingCanBeSaid() {
        bench.store.product("unknown", "U", 10);
        bench.enable("model", new OwnPrice());
        DemandCurve unknown = desk.curve(PlanBench.SHOP, "unknown").value();
        assertEquals(10, unknown.currentPrice());
        assertArrayEquals(new double[0], unknown.prices());
        assertArrayEquals(new double[0], unknown.units());
        DemandCurve priceless = desk.curve(PlanBench.SHOP, "priceless").value();
        assertTrue(Double.isNaN(priceless.currentPrice()));
        assertEquals(0, priceless.prices().length);
        assertEquals(Optional.of(ELASTICITY), priceless.elasticity(), "what is known without a price");
    }

    @Test
    void anOldPluginIsSimulatedByItsOwnPriceAlone() {
        bench.store.product("p", "P", 10);
        bench.enable("model", new OwnPrice());
        Simulated one = simulate(new Change("p", 5, 1, 3)).value().get(0);
        assertEquals(10, one.currentPrice());
        assertEquals(7, one.unitsBefore(), 1e-9);
        assertEquals(28, one.unitsAfter(), 1e-9);
        assertEquals(14, one.unitsLow(), 1e-9, "were the elasticity -1");
        assertEquals(56, one.unitsHigh(), 1e-9, "were it -3");
        assertEquals(1, bench.log.entries.size());
    }

    @Test
    void aModelIsToldOfPromotionsCompetitorsAndTheOtherChanges() {
        bench.store.product("p", "P", 10).product("q", "Q", 20);
        bench.store.add(Entity.PRICES, Map.of("productId", "p", "price", 9.0, "from", PlanBench.at(PlanBench.BEGIN), "kind", "competitor",
                "source", "x"));
        bench.store.add(Entity.PRICES, Map.of("productId", "p", "price", 4.0, "from", PlanBench.at(PlanBench.BEGIN), "kind", "competitor",
                "source", "y"));
        bench.enable("model", new Informed());
        LocalDate period = LocalDate.of(2026, 6, 1);
        List<Simulated> both = desk.simulate(PlanBench.SHOP, List.of(new Change("p", 10, 1, Double.NaN), new Change("q", 18, 0, 15)),
                Optional.of(period), Optional.empty()).value();
        assertEquals(14, both.get(0).unitsAfter(), 1e-9, "twice as many with a promotion");
        assertEquals(7, both.get(0).unitsBefore(), 1e-9, "before there is none");
        DemandQuery before = asked.get(0);
        DemandQuery after = asked.get(1);
        assertEquals(6, before.competitorPrice(), 1e-9, "the geometric mean of both that hold now");
        assertEquals(6, after.competitorPrice(), 1e-9, "as it holds now");
        assertEquals(Map.of(), before.otherPrices());
        assertEquals(18.0, after.otherPrices().get("q"));
        assertEquals(Optional.of(period), after.period());
        assertTrue(Double.isNaN(asked.get(2).competitorPrice()), "nothing is known of q's competitors");
        assertEquals(15, asked.get(3).competitorPrice(), "as it was said");
    }

    @Test
    void takesNoAnswerThatIsNone() {
        bench.store.product("p", "P", 10);
        bench.enable("model", new OwnPrice() {

            @Override
            public double[] demand(String model, DemandQuery query) {
                return new double[] {1, 2, 3};
            }
        });
        assertThrows(KontorException.class, () -> simulate(new Change("p", 5)));
    }
}
