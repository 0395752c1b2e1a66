package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A question to the demand models of the pricing family: the elasticity of a product, and its demand at some prices. */
final class PriceAsked extends Asked<PriceAsked.Known> {

    private static final List<Class<?>> KINDS = List.of(TrainedDemandModel.class);

    private final String product;
    private final List<DemandQuery> queries;

    /**
     * What a model knows.
     *
     * @param elasticity empty when nothing can be said
     * @param demand units a day, one a price of each query in turn; empty when nothing can be said
     */
    record Known(Optional<Elasticity> elasticity, double[] demand) {
    }

    /**
     * A question.
     *
     * @param store the id of an existing store
     * @param named the one plugin to ask instead of all; empty for all
     * @param product the shop's own id
     * @param queries about the product; may be empty
     */
    PriceAsked(String store, Optional<String> named, String product, DemandQuery... queries) {
        super(store, Family.PRICING, KINDS, named);
        this.product = product;
        this.queries = List.of(queries);
    }

    @Override
    @SuppressWarnings("unchecked")
    Known ask(Object plugin, Turn turn) {
        TrainedDemandModel<Object> model = (TrainedDemandModel<Object>) plugin;
        Object live = turn.model();
        Optional<Elasticity> elasticity = model.elasticity(live, product);
        if (elasticity == null || elasticity.isPresent() && !(Math.abs(elasticity.get().value()) < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException("the plugin's answer is no elasticity");
        }
        double[] demand = new double[queries.stream().mapToInt(query -> query.prices().length).sum()];
        int filled = 0;
        for (DemandQuery query : queries) {
            double[] own = model.demand(live, query);
            if (own == null || own.length != 0 && own.length != query.prices().length
                    || !Arrays.stream(own).allMatch(value -> value >= 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalStateException("the plugin's answer has not one demand for each price");
            }
            if (own.length == 0) {
                return new Known(elasticity, own);
            }
            System.arraycopy(own, 0, demand, filled, own.length);
            filled += own.length;
        }
        return new Known(elasticity, demand);
    }
}
