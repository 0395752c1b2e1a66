package io.kontor.platform.admin.internal.shell;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Component;

/** Sends who comes to {@code /} to the admin UI. */
@Component(service = Servlet.class, property = {"osgi.http.whiteboard.servlet.pattern=", "osgi.http.whiteboard.servlet.name=kontor-root"})
public final class RootRedirect extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Shell.redirect(response, Shell.PREFIX + "/");
    }
}
