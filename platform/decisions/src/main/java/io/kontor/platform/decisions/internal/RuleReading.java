package io.kontor.platform.decisions.internal;

import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RuleCondition;
import io.kontor.api.risk.RuleOperator;
import io.kontor.api.risk.RuleQuantity;
import io.kontor.api.risk.RuleQuantity.Age;
import io.kontor.api.risk.RuleQuantity.Aggregate;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.api.risk.RuleQuantity.Windowed;
import io.kontor.api.risk.SharedKey;
import io.kontor.platform.decisions.RuleForm;
import io.kontor.platform.decisions.RuleForm.ConditionForm;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.FormRefusedException.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks a rule's form, finds everything that is wrong with it, and types it. For one thread. */
public final class RuleReading {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final int LONGEST_VALUE = 255;
    private static final int MOST_CONDITIONS = 20;
    private static final int MOST_VALUES = 1_000;
    private static final Pattern WINDOW = Pattern.compile("([1-9][0-9]{0,5})([mhd])");

    private final RuleForm form;
    private final List<Fault> faults = new ArrayList<>();

    /** What a condition's values must be. */
    private enum Type { NUMBER, TEXT, EITHER }

    /**
     * Of a form.
     *
     * @param form anything in it may be null
     */
    public RuleReading(RuleForm form) {
        this.form = form;
    }

    /**
     * The rule.
     *
     * @param id its id
     * @return the rule
     * @throws FormRefusedException naming every field at fault
     */
    public RiskRule rule(String id) throws FormRefusedException {
        if (form.name() == null || form.name().isBlank()) {
            fault("name", "is required");
        } else {
            text("name", form.name(), LONGEST_NAME);
        }
        text("description", description(), LONGEST_DESCRIPTION);
        List<RuleCondition> conditions = conditions();
        RiskRule.Action action = choice("action", form.action(), RiskRule.Action.values()).orElse(null);
        double weight = weight(action);
        if (!faults.isEmpty()) {
            throw new FormRefusedException(faults);
        }
        return new RiskRule(id, form.name(), description(), conditions, action, weight, form.enabled() == null || form.enabled());
    }

    private String description() {
        return form.description() == null ? "" : form.description();
    }

    private double weight(RiskRule.Action action) {
        if (form.weight() != null) {
            if (!(form.weight() >= -1 && form.weight() <= 1)) {
                fault("weight", "must be -1 to 1");
            }
            return form.weight();
        }
        if (action == RiskRule.Action.SCORE) {
            fault("weight", "is required for a rule that does nothing but score");
        }
        return action == RiskRule.Action.DECLINE ? 1 : action == RiskRule.Action.REVIEW ? 0.5 : 0;
    }

    private List<RuleCondition> conditions() {
        List<RuleCondition> conditions = new ArrayList<>();
        if (form.conditions() == null || form.conditions().isEmpty()) {
            fault("conditions", "must have at least one condition");
        } else if (form.conditions().size() > MOST_CONDITIONS) {
            fault("conditions", "may have at most " + MOST_CONDITIONS + " conditions");
        } else {
            for (int i = 0; i < form.conditions().size(); i++) {
                String path = "conditions[" + i + "]";
                ConditionForm condition = form.conditions().get(i);
                if (condition == null) {
                    fault(path, "must be an object");
                } else {
                    condition(path + ".", condition).ifPresent(conditions::add);
                }
            }
        }
        return conditions;
    }

    private Optional<RuleCondition> condition(String path, ConditionForm given) {
        int before = faults.size();
        Optional<RuleQuantity> quantity = quantity(path, given);
        Optional<RuleOperator> operator = operator(path, given.operator());
        if (quantity.isEmpty() || operator.isEmpty()) {
            return Optional.empty();
        }
        Type type = type(quantity.get());
        RuleOperator op = operator.get();
        if (type == Type.NUMBER && !op.numbers() || type == Type.TEXT && !op.texts()) {
            fault(path + "operator", "does not go with a " + (type == Type.NUMBER ? "number" : "text"));
        }
        Type wanted = type != Type.EITHER ? type : !op.texts() ? Type.NUMBER : !op.numbers() ? Type.TEXT : Type.EITHER;
        Field other = other(path, given, op, type);
        List<Object> values = values(path, given, op, wanted);
        return faults.size() > before ? Optional.empty() : Optional.of(new RuleCondition(quantity.get(), op, values, other));
    }

    private Optional<RuleQuantity> quantity(String path, ConditionForm given) {
        if (given.aggregate() == null) {
            absent(path + "of", given.of(), "is for aggregates");
            absent(path + "by", given.by(), "is for aggregates");
            absent(path + "window", given.window(), "is for aggregates");
            if (given.field() == null) {
                fault(path + "field", "is required, unless there is an aggregate");
                return Optional.empty();
            }
            return field(path + "field", given.field()).map(field -> field);
        }
        absent(path + "field", given.field(), "does not go with an aggregate; what is summed or told apart is \"of\"");
        Optional<SharedKey> by = key(path + "by", given.by());
        if (given.aggregate().equals("age")) {
            absent(path + "of", given.of(), "does not go with age");
            absent(path + "window", given.window(), "does not go with age");
            return by.map(Age::new);
        }
        Aggregate aggregate = Arrays.stream(Aggregate.values()).filter(one -> name(one).equals(given.aggregate())).findFirst().orElse(null);
        if (aggregate == null) {
            fault(path + "aggregate", "must be count, sum, distinct or age");
            return Optional.empty();
        }
        Optional<Duration> window = window(path + "window", given.window());
        Field of = of(path + "of", given.of(), aggregate);
        return by.isEmpty() || window.isEmpty() || (of == null) != (aggregate == Aggregate.COUNT) ? Optional.empty()
                : Optional.of(new Windowed(aggregate, of, by.get(), window.get()));
    }

    private Field of(String path, String given, Aggregate aggregate) {
        if (aggregate == Aggregate.COUNT) {
            absent(path, given, "does not go with count");
            return null;
        } else if (given == null) {
            fault(path, "is required for " + name(aggregate));
            return null;
        }
        Field of = field(path, given).orElse(null);
        if (of != null && aggregate == Aggregate.SUM && type(of) == Type.TEXT) {
            fault(path, "must be amount or an attribute, as texts cannot be summed");
        }
        return of;
    }

    private Optional<Field> field(String path, String name) {
        if (!Field.NAMES.contains(name) && !Field.attribute(name) || name.length() > LONGEST_VALUE) {
            fault(path, "is no field of a transaction; there are " + String.join(", ", Field.NAMES) + " and attr.NAME");
            return Optional.empty();
        }
        return Optional.of(new Field(name));
    }

    private Optional<SharedKey> key(String path, String name) {
        Optional<SharedKey> key = Optional.ofNullable(name).flatMap(SharedKey::of);
        if (key.isEmpty()) {
            fault(path, "must be one of " + Arrays.stream(SharedKey.values()).map(SharedKey::field).collect(Collectors.joining(", ")));
        }
        return key;
    }

    private Optional<Duration> window(String path, String text) {
        Matcher matcher = WINDOW.matcher(text == null ? "" : text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration window = switch (matcher.group(2)) {
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (window.compareTo(RecentTransactions.WINDOW) <= 0) {
                return Optional.of(window);
            }
        }
        fault(path, "must be a number of minutes, hours or days such as 30m, 1h or 7d, at most " + RecentTransactions.WINDOW.toDays() + "d");
        return Optional.empty();
    }

    private Optional<RuleOperator> operator(String path, String text) {
        Optional<RuleOperator> operator = Optional.ofNullable(text).flatMap(RuleOperator::of);
        if (operator.isEmpty()) {
            fault(path + "operator", "must be one of "
                    + Arrays.stream(RuleOperator.values()).map(RuleOperator::text).collect(Collectors.joining(", ")));
        }
        return operator;
    }

    private Field other(String path, ConditionForm given, RuleOperator operator, Type type) {
        if (given.otherField() == null) {
            return null;
        } else if (operator.operands() != 1) {
            fault(path + "otherField", "does not go with " + operator.text());
            return null;
        }
        Field other = field(path + "otherField", given.otherField()).orElse(null);
        if (other != null && type != Type.EITHER && type(other) != Type.EITHER && type(other) != type) {
            fault(path + "otherField", "must hold " + (type == Type.NUMBER ? "numbers" : "texts") + " too");
        }
        return other;
    }

    private List<Object> values(String path, ConditionForm given, RuleOperator operator, Type type) {
        boolean several = operator.operands() > 1;
        boolean single = operator.operands() == 1 && given.otherField() == null;
        if (!single) {
            absent(path + "value", given.value(), several ? "does not go with " + operator.text() + "; give values" : "is one too many");
        }
        if (!several) {
            absent(path + "values", given.values(), "does not go with " + operator.text());
        }
        if (several && (given.values() == null || given.values().isEmpty() || given.values().size() > MOST_VALUES)) {
            fault(path + "values", "must have 1 to " + MOST_VALUES + " values");
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        if (several) {
            for (int i = 0; i < given.values().size(); i++) {
                value(path + "values[" + i + "]", given.values().get(i), type).ifPresent(values::add);
            }
        } else if (single) {
            value(path + "value", given.value(), type).ifPresent(values::add);
        }
        return values;
    }

    private Optional<Object> value(String path, Object value, Type type) {
        if (value instanceof Number number && type != Type.TEXT && Double.isFinite(number.doubleValue())) {
            return Optional.of(number.doubleValue());
        } else if (value instanceof String text && type != Type.NUMBER && !text.isEmpty()) {
            text(path, text, LONGEST_VALUE);
            return Optional.of(text);
        }
        fault(path, type == Type.NUMBER ? "must be a number" : type == Type.TEXT ? "must be a text" : "must be a number or a text");
        return Optional.empty();
    }

    private static Type type(RuleQuantity quantity) {
        return quantity instanceof Field field
                ? field.name().equals(Field.AMOUNT) ? Type.NUMBER : Field.attribute(field.name()) ? Type.EITHER : Type.TEXT
                : Type.NUMBER;
    }

    private <E extends Enum<E>> Optional<E> choice(String path, String text, E[] choices) {
        Optional<E> found = Arrays.stream(choices).filter(one -> name(one).equals(text)).findFirst();
        if (found.isEmpty()) {
            fault(path, "must be one of " + Arrays.stream(choices).map(RuleReading::name).collect(Collectors.joining(", ")));
        }
        return found;
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void text(String path, String text, int longest) {
        if (text.length() > longest || text.indexOf('\0') >= 0) {
            fault(path, "must have at most " + longest + " characters and no NUL");
        }
    }

    private void absent(String path, Object value, String why) {
        if (value != null) {
            fault(path, why);
        }
    }

    private void fault(String field, String message) {
        faults.add(new Fault(field, message));
    }
}
