package io.kontor.recommend.ensemble;

import io.kontor.api.recommend.RecommendationRequest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** How much is known of who asks. */
enum Segment {
    /** Nothing. */
    NEW,
    /** Fewer than five products. */
    FEW,
    /** Five products or more. */
    MANY;

    private static final int FROM = 5;

    static Segment of(RecommendationRequest request) {
        Set<String> products = new HashSet<>(request.session());
        request.product().ifPresent(products::add);
        for (int i = 0; i < request.history().size() && products.size() < FROM; i++) {
            products.add(request.history().get(i).product());
        }
        return products.isEmpty() ? NEW : products.size() < FROM ? FEW : MANY;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
