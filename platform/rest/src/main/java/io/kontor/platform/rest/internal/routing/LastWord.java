package io.kontor.platform.rest.internal.routing;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;

/**
 * Answers every address that has nobody else any more while the server stops: the bundles that answer go before the one that listens, and
 * whoever asks in between should not be told that there is nothing.
 */
public final class LastWord extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient AnswerWriter writer = new AnswerWriter();

    /**
     * Makes it answer.
     *
     * @param listener context of the bundle that listens, so that it answers for as long as that does
     */
    public static void say(BundleContext listener) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", "/*");
        properties.put("osgi.http.whiteboard.servlet.name", "kontor-stopping");
        properties.put("service.ranking", Integer.MIN_VALUE);
        listener.registerService(Servlet.class, new LastWord(), properties);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        writer.problem(response, Problem.stopping());
    }
}
