package io.kontor.api.pricing;

import io.kontor.api.decision.Proposal;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import java.util.ArrayList;
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

    private static final double EXACT = 1e-9;

    /** Copies the trail and checks the price. */
    public PriceProposal {
        trail = List.copyOf(trail);
        Objects.requireNonNull(proposal, "proposal");
        if (!(price > 0)) {
            throw new IllegalArgumentException("price must be above 0");
        }
    }

    /**
     * What the operator sees, explained by the guardrails that bound.
     *
     * @return the proposal itself when it is explained already, or when the trail does not lead from the unconstrained price to the price
     */
    public Proposal explained() {
        double at = unconstrainedPrice;
        for (GuardrailStep step : trail) {
            at += step.after() - step.before();
        }
        return proposal.explanation().isPresent() || Math.abs(at - price) > EXACT * price ? proposal : proposal.explained(explanation(""));
    }

    /**
     * What each guardrail that bound made of the wanted price.
     *
     * @param others what the rest is called by which the trail falls short of the price, in the store's language
     * @return from the unconstrained price to the proposed one, in the order in which the guardrails were applied
     */
    public Explanation explanation(String others) {
        List<Contribution> steps = new ArrayList<>();
        double rest = price - unconstrainedPrice;
        for (GuardrailStep step : trail) {
            if (step.bound()) {
                steps.add(new Contribution(step.guardrail(), step.text(), "", step.after() - step.before()));
                rest -= step.after() - step.before();
            }
        }
        if (Math.abs(rest) > EXACT * price) {
            steps.add(new Contribution("others", others, "", rest));
        }
        return new Explanation(Explanation.Kind.CONSTRAINTS, unconstrainedPrice, price, steps);
    }
}
