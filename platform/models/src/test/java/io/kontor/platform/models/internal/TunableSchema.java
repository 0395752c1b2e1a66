package io.kontor.platform.models.internal;

import io.kontor.platform.plugins.SettingsSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings of a plugin for tests: a number, a whole number, a switch, an option, a secret and a number without bounds. */
final class TunableSchema implements SettingsSchema {

    private static final List<Setting> ALL = List.of(
            new Setting("off", Type.NUMBER, false, false, 0.0, 0.0, 1.0, Map.of(), "Off", ""),
            new Setting("count", Type.INTEGER, false, false, 10L, 1.0, 1000.0, Map.of(), "Count", ""),
            new Setting("fast", Type.FLAG, false, false, false, null, null, Map.of(), "Fast", ""),
            new Setting("mode", Type.TEXT, false, false, "good", null, null, Map.of("good", "Good", "bad", "Bad"), "Mode", ""),
            new Setting("key", Type.SECRET, false, false, null, null, null, Map.of(), "Key", ""),
            new Setting("open", Type.NUMBER, false, false, 1.0, null, null, Map.of(), "Open", ""));

    @Override
    public List<Setting> settings() {
        return ALL;
    }

    @Override
    public Map<String, Object> jsonSchema() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Fault> check(Map<String, Object> values) {
        List<Fault> faults = new ArrayList<>();
        for (Setting setting : ALL) {
            Object value = values.get(setting.name());
            boolean number = value instanceof Number given && (setting.min() == null
                    || given.doubleValue() >= setting.min() && given.doubleValue() <= setting.max());
            boolean wrong = value != null && switch (setting.type()) {
                case NUMBER, INTEGER -> !number;
                case FLAG -> !(value instanceof Boolean);
                default -> !setting.options().isEmpty() && !setting.options().containsKey(value);
            };
            if (wrong) {
                faults.add(new Fault(setting.name(), "is not allowed", Rule.BETWEEN, List.of(), 0));
            }
        }
        return faults;
    }

    @Override
    public Map<String, Object> typed(Map<String, Object> values) {
        throw new UnsupportedOperationException();
    }
}
