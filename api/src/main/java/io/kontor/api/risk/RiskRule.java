package io.kontor.api.risk;

import java.util.List;
import java.util.Objects;

/**
 * A rule of the operator. It applies to a transaction when all of its conditions hold. Immutable.
 *
 * @param id matches {@code [a-z0-9][a-z0-9-]{0,62}}
 * @param name what people call it
 * @param description what it is for; may be empty
 * @param conditions at least one
 * @param action what it does
 * @param weight what it adds to the score that rules alone give, -1 to 1
 * @param enabled whether it applies at all
 */
public record RiskRule(String id, String name, String description, List<RuleCondition> conditions, Action action, double weight,
        boolean enabled) {

    /** What a rule does when it applies. Among several the first of this order decides. */
    public enum Action {
        /** Declines, whatever else. */
        DECLINE,
        /** Approves, whatever a model or a reviewing rule says: a list of those who are trusted. */
        APPROVE,
        /** Has a person look at it, unless a model declines. */
        REVIEW,
        /** Adds its weight to the score and decides nothing. */
        SCORE
    }

    /** Copies the conditions and checks the bounds. */
    public RiskRule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(action, "action");
        conditions = List.copyOf(conditions);
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("a rule needs a condition");
        }
        if (!(weight >= -1 && weight <= 1)) {
            throw new IllegalArgumentException("weight must be -1 to 1, not " + weight);
        }
    }

    /**
     * Whether the rule applies to a transaction.
     *
     * @param request the transaction and what came before it
     * @return whether it is enabled and all conditions hold
     */
    public boolean applies(RiskRequest request) {
        if (!enabled) {
            return false;
        }
        for (RuleCondition condition : conditions) {
            if (!condition.holds(request)) {
                return false;
            }
        }
        return true;
    }
}
