package io.kontor.platform.admin.internal.shell;

import io.kontor.api.store.Store;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Sessions.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/** Requests to a store in Berlin that sells in euros, without a server. */
public final class Visits {

    /** The store. */
    public static final Store STORE = new Store("shop", "Shop", Currency.getInstance("EUR"), Locale.ENGLISH, ZoneId.of("Europe/Berlin"), "DE");

    private Visits() {
    }

    /**
     * A request.
     *
     * @param role of the visitor
     * @param locale the visitor's language
     * @param fields form fields and query parameters
     * @return the request
     */
    public static Visit of(Role role, Locale locale, Map<String, String> fields) {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(Visits.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getParameter" -> fields.get(arguments[0]);
                    case "getParameterValues" -> fields.containsKey(arguments[0]) ? new String[] {fields.get(arguments[0])} : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        Session session = new Session("token", "csrf", new Principal("ann", null, Map.of(STORE.id(), role)), Instant.MAX);
        return new Visit(request, session, Map.of(), STORE, locale, null);
    }

    /**
     * A request in English without fields.
     *
     * @param role of the visitor
     * @return the request
     */
    public static Visit of(Role role) {
        return of(role, Locale.ENGLISH, Map.of());
    }

    /**
     * Renders a fragment, which must not ask for the frame.
     *
     * @param template its path
     * @param visit the request
     * @param view what it shows
     * @return HTML
     */
    public static String render(String template, Visit visit, Object view) {
        return new Templates().render(template, visit, view);
    }
}
