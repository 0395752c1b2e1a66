package io.kontor.platform.models;

import io.kontor.platform.plugins.SettingsSchema.Setting;
import io.kontor.platform.plugins.SettingsSchema.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a search looks for a setting: between two numbers or among several values. Immutable.
 *
 * @param name the setting's name
 * @param min the least number; null for values
 * @param max the greatest number; null for values
 * @param values JSON values; empty for numbers
 */
public record SettingRange(String name, Double min, Double max, List<Object> values) {

    /** Copies the values. */
    public SettingRange {
        Objects.requireNonNull(name, "name");
        values = List.copyOf(values);
    }

    /**
     * All that a setting allows.
     *
     * @param setting what the schema says of it
     * @return the range; empty for lists, secrets, free texts and numbers without two bounds
     */
    public static Optional<SettingRange> of(Setting setting) {
        if (setting.list() || setting.type() == Type.SECRET) {
            return Optional.empty();
        } else if (setting.type() == Type.FLAG) {
            return Optional.of(new SettingRange(setting.name(), null, null, List.of(false, true)));
        } else if (!setting.options().isEmpty()) {
            return setting.options().size() < 2 ? Optional.empty() : Optional.of(new SettingRange(setting.name(), null, null,
                    setting.options().keySet().stream().map(option -> value(setting.type(), option)).toList()));
        }
        boolean number = setting.type() == Type.INTEGER || setting.type() == Type.NUMBER;
        return number && setting.min() != null && setting.max() != null && setting.min() < setting.max()
                ? Optional.of(new SettingRange(setting.name(), setting.min(), setting.max(), List.of())) : Optional.empty();
    }

    private static Object value(Type type, String option) {
        return switch (type) {
            case INTEGER -> (Object) Long.valueOf(option);
            case NUMBER -> Double.valueOf(option);
            default -> option;
        };
    }
}
