package io.kontor.platform.rest.internal.routing;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One method of a resource as a route. Immutable.
 *
 * @param method the HTTP method
 * @param path the template as it is shown
 * @param template the path's segments below {@code /api/v1}; {@code {name}} stands for a parameter, {@code {name: .+}} at the end for one that
 *     takes all that is left
 * @param requires who may call it
 * @param consumes accepted media types of the body; empty when it takes none
 * @param bodyLimit most bytes of a body that is read into memory
 * @param target the resource
 * @param handler the method
 * @param arguments how the method's parameters are filled
 */
record Route(String method, String path, List<String> template, Requires requires, List<String> consumes, int bodyLimit, Resource target,
        Method handler, Arguments arguments) {

    private static final int DEFAULT_BODY_LIMIT = 1 << 20;
    private static final String REST = ": .+}";

    /** Reads the routes of a resource from its annotations. */
    static List<Route> of(Resource resource) {
        Path base = resource.getClass().getAnnotation(Path.class);
        List<Route> routes = new ArrayList<>();
        for (Method method : resource.getClass().getMethods()) {
            String verb = verb(method);
            if (verb == null) {
                continue;
            }
            Requires requires = method.getAnnotation(Requires.class);
            if (requires == null) {
                throw new IllegalArgumentException(method + " does not say who may call it");
            }
            Path path = method.getAnnotation(Path.class);
            List<String> template = new ArrayList<>();
            split(base == null ? "" : base.value(), template);
            split(path == null ? "" : path.value(), template);
            Arguments arguments = new Arguments(method);
            Consumes consumes = method.getAnnotation(Consumes.class);
            List<String> types = consumes != null ? List.of(consumes.value())
                    : arguments.hasBody() ? List.of("application/json") : List.of();
            BodyLimit limit = method.getAnnotation(BodyLimit.class);
            routes.add(new Route(verb, "/" + String.join("/", template).replace(REST, "}"), List.copyOf(template), requires, types,
                    limit == null ? DEFAULT_BODY_LIMIT : limit.value(), resource, method, arguments));
        }
        return routes;
    }

    private static String verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return verb.value();
            }
        }
        return null;
    }

    private static void split(String path, List<String> into) {
        Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).forEach(into::add);
    }

    /** Whether no body at all means an object without fields: commands whose fields say how, and records whose required fields are told. */
    boolean worksWithoutBody() {
        return method.equals("POST") && Arrays.stream(handler.getParameters())
                .anyMatch(one -> Arguments.isBody(one) && one.getType().isRecord());
    }

    static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }

    static String name(String parameter) {
        return parameter.substring(1, parameter.length() - (parameter.endsWith(REST) ? REST.length() : 1));
    }

    long literals() {
        return template.stream().filter(s -> !isParameter(s)).count();
    }

    /** The parameters when the path fits, else null. */
    Map<String, String> match(List<String> path) {
        return fits(path) ? parameters(path) : null;
    }

    private boolean fits(List<String> path) {
        int size = template.size();
        if (path.size() < size || path.size() > size && (size == 0 || !template.get(size - 1).endsWith(REST))) {
            return false;
        }
        // From the end, as most paths begin alike.
        for (int i = size - 1; i >= 0; i--) {
            String segment = template.get(i);
            if (!isParameter(segment) && !segment.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> parameters(List<String> path) {
        Map<String, String> parameters = new TreeMap<>();
        for (int i = 0; i < template.size(); i++) {
            String segment = template.get(i);
            if (isParameter(segment)) {
                parameters.put(name(segment), segment.endsWith(REST) ? String.join("/", path.subList(i, path.size())) : path.get(i));
            }
        }
        return parameters;
    }
}
