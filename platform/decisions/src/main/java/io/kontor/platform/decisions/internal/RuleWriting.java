package io.kontor.platform.decisions.internal;

import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RuleCondition;
import io.kontor.api.risk.RuleQuantity;
import io.kontor.api.risk.RuleQuantity.Age;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.api.risk.RuleQuantity.Windowed;
import io.kontor.platform.decisions.RuleForm;
import io.kontor.platform.decisions.RuleForm.ConditionForm;
import java.time.Duration;
import java.util.List;

/** Writes rules as {@link RuleReading} reads them. */
public final class RuleWriting {

    private RuleWriting() {
    }

    /**
     * The form of a rule.
     *
     * @param rule the rule
     * @return with nothing missing
     */
    public static RuleForm form(RiskRule rule) {
        return new RuleForm(rule.name(), rule.description(), rule.conditions().stream().map(RuleWriting::form).toList(),
                RuleReading.name(rule.action()), rule.weight(), rule.enabled());
    }

    private static ConditionForm form(RuleCondition condition) {
        RuleQuantity quantity = condition.quantity();
        String field = quantity instanceof Field plain ? plain.name() : null;
        String aggregate = null;
        String of = null;
        String by = null;
        String window = null;
        if (quantity instanceof Windowed windowed) {
            aggregate = RuleReading.name(windowed.aggregate());
            of = windowed.of() == null ? null : windowed.of().name();
            by = windowed.by().field();
            window = text(windowed.window());
        } else if (quantity instanceof Age age) {
            aggregate = "age";
            by = age.by().field();
        }
        boolean several = condition.operator().operands() > 1;
        Object value = several || condition.values().isEmpty() ? null : condition.values().get(0);
        List<Object> values = several ? condition.values() : null;
        return new ConditionForm(field, aggregate, of, by, window, condition.operator().text(), value, values,
                condition.other() == null ? null : condition.other().name());
    }

    private static String text(Duration window) {
        long minutes = window.toMinutes();
        return minutes % 1_440 == 0 ? minutes / 1_440 + "d" : minutes % 60 == 0 ? minutes / 60 + "h" : minutes + "m";
    }
}
