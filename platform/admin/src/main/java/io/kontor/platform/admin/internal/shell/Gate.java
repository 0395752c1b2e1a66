package io.kontor.platform.admin.internal.shell;

import io.kontor.platform.security.Sessions;
import io.kontor.platform.security.Sessions.Session;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets in who is logged in, and refuses changes that another site's page has sent. */
final class Gate {

    /** The form field with the session's token. */
    static final String FIELD = "_csrf";

    private static final String COOKIE = "kontor-session";
    private static final String HEADER = "X-CSRF-Token";

    private Gate() {
    }

    static Optional<Session> session(HttpServletRequest request, Sessions sessions) {
        return Optional.ofNullable(cookie(request, COOKIE)).flatMap(sessions::find);
    }

    static String cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(name)) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    static void enter(HttpServletRequest request, HttpServletResponse response, Session session) {
        response.addCookie(cookie(request, COOKIE, session.token(), -1));
    }

    static void leave(HttpServletRequest request, HttpServletResponse response, Sessions sessions) {
        String token = cookie(request, COOKIE);
        if (token != null) {
            sessions.close(token);
        }
        response.addCookie(cookie(request, COOKIE, "", 0));
    }

    static Cookie cookie(HttpServletRequest request, String name, String value, int seconds) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath(Shell.PREFIX);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Strict");
        cookie.setMaxAge(seconds);
        return cookie;
    }

    /** Whether a change may come from where it comes: what browsers say of the page that sends it. */
    static boolean sameOrigin(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin")) {
            return false;
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return site != null;
        }
        try {
            return request.getHeader("Host").equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a change comes from a page of this server and carries the session's token. */
    static boolean mayChange(HttpServletRequest request, Session session) {
        return sameOrigin(request) && carriesToken(request, session);
    }

    /** The token is in a header or in a form field. */
    private static boolean carriesToken(HttpServletRequest request, Session session) {
        String token = request.getHeader(HEADER);
        if (token == null) {
            token = request.getParameter(FIELD);
        }
        return token != null && MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8));
    }
}
