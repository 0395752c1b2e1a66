package io.kontor.platform.decisions.internal;

import io.kontor.api.decision.Reason;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RuleCondition;
import io.kontor.api.risk.RuleOperator;
import io.kontor.api.risk.RuleQuantity;
import io.kontor.api.risk.RuleQuantity.Age;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.api.risk.RuleQuantity.Windowed;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Says in a store's language what a rule found in a transaction, with the values that it found. Immutable. */
final class RuleWords {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int MOST_LISTED = 5;
    private static final long MINUTES_OF_HOUR = 60;
    private static final long MINUTES_OF_DAY = 1_440;

    private final Locale locale;
    private final ResourceBundle words;

    RuleWords(Locale locale) {
        this.locale = locale;
        this.words = ResourceBundle.getBundle("OSGI-INF.l10n.riskrules", locale, RuleWords.class.getClassLoader(), STORE_LANGUAGE);
    }

    ResourceBundle bundle() {
        return words;
    }

    Reason reason(RiskRule rule, RiskRequest request) {
        List<String> findings = new ArrayList<>();
        for (RuleCondition condition : rule.conditions()) {
            findings.add(finding(condition, request));
        }
        return new Reason("rule-" + rule.id(), say("reason", rule.name(), String.join(words.getString("separator"), findings)), rule.weight());
    }

    private String finding(RuleCondition condition, RiskRequest request) {
        Optional<Object> value = condition.quantity().of(request);
        String found = value.isEmpty() ? say("missing", name(condition.quantity())) : found(condition.quantity(), value.get());
        if (condition.other() != null) {
            return say("compared", found, name(condition.other()), condition.other().of(request).map(this::value).orElse(""));
        }
        boolean plain = condition.values().isEmpty() || condition.operator() == RuleOperator.EQ;
        if (plain || condition.quantity() instanceof Age && value.filter(age -> (Double) age == 0).isPresent()) {
            return found;
        }
        String limit = condition.quantity() instanceof Age ? hours((Double) condition.values().get(0)) : listed(condition.values());
        return say("limited", found, say("operator." + condition.operator().text(), limit));
    }

    private String found(RuleQuantity quantity, Object value) {
        if (quantity instanceof Windowed windowed) {
            String with = words.getString("with." + windowed.by().field());
            return switch (windowed.aggregate()) {
                case COUNT -> say("count", value, with, window(windowed.window()));
                case SUM -> say("sum", value, with, window(windowed.window()), name(windowed.of()));
                case DISTINCT -> say("distinct", value, with, window(windowed.window()), many(windowed.of()));
            };
        } else if (quantity instanceof Age age) {
            double hours = (Double) value;
            return say(hours == 0 ? "first" : "age", hours(hours), words.getString("with." + age.by().field()));
        }
        return say("field", name(quantity), value(value));
    }

    private String window(Duration window) {
        long minutes = window.toMinutes();
        return minutes % MINUTES_OF_DAY == 0 ? say("days", minutes / MINUTES_OF_DAY)
                : minutes % MINUTES_OF_HOUR == 0 ? say("hours", minutes / MINUTES_OF_HOUR) : say("minutes", minutes);
    }

    private String hours(double hours) {
        return hours < 1 ? say("minutes", Math.rint(hours * MINUTES_OF_HOUR)) : say("hours", Math.rint(hours * 10) / 10);
    }

    private String name(RuleQuantity quantity) {
        return quantity instanceof Field field ? translated("field.", field)
                : words.getString("key." + (quantity instanceof Windowed windowed ? windowed.by() : ((Age) quantity).by()).field());
    }

    private String many(Field field) {
        String key = "many." + field.name();
        return words.containsKey(key) ? words.getString(key) : say("many", name(field));
    }

    private String translated(String prefix, Field field) {
        String key = prefix + field.name();
        return words.containsKey(key) ? words.getString(key) : field.name().substring(Field.ATTRIBUTE.length());
    }

    private String listed(List<Object> values) {
        String some = String.join(", ", values.stream().limit(MOST_LISTED).map(this::value).toList());
        return values.size() > MOST_LISTED ? some + ", …" : some;
    }

    private String value(Object value) {
        return value instanceof String text ? text : say("number", value);
    }

    private String say(String key, Object... parts) {
        return new MessageFormat(words.getString(key), locale).format(parts);
    }
}
