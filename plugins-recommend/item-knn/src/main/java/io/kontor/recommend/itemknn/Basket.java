package io.kontor.recommend.itemknn;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

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

    /** The score of a product. */
    double score(Neighbours model, int product) {
        double score = 0;
        for (int i = 0; i < products.length; i++) {
            score += weights[i] * model.similarity(products[i], product);
        }
        return score;
    }

    /** The products that add most to the score of another, the weightiest first. */
    List<Share> shares(Neighbours model, int product, int most) {
        return IntStream.range(0, products.length).mapToObj(i -> new Share(products[i], weights[i] * model.similarity(products[i], product)))
                .filter(share -> share.score > 0).sorted((a, b) -> Double.compare(b.score, a.score)).limit(most).toList();
    }
}
