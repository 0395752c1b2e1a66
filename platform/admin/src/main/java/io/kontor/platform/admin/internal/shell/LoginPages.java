package io.kontor.platform.admin.internal.shell;

import io.kontor.api.KontorException;
import io.kontor.platform.security.Sessions;
import io.kontor.platform.security.Sessions.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The page that asks for name and password: the only one that everybody may see. */
final class LoginPages {

    private final Sessions sessions;
    private final Templates templates;
    private final Assets assets;

    LoginPages(Sessions sessions, Templates templates, Assets assets) {
        this.sessions = sessions;
        this.templates = templates;
        this.assets = assets;
    }

    void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"POST".equals(request.getMethod())) {
            show(request, response, 200, null);
        } else if (!Gate.sameOrigin(request)) {
            show(request, response, 403, "shell.forged");
        } else {
            enter(request, response);
        }
    }

    private void enter(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        String password = request.getParameter("password");
        try {
            Optional<Session> session = name == null || password == null ? Optional.empty()
                    : sessions.open(name.strip(), password, request.getRemoteAddr());
            if (session.isEmpty()) {
                show(request, response, 401, "shell.login.wrong");
                return;
            }
            Gate.enter(request, response, session.get());
            Shell.redirect(response, next(request));
        } catch (KontorException e) {
            if (e.kind() != KontorException.Kind.CAPACITY) {
                throw e;
            }
            show(request, response, 429, "shell.login.often");
        }
    }

    /** Where the visitor wanted to go; only ever an address of this UI. */
    private static String next(HttpServletRequest request) {
        String next = request.getParameter("next");
        return next != null && next.startsWith(Shell.PREFIX + "/") && !next.contains("\\") ? next : Shell.PREFIX + "/";
    }

    private void show(HttpServletRequest request, HttpServletResponse response, int status, String fault) throws IOException {
        Locale locale = Preferences.locale(request);
        Texts texts = new Texts(locale);
        String theme = Gate.cookie(request, Preferences.THEME);
        String name = request.getParameter("name");
        response.setStatus(status);
        Shell.write(response, templates.render("layout/login", null, new LoginView(texts, locale, assets::address, next(request),
                name == null ? "" : name, fault == null ? "" : texts.get(fault), theme == null ? "" : theme)));
    }
}
