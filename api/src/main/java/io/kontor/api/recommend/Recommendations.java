package io.kontor.api.recommend;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The recommend family as other plugins of the same store use it: a store-scoped service of the platform that asks the plugins enabled for
 * the store, guarded and with fallback. A plugin writes a plain {@code @Reference Recommendations}. Safe for use by several threads.
 */
@ProviderType
public interface Recommendations {

    /**
     * Asks the store's recommenders.
     *
     * @param request what to rank
     * @return the ranking
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when no plugin of the family can answer for the store
     */
    Ranking recommend(RecommendationRequest request);
}
