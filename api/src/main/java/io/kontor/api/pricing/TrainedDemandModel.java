package io.kontor.api.pricing;

import io.kontor.api.explain.Explanation;
import io.kontor.api.model.Trainer;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows how demand answers to price. Registered as a component with {@link io.kontor.api.plugin.Plugin}. The platform judges its models by
 * the error of predicted units on the latest periods, which training did not see. Called by the guard, by many threads at once.
 *
 * @param <M> the model's type
 */
@ConsumerType
public interface TrainedDemandModel<M> extends Trainer<M> {

    /**
     * The price elasticity of a product.
     *
     * @param model the live model; only to be read
     * @param product the shop's own id
     * @return the elasticity, or empty for a product about which nothing can be said
     */
    Optional<Elasticity> elasticity(M model, String product);

    /**
     * Expected demand at other prices, all else as in the latest period.
     *
     * @param model the live model; only to be read
     * @param product the shop's own id
     * @param prices unit prices in the store's currency, above 0
     * @return expected units a day, one element a price; empty array for a product about which nothing can be said
     */
    double[] demand(M model, String product, double[] prices);

    /**
     * Expected demand under given circumstances. This is the method that the platform calls. A model that knows of nothing but the product's
     * own price need not override it: by default the circumstances are passed over.
     *
     * @param model the live model; only to be read
     * @param query the prices that are tried, with what is known of promotion, competitors, other products and time
     * @return expected units a day, one element a price; empty array for a product about which nothing can be said
     */
    default double[] demand(M model, DemandQuery query) {
        return demand(model, query.product(), query.prices());
    }

    /**
     * How the expected demand came about, in numbers: what the price, the promotion, competitors, the season add to a usual day's. Asked for
     * answers that persons look at or that are noted, not for curves.
     *
     * @param model the live model; only to be read
     * @param query as for the demand, of one price
     * @return the explanation, whose output is the demand, in units a day; empty by default, for a product about which nothing can be said, and
     *     for models that cannot tell
     */
    default Optional<Explanation> explanation(M model, DemandQuery query) {
        return Optional.empty();
    }
}
