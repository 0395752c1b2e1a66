package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.security.Role;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No body where one could be: a command is carried out as if it had no fields. */
final class MissingBodyTest {

    /**
     * How to ring.
     *
     * @param times how often; once when missing
     */
    public record Ringing(Integer times) {
    }

    /** Takes bodies. */
    @Path("bell")
    public static final class Bell implements Resource {

        /** Rings. */
        @POST
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        @Describe("Rings.")
        public Map<String, Integer> ring(Ringing ringing) {
            return Map.of("rang", ringing.times() == null ? 1 : ringing.times());
        }

        /** Replaces. */
        @PUT
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        @Describe("Replaces.")
        public Ringing put(Ringing ringing) {
            return ringing;
        }

        /** Rings a tune. */
        @POST
        @Path("tune")
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        @Describe("Rings a tune.")
        public List<Integer> tune(List<Integer> tune) {
            return tune;
        }
    }

    private static Exchange send(String method, String path, String type, String body) {
        Router router = Fakes.router();
        router.addResource(new Bell());
        Map<String, String> headers = type == null ? Map.of("Authorization", Fakes.key("all", Role.ADMIN))
                : Map.of("Authorization", Fakes.key("all", Role.ADMIN), "Content-Type", type);
        return new Exchange(method, Router.PREFIX + path, headers, body.getBytes(StandardCharsets.UTF_8)).send(router);
    }

    @Test
    void isACommandWithoutFields() {
        assertEquals("{\"rang\":1}", send("POST", "/bell", null, "").body());
        assertEquals("{\"rang\":1}", send("POST", "/bell", "application/x-www-form-urlencoded", "").body());
        assertEquals("{\"rang\":3}", send("POST", "/bell", "application/json", "{\"times\": 3}").body());
    }

    @Test
    void isRefusedWhereSomethingMustBeSaid() {
        assertEquals(415, send("POST", "/bell", null, "{}").status());
        assertEquals(415, send("PUT", "/bell", null, "").status());
        assertEquals(400, send("PUT", "/bell", "application/json", "").status());
        assertTrue(send("POST", "/bell/tune", "application/json", "").body().contains("needs a JSON body"));
    }
}
