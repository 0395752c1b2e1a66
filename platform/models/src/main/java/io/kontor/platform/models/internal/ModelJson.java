package io.kontor.platform.models.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kontor.api.KontorException;
import io.kontor.api.model.Evaluation;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings and evaluations as the JSON texts that the database keeps. Safe for use by several threads. */
final class ModelJson {

    private static final TypeReference<LinkedHashMap<String, Object>> TREE = new TypeReference<>() { };
    private static final TypeReference<LinkedHashMap<String, Double>> NUMBERS = new TypeReference<>() { };

    private final ObjectMapper mapper = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS);
    private final ObjectMapper ordered = new ObjectMapper();

    /**
     * Writes settings with their names sorted, so that equal settings give equal texts.
     *
     * @param settings values by name
     * @return JSON
     */
    String settings(Map<String, Object> settings) {
        return write(mapper, settings);
    }

    /**
     * Whether two settings are equal as the database would keep them: 1 and 1L are, whatever way they came.
     *
     * @param one values by name
     * @param other values by name
     * @return true when equal
     */
    boolean equal(Map<String, Object> one, Map<String, Object> other) {
        return settings(one).equals(settings(other));
    }

    Map<String, Object> settings(String json) {
        try {
            return mapper.readValue(json, TREE);
        } catch (JsonProcessingException e) {
            throw unreadable("settings", e);
        }
    }

    /**
     * Writes an evaluation.
     *
     * @param evaluation may be null
     * @return JSON, or null
     */
    String evaluation(Evaluation evaluation) {
        if (evaluation == null) {
            return null;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("primary", evaluation.primary());
        tree.put("higherIsBetter", evaluation.higherIsBetter());
        tree.put("cases", evaluation.cases());
        tree.put("metrics", evaluation.metrics());
        return write(ordered, tree);
    }

    Evaluation evaluation(String json) {
        if (json == null) {
            return null;
        }
        try {
            var tree = mapper.readTree(json);
            Map<String, Double> metrics = mapper.convertValue(tree.get("metrics"), NUMBERS);
            return new Evaluation(metrics, tree.get("primary").asText(), tree.get("higherIsBetter").asBoolean(), tree.get("cases").asLong());
        } catch (JsonProcessingException e) {
            throw unreadable("evaluation", e);
        }
    }

    private static String write(ObjectMapper mapper, Map<String, Object> tree) {
        try {
            return mapper.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new KontorException(KontorException.Kind.INTERNAL, "A model's description could not be written as JSON.", e);
        }
    }

    private static KontorException unreadable(String what, JsonProcessingException cause) {
        return new KontorException(KontorException.Kind.INTERNAL, "The " + what + " of a model in the database cannot be read.", cause);
    }
}
