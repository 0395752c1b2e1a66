package io.kontor.platform.rest.internal.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All routes at a moment. Immutable: a resource that comes or goes makes a new table, and running requests keep theirs. */
final class RouteTable {

    /** A route that fits, with the parameters of the path. */
    record Match(Route route, Map<String, String> parameters) {
    }

    private final List<Route> routes;
    private final Map<String, List<Route>> byMethod;

    RouteTable(List<Route> routes) {
        List<Route> sorted = new ArrayList<>(routes);
        sorted.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
        sorted.sort(Comparator.comparingLong(Route::literals).reversed());
        this.routes = List.copyOf(sorted);
        this.byMethod = sorted.stream().collect(Collectors.groupingBy(Route::method));
    }

    RouteTable plus(List<Route> more) {
        List<Route> all = new ArrayList<>(routes);
        all.addAll(more);
        return new RouteTable(all);
    }

    RouteTable minus(Resource resource) {
        return new RouteTable(routes.stream().filter(r -> r.target() != resource).toList());
    }

    List<Route> routes() {
        return routes;
    }

    /** The route of the method that fits best, or null. */
    Match find(String method, List<String> path) {
        for (Route route : byMethod.getOrDefault(method, List.of())) {
            Map<String, String> parameters = route.match(path);
            if (parameters != null) {
                return new Match(route, parameters);
            }
        }
        return null;
    }

    /** The methods that the path has. */
    Set<String> methods(List<String> path) {
        Set<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (route.match(path) != null) {
                methods.add(route.method());
            }
        }
        return methods;
    }
}
