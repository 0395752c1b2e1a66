package io.kontor.api.feature;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of a feature's definition, as they are read.
 *
 * @param parts by name
 */
record Definition(Map<String, String> parts) {

    static SortedMap<String, String> parts(String kind, Scaling scaling, String... namesAndTexts) {
        SortedMap<String, String> parts = new TreeMap<>(Map.of("kind", kind));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            parts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        if (scaling != Scaling.NONE) {
            parts.put("scaling", scaling.name());
        }
        return parts;
    }

    String text(String name) {
        String part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("a feature without " + name + ": " + parts);
        }
        return part;
    }

    int count(String name) {
        return Integer.parseInt(text(name));
    }

    Duration span(String name) {
        try {
            return Duration.parse(text(name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " is no span of time: " + text(name), e);
        }
    }

    Scaling scaling() {
        return parts.containsKey("scaling") ? Scaling.valueOf(text("scaling")) : Scaling.NONE;
    }
}
