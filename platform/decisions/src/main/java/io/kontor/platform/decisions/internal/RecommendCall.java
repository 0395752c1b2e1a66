package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Asks a plugin of the recommend family, with or without a model, and checks what it says. Runs inside the guard. */
final class RecommendCall {

    private static final long MARGIN_NANOS = Duration.ofMillis(2).toNanos();
    private static final int LONGEST_ANSWER = 1_000_000;

    /**
     * What a plugin said.
     *
     * @param ranking acceptable
     * @param model the id of the model that was asked; empty when the plugin needs none
     */
    record Said(Ranking ranking, Optional<String> model) {
    }

    private RecommendCall() {
    }

    @SuppressWarnings("unchecked")
    static Said ask(Object plugin, PluginInstance instance, LiveModels models, long until, RecommendationRequest request) {
        if (plugin instanceof TrainedRecommender<?> trained) {
            LiveModels.Live live = model(instance, models, until);
            return new Said(checked(((TrainedRecommender<Object>) trained).recommend(live.model(), request), request),
                    Optional.of(live.id()));
        } else if (plugin instanceof Recommender recommender) {
            return new Said(checked(recommender.recommend(request), request), Optional.empty());
        }
        throw new IllegalStateException("the plugin is of the family recommend but is neither a Recommender nor a TrainedRecommender");
    }

    private static LiveModels.Live model(PluginInstance instance, LiveModels models, long until) {
        try {
            Duration patience = Duration.ofNanos(Math.max(0, until - MARGIN_NANOS - System.nanoTime()));
            return models.champion(instance, patience)
                    .orElseThrow(() -> new NotReadyException(NotReadyException.Cause.NO_MODEL, "has no model yet"));
        } catch (KontorException e) {
            throw new NotReadyException(e.kind() == KontorException.Kind.CAPACITY ? NotReadyException.Cause.LOADING
                    : NotReadyException.Cause.UNUSABLE, "could not be asked: " + e.getMessage().replaceFirst("\\.$", ""));
        }
    }

    private static Ranking checked(Ranking ranking, RecommendationRequest request) {
        if (ranking == null) {
            throw new IllegalStateException("the plugin answered nothing at all");
        }
        if (ranking.items().size() > request.n()) {
            throw new IllegalStateException("the plugin answered " + ranking.items().size() + " items instead of " + request.n());
        }
        Set<String> products = new HashSet<>();
        long length = 0;
        for (RankedItem item : ranking.items()) {
            if (!products.add(item.product()) || !request.eligible().test(item.product())) {
                throw new IllegalStateException("the plugin answered a product twice or one that must not be in the answer");
            }
            length += item.product().length();
            for (Reason reason : item.reasons()) {
                length += reason.code().length() + reason.text().length();
            }
        }
        if (length > LONGEST_ANSWER) {
            throw new IllegalStateException("the plugin's answer has " + length + " characters");
        }
        return ranking;
    }
}
