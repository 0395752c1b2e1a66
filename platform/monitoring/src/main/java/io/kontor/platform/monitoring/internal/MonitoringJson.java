package io.kontor.platform.monitoring.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.MonitoringPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the database keeps as JSON. Safe for use by several threads. */
final class MonitoringJson {

    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() { };
    private static final TypeReference<LinkedHashMap<String, Double>> FIGURES = new TypeReference<>() { };

    private static final ObjectMapper MAPPER = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private MonitoringJson() {
    }

    /** What is kept of a look beside its time. */
    record Kept(String model, int number, List<Finding> findings) {
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + value.getClass().getName(), e);
        }
    }

    static Kept look(String json) {
        return read(json, new TypeReference<Kept>() { });
    }

    static List<Finding> findings(String json) {
        return read(json, FINDINGS);
    }

    static Map<String, Double> figures(String json) {
        return read(json, FIGURES);
    }

    static MonitoringPolicy policy(String json) {
        return read(json, new TypeReference<MonitoringPolicy>() { });
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds something that is not the JSON that was written", e);
        }
    }
}
