package io.kontor.platform.rest.internal.routing;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Fills the parameters of a handler from path, query and body. */
final class Arguments {

    private Arguments() {
    }

    static boolean isBody(Parameter parameter) {
        return parameter.getType() != Call.class && !parameter.isAnnotationPresent(PathParam.class)
                && !parameter.isAnnotationPresent(QueryParam.class);
    }

    static boolean hasBody(Method method) {
        return Arrays.stream(method.getParameters()).anyMatch(Arguments::isBody);
    }

    static Object[] bind(Route route, Call call, Map<String, String> path, byte[] body) {
        Parameter[] parameters = route.handler().getParameters();
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Parameter parameter = parameters[i];
            PathParam inPath = parameter.getAnnotation(PathParam.class);
            QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
            if (parameter.getType() == Call.class) {
                values[i] = call;
            } else if (inPath != null) {
                values[i] = convert(inPath.value(), path.get(inPath.value()), parameter.getType());
            } else if (inQuery != null) {
                values[i] = query(inQuery.value(), parameter, call);
            } else {
                values[i] = Json.read(body, parameter.getParameterizedType());
            }
        }
        return values;
    }

    private static Object query(String name, Parameter parameter, Call call) {
        List<String> given = call.query(name);
        if (given.size() > 1) {
            throw Problem.field(400, name, "may be given only once");
        }
        DefaultValue fallback = parameter.getAnnotation(DefaultValue.class);
        String text = !given.isEmpty() ? given.get(0) : fallback == null ? null : fallback.value();
        if (text == null || text.isEmpty() && parameter.getType() != String.class) {
            if (parameter.getType().isPrimitive()) {
                throw Problem.field(400, name, "is missing");
            }
            return null;
        }
        return convert(name, text, parameter.getType());
    }

    private static Object convert(String name, String text, Class<?> type) {
        try {
            if (type == String.class) {
                return text;
            } else if (type == int.class || type == Integer.class) {
                return Integer.valueOf(text);
            } else if (type == long.class || type == Long.class) {
                return Long.valueOf(text);
            } else if (type == boolean.class || type == Boolean.class) {
                return flag(name, text);
            } else if (type == Instant.class) {
                return java.time.OffsetDateTime.parse(text).toInstant();
            } else if (type == LocalDate.class) {
                return LocalDate.parse(text);
            }
        } catch (NumberFormatException e) {
            throw Problem.field(400, name, "must be a whole number");
        } catch (java.time.format.DateTimeParseException e) {
            throw Problem.field(400, name, type == LocalDate.class ? "must be a date such as 2026-01-31"
                    : "must be a time with offset such as 2026-01-31T08:00:00Z");
        }
        throw new IllegalStateException("parameter " + name + " has the unknown type " + type);
    }

    private static Boolean flag(String name, String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw Problem.field(400, name, "must be true or false");
        };
    }
}
