package io.kontor.platform.admin.internal.shell;

import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.words.Sentences;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Sessions.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One request of somebody who is logged in, and how they want to read the answer. For one thread. */
public final class Visit {

    private final HttpServletRequest request;
    private final Session session;
    private final Map<String, String> path;
    private final Store store;
    private final Locale locale;
    private final Shell shell;
    private final Texts texts;
    private final Formats formats;

    Visit(HttpServletRequest request, Session session, Map<String, String> path, Store store, Locale locale, Shell shell) {
        this.request = request;
        this.session = session;
        this.path = path;
        this.store = store;
        this.locale = locale;
        this.shell = shell;
        this.texts = new Texts(locale);
        this.formats = new Formats(locale, store);
    }

    /**
     * Who it is.
     *
     * @return name and roles
     */
    public Principal principal() {
        return session.principal();
    }

    /**
     * Who it is, as jobs remember it.
     *
     * @return the account
     */
    public Starter starter() {
        return Starter.of(principal().name());
    }

    /**
     * The token that a form must carry.
     *
     * @return to stand in a hidden field {@value Gate#FIELD}
     */
    public String csrf() {
        return session.csrf();
    }

    /**
     * The store of the address.
     *
     * @return the store; null on pages that belong to none
     */
    public Store store() {
        return store;
    }

    /**
     * The stores that the visitor may see.
     *
     * @return stores by id
     */
    public List<Store> stores() {
        return shell.stores().list().stream().filter(each -> principal().knows(each.id())).toList();
    }

    /**
     * Whether the visitor has a role, for the store of the address or, on pages that belong to none, for all stores.
     *
     * @param role the role
     * @return true when they have
     */
    public boolean may(Role role) {
        return principal().has(role, store == null ? null : store.id());
    }

    /**
     * The language of the visitor.
     *
     * @return one of {@link Texts#LANGUAGES}
     */
    public Locale locale() {
        return locale;
    }

    /**
     * A text in the visitor's language.
     *
     * @param key its key
     * @param values see {@link Texts#get}
     * @return the text
     */
    public String text(String key, Object... values) {
        return texts.get(key, values);
    }

    /**
     * A text that may be missing.
     *
     * @param key its key
     * @param otherwise what to say without one
     * @return the text
     */
    public String textOr(String key, String otherwise) {
        return texts.or(key, otherwise);
    }

    /**
     * What the kernel said, in the visitor's language.
     *
     * @param sentence one or several English sentences; may be null
     * @return the same for the visitor; what a plugin said stays as it is; empty for null
     */
    public String said(String sentence) {
        return new Sentences(this, (visit, plugin) -> shell == null ? Optional.empty() : shell.plugin(visit, plugin)).say(sentence);
    }

    /**
     * How numbers, money and times are written.
     *
     * @return the formats
     */
    public Formats format() {
        return formats;
    }

    /**
     * A variable of the route's pattern.
     *
     * @param name its name
     * @return what the address has in its place
     */
    public String path(String name) {
        return path.get(name);
    }

    /**
     * A query parameter or form field.
     *
     * @param name its name
     * @return the first value without blanks around it; empty when missing
     */
    public String field(String name) {
        return raw(name).strip();
    }

    /**
     * A form field as it was typed, for passwords.
     *
     * @param name its name
     * @return the first value; empty when missing
     */
    public String raw(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /**
     * All values of a form field.
     *
     * @param name its name
     * @return the values; empty when missing
     */
    public List<String> fields(String name) {
        String[] values = request.getParameterValues(name);
        return values == null ? List.of() : Arrays.asList(values);
    }

    /**
     * All query parameters and form fields.
     *
     * @return the first value of each
     */
    public Map<String, String> fields() {
        return request.getParameterMap().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()[0]));
    }

    /**
     * Whether a query parameter or form field came at all.
     *
     * @param name its name
     * @return true when it came, even empty
     */
    public boolean has(String name) {
        return request.getParameter(name) != null;
    }

    /**
     * The body of an upload.
     *
     * @return the bytes as they come
     * @throws IOException when it cannot be read
     */
    public InputStream body() throws IOException {
        return request.getInputStream();
    }

    /**
     * Where the request comes from.
     *
     * @return an IP address
     */
    public String address() {
        return request.getRemoteAddr();
    }

    /**
     * A header of the request.
     *
     * @param name its name
     * @return its value; null when missing
     */
    public String header(String name) {
        return request.getHeader(name);
    }

    /**
     * Whether htmx asks for a part of a page, not a whole one.
     *
     * @return false for navigation
     */
    public boolean partial() {
        return request.getHeader("HX-Request") != null && request.getHeader("HX-Boosted") == null;
    }

    /**
     * An address of the admin UI.
     *
     * @param parts segments below {@code /admin}, each escaped
     * @return the address
     */
    public String url(String... parts) {
        StringBuilder url = new StringBuilder(Shell.PREFIX);
        for (String part : parts) {
            url.append('/').append(escape(part));
        }
        return url.toString();
    }

    /**
     * An address below the store of this visit.
     *
     * @param parts segments, each escaped
     * @return the address
     */
    public String storeUrl(String... parts) {
        StringBuilder url = new StringBuilder(url("stores", store.id()));
        for (String part : parts) {
            url.append('/').append(escape(part));
        }
        return url.toString();
    }

    private static String escape(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * The address of a static file, with a mark that changes with the build so that browsers keep the file for good.
     *
     * @param file its path below {@code web/}
     * @return the address
     */
    public String asset(String file) {
        return shell.assets().address(file);
    }

    /**
     * The whole navigation for this visit.
     *
     * @return groups in order, without empty ones
     */
    public Navigation navigation() {
        return shell.navigation(this);
    }

    /**
     * The address of the request below {@code /admin}, for marking where the visitor is.
     *
     * @return the path
     */
    public String here() {
        String uri = request.getRequestURI().substring(Shell.PREFIX.length());
        return uri.isEmpty() ? "/" : uri;
    }

    /**
     * The address of the same page in another store; the store's home where the page is about one thing of this store.
     *
     * @param other the other store's id
     * @return the address
     */
    public String inStore(String other) {
        List<String> parts = Route.segments(here());
        boolean list = parts.size() == 3 && parts.get(0).equals("stores");
        return list ? url("stores", other, parts.get(2)) : url("stores", other);
    }

    /**
     * Light, dark, or as the system says.
     *
     * @return {@code light}, {@code dark} or empty
     */
    public String theme() {
        String theme = Gate.cookie(request, Preferences.THEME);
        return "light".equals(theme) || "dark".equals(theme) ? theme : "";
    }
}
