package io.kontor.platform.admin.internal.families;

import io.kontor.platform.admin.internal.models.Metric;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.ReasonLine;
import io.kontor.platform.admin.internal.words.Waterfall;
import java.util.List;

/**
 * The forecast of one product.
 *
 * @param question what is asked
 * @param fault why there is no forecast; empty when there is one
 * @param fallback why a fallback answered; empty when none did
 * @param chart the forecast; null when there is none
 * @param stats what is expected in all, and what is there
 * @param by who answered and how
 * @param model the page of the model that answered; empty when it needs none
 * @param metrics how good that model is
 * @param reasons of the forecast
 * @param explanation how the expected units came about; null when the plugin did not tell
 * @param order the order that is proposed; null when none waits
 */
public record InventoryView(Question question, String fault, String fallback, Chart chart, List<Fact> stats, List<Fact> by, String model,
        List<Metric> metrics, List<ReasonLine> reasons, Waterfall explanation, Waiting order) {

    /**
     * What is asked.
     *
     * @param product its id
     * @param title what it is called
     * @param step day, week or month
     * @param horizon how many periods
     * @param location empty for all together
     * @param locations those that can be chosen
     */
    public record Question(String product, String title, String step, int horizon, String location, List<String> locations) {
    }

    /** A proposal that waits. */
    public record Waiting(String href, String text, String why) {
    }
}
