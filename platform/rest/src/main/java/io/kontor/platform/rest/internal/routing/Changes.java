package io.kontor.platform.rest.internal.routing;

import io.kontor.platform.security.AuditLog;
import io.kontor.platform.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Knows which requests change something, and how they stand in the audit log. */
final class Changes {

    /** The HTTP methods that may change something. */
    static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");

    private static final String STORE = "store";
    /** Path parameters that name persons. */
    private static final Set<String> PERSONAL = Set.of("customer");

    private Changes() {
    }

    /**
     * The entry of a request.
     *
     * @param match the route and the path's parameters
     * @param principal who asked
     * @param status the answer's HTTP status
     * @param location where what was made can be found; null when nothing was
     * @return empty when the request is none for the audit log
     */
    static Optional<AuditLog.Entry> entry(RouteTable.Match match, Principal principal, int status, String location) {
        Route route = match.route();
        if (!METHODS.contains(route.method()) || route.handler().isAnnotationPresent(Unaudited.class)) {
            return Optional.empty();
        }
        StringJoiner subject = new StringJoiner(" ");
        for (Map.Entry<String, String> parameter : match.parameters().entrySet()) {
            if (!parameter.getKey().equals(STORE) && !PERSONAL.contains(parameter.getKey())) {
                subject.add(parameter.getKey() + "=" + parameter.getValue());
            }
        }
        if (location != null) {
            subject.add("made=" + (location.startsWith(Router.PREFIX) ? location.substring(Router.PREFIX.length()) : location));
        }
        return Optional.of(new AuditLog.Entry(Instant.now(), principal.name(), route.method() + " " + route.path(),
                match.parameters().get(STORE), subject.toString(), status));
    }
}
