package io.kontor.api.pricing;

import io.kontor.api.decision.Proposal;
import java.util.List;
import java.util.Objects;

/**
 * A proposed price. Immutable.
 *
 * @param price the proposed price in the store's currency, above 0
 * @param unconstrainedPrice what the method alone would have set
 * @param trail every guardrail in the order applied, bound or not
 * @param proposal what the operator sees and approves; of kind {@code price}
 */
public record PriceProposal(double price, double unconstrainedPrice, List<GuardrailStep> trail, Proposal proposal) {

    /** Copies the trail and checks the price. */
    public PriceProposal {
        trail = List.copyOf(trail);
        Objects.requireNonNull(proposal, "proposal");
        if (!(price > 0)) {
            throw new IllegalArgumentException("price must be above 0");
        }
    }
}
