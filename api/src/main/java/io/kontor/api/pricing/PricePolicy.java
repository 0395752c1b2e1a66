package io.kontor.api.pricing;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Proposes prices within guardrails. Registered as a component with {@link io.kontor.api.plugin.Plugin}; refers to {@link DemandCurves}
 * for the answer of demand. Called in a job, product by product, possibly by several threads.
 */
@ConsumerType
public interface PricePolicy {

    /**
     * Looks at one product.
     *
     * @param request the product and its present price
     * @return a proposal, or empty when the price should stay
     */
    Optional<PriceProposal> propose(PriceRequest request);
}
