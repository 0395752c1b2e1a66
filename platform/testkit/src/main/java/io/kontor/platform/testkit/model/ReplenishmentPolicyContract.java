package io.kontor.platform.testkit.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.Proposal;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.Forecasts;
import io.kontor.api.inventory.ReplenishmentPolicy;
import io.kontor.api.inventory.ReplenishmentRequest;
import io.kontor.platform.testkit.data.SampleStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the platform expects of everything that proposes orders. A plugin's test extends this class and says how the plugin is made. */
public abstract class ReplenishmentPolicyContract {

    private static final double DAILY = 10;
    private static final double UNKNOWN = Double.NaN;
    private final SampleStore store = new SampleStore(Locale.ENGLISH);

    /** For subclasses. */
    protected ReplenishmentPolicyContract() {
    }

    /**
     * Makes the plugin with its default settings.
     *
     * @param data the store's data
     * @param forecasts the expected demand
     * @return a new plugin
     */
    protected abstract ReplenishmentPolicy plugin(SampleStore data, Forecasts forecasts);

    private static Forecasts forecasts(double daily) {
        return (product, location, step, horizon, quantiles) -> {
            double[] mean = new double[horizon];
            Arrays.fill(mean, daily);
            double[][] rows = new double[quantiles.length][horizon];
            for (int q = 0; q < quantiles.length; q++) {
                Arrays.fill(rows[q], 2 * daily * quantiles[q]);
            }
            return new Forecast(mean, rows, "steady", List.of());
        };
    }

    private static List<ReplenishmentRequest> requests(double onHand) {
        List<ReplenishmentRequest> requests = new ArrayList<>();
        for (double pack : new double[] {1, 12}) {
            for (double minimum : new double[] {0, 500}) {
                for (double cost : new double[] {UNKNOWN, 4}) {
                    for (double leadTime : new double[] {0.1, 9, 400}) {
                        requests.add(new ReplenishmentRequest("p", "", onHand, 20, 5, "acme", leadTime, leadTime / 4, minimum, pack, cost,
                                cost * 5, cost / 16));
                    }
                }
            }
        }
        return requests;
    }

    private static void check(ReplenishmentRequest request, Proposal order) {
        assertEquals("order", order.kind());
        assertEquals(request.product(), order.subject());
        double quantity = ((Number) order.change().get("quantity")).doubleValue();
        assertTrue(quantity > 0 && Double.isFinite(quantity), order.toString());
        assertTrue(quantity >= request.minOrderQuantity(), "no less than the smallest order: " + order);
        assertEquals(0, Math.IEEEremainder(quantity, request.packSize()), 1e-6, "whole packs: " + order);
        order.explanation().ifPresent(explanation -> assertEquals(quantity, explanation.output(), 1e-9 * quantity));
        assertFalse(order.arithmetic().isEmpty(), "an order shows its arithmetic");
        assertFalse(order.reasons().isEmpty(), "an order has reasons");
        order.reasons().forEach(reason -> assertFalse(reason.text().isBlank() || reason.text().matches(".*\\{\\d.*"), reason.text()));
    }

    @Test
    final void ordersWholePacksOfWhatHasRunOut() {
        for (ReplenishmentRequest request : requests(0)) {
            check(request, plugin(store, forecasts(DAILY)).propose(request)
                    .orElseThrow(() -> new AssertionError("there is demand and no stock: " + request)));
        }
    }

    @Test
    final void ordersNothingOfWhatLastsForYears() {
        requests(1e9).forEach(request -> assertEquals(Optional.empty(), plugin(store, forecasts(DAILY)).propose(request)));
    }

    @Test
    final void ordersNothingThatNobodyWants() {
        requests(100).forEach(request -> assertEquals(Optional.empty(), plugin(store, forecasts(0)).propose(request)));
    }

    @Test
    final void proposesTheSameForTheSame() {
        for (ReplenishmentRequest request : requests(0)) {
            assertEquals(plugin(store, forecasts(DAILY)).propose(request), plugin(store, forecasts(DAILY)).propose(request));
        }
    }
}
