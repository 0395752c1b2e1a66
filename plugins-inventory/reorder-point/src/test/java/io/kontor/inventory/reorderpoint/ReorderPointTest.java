package io.kontor.inventory.reorderpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.ArithmeticLine;
import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.Forecasts;
import io.kontor.api.inventory.ReplenishmentRequest;
import io.kontor.platform.testkit.data.SampleStore;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReorderPointTest {

    private static final double DAILY = 10;
    private static final double DEVIATION = 4;

    private static ReorderPoint.Settings settings() {
        return new ReorderPoint.Settings() {

            @Override
            public Class<? extends Annotation> annotationType() {
                return ReorderPoint.Settings.class;
            }

            @Override
            public double serviceLevel() {
                return 0.95;
            }

            @Override
            public int reviewDays() {
                return 7;
            }

            @Override
            public int coverDays() {
                return 14;
            }
        };
    }

    private static final Forecasts STEADY = (product, location, step, horizon, quantiles) -> {
        double[] mean = new double[horizon];
        Arrays.fill(mean, DAILY);
        double[][] spread = new double[quantiles.length][horizon];
        for (int q = 0; q < quantiles.length; q++) {
            Arrays.fill(spread[q], DAILY + DEVIATION * Normal.quantile(quantiles[q]));
        }
        return new Forecast(mean, spread, "steady", List.of());
    };

    private static ReplenishmentRequest request(double onHand, double minimum, double pack, double orderCost) {
        return new ReplenishmentRequest("p", "", onHand, 20, 5, "acme", 9, 2, minimum, pack, 4, orderCost, 0.25);
    }

    private static Proposal order(Locale locale, ReplenishmentRequest request) {
        return new ReorderPoint(settings(), new SampleStore(locale), STEADY).propose(request).orElseThrow();
    }

    private static double line(Proposal proposal, String label) {
        return proposal.arithmetic().stream().filter(line -> line.label().startsWith(label)).mapToDouble(ArithmeticLine::value).findFirst()
                .orElseThrow(() -> new AssertionError(label + " in " + proposal.arithmetic()));
    }

    @Test
    void writesTheArithmeticDownLineByLine() {
        Proposal proposal = order(Locale.ENGLISH, request(60, 0, 1, Double.NaN));
        double deviation = Math.sqrt(16 * DEVIATION * DEVIATION + DAILY * DAILY * 4);
        double reorderPoint = 160 + 1.6449 * deviation;
        assertEquals(160, line(proposal, "Expected demand over"), 1e-9);
        assertEquals(deviation, line(proposal, "Its standard deviation"), 0.05);
        assertEquals(reorderPoint, line(proposal, "Reorder point"), 0.1);
        assertEquals(75, line(proposal, "Stock position"), 1e-9);
        assertEquals(Math.ceil(reorderPoint - 75 + 140), (Double) proposal.change().get("quantity"), 1e-9);
        assertEquals("acme", proposal.change().get("supplier"));
        assertTrue(proposal.impact().get("stockoutRisk") > 0.98, proposal.impact().toString());
        assertTrue(proposal.impact().get("stockoutRiskAfter") < 0.05, proposal.impact().toString());
        assertEquals(4 * (Double) proposal.change().get("quantity"), proposal.impact().get("cost"), 1e-9);
    }

    @Test
    void ordersNothingWhileStockLasts() {
        assertTrue(new ReorderPoint(settings(), new SampleStore(Locale.ENGLISH), STEADY).propose(request(300, 0, 1, Double.NaN)).isEmpty());
    }

    @Test
    void saysWhichTermOfTheSupplierBound() {
        Proposal packs = order(Locale.ENGLISH, request(60, 0, 48, Double.NaN));
        assertEquals(0, (Double) packs.change().get("quantity") % 48, 1e-9);
        assertEquals("rounded-to-packs", last(packs).code());
        Proposal minimum = order(Locale.CHINESE, request(60, 5000, 1, Double.NaN));
        assertEquals(5000, (Double) minimum.change().get("quantity"), 1e-9);
        assertTrue(last(minimum).text().startsWith("供应商最小订货量 5,000 大于所需的"), last(minimum).text());
    }

    @Test
    void explainsTheQuantityByWhatBoundIt() {
        Proposal both = order(Locale.ENGLISH, request(60, 300, 48, Double.NaN));
        Explanation explanation = both.explanation().orElseThrow();
        assertEquals(Explanation.Kind.CONSTRAINTS, explanation.kind());
        assertEquals(line(both, "Wanted"), explanation.base(), 0.01);
        assertEquals(336, explanation.output());
        assertEquals(List.of("minimum-bound", "rounded-to-packs"),
                explanation.contributions().stream().map(Contribution::feature).toList());
        assertEquals(300 - explanation.base(), explanation.contributions().get(0).amount(), 1e-9);
        assertEquals(36, explanation.contributions().get(1).amount(), 1e-9);
        Explanation units = order(Locale.CHINESE, request(60, 0, 1, Double.NaN)).explanation().orElseThrow();
        assertEquals(List.of("rounded-to-units"), units.contributions().stream().map(Contribution::feature).toList());
        assertEquals(units.output(), units.base() + units.contributions().get(0).amount(), 1e-9);
    }

    @Test
    void ordersTheEconomicQuantityWhereOrderingIsDear() {
        Proposal proposal = order(Locale.ENGLISH, request(60, 0, 1, 50));
        double economic = Math.sqrt(2 * 3650 * 50 / (0.25 * 4));
        assertEquals(economic, line(proposal, "Economic"), 0.01);
        assertEquals(Math.ceil(line(proposal, "Missing") + economic), (Double) proposal.change().get("quantity"), 1);
    }

    private static Reason last(Proposal proposal) {
        return proposal.reasons().get(proposal.reasons().size() - 1);
    }

    @Test
    void keepsTheServiceLevelInTheLongRun() {
        Random random = new Random(3);
        ReorderPoint policy = new ReorderPoint(settings(), new SampleStore(Locale.ENGLISH), STEADY);
        int cycles = 0;
        int outOfStock = 0;
        double onHand = 300;
        for (int run = 0; run < 4_000; run++) {
            var proposal = policy.propose(new ReplenishmentRequest("p", "", onHand, 0, 0, "acme", 9, 2, 0, 1, 4, Double.NaN, Double.NaN));
            int lead = proposal.isEmpty() ? 0 : (int) Math.max(1, Math.round(9 + 2 * random.nextGaussian()));
            double demand = sum(random, lead);
            cycles += proposal.isEmpty() ? 0 : 1;
            outOfStock += demand > onHand ? 1 : 0;
            onHand = Math.max(0, onHand - demand) + proposal.map(order -> (Double) order.change().get("quantity")).orElse(0.0);
            onHand = Math.max(0, onHand - sum(random, 7));
        }
        assertTrue(cycles > 1_000, cycles + " orders");
        assertTrue(outOfStock < 0.05 * cycles, outOfStock + " of " + cycles + " order cycles ran out of stock");
    }

    private static double sum(Random random, int days) {
        double sum = 0;
        for (int day = 0; day < days; day++) {
            sum += Math.max(0, DAILY + DEVIATION * random.nextGaussian());
        }
        return sum;
    }
}
