package io.kontor.platform.admin.internal.shell;

import io.kontor.api.store.Store;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Sessions.Session;
import io.kontor.platform.stores.Stores;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;

/** Requests to a store in Berlin that sells in euros, without a server. */
public final class Visits {

    /** The store. */
    public static final Store STORE = new Store("shop", "Shop", Currency.getInstance("EUR"), Locale.ENGLISH, ZoneId.of("Europe/Berlin"), "DE");

    private static final Shell SHELL = new Shell(Stub.of(BundleContext.class, Map.of("getBundle", none -> null)), null,
            Stub.of(Stores.class, Map.of("list", none -> List.of(STORE), "find", id -> Optional.of(STORE))), null, null,
            Stub.of(PluginCatalogue.class, Map.of("find", none -> Optional.empty())));

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
     * A request to an address with variables, from a form that may have a field several times.
     *
     * @param role of the visitor, for this store and for all
     * @param path the address's variables
     * @param fields names and values in turn
     * @return the request
     */
    public static Visit posted(Role role, Map<String, String> path, String... fields) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            values.computeIfAbsent(fields[i], name -> new ArrayList<>()).add(fields[i + 1]);
        }
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(Visits.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getParameter" -> values.containsKey(arguments[0]) ? values.get(arguments[0]).get(0) : null;
                    case "getParameterValues" -> values.containsKey(arguments[0]) ? values.get(arguments[0]).toArray(String[]::new) : null;
                    case "getParameterMap" -> values.entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().toArray(String[]::new)));
                    case "getHeader", "getInputStream" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        Session session = new Session("token", "csrf", new Principal("ann", role, Map.of(STORE.id(), role)), Instant.MAX);
        return new Visit(request, session, path, STORE, Locale.ENGLISH, SHELL);
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
