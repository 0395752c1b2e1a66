package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What plugins answered lately, so that the same question has an answer when the plugin fails. Kept for a short time only: it is about
 * persons, and they act. Safe for use by many threads.
 */
final class LastAnswers {

    /** How long an answer is kept. */
    static final Duration KEPT = Duration.ofMinutes(5);

    /** About 20 MB with the reasons that plugins usually give. */
    private static final long MOST_ITEMS = 50_000;

    private final Ticker clock;
    private final Cache<Question, Kept> answers;

    /** All of a question that makes the answer another one, but for what the person did meanwhile. */
    private record Question(String store, String plugin, String version, Optional<String> placement, Optional<String> customer,
            Optional<String> product, List<String> session, int n) {

        static Question of(PluginInstance instance, RecommendationRequest request) {
            return new Question(instance.store(), instance.plugin(), instance.version().toString(), request.placement(), request.customer(),
                    request.product(), request.session(), request.n());
        }
    }

    private record Kept(Ranking ranking, Answer.ServedBy by, long at) {
    }

    /**
     * An earlier answer.
     *
     * @param ranking what of it may still be shown; not empty
     * @param by who gave it
     * @param seconds how old it is
     */
    record Found(Ranking ranking, Answer.ServedBy by, long seconds) {
    }

    LastAnswers(Ticker clock) {
        this.clock = clock;
        this.answers = Caffeine.newBuilder().maximumWeight(MOST_ITEMS).<Question, Kept>weigher((q, kept) -> 1 + kept.ranking().items().size())
                .expireAfterWrite(KEPT).ticker(clock).executor(Runnable::run).build();
    }

    void keep(PluginInstance instance, RecommendationRequest request, Ranking ranking, Answer.ServedBy by) {
        if (!ranking.items().isEmpty()) {
            answers.put(Question.of(instance, request), new Kept(ranking, by, clock.read()));
        }
    }

    Optional<Found> find(PluginInstance instance, RecommendationRequest request) {
        Kept kept = answers.getIfPresent(Question.of(instance, request));
        if (kept == null) {
            return Optional.empty();
        }
        List<RankedItem> still = kept.ranking().items().stream().filter(item -> request.eligible().test(item.product())).toList();
        return still.isEmpty() ? Optional.empty()
                : Optional.of(new Found(new Ranking(still), kept.by(), Duration.ofNanos(clock.read() - kept.at()).toSeconds()));
    }
}
