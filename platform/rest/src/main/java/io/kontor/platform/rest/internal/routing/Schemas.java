package io.kontor.platform.rest.internal.routing;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes JSON Schemas (2020-12) from the Java types of requests and answers; records become named components. */
final class Schemas {

    private final Map<String, Object> components = new TreeMap<>();

    Map<String, Object> components() {
        return components;
    }

    Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            Type[] arguments = parameterized.getActualTypeArguments();
            if (List.class.isAssignableFrom(raw)) {
                return map("type", "array", "items", of(arguments[0]));
            } else if (Map.class.isAssignableFrom(raw)) {
                return map("type", "object", "additionalProperties", of(arguments[1]));
            } else if (raw.isRecord()) {
                return record(raw, arguments);
            }
            return map();
        } else if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0]);
        } else if (type instanceof Class<?> plain) {
            return plain(plain);
        }
        return map();
    }

    private Map<String, Object> plain(Class<?> type) {
        if (type == String.class) {
            return map("type", "string");
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return map("type", "integer");
        } else if (type == double.class || type == Double.class) {
            return map("type", "number");
        } else if (type == boolean.class || type == Boolean.class) {
            return map("type", "boolean");
        } else if (type == Instant.class) {
            return map("type", "string", "format", "date-time");
        } else if (type == LocalDate.class) {
            return map("type", "string", "format", "date");
        } else if (type.isEnum()) {
            return map("type", "string", "enum", Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
        } else if (type.isRecord()) {
            return record(type, new Type[0]);
        }
        return map();
    }

    private Map<String, Object> record(Class<?> type, Type[] arguments) {
        String name = type.getSimpleName();
        for (Type argument : arguments) {
            name += argument instanceof Class<?> plain ? plain.getSimpleName() : "";
        }
        if (!components.containsKey(name)) {
            Map<String, Object> properties = new LinkedHashMap<>();
            components.put(name, map("type", "object", "properties", properties));
            for (RecordComponent component : type.getRecordComponents()) {
                properties.put(component.getName(), of(resolve(component.getGenericType(), type, arguments)));
            }
        }
        return map("$ref", "#/components/schemas/" + name);
    }

    private static Type resolve(Type type, Class<?> owner, Type[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (owner.getTypeParameters()[i].equals(type)) {
                return arguments[i];
            }
        }
        if (type instanceof ParameterizedType list && list.getActualTypeArguments().length == 1 && arguments.length == 1
                && owner.getTypeParameters()[0].equals(list.getActualTypeArguments()[0])) {
            return new ListOf(arguments[0]);
        }
        return type;
    }

    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** A list of a type that is known only where it is used. */
    private record ListOf(Type element) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {element};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }
}
