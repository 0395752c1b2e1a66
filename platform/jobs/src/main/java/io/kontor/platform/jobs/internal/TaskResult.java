package io.kontor.platform.jobs.internal;

import io.kontor.api.KontorException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a plugin's task returned, as plain values: nothing of the plugin's own classes is kept or called later. */
final class TaskResult {

    private static final int DEEPEST = 50;
    private static final Set<Class<?>> PLAIN = Set.of(String.class, Boolean.class, Byte.class, Short.class, Integer.class, Long.class,
            Float.class, Double.class, BigInteger.class, BigDecimal.class);

    private TaskResult() {
    }

    /**
     * A copy.
     *
     * @throws KontorException of kind PLUGIN when something in it is no JSON value
     */
    static Map<String, Object> checked(Map<String, Object> result) {
        return result == null ? Map.of() : map(result, 0);
    }

    private static Map<String, Object> map(Map<?, ?> values, int depth) {
        Map<String, Object> copy = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw refused("a key that is no text");
            }
            copy.put(name, value(value, depth + 1));
        });
        return copy;
    }

    private static Object value(Object value, int depth) {
        if (depth > DEEPEST) {
            throw refused("values nested more than " + DEEPEST + " deep");
        }
        if (value == null || PLAIN.contains(value.getClass())) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        if (value instanceof Collection<?> several) {
            List<Object> copy = new ArrayList<>();
            several.forEach(one -> copy.add(value(one, depth + 1)));
            return copy;
        }
        throw refused("a " + value.getClass().getName());
    }

    private static KontorException refused(String what) {
        return new KontorException(KontorException.Kind.PLUGIN, "The task's result holds " + what + ", which is no JSON value.");
    }
}
