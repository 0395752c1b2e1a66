package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.rest.internal.routing.Json;
import io.kontor.platform.rest.internal.routing.Router;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The OpenAPI description, made from the routes that serve at this moment. */
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=" + Router.PREFIX + "/openapi.json")
public final class DescriptionServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Router router;

    /**
     * Made by Declarative Services.
     *
     * @param router knows the routes
     */
    @Activate
    public DescriptionServlet(@Reference Router router) {
        this.router = router;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(Json.MAPPER.writeValueAsBytes(router.describe()));
    }
}
