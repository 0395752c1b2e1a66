package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A question to the demand models of the pricing family: the elasticity of a product, and its demand at some prices. */
final class PriceAsked extends Asked<PriceAsked.Known> {

    private static final List<Class<?>> KINDS = List.of(TrainedDemandModel.class);

    private final String product;
    private final double[] prices;

    /**
     * What a model knows.
     *
     * @param elasticity empty when nothing can be said
     * @param demand units a day, one a price; empty when nothing can be said
     */
    record Known(Optional<Elasticity> elasticity, double[] demand) {
    }

    /**
     * A question.
     *
     * @param store the id of an existing store
     * @param named the one plugin to ask instead of all; empty for all
     * @param product the shop's own id
     * @param prices each above 0; may be empty
     */
    PriceAsked(String store, Optional<String> named, String product, double... prices) {
        super(store, Family.PRICING, KINDS, named);
        this.product = product;
        this.prices = prices;
    }

    @Override
    @SuppressWarnings("unchecked")
    Known ask(Object plugin, Turn turn) {
        TrainedDemandModel<Object> model = (TrainedDemandModel<Object>) plugin;
        Object live = turn.model();
        Optional<Elasticity> elasticity = model.elasticity(live, product);
        double[] demand = prices.length == 0 ? prices : model.demand(live, product, prices.clone());
        if (elasticity == null || demand == null || demand.length != 0 && demand.length != prices.length
                || !Arrays.stream(demand).allMatch(value -> value >= 0 && value < Double.POSITIVE_INFINITY)
                || elasticity.isPresent() && !(Math.abs(elasticity.get().value()) < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException("the plugin's answer is no elasticity, or has not one demand for each price");
        }
        return new Known(elasticity, demand);
    }
}
