package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    /** A resource with the kinds of routes there are. */
    @Path("things")
    public static final class Things implements Resource {

        /** A thing in JSON. */
        public record Thing(String id, int size, List<String> parts, Instant made) {
        }

        @GET
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        public List<Thing> list(@QueryParam("limit") @DefaultValue("7") int limit) {
            return List.of();
        }

        @GET
        @Path("special")
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        public String special() {
            return "special";
        }

        @GET
        @Path("{id}")
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        public Thing find(@PathParam("id") String id) {
            return new Thing(id, 1, List.of(), Instant.EPOCH);
        }

        @GET
        @Path("special/{name: .+}")
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        public String within(@PathParam("name") String name) {
            return name;
        }

        @POST
        @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
        @Describe(value = "Makes a thing.", status = 201)
        public Reply<Thing> create(Thing thing) {
            return Reply.of(201, thing);
        }
    }

    /** A resource that forgot to say who may call it. */
    @Path("careless")
    public static final class Careless implements Resource {

        @GET
        public String all() {
            return "everything";
        }
    }

    private final RouteTable table = new RouteTable(List.of()).plus(Route.of(new Things()));

    @Test
    void prefersLiteralsToParameters() {
        assertEquals("special", table.find("GET", List.of("things", "special")).route().handler().getName());
        RouteTable.Match match = table.find("GET", List.of("things", "t1"));
        assertEquals("find", match.route().handler().getName());
        assertEquals(Map.of("id", "t1"), match.parameters());
    }

    @Test
    void aLastParameterMayTakeAllThatIsLeft() {
        assertEquals(Map.of("name", "a/b c"), table.find("GET", List.of("things", "special", "a", "b c")).parameters());
        assertEquals(Map.of("name", "a"), table.find("GET", List.of("things", "special", "a")).parameters());
        assertEquals("/things/special/{name}", table.find("GET", List.of("things", "special", "a")).route().path());
        assertNull(table.find("GET", List.of("things", "other", "a")));
    }

    @Test
    void knowsTheMethodsOfAPath() {
        assertEquals(Set.of("GET", "POST"), table.methods(List.of("things")));
        assertEquals(Set.of(), table.methods(List.of("nothing")));
        assertNull(table.find("DELETE", List.of("things")));
    }

    @Test
    void aRemovedResourceLeavesNoRoute() {
        Things things = new Things();
        RouteTable both = table.plus(Route.of(things));
        assertNotNull(both.minus(things).find("GET", List.of("things")));
        assertTrue(new RouteTable(Route.of(things)).minus(things).routes().isEmpty());
    }

    @Test
    void refusesAResourceThatDoesNotSayWhoMayCallIt() {
        assertThrows(IllegalArgumentException.class, () -> Route.of(new Careless()));
    }

    @Test
    @SuppressWarnings("unchecked")
    void describesRoutesParametersBodiesAndAnswers() {
        Map<String, Object> document = new OpenApi(table.routes()).document();
        Map<String, Map<String, Map<String, Object>>> paths = (Map<String, Map<String, Map<String, Object>>>) document.get("paths");
        assertEquals(Set.of("/things", "/things/special", "/things/special/{name}", "/things/{id}"), paths.keySet());
        Map<String, Object> create = paths.get("/things").get("post");
        assertEquals("admin", create.get("x-role"));
        assertTrue(((Map<String, Object>) create.get("responses")).containsKey("201"));
        assertTrue(create.get("requestBody").toString().contains("#/components/schemas/Thing"));
        List<Map<String, Object>> parameters = (List<Map<String, Object>>) paths.get("/things").get("get").get("parameters");
        assertEquals(Map.of("type", "integer", "default", 7), parameters.get(0).get("schema"));
        assertTrue(document.get("components").toString().contains("made={type=string, format=date-time}"), document.toString());
    }
}
