package io.kontor.recommend.matrixfactorization;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.LikelyRanking;
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
final class FoldIn implements LikelyRanking.Parts {

    private static final float LEAST_REGULARISATION = 0.05f;
    private static final float LEAST_OF_CHOICES = 0.0001f;

    private final RatingModel model;
    private final int stride;
    private final int unknowns;
    private final int[] chosen;
    private final float[] weights;
    private final Map<Integer, Float> values;
    private final Cholesky system;
    private final float[] vector;

    /**
     * Finds the factors.
     *
     * @param model the products' factors
     * @param chosen products, each once, at least one
     * @param weights how much each counts
     * @param rated the ratings of products, whether chosen or not
     */
    FoldIn(RatingModel model, int[] chosen, float[] weights, Map<Integer, Float> rated) {
        this.model = model;
        this.chosen = chosen;
        this.weights = weights;
        stride = model.stride();
        unknowns = model.factors() + 1;
        values = new LinkedHashMap<>(rated);
        Map<Integer, Float> counts = new HashMap<>();
        rated.keySet().forEach(product -> counts.put(product, 1f));
        for (int place = 0; place < chosen.length; place++) {
            values.putIfAbsent(chosen[place], model.scale().good());
            counts.put(chosen[place], weights[place]);
        }
        float[] matrix = new float[unknowns * stride];
        vector = new float[stride];
        float[] seen = new float[stride];
        float sum = 0;
        for (Map.Entry<Integer, Float> each : values.entrySet()) {
            float weight = counts.get(each.getKey());
            model.seen(each.getKey(), seen, 0);
            Kernels.axpy(weight * (each.getValue() - model.expected(each.getKey())), seen, 0, vector, 0, unknowns);
            for (int i = 0; i < unknowns; i++) {
                Kernels.axpy(weight * seen[i], seen, 0, matrix, i * stride, unknowns);
            }
            sum += weight;
        }
        if (!model.scale().explicit()) {
            unchosen(matrix, model.scale().unobserved());
        }
        for (int i = 0; i < unknowns; i++) {
            matrix[i * stride + i] += held(sum);
        }
        system = new Cholesky(matrix, unknowns, stride);
        system.solve(vector, 0);
    }

    static FoldIn of(RatingModel model, Basket basket, RecommendationRequest request) {
        int[] chosen = new int[basket.size()];
        float[] weights = new float[chosen.length];
        for (int place = 0; place < chosen.length; place++) {
            chosen[place] = basket.product(place);
            weights[place] = basket.weight(place);
        }
        return new FoldIn(model, chosen, weights, rated(model, request));
    }

    // The newest rating of each product.
    private static Map<Integer, Float> rated(RatingModel model, RecommendationRequest request) {
        Map<Integer, Float> rated = new LinkedHashMap<>();
        for (Interaction deed : request.history()) {
            int product = model.items().indexOf(deed.product());
            if (model.scale().explicit() && deed.type() == Interaction.Type.RATING && product >= 0 && Double.isFinite(deed.value())) {
                rated.putIfAbsent(product, (float) deed.value());
            }
        }
        return rated;
    }

    private float held(float sum) {
        RatingModel.Scale scale = model.scale();
        return scale.explicit() ? sum * Math.max(LEAST_REGULARISATION, scale.regularisation())
                : (sum + scale.unobserved() * model.items().size()) * Math.max(LEAST_OF_CHOICES, scale.regularisation());
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
    public void of(int product, double[] parts) {
        float[] own = new float[stride];
        model.seen(product, own, 0);
        system.solve(own, 0);
        float[] seen = new float[stride];
        for (int place = 0; place < parts.length; place++) {
            int known = chosen[place];
            model.seen(known, seen, 0);
            parts[place] = weights[place] * (double) (values.get(known) - model.expected(known)) * Kernels.dot(seen, 0, own, 0, unknowns);
        }
    }
}
