package io.kontor.platform.admin.internal.shell;

import io.kontor.api.KontorException;
import io.kontor.api.store.Store;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.security.AuditLog;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Sessions;
import io.kontor.platform.security.Sessions.Session;
import io.kontor.platform.stores.Stores;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet behind {@code /admin}: lets visitors in, finds the route, asks who may go there, calls the page and renders its answer.
 * The order of the checks is the same for all pages: session, route, store, role, origin, token.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.pattern=" + Shell.PREFIX,
    "osgi.http.whiteboard.servlet.pattern=" + Shell.PREFIX + "/*",
    "osgi.http.whiteboard.servlet.name=kontor-admin",
    "osgi.http.whiteboard.servlet.asyncSupported=true"
})
public final class Shell extends HttpServlet {

    /** Where the admin UI begins. */
    public static final String PREFIX = "/admin";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Shell.class);
    /** Scripts and styles come from this server only; nothing is inline, nothing is framed, nothing is sent elsewhere. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final transient Sessions sessions;
    private final transient Stores stores;
    private final transient AuditLog audit;
    private final transient Changes changes;
    private final transient Assets assets;
    private final transient Templates templates = new Templates();
    private final transient LoginPages login;
    private final transient PluginCatalogue catalogue;
    private final transient List<Pages> pages = new CopyOnWriteArrayList<>();
    private transient volatile List<Route> routes = List.of();

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle
     * @param sessions knows who is logged in
     * @param stores the stores of the addresses
     * @param audit notes every change
     * @param changes tells open pages of plugins that come and go
     * @param catalogue knows what plugins are called
     */
    @Activate
    public Shell(BundleContext context, @Reference Sessions sessions, @Reference Stores stores, @Reference AuditLog audit,
            @Reference Changes changes, @Reference PluginCatalogue catalogue) {
        this.sessions = sessions;
        this.stores = stores;
        this.audit = audit;
        this.changes = changes;
        this.catalogue = catalogue;
        this.assets = new Assets(context.getBundle());
        this.login = new LoginPages(sessions, templates, assets);
    }

    /**
     * Adds pages.
     *
     * @param added the pages
     */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void addPages(Pages added) {
        pages.add(added);
        collect();
    }

    /**
     * Removes pages.
     *
     * @param removed the pages
     */
    synchronized void removePages(Pages removed) {
        pages.remove(removed);
        collect();
    }

    private void collect() {
        List<Route> all = new ArrayList<>();
        pages.forEach(each -> all.addAll(each.routes()));
        all.sort(Comparator.comparingLong(Route::fixed).reversed());
        routes = List.copyOf(all);
    }

    /** What a plugin is called; empty when no bundle brings it. */
    Optional<String> plugin(Visit visit, String id) {
        return catalogue.find(id, null, visit.locale()).map(PluginDescriptor::title);
    }

    Stores stores() {
        return stores;
    }

    Assets assets() {
        return assets;
    }

    Navigation navigation(Visit visit) {
        List<NavEntry> entries = new ArrayList<>();
        for (Pages each : pages) {
            entries.addAll(each.navigation(visit));
        }
        return Navigation.of(entries, visit);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        List<String> path = path(request);
        if (!path.isEmpty() && path.get(0).equals(Assets.FOLDER)) {
            assets.serve(path, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        if (path.equals(List.of("login"))) {
            login.service(request, response);
            return;
        }
        Session session = Gate.session(request, sessions).orElse(null);
        if (session == null) {
            askToLogIn(request, response);
            return;
        }
        if (path.equals(List.of(Changes.PATH))) {
            changes.follow(request, response);
            return;
        }
        if ("POST".equals(request.getMethod()) && path.equals(List.of("own")) && Gate.mayChange(request, session)) {
            Preferences.take(request, response, sessions);
            return;
        }
        visit(request, response, session, path);
    }

    private static List<String> path(HttpServletRequest request) {
        return Route.segments(request.getRequestURI().substring(PREFIX.length())).stream()
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)).toList();
    }

    private static void askToLogIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean navigation = "GET".equals(request.getMethod()) && request.getHeader("HX-Request") == null;
        String address = PREFIX + "/login" + (navigation ? "?next=" + URLEncoder.encode(request.getRequestURI(), StandardCharsets.UTF_8) : "");
        if (request.getHeader("HX-Request") == null) {
            redirect(response, address);
        } else {
            response.setHeader("HX-Redirect", address);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    static void redirect(HttpServletResponse response, String address) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", address);
    }

    private void visit(HttpServletRequest request, HttpServletResponse response, Session session, List<String> path) throws IOException {
        Locale locale = Preferences.locale(request);
        Visit plain = new Visit(request, session, Map.of(), null, locale, this);
        Visit visit = plain;
        Answer answer;
        try {
            Found found = find(request.getMethod(), path, plain);
            String id = found.variables().get(Route.STORE);
            Store store = id == null ? null : stores.find(id).orElse(null);
            visit = new Visit(request, session, found.variables(), store, locale, this);
            authorize(found.route(), id, visit);
            if (!"GET".equals(found.route().method()) && !Gate.mayChange(request, session)) {
                throw new Refusal(403, visit.text("shell.forged"));
            }
            answer = found.route().handler().answer(visit);
            note(found.route(), visit, path, answer instanceof Answer.Html html ? html.status() : 200);
        } catch (RuntimeException | IOException e) {
            answer = failure(visit, path, e);
        }
        send(response, visit, answer);
    }

    private record Found(Route route, Map<String, String> variables) {
    }

    private Found find(String method, List<String> path, Visit visit) {
        String wanted = "HEAD".equals(method) ? "GET" : method;
        for (Route route : routes) {
            Map<String, String> variables = route.method().equals(wanted) ? route.match(path).orElse(null) : null;
            if (variables != null) {
                return new Found(route, variables);
            }
        }
        throw Refusal.missing(visit);
    }

    private static void authorize(Route route, String store, Visit visit) {
        if (store != null && (visit.store() == null || !visit.principal().knows(store))) {
            throw Refusal.missing(visit);
        }
        Role role = route.role();
        if (role != null && !visit.may(role)) {
            throw new Refusal(403, visit.text("shell.forbidden", visit.text("shell.role." + role.text())));
        }
    }

    private void note(Route route, Visit visit, List<String> path, int status) {
        if (!"GET".equals(route.method())) {
            audit.note(new AuditLog.Entry(Instant.now(), visit.principal().name(),
                    route.method() + " " + PREFIX + "/" + String.join("/", route.pattern()), visit.store() == null ? null : visit.store().id(),
                    PREFIX + "/" + String.join("/", path), status));
        }
    }

    private static Answer.Html failure(Visit visit, List<String> path, Exception e) {
        if (e instanceof Refusal refusal) {
            return new Answer.Html(refusal.status(), "layout/problem", new Problem(refusal.status(), visit.said(refusal.getMessage())));
        } else if (e instanceof NoSuchElementException missing && missing.getMessage() != null) {
            return new Answer.Html(404, "layout/problem", new Problem(404, visit.said(missing.getMessage())));
        } else if (e instanceof KontorException known && known.kind() != KontorException.Kind.INTERNAL) {
            return new Answer.Html(409, "layout/problem", new Problem(409, visit.said(known.getMessage())));
        }
        LOG.error("The page {}/{} failed", PREFIX, String.join("/", path), e);
        return new Answer.Html(500, "layout/problem", new Problem(500, visit.text("shell.failed")));
    }

    /**
     * Why there is no page.
     *
     * @param status the HTTP status
     * @param message one plain sentence
     */
    public record Problem(int status, String message) {
    }

    private void send(HttpServletResponse response, Visit visit, Answer answer) throws IOException {
        if (answer instanceof Answer.Redirect redirect) {
            redirect(response, PREFIX + redirect.path());
        } else if (answer instanceof Answer.Stream stream) {
            response.setContentType(stream.type());
            if (stream.fileName() != null) {
                response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''"
                        + URLEncoder.encode(stream.fileName(), StandardCharsets.UTF_8).replace("+", "%20"));
            }
            stream.body().write(response.getOutputStream());
        } else if (answer instanceof Answer.Html html) {
            html(response, visit, html);
        }
    }

    private void html(HttpServletResponse response, Visit visit, Answer.Html html) throws IOException {
        Answer.Html shown = html;
        String text;
        try {
            text = templates.render(html.template(), visit, html.view());
        } catch (RuntimeException e) {
            shown = failure(visit, List.of(html.template()), e);
            text = templates.render(shown.template(), visit, shown.view());
        }
        response.setStatus(shown.status());
        write(response, text);
    }

    static void write(HttpServletResponse response, String html) throws IOException {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html;charset=utf-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
