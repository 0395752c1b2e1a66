package io.kontor.platform.decisions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kontor.api.risk.RiskRule;
import io.kontor.platform.decisions.internal.RuleReading;
import io.kontor.platform.decisions.internal.RuleWriting;
import java.util.List;

/**
 * A rule as it is written in JSON. Anything may be null; {@link #rule} checks.
 *
 * @param name what people call it, 1 to 200 characters
 * @param description what it is for, up to 2,000 characters; empty when missing
 * @param conditions 1 to 20, all of which must hold
 * @param action decline, approve, review or score
 * @param weight what it adds to the score of rules, -1 to 1; when missing 1 for decline, 0.5 for review and 0 for approve
 * @param enabled whether it applies; true when missing
 */
public record RuleForm(String name, String description, List<ConditionForm> conditions, String action, Double weight, Boolean enabled) {

    /**
     * A condition: a field or an aggregate, an operator, and a value, values or another field.
     *
     * @param field a field of the transaction, attributes as {@code attr.NAME}
     * @param aggregate count, sum or distinct over the transactions of a window that share a key, this one included; or age, the hours since
     *     the first of them
     * @param of what is summed or told apart
     * @param by the key: customerId, cardHash, device, emailHash or ip
     * @param window how far back, for example {@code 30m}, {@code 1h} or {@code 7d}; at most 90 days
     * @param operator eq, ne, gt, ge, lt, le, in, notIn, startsWith, endsWith, present or missing
     * @param value a number or a text
     * @param values for in and notIn
     * @param otherField a field to compare with instead of a value
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConditionForm(String field, String aggregate, String of, String by, String window, String operator, Object value,
            List<Object> values, String otherField) {
    }

    /**
     * The form of a rule.
     *
     * @param rule the rule
     * @return with nothing missing
     */
    public static RuleForm of(RiskRule rule) {
        return RuleWriting.form(rule);
    }

    /**
     * Checks and types it.
     *
     * @param id the rule's id
     * @return the rule
     * @throws FormRefusedException naming every field at fault
     */
    public RiskRule rule(String id) throws FormRefusedException {
        return new RuleReading(this).rule(id);
    }
}
