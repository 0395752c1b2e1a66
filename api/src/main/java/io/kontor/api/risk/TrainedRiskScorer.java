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
}
