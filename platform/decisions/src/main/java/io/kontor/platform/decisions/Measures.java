package io.kontor.platform.decisions;

import io.kontor.api.metric.Interval;
import java.time.LocalDate;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What recommendations led to. Clicks, carts and purchases belong to an answer when the shop says so by its id ({@link DecisionLog#feedback}),
 * for a product that was in the answer: clicks and carts within a day, purchases within seven. Imported order lines belong to the latest
 * answer of the seven days before in which the customer saw the product: as a purchase when a click on it is known, else as a view-through
 * purchase, which is told apart as it may have happened anyway. Everything counts for the day of the answer.
 *
 * <p>Kept up as it happens, so that a look costs little. A service; safe for use by several threads.
 */
@ProviderType
public interface Measures {

    /** What measures are added up by. */
    enum By {
        /** By the place where lists stand. */
        PLACEMENT,
        /** By the plugin that answered. */
        STRATEGY,
        /** By experiment and variant; what was outside of experiments is left out. */
        VARIANT,
        /** By the day of the answers. */
        DAY,
        /** All in one row without a name. */
        ALL
    }

    /**
     * A measure with how sure it is.
     *
     * @param value the measure; NaN when there is nothing to divide by
     * @param interval where the true value lies with 95 %
     */
    record Estimate(double value, Interval interval) {
    }

    /**
     * What answers led to.
     *
     * @param name the placement, plugin, experiment and variant with a slash between, or day; empty for answers without a placement
     * @param answers how many were given
     * @param impressions how many of them the shop says were seen; 0 when it does not say
     * @param base how many cases the shares are of: the impressions, or the answers when the shop does not tell impressions
     * @param clicks products clicked on
     * @param clickThrough which share of the base had a click, with the interval of Wilson (1927)
     * @param carts products put into the cart
     * @param purchases products bought after a click or by the shop's word
     * @param conversion which share of the base had such a purchase, likewise
     * @param revenue what they brought, less returns, with a normal interval from the sum of squares, as of a compound Poisson variable
     * @param viewThroughPurchases products bought that had been in an answer, without a known click
     * @param viewThroughRevenue what those brought, likewise
     */
    record Row(String name, long answers, long impressions, long base, long clicks, Estimate clickThrough, long carts, long purchases,
            Estimate conversion, Estimate revenue, long viewThroughPurchases, Estimate viewThroughRevenue) {
    }

    /**
     * Measures of a store.
     *
     * @param store the store's id
     * @param placement only of this one; null for all
     * @param from first day of the answers; null for no bound
     * @param to last day; null for no bound
     * @param by what they are added up by
     * @return in order of their names
     */
    List<Row> of(String store, String placement, LocalDate from, LocalDate to, By by);

    /**
     * Looks for imported order lines that belong to answers now rather than in some seconds.
     *
     * @param store the id of an existing store
     * @return how many were found
     */
    int takeOrders(String store);
}
