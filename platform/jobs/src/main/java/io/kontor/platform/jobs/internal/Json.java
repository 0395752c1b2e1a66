package io.kontor.platform.jobs.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** JSON objects as maps and back, for the columns that hold JSON. */
final class Json {

    /** The longest text that the columns hold. */
    static final int LIMIT = 1_000_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() { };

    private Json() {
    }

    /**
     * Writes an object.
     *
     * @throws IllegalArgumentException when a value has no JSON form or the text is longer than the limit
     */
    static String write(Map<String, Object> object) {
        String text;
        try {
            text = MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A value cannot be written as JSON", e);
        }
        if (text.length() > LIMIT) {
            throw new IllegalArgumentException("The JSON text has " + text.length() + " characters, more than " + LIMIT);
        }
        return text;
    }

    static Map<String, Object> read(String text) {
        try {
            return MAPPER.readValue(text, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored JSON cannot be read", e);
        }
    }
}
