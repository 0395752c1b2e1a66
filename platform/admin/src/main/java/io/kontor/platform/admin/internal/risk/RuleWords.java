package io.kontor.platform.admin.internal.risk;

import io.kontor.api.risk.RiskRule;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.RuleForm;
import io.kontor.platform.decisions.RuleForm.ConditionForm;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a rule asks of a transaction. */
final class RuleWords {

    private RuleWords() {
    }

    /** All conditions of a rule, joined as they hold together. */
    static String conditions(Visit visit, RiskRule rule) {
        return RuleForm.of(rule).conditions().stream().map(condition -> condition(visit, condition))
                .collect(Collectors.joining(visit.text("families.rule.and")));
    }

    private static String condition(Visit visit, ConditionForm form) {
        String compared = visit.text("families.rule.op." + form.operator());
        String value = value(visit, form);
        return value.isEmpty() ? visit.text("families.rule.alone", quantity(visit, form), compared)
                : visit.text("families.rule.compared", quantity(visit, form), compared, value);
    }

    private static String quantity(Visit visit, ConditionForm form) {
        if (form.aggregate() == null) {
            return field(visit, form.field());
        }
        String by = field(visit, form.by());
        String of = form.of() == null ? "" : field(visit, form.of());
        return visit.text("families.rule.aggregate." + form.aggregate(), by, window(visit, form.window()), of);
    }

    private static String window(Visit visit, String window) {
        return window == null ? "" : visit.text("risk.window." + window.charAt(window.length() - 1),
                Integer.parseInt(window.substring(0, window.length() - 1)));
    }

    private static String field(Visit visit, String name) {
        return visit.textOr("families.field." + name, name);
    }

    private static String value(Visit visit, ConditionForm form) {
        if (form.otherField() != null) {
            return field(visit, form.otherField());
        }
        List<Object> values = form.values() != null ? form.values() : form.value() == null ? List.of() : List.of(form.value());
        return values.stream().map(value -> value instanceof Number number ? visit.format().number(number.doubleValue(), 4) : value.toString())
                .collect(Collectors.joining(visit.text("decisions.comma")));
    }
}
