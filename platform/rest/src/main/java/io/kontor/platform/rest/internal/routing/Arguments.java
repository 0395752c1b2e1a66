package io.kontor.platform.rest.internal.routing;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Fills the parameters of a handler from path, query and body. Immutable. */
final class Arguments {

    private final List<Source> sources;

    /** Where a parameter's value comes from. */
    private sealed interface Source {

        /** The request itself. */
        record Asked() implements Source {
        }

        /** A parameter of the path. */
        record InPath(String name, Class<?> type) implements Source {
        }

        /** A parameter of the query, and what stands for it when it is missing; null for nothing. */
        record InQuery(String name, Class<?> type, String fallback) implements Source {
        }

        /** The body. */
        record Body(Type type) implements Source {
        }
    }

    Arguments(Method handler) {
        sources = Arrays.stream(handler.getParameters()).map(Arguments::source).toList();
    }

    private static Source source(Parameter parameter) {
        PathParam inPath = parameter.getAnnotation(PathParam.class);
        QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
        if (parameter.getType() == Call.class) {
            return new Source.Asked();
        } else if (inPath != null) {
            return new Source.InPath(inPath.value(), parameter.getType());
        } else if (inQuery != null) {
            DefaultValue fallback = parameter.getAnnotation(DefaultValue.class);
            return new Source.InQuery(inQuery.value(), parameter.getType(), fallback == null ? null : fallback.value());
        }
        return new Source.Body(parameter.getParameterizedType());
    }

    static boolean isBody(Parameter parameter) {
        return source(parameter) instanceof Source.Body;
    }

    boolean hasBody() {
        return sources.stream().anyMatch(Source.Body.class::isInstance);
    }

    Object[] bind(Call call, Map<String, String> path, byte[] body) {
        Object[] values = new Object[sources.size()];
        for (int i = 0; i < values.length; i++) {
            Source source = sources.get(i);
            if (source instanceof Source.InPath inPath) {
                values[i] = convert(inPath.name, path.get(inPath.name), inPath.type);
            } else if (source instanceof Source.InQuery inQuery) {
                values[i] = query(inQuery, call);
            } else if (source instanceof Source.Body inBody) {
                values[i] = Json.read(body, inBody.type);
            } else {
                values[i] = call;
            }
        }
        return values;
    }

    private static Object query(Source.InQuery parameter, Call call) {
        List<String> given = call.query(parameter.name);
        if (given.size() > 1) {
            throw Problem.field(400, parameter.name, "may be given only once");
        }
        String text = given.isEmpty() ? parameter.fallback : given.get(0);
        if (text == null || text.isEmpty() && parameter.type != String.class) {
            if (parameter.type.isPrimitive()) {
                throw Problem.field(400, parameter.name, "is missing");
            }
            return null;
        }
        return convert(parameter.name, text, parameter.type);
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
