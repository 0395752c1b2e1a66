package io.kontor.platform.rest.internal.routing;

import io.kontor.platform.jobs.Starter;
import io.kontor.platform.security.Principal;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request as a resource sees it beyond its declared parameters: who asks, in which language, headers, and a body to be streamed. */
public final class Call {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

    private final HttpServletRequest request;
    private final Principal principal;
    private final Map<String, List<String>> query;

    private final RouteTable table;

    Call(HttpServletRequest request, Principal principal, Map<String, List<String>> query, RouteTable table) {
        this.request = request;
        this.table = table;
        this.principal = principal;
        this.query = query;
    }

    /**
     * Who asks.
     *
     * @return the principal; null on open routes
     */
    public Principal principal() {
        return principal;
    }

    /**
     * Who asks, as jobs remember it.
     *
     * @return the account or the key
     */
    public Starter starter() {
        return Starter.of(principal.name());
    }

    /**
     * The language for titles and sentences.
     *
     * @return English unless Chinese is preferred
     */
    public Locale locale() {
        String accepted = request.getHeader("Accept-Language");
        if (accepted == null) {
            return Locale.ENGLISH;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(accepted), LANGUAGES);
            return best == null ? Locale.ENGLISH : best;
        } catch (IllegalArgumentException unreadable) {
            return Locale.ENGLISH;
        }
    }

    /**
     * A header.
     *
     * @param name its name
     * @return its value; null when missing
     */
    public String header(String name) {
        return request.getHeader(name);
    }

    /**
     * The body as it comes.
     *
     * @return the stream
     * @throws IOException when the connection breaks
     */
    public InputStream body() throws IOException {
        return request.getInputStream();
    }

    /**
     * How long the caller wants to wait for a job to finish.
     *
     * @return seconds of {@code Prefer: wait=}, at most 60; 0 when not asked for
     */
    public long waitSeconds() {
        String prefer = request.getHeader("Prefer");
        if (prefer == null) {
            return 0;
        }
        return Arrays.stream(prefer.split(",")).map(String::strip).filter(p -> p.matches("wait=\\d{1,6}"))
                .mapToLong(p -> Math.min(60, Long.parseLong(p.substring(5)))).findFirst().orElse(0);
    }

    /**
     * The description of all routes as they are at this moment.
     *
     * @return an OpenAPI document as a tree
     */
    public Map<String, Object> describeRoutes() {
        return new OpenApi(table.routes()).document();
    }

    /**
     * A query parameter that may be repeated.
     *
     * @param name its name
     * @return its values; empty when missing
     */
    public List<String> query(String name) {
        return query.getOrDefault(name, List.of());
    }
}
