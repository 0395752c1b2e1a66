package io.kontor.api.recommend;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Recommends without a trained model, by rules or by hand. Registered as a component with {@link io.kontor.api.plugin.Plugin}.
 *
 * <p>Called by the platform's guard for each request, by many threads at once. Must answer within the deadline (some hundred
 * milliseconds), so it must not wait for a database or a network; the thread is interrupted when the deadline is over. A failure or a late
 * answer is answered by the family's baseline instead and counted; a plugin that fails often is not asked for a while. Lives as long as
 * the plugin is enabled for the store.
 */
@ConsumerType
public interface Recommender {

    /**
     * Ranks products.
     *
     * @param request what the shop asks
     * @return the ranking, never null; empty when there is nothing to recommend
     */
    Ranking recommend(RecommendationRequest request);
}
