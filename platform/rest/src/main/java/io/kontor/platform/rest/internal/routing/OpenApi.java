package io.kontor.platform.rest.internal.routing;

import static io.kontor.platform.rest.internal.routing.Schemas.map;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the OpenAPI 3.1 description from the very routes that serve, so that both cannot differ. */
final class OpenApi {

    private final List<Route> routes;
    private final Schemas schemas = new Schemas();

    OpenApi(List<Route> routes) {
        this.routes = routes.stream().sorted(Comparator.comparing(Route::path).thenComparing(Route::method)).toList();
    }

    Map<String, Object> document() {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            @SuppressWarnings("unchecked")
            Map<String, Object> path = (Map<String, Object>) paths.computeIfAbsent(route.path(), p -> new LinkedHashMap<String, Object>());
            path.put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        Map<String, Object> problem = map("type", "object", "properties", map("type", map("type", "string"), "title",
                map("type", "string"), "status", map("type", "integer"), "detail", map("type", "string"), "errors",
                map("type", "array", "items", map("type", "object", "properties", map("field", map("type", "string"), "message",
                        map("type", "string"))))));
        Map<String, Object> components = new LinkedHashMap<>(schemas.components());
        components.put("Problem", problem);
        return map("openapi", "3.1.0",
                "info", map("title", "Kontor", "version", "1", "description", "Runs AI for many shops: data in, models, decisions out."),
                "servers", List.of(map("url", Router.PREFIX)),
                "paths", paths,
                "components", map("schemas", components, "securitySchemes",
                        map("key", map("type", "http", "scheme", "bearer"), "account", map("type", "http", "scheme", "basic"))));
    }

    private Map<String, Object> operation(Route route) {
        Describe describe = route.handler().getAnnotation(Describe.class);
        Requires requires = route.requires();
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", route.handler().getDeclaringClass().getSimpleName().replace("Resource", "") + "."
                + route.handler().getName());
        operation.put("summary", describe == null ? route.handler().getName() : describe.value());
        operation.put("security", requires.scope() == Requires.Scope.OPEN ? List.of()
                : List.of(map("key", List.of()), map("account", List.of())));
        operation.put("x-role", requires.scope() == Requires.Scope.OPEN ? "none" : requires.scope() == Requires.Scope.ANY_KEY ? "any"
                : requires.value().text());
        operation.put("parameters", parameters(route));
        body(route, operation);
        Map<String, Object> success = map("description", "Success");
        Type type = answer(route);
        if (type != void.class && type != Void.class) {
            success.put("content", map(describe == null ? "application/json" : describe.produces(), map("schema", schemas.of(type))));
        }
        operation.put("responses", map(Integer.toString(describe == null ? 200 : describe.status()), success, "default",
                map("description", "Problem", "content", map("application/problem+json", map("schema",
                        map("$ref", "#/components/schemas/Problem"))))));
        return operation;
    }

    private List<Object> parameters(Route route) {
        List<Object> parameters = new ArrayList<>();
        for (Parameter parameter : route.handler().getParameters()) {
            PathParam path = parameter.getAnnotation(PathParam.class);
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            if (path != null) {
                parameters.add(map("name", path.value(), "in", "path", "required", true, "schema", schemas.of(parameter.getType())));
            } else if (query != null) {
                Map<String, Object> schema = schemas.of(parameter.getType());
                DefaultValue fallback = parameter.getAnnotation(DefaultValue.class);
                if (fallback != null) {
                    schema.put("default", parameter.getType() == int.class ? (Object) Integer.valueOf(fallback.value())
                            : parameter.getType() == boolean.class ? (Object) Boolean.valueOf(fallback.value()) : fallback.value());
                }
                parameters.add(map("name", query.value(), "in", "query", "required", false, "schema", schema));
            }
        }
        return parameters;
    }

    private void body(Route route, Map<String, Object> operation) {
        if (route.consumes().isEmpty()) {
            return;
        }
        Map<String, Object> schema = map("type", "string", "format", "binary");
        for (Parameter parameter : route.handler().getParameters()) {
            if (Arguments.isBody(parameter)) {
                schema = schemas.of(parameter.getParameterizedType());
            }
        }
        Map<String, Object> content = new LinkedHashMap<>();
        for (String type : route.consumes()) {
            content.put(type, map("schema", schema));
        }
        operation.put("requestBody", map("required", !route.worksWithoutBody(), "content", content));
    }

    private static Type answer(Route route) {
        Type type = route.handler().getGenericReturnType();
        if (type instanceof ParameterizedType reply && reply.getRawType() == Reply.class) {
            return reply.getActualTypeArguments()[0];
        }
        return type;
    }
}
