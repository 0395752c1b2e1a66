package io.kontor.api.risk;

import io.kontor.api.decision.Reason;
import java.util.Objects;

/**
 * A rule that applies to a transaction. Immutable.
 *
 * @param rule the rule
 * @param reason what was found, with the code {@code rule-ID} and the rule's weight
 */
public record RuleHit(RiskRule rule, Reason reason) {

    /** Checks that nothing is null. */
    public RuleHit {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(reason, "reason");
    }
}
