package io.kontor.platform.admin.internal.shell;

import io.kontor.platform.security.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Locale;

/** What visitors choose for themselves. Language and look lie in cookies, as they belong to a browser, not to a user. */
final class Preferences {

    /** The cookie with {@code light} or {@code dark}. */
    static final String THEME = "kontor-theme";
    /** The cookie with the language's tag. */
    static final String LANGUAGE = "kontor-language";

    private static final int YEAR = 365 * 24 * 3600;

    private Preferences() {
    }

    /** Does what visitors ask for themselves: another language, another look, or to log out. */
    static void take(HttpServletRequest request, HttpServletResponse response, Sessions sessions) {
        keep(request, response, LANGUAGE, "language");
        keep(request, response, THEME, "theme");
        String back = request.getParameter("back");
        if (request.getParameter("logout") != null) {
            Gate.leave(request, response, sessions);
            back = null;
        }
        Shell.redirect(response, Shell.PREFIX + (back != null && back.startsWith("/") ? back : "/"));
    }

    private static void keep(HttpServletRequest request, HttpServletResponse response, String cookie, String field) {
        String value = request.getParameter(field);
        if (value != null && value.matches("[a-zA-Z-]{0,20}")) {
            response.addCookie(Gate.cookie(request, cookie, value, value.isEmpty() ? 0 : YEAR));
        }
    }

    /** The visitor's choice, else the first language of the browser that the pages speak, else English. */
    static Locale locale(HttpServletRequest request) {
        String chosen = Gate.cookie(request, LANGUAGE);
        if (chosen != null) {
            Locale locale = spoken(Locale.forLanguageTag(chosen));
            if (locale != null) {
                return locale;
            }
        }
        for (Locale wanted : Collections.list(request.getLocales())) {
            Locale locale = spoken(wanted);
            if (locale != null) {
                return locale;
            }
        }
        return Texts.LANGUAGES.get(0);
    }

    private static Locale spoken(Locale wanted) {
        return Texts.LANGUAGES.stream().filter(each -> each.getLanguage().equals(wanted.getLanguage())).findFirst().orElse(null);
    }
}
