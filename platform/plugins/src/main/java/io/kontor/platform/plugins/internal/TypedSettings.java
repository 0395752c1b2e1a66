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
            .forEach(name -> faults.add(new Fault(name, name + " is not a setting of this plugin.")));
        for (Field field : fields.values()) {
            String name = field.setting().name();
            fault(field, values.get(name)).ifPresent(words -> faults.add(new Fault(name, name + " " + words + ".")));
        }
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

    private static Optional<String> fault(Field field, Object value) {
        if (value == null) {
            boolean missing = field.setting().required() && field.setting().defaults() == null;
            return missing ? Optional.of("must be given") : Optional.empty();
        }
        if (!field.setting().list()) {
            return single(field, value);
        }
        if (!(value instanceof List<?> list)) {
            return Optional.of("must be a list");
        }
        if (list.size() > field.most()) {
            return Optional.of("may have at most " + field.most() + " values");
        }
        for (int i = 0; i < list.size(); i++) {
            Optional<String> fault = list.get(i) == null ? Optional.of("must not be null") : single(field, list.get(i));
            if (fault.isPresent()) {
                int position = i + 1;
                return fault.map(words -> "value " + position + " " + words);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> single(Field field, Object value) {
        return field.scalar().misfit(value).or(() -> outside(field.setting(), value)).or(() -> notAnOption(field.setting(), value));
    }

    private static Optional<String> outside(Setting setting, Object value) {
        boolean text = value instanceof CharSequence;
        double size = value instanceof CharSequence words ? words.length() : value instanceof Number number ? number.doubleValue() : 0;
        if (setting.min() != null && size < setting.min()) {
            return Optional.of(text ? "must have at least " + plain(setting.min()) + " characters" : "must be at least " + plain(setting.min()));
        }
        if (setting.max() != null && size > setting.max()) {
            return Optional.of(text ? "may have at most " + plain(setting.max()) + " characters" : "must be at most " + plain(setting.max()));
        }
        return Optional.empty();
    }

    private static Optional<String> notAnOption(Setting setting, Object value) {
        if (setting.options().isEmpty()) {
            return Optional.empty();
        }
        boolean found = setting.options().keySet().stream().anyMatch(option -> same(option, value));
        return found ? Optional.empty() : Optional.of("must be one of " + String.join(", ", setting.options().keySet()));
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

    private static Object plain(double bound) {
        return SettingsJsonSchema.number(bound);
    }
}
