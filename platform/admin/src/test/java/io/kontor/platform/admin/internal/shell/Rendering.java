package io.kontor.platform.admin.internal.shell;

import io.kontor.api.store.Store;
import io.kontor.platform.security.Principal;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Sessions.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/** Renders fragments of pages as a visitor of one store would get them. */
public final class Rendering {

    private final Visit visit;

    /**
     * A visitor.
     *
     * @param role their role in the store {@code shop}
     * @param locale their language
     */
    public Rendering(Role role, Locale locale) {
        Store store = new Store("shop", "The shop", Currency.getInstance("EUR"), Locale.ENGLISH, ZoneOffset.UTC, "DE");
        Session session = new Session("token", "csrf", new Principal("somebody", null, Map.of("shop", role)), Instant.MAX);
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(Rendering.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> null);
        this.visit = new Visit(request, session, Map.of(), store, locale, null);
    }

    /**
     * The visit that fragments are rendered for.
     *
     * @return a visit without fields
     */
    public Visit visit() {
        return visit;
    }

    /**
     * Renders.
     *
     * @param template a fragment
     * @param view what it shows
     * @return HTML
     */
    public String html(String template, Object view) {
        return new Templates().render(template, visit, view);
    }
}
