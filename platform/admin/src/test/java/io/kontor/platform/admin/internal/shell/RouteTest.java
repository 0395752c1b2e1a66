package io.kontor.platform.admin.internal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.security.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static final Route JOB = Route.get("/stores/{store}/jobs/{job}", Role.VIEWER, visit -> Answer.to("/"));

    @Test
    void takesTheVariablesOutOfThePath() {
        assertEquals(Map.of("store", "berlin", "job", "4711"), JOB.match(List.of("stores", "berlin", "jobs", "4711")).orElseThrow());
    }

    @Test
    void matchesOnlyPathsOfItsShape() {
        assertTrue(JOB.match(List.of("stores", "berlin", "jobs")).isEmpty());
        assertTrue(JOB.match(List.of("stores", "berlin", "models", "4711")).isEmpty());
        assertTrue(JOB.match(List.of("stores", "berlin", "jobs", "4711", "log")).isEmpty());
    }

    @Test
    void countsFixedSegmentsSoThatTheNarrowerRouteWins() {
        assertTrue(Route.get("/installation/stores/new", Role.ADMIN, visit -> Answer.to("/")).fixed() > JOB.fixed());
        assertEquals(List.of(), Route.segments("/"));
    }
}
