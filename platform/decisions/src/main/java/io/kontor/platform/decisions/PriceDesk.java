package io.kontor.platform.decisions;

import io.kontor.api.explain.Explanation;
import io.kontor.api.pricing.Elasticity;
import io.kontor.platform.plugins.PluginTask;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Answers what is asked about prices from outside. Safe for many threads. */
@ProviderType
public interface PriceDesk {

    /** Type of the job that leaves proposals for prices; parameter {@code plugin} (text, optional): the one policy to ask. */
    String PRICE_PLAN = PluginTask.PRICE_PLAN;

    /**
     * A price to be tried.
     *
     * @param product the shop's own id
     * @param price in the store's currency, above 0
     * @param promotion share of the period with a promotion of the product, 0 to 1
     * @param competitorPrice unit price of competitors to reckon with, above 0; NaN for the one that holds now
     */
    record Change(String product, double price, double promotion, double competitorPrice) {

        /**
         * A price without a promotion, all else as it is.
         *
         * @param product the shop's own id
         * @param price in the store's currency, above 0
         */
        public Change(String product, double price) {
            this(product, price, 0, Double.NaN);
        }
    }

    /**
     * What a change of price would do, a week.
     *
     * @param product the shop's own id
     * @param currentPrice today's price; NaN when unknown
     * @param price the price tried
     * @param elasticity the elasticity; empty when nothing is known
     * @param unitsBefore expected units a week at today's price; NaN when unknown
     * @param unitsAfter at the price tried
     * @param unitsLow at the price tried, were demand as elastic as the less favourable end of the interval
     * @param unitsHigh at the price tried, were demand as elastic as the more favourable end
     * @param cost of a unit; NaN when unknown
     * @param explanation how the units at the price tried come about, where the model can tell
     */
    record Simulated(String product, double currentPrice, double price, Optional<Elasticity> elasticity, double unitsBefore,
            double unitsAfter, double unitsLow, double unitsHigh, double cost, Optional<Explanation> explanation) {
    }

    /**
     * How demand answers to the price of a product, from half to one and a half of today's price. Arrays are not to be changed.
     *
     * @param currentPrice today's price; NaN when unknown, and the arrays are empty then
     * @param cost of a unit; NaN when unknown
     * @param elasticity empty when nothing is known
     * @param prices in rising order, today's in the middle; empty when nothing can be said
     * @param units expected units a week, one a price
     */
    record DemandCurve(double currentPrice, double cost, Optional<Elasticity> elasticity, double[] prices, double[] units) {
    }

    /**
     * The elasticity of a product.
     *
     * @param store the id of an existing store
     * @param product the shop's own id
     * @param plugin the one plugin to ask; empty for the store's pipeline
     * @return the answer; empty for a product about which nothing can be said
     * @throws java.util.NoSuchElementException when the named plugin is not enabled
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when no plugin can answer; of kind CAPACITY when none did
     */
    Answer<Optional<Elasticity>> elasticity(String store, String product, Optional<String> plugin);

    /**
     * The demand curve of a product, for looking at; not noted in the decision log.
     *
     * @param store the id of an existing store
     * @param product the shop's own id
     * @return the answer
     * @throws io.kontor.api.KontorException as for elasticities
     */
    Answer<DemandCurve> curve(String store, String product);

    /**
     * Tries prices. Each product is asked about with the changed prices of all others, so that models that know of products which take
     * each other's place can reckon with them. What was before is asked about without promotion, at today's prices and competitors'.
     *
     * @param store the id of an existing store
     * @param changes each product once
     * @param period first day of the period to be looked at; empty for the one after the latest
     * @param plugin the one plugin to ask; empty for the store's pipeline
     * @return what each change would do
     * @throws io.kontor.api.KontorException as for elasticities
     */
    Answer<List<Simulated>> simulate(String store, List<Change> changes, Optional<LocalDate> period, Optional<String> plugin);

    /**
     * The lowest price of the 30 days before a moment.
     *
     * @param store the id of an existing store
     * @param product the shop's own id
     * @param at the moment
     * @return the price, or empty when none is known
     */
    Optional<Double> prior(String store, String product, Instant at);

    /**
     * The products that have demand.
     *
     * @param store the id of an existing store
     * @return ids in order
     */
    List<String> products(String store);
}
