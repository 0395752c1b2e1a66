package io.kontor.platform.decisions.internal;

import io.kontor.api.explain.Explanation;
import io.kontor.api.plugin.Family;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import io.kontor.platform.decisions.ShadowComparison.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A question to the demand models of the pricing family: the elasticities of products, and their demand at some prices. All products of a
 * question are asked of one and the same model.
 */
final class PriceAsked extends Asked<List<PriceAsked.Known>> {

    private static final List<Class<?>> KINDS = List.of(TrainedDemandModel.class);
    /** So many products get the time that one question has. */
    private static final double TOGETHER = 50;
    /** An explanation is of the demand itself, but for rounding. */
    private static final double EXACT = 1e-9;

    private final List<About> products;

    /**
     * What is asked about a product.
     *
     * @param product the shop's own id
     * @param queries about the product; may be empty
     * @param explained whether to tell how the demand of the last query, which is of one price, comes about
     */
    record About(String product, List<DemandQuery> queries, boolean explained) {
    }

    /**
     * What a model knows of a product.
     *
     * @param elasticity empty when nothing can be said
     * @param demand units a day, one a price of each query in turn; empty when nothing can be said
     * @param explanation of the demand of the last query; empty when it is not asked for or the model cannot tell
     */
    record Known(Optional<Elasticity> elasticity, double[] demand, Optional<Explanation> explanation) {
    }

    /**
     * A question about several products.
     *
     * @param store the id of an existing store
     * @param named the one plugin to ask instead of all; empty for all
     * @param products at least one
     */
    PriceAsked(String store, Optional<String> named, List<About> products) {
        super(store, Family.PRICING, KINDS, named);
        this.products = List.copyOf(products);
    }

    /**
     * A question about one product.
     *
     * @param store the id of an existing store
     * @param named the one plugin to ask instead of all; empty for all
     * @param product the shop's own id
     * @param queries about the product; may be empty
     */
    PriceAsked(String store, Optional<String> named, String product, DemandQuery... queries) {
        this(store, named, List.of(new About(product, List.of(queries), false)));
    }

    @Override
    @SuppressWarnings("unchecked")
    List<Known> ask(Object plugin, Turn turn) {
        TrainedDemandModel<Object> model = (TrainedDemandModel<Object>) plugin;
        Object live = turn.model();
        List<Known> known = new ArrayList<>(products.size());
        for (About about : products) {
            known.add(known(model, live, about));
        }
        return known;
    }

    private static Known known(TrainedDemandModel<Object> model, Object live, About about) {
        Optional<Elasticity> elasticity = model.elasticity(live, about.product());
        if (elasticity == null || elasticity.isPresent() && !(Math.abs(elasticity.get().value()) < Double.POSITIVE_INFINITY)) {
            throw new IllegalStateException("the plugin's answer is no elasticity");
        }
        double[] demand = new double[about.queries().stream().mapToInt(query -> query.prices().length).sum()];
        int filled = 0;
        for (DemandQuery query : about.queries()) {
            double[] own = model.demand(live, query);
            if (own == null || own.length != 0 && own.length != query.prices().length
                    || !Arrays.stream(own).allMatch(value -> value >= 0 && value < Double.POSITIVE_INFINITY)) {
                throw new IllegalStateException("the plugin's answer has not one demand for each price");
            }
            if (own.length == 0) {
                return new Known(elasticity, own, Optional.empty());
            }
            System.arraycopy(own, 0, demand, filled, own.length);
            filled += own.length;
        }
        Optional<Explanation> explanation = about.explained()
                ? model.explanation(live, about.queries().get(about.queries().size() - 1)) : Optional.empty();
        if (explanation == null || explanation.isPresent() && !(Math.abs(explanation.get().output() - demand[filled - 1])
                <= EXACT * Math.max(1, demand[filled - 1]))) {
            throw new IllegalStateException("the plugin's answer is explained as another one");
        }
        return new Known(elasticity, demand, explanation);
    }

    @Override
    double effort() {
        return 1 + products.size() / TOGETHER;
    }

    @Override
    Optional<String> unit() {
        return Optional.of(products.get(0).product());
    }

    @Override
    String subject() {
        return products.size() == 1 ? products.get(0).product() : "";
    }

    @Override
    Map<Measure, Double> differences(List<Known> champion, List<Known> shadow) {
        double ours = 0;
        double theirs = 0;
        double elasticity = 0;
        int both = 0;
        for (int i = 0; i < champion.size(); i++) {
            ours += Arrays.stream(champion.get(i).demand()).sum();
            theirs += Arrays.stream(shadow.get(i).demand()).sum();
            if (champion.get(i).elasticity().isPresent() && shadow.get(i).elasticity().isPresent()) {
                elasticity += Differences.percent(Math.abs(champion.get(i).elasticity().get().value()),
                        Math.abs(shadow.get(i).elasticity().get().value()));
                both++;
            }
        }
        return Map.of(Measure.DEMAND_PERCENT, ours == 0 && theirs == 0 ? Double.NaN : Differences.percent(ours, theirs),
                Measure.ELASTICITY_PERCENT, both == 0 ? Double.NaN : elasticity / both);
    }
}
