package io.kontor.platform.admin.internal.risk;

import io.kontor.api.risk.RuleOperator;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.RuleForm.ConditionForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A condition as it stands in the form of a rule. What does not go with the quantity or the operator is left aside.
 *
 * @param quantity a field of the transaction, {@code attr.}, or count, sum, distinct or age
 * @param attribute the name of the attribute when the quantity is one
 * @param of what is summed or told apart: a field or {@code attr.}
 * @param ofAttribute the name of the attribute when that is one
 * @param by the key in common
 * @param count how many units the window has
 * @param unit m, h or d
 * @param operator how it is compared
 * @param value with what; several values are separated by commas
 * @param other the field that it is compared with instead; empty for a value
 * @param otherAttribute the name of the attribute when that is one
 */
public record ConditionRow(String quantity, String attribute, String of, String ofAttribute, String by, String count, String unit,
        String operator, String value, String other, String otherAttribute) {

    private static final Set<String> AGGREGATES = Set.of("count", "sum", "distinct", "age");
    private static final Set<String> NUMBERS = Set.of("count", "sum", "distinct", "age", Field.AMOUNT);

    /** A condition to begin with. */
    static final ConditionRow EMPTY = new ConditionRow(Field.AMOUNT, "", Field.AMOUNT, "", "cardHash", "1", "h", "gt", "", "", "");

    /** The conditions of a form that came in. */
    static List<ConditionRow> of(Visit visit) {
        List<ConditionRow> rows = new ArrayList<>();
        for (String number : visit.fields("row")) {
            rows.add(new ConditionRow(at(visit, number, "quantity"), at(visit, number, "attribute"), at(visit, number, "of"),
                    at(visit, number, "ofAttribute"), at(visit, number, "by"), at(visit, number, "count"), at(visit, number, "unit"),
                    at(visit, number, "operator"), at(visit, number, "value"), at(visit, number, "other"), at(visit, number, "otherAttribute")));
        }
        return rows;
    }

    private static String at(Visit visit, String number, String name) {
        return visit.field("c" + number + "." + name);
    }

    /** A condition of a rule that is kept. */
    static ConditionRow of(ConditionForm form) {
        String window = form.window() == null ? "1h" : form.window();
        List<Object> values = form.values() != null ? form.values() : form.value() == null ? List.of() : List.of(form.value());
        return new ConditionRow(form.aggregate() != null ? form.aggregate() : field(form.field()), attribute(form.field()), field(form.of()),
                attribute(form.of()), form.by() == null ? "cardHash" : form.by(), window.substring(0, window.length() - 1),
                window.substring(window.length() - 1), form.operator(), String.join(", ", values.stream().map(ConditionRow::text).toList()),
                form.otherField() == null ? "" : field(form.otherField()), attribute(form.otherField()));
    }

    private static String field(String name) {
        return name == null ? Field.AMOUNT : Field.attribute(name) ? Field.ATTRIBUTE : name;
    }

    private static String attribute(String name) {
        return name != null && Field.attribute(name) ? name.substring(Field.ATTRIBUTE.length()) : "";
    }

    private static String text(Object value) {
        return value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString() : value.toString();
    }

    /** What the rule book reads. */
    ConditionForm form() {
        boolean aggregate = AGGREGATES.contains(quantity);
        boolean counted = aggregate && !quantity.equals("age");
        RuleOperator how = RuleOperator.of(operator).orElse(null);
        int operands = how == null ? 1 : how.operands();
        boolean compared = operands == 1 && !other.isEmpty();
        List<Object> values = operands == 0 || compared ? List.of() : values(operands > 1);
        return new ConditionForm(aggregate ? null : name(quantity, attribute), aggregate ? quantity : null,
                quantity.equals("sum") || quantity.equals("distinct") ? name(of, ofAttribute) : null, aggregate ? by : null,
                counted ? count + unit : null, operator, operands == 1 && !compared ? values.get(0) : null, operands > 1 ? values : null,
                compared ? name(other, otherAttribute) : null);
    }

    private static String name(String field, String attribute) {
        return field.equals(Field.ATTRIBUTE) ? Field.ATTRIBUTE + attribute : field;
    }

    private List<Object> values(boolean several) {
        List<Object> values = new ArrayList<>();
        for (String each : several ? value.split("[,，]") : new String[] {value}) {
            values.add(typed(each.strip()));
        }
        return values;
    }

    /** A number where the quantity is one, or may be one and the text reads as one. */
    private Object typed(String text) {
        if (NUMBERS.contains(quantity) || quantity.equals(Field.ATTRIBUTE)) {
            try {
                double number = Double.parseDouble(text);
                return Double.isFinite(number) ? (Object) number : text;
            } catch (NumberFormatException e) {
                return text;
            }
        }
        return text;
    }
}
