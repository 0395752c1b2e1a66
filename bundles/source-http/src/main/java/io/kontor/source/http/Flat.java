package io.kontor.source.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes flat records of nested ones. A field {@code name} in an object {@code customer} is {@code customer/name}; the first entry of a list
 * {@code tags} is {@code tags/0}. Where the elements of a list within each record are the records wanted (the lines of an order), the fields
 * of the record around them are behind {@code ../}.
 */
final class Flat {

    private static final int DEEPEST = 8;
    private static final int MOST_ELEMENTS = 20;

    private Flat() {
    }

    /**
     * The records of one element of an answer.
     *
     * @param element an object
     * @param each path of the list within it whose elements are the records; empty when the element is the record
     * @return flat records
     */
    static List<Map<String, Object>> records(JsonNode element, String each) {
        if (each.isEmpty()) {
            Map<String, Object> record = new HashMap<>();
            add(record, "", element, 0, null);
            return List.of(record);
        }
        JsonNode list = element.at("/" + each);
        Map<String, Object> around = new HashMap<>();
        add(around, "../", element, 0, list);
        List<Map<String, Object>> records = new ArrayList<>();
        for (JsonNode one : list) {
            Map<String, Object> record = new HashMap<>(around);
            add(record, "", one, 0, null);
            records.add(record);
        }
        return records;
    }

    private static void add(Map<String, Object> record, String prefix, JsonNode node, int depth, JsonNode without) {
        if (node == without || depth > DEEPEST) {
            return;
        }
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> add(record, depth == 0 ? prefix + field.getKey() : prefix + "/" + field.getKey(),
                    field.getValue(), depth + 1, without));
        } else if (node.isArray()) {
            for (int i = 0; i < Math.min(node.size(), MOST_ELEMENTS); i++) {
                add(record, prefix + "/" + i, node.get(i), depth + 1, without);
            }
        } else if (depth > 0) {
            record.put(prefix, node.isNull() ? null : node.isBoolean() ? (Object) node.booleanValue() : node.asText());
        }
    }
}
