package io.kontor.platform.decisions.internal;

import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import java.util.HashSet;
import java.util.Set;

/** Asks a plugin of the recommend family, with or without a model, and checks what it says. */
final class RecommendCall {

    private RecommendCall() {
    }

    @SuppressWarnings("unchecked")
    static Ranking ask(Object plugin, Object model, RecommendationRequest request) {
        Ranking ranking = plugin instanceof TrainedRecommender<?> trained
                ? ((TrainedRecommender<Object>) trained).recommend(model, request)
                : ((Recommender) plugin).recommend(request);
        return checked(ranking, request);
    }

    static boolean needsModel(Object plugin) {
        return plugin instanceof TrainedRecommender<?>;
    }

    private static Ranking checked(Ranking ranking, RecommendationRequest request) {
        if (ranking == null) {
            throw new IllegalStateException("the plugin answered nothing at all");
        }
        if (ranking.items().size() > request.n()) {
            throw new IllegalStateException("the plugin answered " + ranking.items().size() + " items instead of " + request.n());
        }
        Set<String> products = new HashSet<>();
        for (RankedItem item : ranking.items()) {
            if (!products.add(item.product()) || !request.eligible().test(item.product())) {
                throw new IllegalStateException("the plugin answered a product twice or one that must not be in the answer");
            }
        }
        return ranking;
    }
}
