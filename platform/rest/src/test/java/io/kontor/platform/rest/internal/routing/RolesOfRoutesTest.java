package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.rest.internal.routing.Requires.Scope;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.HttpMethod;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks every route of every resource with every role, for the key's own store and for a foreign one. */
class RolesOfRoutesTest {

    private static final List<Resource> RESOURCES = Fakes.resources();
    private static final Router ROUTER = Fakes.router();

    static Stream<Route> routes() {
        return RESOURCES.stream().flatMap(resource -> Route.of(resource).stream());
    }

    private static Exchange call(Route route, String store, String key) {
        String path = String.join("/", route.template().stream().map(segment -> switch (segment) {
            case "{store}", "{job}" -> store;
            default -> segment.startsWith("{") ? "something" : segment;
        }).toList());
        Map<String, String> headers = key == null ? Map.of("Content-Type", "text/x-nothing")
                : Map.of("Content-Type", "text/x-nothing", "Authorization", key);
        return new Exchange(route.method(), Router.PREFIX + "/" + path, headers, new byte[0]).send(ROUTER);
    }

    private static boolean letIn(Exchange exchange) {
        return exchange.status() != 401 && exchange.status() != 403
                && !(exchange.status() == 404 && exchange.body().matches(".*There is no (store|job) .*"));
    }

    @Test
    void allHandlersOfAllResourcesAreRoutesAndEachIsOfItsOwn() {
        Set<String> shapes = new HashSet<>();
        routes().forEach(route -> {
            assertTrue(shapes.add(route.method() + " " + route.path().replaceAll("\\{[^/]*}", "{}")), route + " is there twice");
            assertNotNull(route.handler().getAnnotation(Describe.class), route.path() + " is not described");
        });
        long handlers = RESOURCES.stream().flatMap(resource -> Arrays.stream(resource.getClass().getDeclaredMethods()))
                .filter(method -> Arrays.stream(method.getAnnotations()).anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class)))
                .count();
        assertEquals(handlers, shapes.size());
        assertTrue(handlers >= 40, "only " + handlers);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void nobodyComesInWithoutAKeyButWhereTheRouteSaysSo(Route route) {
        for (String key : Arrays.asList(null, "Bearer wrong", "Basic b3duOmFkbWlu", "")) {
            Exchange exchange = call(route, Fakes.OWN, key);
            assertEquals(route.requires().scope() == Scope.OPEN, exchange.status() != 401, exchange::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aKeyOfOneStoreDoesThereWhatItsRoleAllows(Route route) {
        Scope scope = route.requires().scope();
        for (Role role : Role.values()) {
            Exchange exchange = call(route, Fakes.OWN, Fakes.key("own", role));
            boolean allowed = scope == Scope.OPEN || scope == Scope.ANY_KEY
                    || scope != Scope.EVERYWHERE && role.includes(route.requires().value());
            assertEquals(allowed, letIn(exchange), exchange::toString);
            assertEquals(allowed, exchange.status() != 403, exchange::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aKeyOfOneStoreLearnsNothingOfAnother(Route route) {
        Scope scope = route.requires().scope();
        if (scope == Scope.STORE || scope == Scope.JOB) {
            for (Role role : Role.values()) {
                Exchange foreign = call(route, Fakes.FOREIGN, Fakes.key("own", role));
                Exchange missing = call(route, "nosuch", Fakes.key("own", role));
                assertEquals(404, foreign.status(), foreign::toString);
                assertEquals(missing.body().replace("nosuch", Fakes.FOREIGN), foreign.body(), "there must be no telling them apart");
            }
        } else {
            assertFalse(route.path().contains("{store}"), route.path() + " names a store without asking for a role there");
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aKeyForAllStoresDoesWhatItsRoleAllows(Route route) {
        Scope scope = route.requires().scope();
        for (Role role : Role.values()) {
            Exchange exchange = call(route, Fakes.FOREIGN, Fakes.key("all", role));
            boolean allowed = scope == Scope.OPEN || scope == Scope.ANY_KEY || role.includes(route.requires().value());
            assertEquals(allowed, letIn(exchange), exchange::toString);
            assertEquals(allowed, exchange.status() != 403, exchange::toString);
        }
    }
}
