package io.kontor.platform.rest.internal.routing;

import io.kontor.api.KontorException;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.Readiness;
import io.kontor.platform.security.Access;
import io.kontor.platform.security.AuditLog;
import io.kontor.platform.security.Principal;
import io.kontor.platform.stores.Stores;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet behind {@code /api/v1}: finds the route, asks who may call it, reads the body, calls the resource and writes the answer.
 * The order of the checks is the same for all routes: key, route, store, role, media type, size, form.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.pattern=" + Router.PREFIX + "/*",
    "osgi.http.whiteboard.servlet.pattern=/metrics",
    "osgi.http.whiteboard.servlet.name=kontor-api"
})
public final class Router extends HttpServlet {

    /** Where the API begins. */
    public static final String PREFIX = "/api/v1";

    private static final long serialVersionUID = 1L;
    private static final int PASSED_OVER = 1 << 16;
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final byte[] NO_FIELDS = {'{', '}'};

    private final transient Readiness readiness;
    private final transient RequestMetrics metrics;
    private final transient AnswerWriter writer = new AnswerWriter();
    private transient volatile RouteTable table = new RouteTable(List.of());

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Access access;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Stores stores;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Jobs jobs;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile Idempotency idempotency;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    transient volatile AuditLog audit;

    /** How far a request has come, for the count and the audit. */
    private static final class Progress {

        private RouteTable.Match match;
        private Principal principal;

        String route() {
            return match == null ? "none" : match.route().path();
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param readiness tells what is missing while the server starts
     * @param metrics counts requests
     */
    @Activate
    public Router(@Reference Readiness readiness, @Reference RequestMetrics metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /**
     * Adds a resource.
     *
     * @param resource the resource
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void addResource(Resource resource) {
        table = table.plus(Route.of(resource));
    }

    /**
     * Removes a resource.
     *
     * @param resource the resource
     */
    synchronized void removeResource(Resource resource) {
        table = table.minus(resource);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long begin = System.nanoTime();
        Progress progress = new Progress();
        try {
            handle(request, response, progress);
        } catch (Problem problem) {
            passOver(request, response);
            writer.problem(response, problem);
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} failed", request.getMethod(), progress.route(), e);
            writer.problem(response, Problem.of(500, "Kontor failed to answer; the log tells more."));
        } finally {
            metrics.count(request.getMethod(), progress.route(), response.getStatus(), System.nanoTime() - begin);
            audit(progress, response);
        }
    }

    /**
     * Reads what is left of a small body, because the connection cannot serve another request before; with more left the client is told that
     * the connection ends, else it would send its next request into the void.
     */
    private static void passOver(HttpServletRequest request, HttpServletResponse response) {
        boolean rest = true;
        try {
            rest = request.getInputStream().skip(PASSED_OVER) == PASSED_OVER;
        } catch (IOException e) {
            LOG.debug("A body that nobody wants could not be read to its end", e);
        }
        if (rest) {
            response.setHeader("Connection", "close");
        }
    }

    private void audit(Progress progress, HttpServletResponse response) {
        AuditLog log = audit;
        if (log != null && progress.match != null && progress.principal != null) {
            Changes.entry(progress.match, progress.principal, response.getStatus(), response.getHeader("Location")).ifPresent(log::note);
        }
    }

    private void handle(HttpServletRequest request, HttpServletResponse response, Progress progress) throws IOException {
        String uri = request.getRequestURI();
        List<String> path = RequestPath.segments(uri.startsWith(PREFIX) ? uri.substring(PREFIX.length()) : uri);
        Map<String, List<String>> query = RequestPath.query(request.getQueryString());
        RouteTable now = table;
        boolean head = "HEAD".equals(request.getMethod());
        RouteTable.Match match = now.find(head ? "GET" : request.getMethod(), path);
        progress.match = match;
        boolean open = match != null && match.route().requires().scope() == Requires.Scope.OPEN;
        Principal principal = open ? null : authenticate(request);
        progress.principal = principal;
        if (match == null) {
            throw unknown(now.methods(path));
        }
        Route route = match.route();
        authorize(route, match.parameters(), principal);
        Call call = new Call(request, principal, query, now);
        byte[] body = readBody(route, request);
        String key = Changes.METHODS.contains(route.method()) ? request.getHeader("Idempotency-Key") : null;
        Idempotency once = idempotency;
        Reply<?> reply = key == null || once == null ? invoke(route, call, match.parameters(), body)
                : once.run(key, principal.name(), request, body, () -> invoke(route, call, match.parameters(), body));
        if (route.consumes().isEmpty() && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null)) {
            passOver(request, response);
        }
        writer.reply(response, reply, head);
    }

    private Principal authenticate(HttpServletRequest request) {
        Access present = access;
        if (present == null) {
            throw notReady();
        }
        try {
            return present.authenticate(request.getHeader("Authorization"), request.getRemoteAddr()).orElseThrow(() -> Problem.of(401,
                    "Send a valid API key as \"Authorization: Bearer KEY\".").with("WWW-Authenticate", "Bearer"));
        } catch (KontorException e) {
            throw e.kind() == KontorException.Kind.CAPACITY ? Problem.of(429, e.getMessage()).with("Retry-After", "60") : e;
        }
    }

    private Problem unknown(Set<String> methods) {
        if (!methods.isEmpty()) {
            return Problem.of(405, "This address knows " + String.join(", ", methods) + ".").with("Allow", String.join(", ", methods));
        }
        return readiness.missing().isEmpty() && !readiness.stopping() ? Problem.of(404, "There is nothing at this address.") : notReady();
    }

    private Problem notReady() {
        if (readiness.stopping()) {
            return Problem.stopping();
        }
        return Problem.of(503, "Kontor is starting and waits for: " + String.join(", ", readiness.missing()) + ".").with("Retry-After", "1");
    }

    /** The one place where roles are enforced. */
    private void authorize(Route route, Map<String, String> parameters, Principal principal) {
        Requires requires = route.requires();
        switch (requires.scope()) {
            case OPEN, ANY_KEY -> { }
            case EVERYWHERE -> demand(requires, principal, null);
            case STORE -> {
                String store = parameters.get("store");
                Stores present = stores;
                if (present == null) {
                    throw notReady();
                }
                if (!principal.knows(store) || present.find(store).isEmpty()) {
                    throw Problem.of(404, "There is no store \"" + store + "\".");
                }
                demand(requires, principal, store);
            }
            case JOB -> {
                Jobs present = jobs;
                if (present == null) {
                    throw notReady();
                }
                String id = parameters.get("job");
                Job job = present.find(id).orElse(null);
                if (job == null || !(job.store() == null ? principal.everywhere() != null : principal.knows(job.store()))) {
                    throw Problem.of(404, "There is no job \"" + id + "\".");
                }
                demand(requires, principal, job.store());
            }
            default -> throw new IllegalStateException(requires.scope().name());
        }
    }

    private static void demand(Requires requires, Principal principal, String store) {
        if (!principal.has(requires.value(), store)) {
            throw Problem.of(403, "This needs the role " + requires.value().text() + (store == null ? " for all stores." : " for this store."));
        }
    }

    private static byte[] readBody(Route route, HttpServletRequest request) throws IOException {
        if (route.consumes().isEmpty()) {
            return null;
        }
        if (route.worksWithoutBody() && request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) {
            return NO_FIELDS;
        }
        String type = request.getContentType();
        String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
        if (!route.consumes().contains(media)) {
            throw Problem.of(415, "Send the body as " + String.join(" or ", route.consumes()) + ".");
        }
        if (!route.arguments().hasBody()) {
            return null;
        }
        if (request.getHeader("Content-Encoding") != null) {
            throw Problem.of(415, "This address takes no Content-Encoding.");
        }
        if (request.getContentLengthLong() > route.bodyLimit()) {
            throw tooLarge(route);
        }
        try (InputStream in = request.getInputStream()) {
            byte[] bytes = in.readNBytes(route.bodyLimit() + 1);
            if (bytes.length > route.bodyLimit()) {
                throw tooLarge(route);
            }
            return bytes;
        }
    }

    private static Problem tooLarge(Route route) {
        return Problem.of(413, "The body may have at most " + route.bodyLimit() + " bytes.");
    }

    private static Reply<?> invoke(Route route, Call call, Map<String, String> parameters, byte[] body) {
        Object[] arguments = route.arguments().bind(call, parameters, body);
        try {
            Object result = route.handler().invoke(route.target(), arguments);
            return result instanceof Reply<?> reply ? reply : Reply.of(200, result);
        } catch (InvocationTargetException e) {
            throw translate(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RuntimeException translate(Throwable e) {
        if (e instanceof Problem problem) {
            return problem;
        } else if (e instanceof NoSuchElementException missing && missing.getMessage() != null) {
            return Problem.of(404, missing.getMessage());
        } else if (e instanceof KontorException kontor) {
            return switch (kontor.kind()) {
                case CONFIGURATION -> Problem.of(409, kontor.getMessage());
                case DATA -> Problem.of(422, kontor.getMessage());
                case PLUGIN -> Problem.of(502, kontor.getMessage());
                case CAPACITY -> Problem.of(503, kontor.getMessage()).with("Retry-After", "1");
                case INTERNAL -> {
                    LOG.error("A request failed", kontor);
                    yield Problem.of(503, kontor.getMessage()).with("Retry-After", "2");
                }
            };
        } else if (e instanceof IOException) {
            return Problem.of(400, "The body could not be read to its end.");
        } else if (e instanceof RuntimeException runtime) {
            return runtime;
        } else if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }
}
