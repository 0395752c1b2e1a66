package io.kontor.platform.admin.internal.families;

import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Waterfall;
import java.util.List;

/**
 * What is known of one product's price.
 *
 * @param product its id
 * @param title what it is called
 * @param fault why nothing is known; empty when something is
 * @param fallback why a fallback answered; empty when none did
 * @param stats price, elasticity, cost
 * @param source what the elasticity comes from, in words; empty when nothing is known
 * @param charts demand and profit over the price
 * @param waiting the price that is proposed; null when none waits
 * @param maySimulate whether the visitor may try prices
 * @param tried the price that the visitor wrote
 * @param wrong what is wrong with it; empty when nothing
 * @param outlook what it would do; empty when nothing was tried
 * @param explanation how the units at it come about; null when nothing was tried or the plugin did not tell
 */
public record PricingView(String product, String title, String fault, String fallback, List<Fact> stats, String source, List<Chart> charts,
        InventoryView.Waiting waiting, boolean maySimulate, String tried, String wrong, List<Compared> outlook,
        Waterfall explanation) {

    /** A quantity at today's price and at the one tried. */
    public record Compared(String label, String before, String after, String difference) {
    }
}
