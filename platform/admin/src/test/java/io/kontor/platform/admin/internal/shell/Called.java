package io.kontor.platform.admin.internal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.security.Role;
import java.io.IOException;
import java.util.Map;

/** Calls pages as the shell does: by the address, for visitors who have the role. */
public final class Called {

    private Called() {
    }

    /**
     * Calls a page.
     *
     * @param pages the pages
     * @param role of the visitor
     * @param method GET or POST
     * @param address the route's pattern
     * @param path the address's variables
     * @param fields names and values in turn
     * @return the answer
     * @throws IOException when the request cannot be read
     */
    public static Answer page(Pages pages, Role role, String method, String address, Map<String, String> path, String... fields)
            throws IOException {
        Visit visit = Visits.posted(role, path, fields);
        Route route = pages.routes().stream().filter(each -> each.method().equals(method) && each.pattern().equals(Route.segments(address)))
                .findFirst().orElseThrow();
        assertTrue(route.role() == null || visit.may(route.role()), () -> role + " may not " + method + " " + address);
        return route.handler().answer(visit);
    }

    /**
     * What a page shows.
     *
     * @param answer of the page
     * @param status the expected status
     * @param type of the view
     * @param <T> of the view
     * @return the view
     */
    public static <T> T view(Answer answer, int status, Class<T> type) {
        Answer.Html html = (Answer.Html) answer;
        assertEquals(status, html.status());
        return type.cast(html.view());
    }
}
