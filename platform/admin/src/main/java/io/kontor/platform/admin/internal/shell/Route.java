package io.kontor.platform.admin.internal.shell;

import io.kontor.platform.security.Role;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One address of the admin UI and what answers it.
 *
 * @param method GET or POST
 * @param pattern segments of the path below {@code /admin}; {@code {name}} takes any one
 * @param role the smallest role: for the store when the pattern has {@code {store}}, else for all stores; null for everybody who is logged in
 * @param handler what answers
 */
public record Route(String method, List<String> pattern, Role role, Handler handler) {

    /** The name of the variable that a store's id takes. */
    public static final String STORE = "store";

    /** Answers a request. Exceptions become pages: see {@link Refusal}. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Answers.
         *
         * @param visit the request
         * @return what is shown
         * @throws IOException when the request cannot be read
         */
        Answer answer(Visit visit) throws IOException;
    }

    /**
     * A route that shows something.
     *
     * @param path below {@code /admin}
     * @param role see {@link #role()}
     * @param handler what answers
     * @return the route
     */
    public static Route get(String path, Role role, Handler handler) {
        return new Route("GET", segments(path), role, handler);
    }

    /**
     * A route that changes something. The shell has checked the origin and the session's token when the handler is called.
     *
     * @param path below {@code /admin}
     * @param role see {@link #role()}
     * @param handler what answers
     * @return the route
     */
    public static Route post(String path, Role role, Handler handler) {
        return new Route("POST", segments(path), role, handler);
    }

    static List<String> segments(String path) {
        String inner = path.replaceAll("^/+|/+$", "");
        return inner.isEmpty() ? List.of() : List.of(inner.split("/"));
    }

    /** The variables' values, or empty when the path is not of the pattern. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != pattern.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String part = pattern.get(i);
            if (part.startsWith("{")) {
                values.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** How many of its segments are fixed: of two that match, the one with more is meant. */
    long fixed() {
        return pattern.stream().filter(part -> !part.startsWith("{")).count();
    }
}
