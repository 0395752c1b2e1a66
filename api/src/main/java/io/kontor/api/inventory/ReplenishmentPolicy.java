package io.kontor.api.inventory;

import io.kontor.api.decision.Proposal;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides when and how much to order from a supplier. Registered as a component with {@link io.kontor.api.plugin.Plugin}; refers to
 * {@link Forecasts} for the expected demand. Called in a job, product by product, possibly by several threads.
 */
@ConsumerType
public interface ReplenishmentPolicy {

    /**
     * Looks at one product.
     *
     * @param request its stock and supply
     * @return an order of kind {@code order} with its arithmetic line by line, or empty when nothing is to be ordered now
     */
    Optional<Proposal> propose(ReplenishmentRequest request);
}
