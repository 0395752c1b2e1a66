package io.kontor.api.recommend;

import io.kontor.api.model.Trainer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Recommends with a trained model. Registered as a component with {@link io.kontor.api.plugin.Plugin}. The platform judges its models by
 * ranking metrics on the latest interactions, which training did not see.
 *
 * <p>{@link #recommend} is called by the platform's guard for each request, by many threads at once, under the same terms as
 * {@link Recommender#recommend}. Lives as long as the plugin is enabled for the store.
 *
 * @param <M> the model's type
 */
@ConsumerType
public interface TrainedRecommender<M> extends Trainer<M> {

    /**
     * Ranks products.
     *
     * @param model the live model; only to be read
     * @param request what the shop asks
     * @return the ranking, never null; empty when there is nothing to recommend
     */
    Ranking recommend(M model, RecommendationRequest request);
}
