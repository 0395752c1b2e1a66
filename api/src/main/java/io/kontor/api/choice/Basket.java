package io.kontor.api.choice;

import io.kontor.api.data.Interaction;
import io.kontor.api.recommend.RecommendationRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The products from which an answer is drawn, and how much each counts: what the customer chose before, the products of the running visit, which
 * together count at least as much, and the product looked at, which counts as much as all others. Immutable.
 */
public final class Basket {

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
     * What is known of who asks.
     *
     * @param items the products that the model knows
     * @param counting how much deeds count
     * @param request what is asked
     * @return the basket; empty when nothing in the request is known to the model
     */
    public static Basket of(Items items, Counting counting, RecommendationRequest request) {
        Map<Integer, Float> content = new LinkedHashMap<>();
        Set<String> returned = new HashSet<>();
        float before = 0;
        for (Interaction deed : request.history()) {
            int product = items.indexOf(deed.product());
            if (deed.type() == Interaction.Type.RETURN) {
                returned.add(deed.product());
            }
            float weight = counting.weight(deed);
            if (product >= 0 && weight > 0 && !returned.contains(deed.product()) && content.size() < Choices.MOST_PRODUCTS) {
                before += Math.max(0, weight - content.getOrDefault(product, 0f));
                content.merge(product, weight, Math::max);
            }
        }
        List<Integer> visit = request.session().stream().map(items::indexOf).filter(product -> product >= 0).distinct().toList();
        float each = visit.isEmpty() ? 0 : Math.max(1, before / visit.size());
        visit.forEach(product -> content.merge(product, each, Float::sum));
        int current = request.product().map(items::indexOf).orElse(-1);
        if (current >= 0) {
            content.merge(current, Math.max(1, before + each * visit.size()), Float::sum);
        }
        return new Basket(content);
    }

    /**
     * The latest products in the order in which they were chosen, for models to which order means something: those of the history, then those
     * of the running visit, then the one looked at. Each is there once, where it was last, and counts 1.
     *
     * @param items the products that the model knows
     * @param counting how much deeds count
     * @param request what is asked
     * @param most how many products at most, at least 1
     * @return the basket, oldest first; empty when nothing in the request is known to the model
     */
    public static Basket inOrder(Items items, Counting counting, RecommendationRequest request, int most) {
        Set<Integer> newestFirst = new LinkedHashSet<>();
        request.product().ifPresent(product -> newestFirst.add(items.indexOf(product)));
        for (int i = request.session().size() - 1; i >= 0; i--) {
            newestFirst.add(items.indexOf(request.session().get(i)));
        }
        Set<String> returned = new HashSet<>();
        for (Interaction deed : request.history()) {
            if (deed.type() == Interaction.Type.RETURN) {
                returned.add(deed.product());
            } else if (counting.weight(deed) > 0 && !returned.contains(deed.product())) {
                newestFirst.add(items.indexOf(deed.product()));
            }
        }
        newestFirst.remove(-1);
        List<Integer> latest = new ArrayList<>(newestFirst).subList(0, Math.min(most, newestFirst.size()));
        Map<Integer, Float> content = new LinkedHashMap<>();
        for (int i = latest.size() - 1; i >= 0; i--) {
            content.put(latest.get(i), 1f);
        }
        return new Basket(content);
    }

    /**
     * How many products it has.
     *
     * @return 0 or more
     */
    public int size() {
        return products.length;
    }

    /**
     * One of its products.
     *
     * @param place 0 to size - 1
     * @return the product's index
     */
    public int product(int place) {
        return products[place];
    }

    /**
     * How much one of its products counts.
     *
     * @param place 0 to size - 1
     * @return above 0; 1 for a purchase of long ago
     */
    public float weight(int place) {
        return weights[place];
    }
}
