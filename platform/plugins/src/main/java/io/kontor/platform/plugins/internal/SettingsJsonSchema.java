package io.kontor.platform.plugins.internal;

import io.kontor.platform.plugins.SettingsSchema.Setting;
import io.kontor.platform.plugins.SettingsSchema.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes settings as JSON Schema 2020-12, for clients that check values or draw forms by themselves. */
final class SettingsJsonSchema {

    private SettingsJsonSchema() {
    }

    /**
     * The schema of an object with the settings as its properties.
     *
     * @param fields the settings
     * @return a tree of maps, lists and scalars; maps keep the order of declaration
     */
    static Map<String, Object> of(Collection<TypedSettings.Field> fields) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.setting().name(), property(field)));
        schema.put("properties", properties);
        List<String> required = fields.stream().map(TypedSettings.Field::setting)
            .filter(setting -> setting.required() && setting.defaults() == null).map(Setting::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /**
     * A bound as it is best written.
     *
     * @param bound the number
     * @return a Long when it is whole, otherwise a Double
     */
    static Number number(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1L << 53 ? (Number) (long) bound : (Number) bound;
    }

    private static Map<String, Object> property(TypedSettings.Field field) {
        Setting setting = field.setting();
        Map<String, Object> property = new LinkedHashMap<>();
        putText(property, "title", setting.title());
        putText(property, "description", setting.description());
        if (setting.list()) {
            property.put("type", "array");
            property.put("items", value(field));
            if (field.most() < Integer.MAX_VALUE) {
                property.put("maxItems", field.most());
            }
        } else {
            property.putAll(value(field));
        }
        if (setting.defaults() != null && setting.type() != Type.SECRET) {
            property.put("default", setting.defaults());
        }
        if (setting.type() == Type.SECRET) {
            property.put("writeOnly", true);
        }
        return property;
    }

    private static Map<String, Object> value(TypedSettings.Field field) {
        Setting setting = field.setting();
        boolean text = setting.type() == Type.TEXT || setting.type() == Type.SECRET;
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("type", switch (setting.type()) {
            case TEXT, SECRET -> "string";
            case INTEGER -> "integer";
            case NUMBER -> "number";
            case FLAG -> "boolean";
        });
        Optional.ofNullable(setting.min()).ifPresent(min -> value.put(text ? "minLength" : "minimum", number(min)));
        Optional.ofNullable(setting.max()).ifPresent(max -> value.put(text ? "maxLength" : "maximum", number(max)));
        if (!setting.options().isEmpty()) {
            List<Object> options = new ArrayList<>();
            setting.options().keySet().forEach(option -> field.scalar().json(option).ifPresent(options::add));
            value.put("enum", options);
        }
        return value;
    }

    private static void putText(Map<String, Object> property, String key, String text) {
        if (!text.isEmpty()) {
            property.put(key, text);
        }
    }
}
