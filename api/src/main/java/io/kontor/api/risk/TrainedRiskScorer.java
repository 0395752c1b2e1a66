package io.kontor.api.risk;

import io.kontor.api.model.Trainer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Judges transactions with a trained model. The platform judges its models on the latest labelled transactions, which training did not see.
 * Called under the same terms as {@link RiskScorer#assess}.
 *
 * @param <M> the model's type
 */
@ConsumerType
public interface TrainedRiskScorer<M> extends Trainer<M> {

    /**
     * Judges one transaction.
     *
     * @param model the live model; only to be read
     * @param request the transaction and what came before it
     * @return score, verdict and reasons
     */
    Assessment assess(M model, RiskRequest request);

    /**
     * Judges one transaction where nobody reads why, as when a model is judged on a hundred thousand of them: a plugin that explains its
     * answers at some cost can leave that out here.
     *
     * @param model the live model; only to be read
     * @param request the transaction and what came before it
     * @return the score and verdict of {@link #assess}; its reasons, at least one, need not say anything
     */
    default Assessment assessBriefly(M model, RiskRequest request) {
        return assess(model, request);
    }
}
