package io.kontor.api.risk;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Judges transactions without a trained model, for example by rules. Registered as a component with {@link io.kontor.api.plugin.Plugin};
 * called by the platform's guard by many threads at once; must not wait for a database or a network. A failure or a late answer is answered
 * by the family's baseline instead.
 */
@ConsumerType
public interface RiskScorer {

    /**
     * Judges one transaction.
     *
     * @param request the transaction and what came before it
     * @return score, verdict and reasons
     */
    Assessment assess(RiskRequest request);
}
