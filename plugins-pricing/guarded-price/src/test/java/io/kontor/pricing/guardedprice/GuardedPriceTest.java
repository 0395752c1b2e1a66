package io.kontor.pricing.guardedprice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Product;
import io.kontor.api.pricing.DemandCurves;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.GuardrailStep;
import io.kontor.api.pricing.PriceProposal;
import io.kontor.api.pricing.PriceRequest;
import io.kontor.platform.testkit.data.SampleStore;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardedPriceTest {

    private static GuardedPrice.Settings settings(double maxChange, double minMargin, String ending, double minGain) {
        return new GuardedPrice.Settings() {

            @Override
            public Class<? extends Annotation> annotationType() {
                return GuardedPrice.Settings.class;
            }

            @Override
            public double maxChange() {
                return maxChange;
            }

            @Override
            public double minMargin() {
                return minMargin;
            }

            @Override
            public String ending() {
                return ending;
            }

            @Override
            public double minGain() {
                return minGain;
            }
        };
    }

    private static DemandCurves curve(double elasticity, double half) {
        return new DemandCurves() {

            @Override
            public Optional<Elasticity> elasticity(String product) {
                return Optional.of(new Elasticity(elasticity, elasticity - half, elasticity + half, "own", 80));
            }

            @Override
            public double[] demand(String product, double[] prices) {
                return new double[] {10};
            }
        };
    }

    private static Optional<PriceProposal> propose(GuardedPrice.Settings settings, DemandCurves curves, double price, double cost) {
        Product product = new Product("p", "Shirt", "wear", "", price, cost, true);
        return new GuardedPrice(settings, new SampleStore(Locale.ENGLISH), curves).propose(new PriceRequest(product, price, price, Double.NaN));
    }

    private static List<String> bound(PriceProposal proposal) {
        return proposal.trail().stream().filter(GuardrailStep::bound).map(GuardrailStep::guardrail).toList();
    }

    @Test
    void findsThePriceOfTheHighestProfit() {
        PriceProposal proposal = propose(settings(50, 0, "any", 0), curve(-3, 1e-9), 10, 5).orElseThrow();
        assertEquals(7.5, proposal.unconstrainedPrice(), 0.05, "cost × e / (1 + e)");
        assertEquals(7.5, proposal.price(), 0.05);
        double profit = 70 * Math.pow(0.75, -3) * 2.5 - 70 * 5;
        assertEquals(profit, proposal.proposal().impact().get("profitPerWeek"), 1);
        assertEquals(10.0, proposal.proposal().change().get("currentPrice"));
    }

    @Test
    void showsWhichGuardrailBound() {
        PriceProposal change = propose(settings(10, 0, "any", 0), curve(-3, 1e-9), 10, 5).orElseThrow();
        assertEquals(9, change.price(), 1e-9);
        assertEquals(List.of("max-change"), bound(change));
        assertEquals("Held from 7.50 to 9.00: at most 10 % at once.", change.trail().get(0).text());
        PriceProposal margin = propose(settings(40, 40, "any", 0), curve(-6, 1e-9), 10, 5).orElseThrow();
        assertEquals(8.34, margin.price(), 0.011, "5 / (1 - 0.4)");
        assertTrue(bound(margin).contains("margin-floor"), margin.trail().toString());
        assertTrue(margin.price() * 0.6 >= 5 - 0.005, "the ending does not undo the margin");
        PriceProposal ending = propose(settings(10, 0, "99", 0), curve(-1.2, 1e-9), 20, 5).orElseThrow();
        assertEquals(21.99, ending.price(), 1e-9);
        assertEquals("ending", bound(ending).get(bound(ending).size() - 1));
    }

    @Test
    void leavesPricesFinerThanTheSmallestUnitUnrounded() {
        PriceProposal ounce = propose(settings(10, 0, "any", 0), curve(-3, 1e-9), 0.0466, 0.03).orElseThrow();
        assertEquals(0.045, ounce.price(), 0.0003);
        assertEquals(0, propose(settings(10, 0, "any", 0), curve(-3, 1e-9), 10, 5.31).orElseThrow().price() * 100 % 1, 1e-6);
    }

    @Test
    void keepsThePriceWhereAChangeGainsLittleOrNothingIsKnown() {
        assertTrue(propose(settings(10, 0, "any", 5), curve(-3, 1e-9), 7.5, 5).isEmpty());
        DemandCurves unknown = new DemandCurves() {

            @Override
            public Optional<Elasticity> elasticity(String product) {
                return Optional.empty();
            }

            @Override
            public double[] demand(String product, double[] prices) {
                return new double[0];
            }
        };
        assertTrue(propose(settings(10, 0, "any", 0), unknown, 10, 5).isEmpty());
    }

    @Test
    void raisesRevenueWhereTheCostIsUnknown() {
        PriceProposal proposal = propose(settings(10, 10, "any", 0), curve(-0.5, 0.1), 10, Double.NaN).orElseThrow();
        assertEquals(11, proposal.price(), 1e-9);
        assertTrue(proposal.proposal().impact().get("revenuePerWeek") > 0);
        assertEquals("expected-gain", proposal.proposal().reasons().get(0).code());
        assertTrue(proposal.proposal().reasons().get(0).text().startsWith("The expected revenue rises by"));
    }
}
