package io.kontor.platform.testkit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Product;
import io.kontor.api.pricing.DemandCurves;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.GuardrailStep;
import io.kontor.api.pricing.PricePolicy;
import io.kontor.api.pricing.PriceProposal;
import io.kontor.api.pricing.PriceRequest;
import io.kontor.platform.testkit.data.SampleStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the platform expects of everything that proposes prices. A plugin's test extends this class and says how the plugin is made. */
public abstract class PricePolicyContract {

    private static final double UNKNOWN = Double.NaN;
    private final SampleStore store = new SampleStore(Locale.ENGLISH);

    /** For subclasses. */
    protected PricePolicyContract() {
    }

    /**
     * Makes the plugin with its default settings.
     *
     * @param data the store's data
     * @param curves how demand answers to price
     * @return a new plugin
     */
    protected abstract PricePolicy plugin(SampleStore data, DemandCurves curves);

    /** Ten units a day at a price of 10. */
    private static DemandCurves curves(Elasticity elasticity) {
        return new DemandCurves() {

            @Override
            public Optional<Elasticity> elasticity(String product) {
                return Optional.ofNullable(elasticity);
            }

            @Override
            public double[] demand(String product, double[] prices) {
                return elasticity == null ? new double[0]
                        : Arrays.stream(prices).map(price -> 10 * Math.pow(price / 10, elasticity.value())).toArray();
            }

            @Override
            public double[] demand(DemandQuery query) {
                return demand(query.product(), query.prices());
            }
        };
    }

    private static List<PriceRequest> requests() {
        List<PriceRequest> requests = new ArrayList<>();
        for (double price : new double[] {0.01, 0.5, 9.99, 10, 250, 1e6}) {
            for (double cost : new double[] {UNKNOWN, 0, 0.3 * price, 0.95 * price, 2 * price}) {
                for (double known : new double[] {UNKNOWN, price}) {
                    requests.add(new PriceRequest(new Product("p", "Shirt", "wear", "", price, cost, true), price, known, known, known));
                }
            }
        }
        return requests;
    }

    private static void check(PriceRequest request, PriceProposal price) {
        assertTrue(price.price() > 0 && Double.isFinite(price.price()), price.toString());
        assertEquals("price", price.proposal().kind());
        assertEquals(request.product().id(), price.proposal().subject());
        assertEquals(price.price(), price.proposal().change().get("price"));
        assertEquals(request.currentPrice(), price.proposal().change().get("currentPrice"));
        assertTrue(price.price() != request.currentPrice(), "a price that stays is no proposal");
        assertFalse(price.proposal().arithmetic().isEmpty(), "a proposal shows its arithmetic");
        assertFalse(price.proposal().reasons().isEmpty(), "a proposal has reasons");
        price.proposal().reasons().forEach(reason -> assertFalse(reason.text().isBlank() || reason.text().matches(".*\\{\\d.*"), reason.text()));
        double at = price.unconstrainedPrice();
        for (GuardrailStep step : price.trail()) {
            assertEquals(at, step.before(), 1e-9, "each guardrail goes on from the one before: " + price.trail());
            assertFalse(step.text().isBlank() || step.text().matches(".*\\{\\d.*"), step.text());
            at = step.after();
        }
        assertEquals(price.price(), price.explained().explanation().orElseThrow().output(), 1e-9 * price.price());
        assertEquals(price.price(), at, 1e-9, "the trail ends at the price: " + price.trail());
    }

    @Test
    final void everyProposalIsWhole() {
        int proposals = 0;
        for (double elasticity : new double[] {-6, -2.5, -1, -0.2, 0, 0.5}) {
            PricePolicy plugin = plugin(store, curves(new Elasticity(elasticity, elasticity - 0.5, elasticity + 0.5, "own", 80)));
            for (PriceRequest request : requests()) {
                Optional<PriceProposal> proposal = plugin.propose(request);
                proposal.ifPresent(price -> check(request, price));
                proposals += proposal.isPresent() ? 1 : 0;
            }
        }
        assertTrue(proposals > 0, "a price that is far from the best one is to be changed");
    }

    @Test
    final void proposesTheSameForTheSame() {
        Elasticity elasticity = new Elasticity(-2.5, -3, -2, "own", 80);
        for (PriceRequest request : requests()) {
            assertEquals(plugin(store, curves(elasticity)).propose(request), plugin(store, curves(elasticity)).propose(request));
        }
    }

    @Test
    final void leavesAProductAloneAboutWhichNothingIsKnown() {
        PricePolicy plugin = plugin(store, curves(null));
        requests().forEach(request -> assertEquals(Optional.empty(), plugin.propose(request)));
    }
}
