package io.kontor.recommend.matrixfactorization;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.bundles.kernels.Cholesky;
import io.kontor.bundles.kernels.Kernels;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The factors and the bias of a customer from what was rated and chosen, with the products' factors as they are: the ridge regression of the
 * values, less what is expected of anybody, on the products' factors (Rendle and Schmidt-Thieme 2008, "Online-updating regularized kernel matrix
 * factorization models"). Where there are no ratings, products that were not chosen count as in training. For one answer and one thread.
 */
final class FoldIn implements EvidenceRanking.Part {

    private static final float LEAST_REGULARISATION = 0.05f;

    private final RatingModel model;
    private final int stride;
    private final int unknowns;
    private final Basket basket;
    private final Map<Integer, Float> values = new LinkedHashMap<>();
    private final Map<Integer, float[]> turned = new HashMap<>();
    private final Cholesky system;
    private final float[] vector;

    FoldIn(RatingModel model, Basket basket, RecommendationRequest request) {
        this.model = model;
        this.basket = basket;
        stride = model.stride();
        unknowns = model.factors() + 1;
        Map<Integer, Float> weights = new LinkedHashMap<>();
        rated(request, weights);
        for (int place = 0; place < basket.size(); place++) {
            values.putIfAbsent(basket.product(place), model.scale().good());
            weights.put(basket.product(place), basket.weight(place));
        }
        float[] matrix = new float[unknowns * stride];
        vector = new float[stride];
        float[] seen = new float[stride];
        float sum = 0;
        for (Map.Entry<Integer, Float> each : values.entrySet()) {
            float weight = weights.get(each.getKey());
            model.seen(each.getKey(), seen, 0);
            Kernels.axpy(weight * (each.getValue() - model.expected(each.getKey())), seen, 0, vector, 0, unknowns);
            for (int i = 0; i < unknowns; i++) {
                Kernels.axpy(weight * seen[i], seen, 0, matrix, i * stride, unknowns);
            }
            sum += weight;
        }
        if (!model.scale().explicit()) {
            unchosen(matrix, sum * model.scale().negatives() / model.items().size());
        }
        float held = sum * Math.max(LEAST_REGULARISATION, model.scale().regularisation()) * (1 + model.scale().negatives());
        for (int i = 0; i < unknowns; i++) {
            matrix[i * stride + i] += held;
        }
        system = new Cholesky(matrix, unknowns, stride);
        system.solve(vector, 0);
    }

    // The newest rating of each product; those of the basket are among them.
    private void rated(RecommendationRequest request, Map<Integer, Float> weights) {
        for (Interaction deed : request.history()) {
            int product = model.items().indexOf(deed.product());
            if (model.scale().explicit() && deed.type() == Interaction.Type.RATING && product >= 0 && Double.isFinite(deed.value())
                    && values.putIfAbsent(product, (float) deed.value()) == null) {
                weights.put(product, 1f);
            }
        }
    }

    // All products, at 0, as often as training drew them.
    private void unchosen(float[] matrix, float weight) {
        for (int i = 0; i < unknowns; i++) {
            Kernels.axpy(weight, model.gram(), i * stride, matrix, i * stride, unknowns);
            vector[i] -= weight * model.gram()[i * stride + unknowns];
        }
    }

    /** The customer's factors, and the bias behind them. */
    float[] vector() {
        return vector;
    }

    @Override
    public double of(int place, int product) {
        float[] own = turned.computeIfAbsent(product, one -> {
            float[] solved = new float[stride];
            model.seen(one, solved, 0);
            system.solve(solved, 0);
            return solved;
        });
        int known = basket.product(place);
        float[] seen = new float[stride];
        model.seen(known, seen, 0);
        return basket.weight(place) * (double) (values.get(known) - model.expected(known)) * Kernels.dot(seen, 0, own, 0, unknowns);
    }
}
