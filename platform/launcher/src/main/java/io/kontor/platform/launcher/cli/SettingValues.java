package io.kontor.platform.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Turns what is typed after {@code --set} into JSON, by the types in the plugin's settings schema. What does not fit stays text, for the
 * server to refuse.
 */
final class SettingValues {

    private final JsonNode properties;

    /**
     * The settings of one plugin.
     *
     * @param schema its JSON Schema
     */
    SettingValues(JsonNode schema) {
        this.properties = schema.path("properties");
    }

    static SettingValues of(ApiClient api, String plugin) {
        return api.items("/plugins").stream().filter(item -> item.path("id").asText().equals(plugin)).findFirst()
                .map(item -> new SettingValues(item.path("settingsSchema")))
                .orElseThrow(() -> new CommandFailure("There is no plugin " + plugin + "; \"kontor plugins\" lists them."));
    }

    ObjectNode json(Map<String, String> typed) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        typed.forEach((name, text) -> object.set(name, value(properties.path(name), text)));
        return object;
    }

    private static JsonNode value(JsonNode schema, String text) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (schema.path("type").asText()) {
            case "integer", "number" -> number(text);
            case "boolean" -> text.equals("true") || text.equals("false") ? json.booleanNode(text.equals("true")) : json.textNode(text);
            case "array" -> {
                var array = json.arrayNode();
                for (String element : text.split(",")) {
                    array.add(value(schema.path("items"), element));
                }
                yield array;
            }
            default -> json.textNode(text);
        };
    }

    private static JsonNode number(String text) {
        try {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
