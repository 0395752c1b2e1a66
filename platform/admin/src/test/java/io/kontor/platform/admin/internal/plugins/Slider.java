package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.plugins.SettingsSchema;
import java.util.List;
import java.util.Map;

/** Settings of every kind, with a check that knows one rule. */
final class Slider implements SettingsSchema {

    @Override
    public List<Setting> settings() {
        return List.of(setting("level", Type.NUMBER, false, 0.95, Map.of()), setting("days", Type.INTEGER, false, 30L, Map.of()),
                setting("note", Type.TEXT, false, null, Map.of()), setting("key", Type.SECRET, false, null, Map.of()),
                setting("fast", Type.FLAG, false, true, Map.of()),
                setting("mode", Type.TEXT, false, "a", Map.of("a", "Alpha", "b", "Beta")),
                setting("sizes", Type.INTEGER, true, List.of(1L, 2L), Map.of()),
                setting("tags", Type.TEXT, true, List.of(), Map.of("x", "<b>X</b>", "y", "Ypsilon")));
    }

    private static Setting setting(String name, Type type, boolean list, Object defaults, Map<String, String> options) {
        return new Setting(name, type, list, false, defaults, name.equals("level") ? 0.0 : null, name.equals("level") ? 1.0 : null, options,
                "Title of " + name, "Help for " + name);
    }

    @Override
    public Map<String, Object> jsonSchema() {
        return Map.of();
    }

    @Override
    public List<Fault> check(Map<String, Object> values) {
        return values.get("level") instanceof Double level && level > 1
                ? List.of(new Fault("level", "level must be at most 1.", Rule.AT_MOST, List.of("1"), 0)) : List.of();
    }

    @Override
    public Map<String, Object> typed(Map<String, Object> values) {
        return values;
    }
}
