package io.kontor.platform.admin.internal.risk;

import io.kontor.api.risk.RuleOperator;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.api.risk.SharedKey;
import io.kontor.platform.admin.internal.shell.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A rule in its form.
 *
 * @param id its id; empty for a new one
 * @param name what people call it
 * @param description what it is for
 * @param action decline, approve, review or score
 * @param weight what it adds to the score, as it was written; empty for what is usual
 * @param enabled whether it applies
 * @param rows its conditions
 * @param faults what is wrong, by the field's path
 * @param trial how it would have done; null before it was tried
 * @param may whether the visitor may keep it
 */
public record RuleView(String id, String name, String description, String action, String weight, boolean enabled, List<ConditionRow> rows,
        Map<String, String> faults, Trial trial, boolean may) {

    /** The fields that a condition can look at, with attributes last. */
    public static final List<String> FIELDS = fields();
    /** What can be told of the transactions of a window. */
    public static final List<String> AGGREGATES = List.of("count", "sum", "distinct", "age");
    /** What transactions can have in common. */
    public static final List<String> KEYS = Arrays.stream(SharedKey.values()).map(SharedKey::field).toList();
    /** How conditions compare. */
    public static final List<String> OPERATORS = Arrays.stream(RuleOperator.values()).map(RuleOperator::text).toList();
    /** What a rule can do. */
    public static final List<String> ACTIONS = List.of("decline", "review", "approve", "score");

    private static List<String> fields() {
        List<String> fields = new ArrayList<>(Field.NAMES);
        fields.remove("id");
        fields.add(Field.ATTRIBUTE);
        return List.copyOf(fields);
    }

    /**
     * How a rule would have done.
     *
     * @param figures hits, share, precision, recall
     * @param span which transactions it was tried on
     * @param examples the latest hits
     */
    public record Trial(List<Figure> figures, String span, List<Example> examples) {
    }

    /**
     * A figure of a trial.
     *
     * @param label what it is
     * @param value in words
     * @param note what it is counted from
     * @param tone as in badges
     */
    public record Figure(String label, String value, String note, String tone) {
    }

    /** A transaction to which the rule applies. */
    public record Example(String transaction, String time, String amount, String label, String tone, String reason) {
    }

    /**
     * What is wrong with a field.
     *
     * @param path the field's path
     * @return in the visitor's language; empty when nothing
     */
    public String fault(String path) {
        return faults.getOrDefault(path, "");
    }

    /**
     * What is wrong with a condition, in whichever of its fields.
     *
     * @param row its number
     * @return in the visitor's language; empty when nothing
     */
    public String faultOf(int row) {
        return faults.entrySet().stream().filter(each -> each.getKey().startsWith("conditions[" + row + "]")).map(Map.Entry::getValue)
                .findFirst().orElse("");
    }

    /**
     * Where the form goes.
     *
     * @param visit the request
     * @return the address
     */
    public String target(Visit visit) {
        return id.isEmpty() ? visit.storeUrl("risk", "rule") : visit.storeUrl("risk", "rules", id);
    }
}
