package io.kontor.recommend.itemknn;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The products from which an answer is drawn, and how much each counts: what the customer chose before, the products of the running visit, which
 * together count at least as much, and the product looked at, which counts as much as all others. Immutable.
 */
final class Basket {

    private final int[] products;
    private final float[] weights;

    private Basket(Map<Integer, Float> content) {
        products = content.keySet().stream().mapToInt(Integer::intValue).toArray();
        weights = new float[products.length];
        for (int i = 0; i < products.length; i++) {
            weights[i] = content.get(products[i]);
        }
    }

    /**
     * What a product of the basket adds to the score of another.
     *
     * @param product the product of the basket
     * @param score its part
     */
    record Share(int product, double score) {
    }

    /**
     * A product's score and where it comes from.
     *
     * @param score the sum of what the products of the basket add
     * @param shares the largest parts of it, the weightiest first
     * @param speaking how many products of the basket add anything
     */
    record Explained(double score, List<Share> shares, int speaking) {
    }

    static Basket of(Neighbours model, RecommendationRequest request) {
        Map<Integer, Float> content = new LinkedHashMap<>();
        Set<String> returned = new HashSet<>();
        float before = 0;
        for (Interaction deed : request.history()) {
            int product = model.indexOf(deed.product());
            if (deed.type() == Interaction.Type.RETURN) {
                returned.add(deed.product());
            }
            float weight = deed.type() == Interaction.Type.RATING && deed.value() < model.goodRating() ? 0 : Choices.weight(deed.type().text());
            if (product >= 0 && weight > 0 && !returned.contains(deed.product()) && content.size() < Choices.MOST_PRODUCTS) {
                before += Math.max(0, weight - content.getOrDefault(product, 0f));
                content.merge(product, weight, Math::max);
            }
        }
        List<Integer> visit = request.session().stream().map(model::indexOf).filter(product -> product >= 0).distinct().toList();
        float each = visit.isEmpty() ? 0 : Math.max(1, before / visit.size());
        visit.forEach(product -> content.merge(product, each, Float::sum));
        int current = request.product().map(model::indexOf).orElse(-1);
        if (current >= 0) {
            content.merge(current, Math.max(1, before + each * visit.size()), Float::sum);
        }
        return new Basket(content);
    }

    int size() {
        return products.length;
    }

    int product(int place) {
        return products[place];
    }

    float weight(int place) {
        return weights[place];
    }

    /** The score of a product, and the products that add most to it, the weightiest first. */
    Explained explain(Neighbours model, int product, int most) {
        int[] places = new int[most];
        double[] parts = new double[most];
        int kept = 0;
        double score = 0;
        int speaking = 0;
        for (int i = 0; i < products.length; i++) {
            double part = weights[i] * model.similarity(products[i], product);
            score += part;
            speaking += part > 0 ? 1 : 0;
            if (part > 0 && (kept < most || part > parts[most - 1])) {
                int at = kept < most ? kept++ : most - 1;
                for (; at > 0 && parts[at - 1] < part; at--) {
                    places[at] = places[at - 1];
                    parts[at] = parts[at - 1];
                }
                places[at] = i;
                parts[at] = part;
            }
        }
        List<Share> shares = new ArrayList<>(kept);
        for (int i = 0; i < kept; i++) {
            shares.add(new Share(products[places[i]], parts[i]));
        }
        return new Explained(score, shares, speaking);
    }
}
