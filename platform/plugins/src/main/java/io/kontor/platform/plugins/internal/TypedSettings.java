package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.SettingsSchema;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of one plugin in one language, checked against what its author declared. Immutable. */
final class TypedSettings implements SettingsSchema {

    private final Map<String, Field> fields = new LinkedHashMap<>();

    /**
     * A setting with what only the check needs.
     *
     * @param setting the setting as it is shown
     * @param scalar the exact type of one value
     * @param most how many values a list may have
     */
    record Field(Setting setting, Scalar scalar, int most) {
    }

    /**
     * Settings.
     *
     * @param fields in the order of their declaration
     */
    TypedSettings(Collection<Field> fields) {
        fields.forEach(field -> this.fields.put(field.setting().name(), field));
    }

    @Override
    public List<Setting> settings() {
        return fields.values().stream().map(Field::setting).toList();
    }

    @Override
    public Map<String, Object> jsonSchema() {
        return SettingsJsonSchema.of(fields.values());
    }

    @Override
    public List<Fault> check(Map<String, Object> values) {
        List<Fault> faults = new ArrayList<>();
        values.keySet().stream().filter(name -> !fields.containsKey(name)).sorted()
            .forEach(name -> faults.add(Misfit.of(Rule.KNOWN, "is not a setting of this plugin").at(name)));
        fields.values().forEach(field -> fault(field, values.get(field.setting().name())).ifPresent(faults::add));
        return faults;
    }

    @Override
    public Map<String, Object> typed(Map<String, Object> values) {
        Map<String, Object> typed = new LinkedHashMap<>();
        for (Field field : fields.values()) {
            Object given = values.get(field.setting().name());
            Object value = given == null ? field.setting().defaults() : given;
            if (value != null) {
                typed.put(field.setting().name(), field.setting().list() ? array(field.scalar(), (List<?>) value)
                    : field.scalar().typed(value));
            }
        }
        return typed;
    }

    private static Object array(Scalar scalar, List<?> values) {
        Object array = Array.newInstance(scalar.javaType(), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, scalar.typed(values.get(i)));
        }
        return array;
    }

    private static Optional<Fault> fault(Field field, Object value) {
        String name = field.setting().name();
        if (value == null) {
            boolean missing = field.setting().required() && field.setting().defaults() == null;
            return missing ? Optional.of(Misfit.of(Rule.GIVEN, "must be given").at(name)) : Optional.empty();
        }
        if (!field.setting().list()) {
            return single(field, value).map(misfit -> misfit.at(name));
        }
        if (!(value instanceof List<?> list)) {
            return Optional.of(Misfit.of(Rule.LIST, "must be a list").at(name));
        }
        if (list.size() > field.most()) {
            return Optional.of(Misfit.of(Rule.AT_MOST_MANY, "may have at most " + field.most() + " values", field.most()).at(name));
        }
        for (int i = 0; i < list.size(); i++) {
            Optional<Misfit> misfit = list.get(i) == null ? Optional.of(Misfit.of(Rule.GIVEN, "must not be null"))
                : single(field, list.get(i));
            if (misfit.isPresent()) {
                return Optional.of(misfit.get().at(name, i + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<Misfit> single(Field field, Object value) {
        return field.scalar().misfit(value).or(() -> outside(field.setting(), value)).or(() -> notAnOption(field.setting(), value));
    }

    private static Optional<Misfit> outside(Setting setting, Object value) {
        boolean text = value instanceof CharSequence;
        double size = value instanceof CharSequence words ? words.length() : value instanceof Number number ? number.doubleValue() : 0;
        if (setting.min() != null && size < setting.min()) {
            Object limit = SettingsJsonSchema.number(setting.min());
            return Optional.of(text ? Misfit.of(Rule.AT_LEAST_LONG, "must have at least " + limit + " characters", limit)
                : Misfit.of(Rule.AT_LEAST, "must be at least " + limit, limit));
        }
        if (setting.max() != null && size > setting.max()) {
            Object limit = SettingsJsonSchema.number(setting.max());
            return Optional.of(text ? Misfit.of(Rule.AT_MOST_LONG, "may have at most " + limit + " characters", limit)
                : Misfit.of(Rule.AT_MOST, "must be at most " + limit, limit));
        }
        return Optional.empty();
    }

    private static Optional<Misfit> notAnOption(Setting setting, Object value) {
        if (setting.options().isEmpty() || setting.options().keySet().stream().anyMatch(option -> same(option, value))) {
            return Optional.empty();
        }
        return Optional.of(Misfit.of(Rule.OPTION, "must be one of " + String.join(", ", setting.options().keySet()),
            setting.options().keySet().toArray()));
    }

    private static boolean same(String option, Object value) {
        if (!(value instanceof Number number)) {
            return option.equals(value.toString());
        }
        try {
            return Double.parseDouble(option) == number.doubleValue();
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
