package io.kontor.api.risk;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One condition of a rule. Immutable. A condition on what the shop did not give does not hold, except {@link RuleOperator#MISSING}.
 *
 * @param quantity what is looked at
 * @param operator how it is compared
 * @param values what with: {@link Double}s or {@link String}s; empty where the operator or another field says it
 * @param other the field it is compared with instead of a value; null for none
 */
public record RuleCondition(RuleQuantity quantity, RuleOperator operator, List<Object> values, RuleQuantity.Field other) {

    /** Copies the values and checks that there are as many as the operator needs. */
    public RuleCondition {
        Objects.requireNonNull(quantity, "quantity");
        values = List.copyOf(values);
        int given = values.size() + (other == null ? 0 : 1);
        int needed = operator.operands();
        boolean several = needed == Integer.MAX_VALUE;
        if (several ? given == 0 || other != null : given != needed) {
            throw new IllegalArgumentException(operator.text() + (several ? " needs values" : " needs " + needed + " values, not " + given));
        }
    }

    /**
     * Whether it holds.
     *
     * @param request the transaction and what came before it
     * @return whether it does
     */
    public boolean holds(RiskRequest request) {
        Optional<Object> found = quantity.of(request);
        if (operator.operands() == 0) {
            return found.isPresent() == (operator == RuleOperator.PRESENT);
        }
        if (found.isEmpty()) {
            return false;
        }
        Object value = found.get();
        if (other != null) {
            return other.of(request).filter(right -> operator.compares(value, right)).isPresent();
        }
        return operator == RuleOperator.NOT_IN ? values.stream().allMatch(right -> operator.compares(value, right))
                : values.stream().anyMatch(right -> operator.compares(value, right));
    }
}
