package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.platform.security.Role;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A body where none is wanted: the connection must serve the next request, or the client must be told that it ends. */
final class UnwantedBodyTest {

    /** Takes no body. */
    @Path("bell")
    public static final class Bell implements Resource {

        /** Rings. */
        @POST
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        @Describe("Rings.")
        public Map<String, String> ring() {
            return Map.of("rang", "yes");
        }
    }

    private static Exchange ring(int bytes) {
        Router router = Fakes.router();
        router.addResource(new Bell());
        return new Exchange("POST", Router.PREFIX + "/bell", Map.of("Authorization", Fakes.key("all", Role.ADMIN)), new byte[bytes])
                .send(router);
    }

    @Test
    void isReadToItsEndWhenItIsSmall() {
        Exchange exchange = ring(5_000);
        assertEquals(200, exchange.status());
        assertEquals(0, exchange.unread());
        assertEquals("", exchange.header("Connection"));
    }

    @Test
    void endsTheConnectionWhenItIsLarge() {
        Exchange exchange = ring(1_000_000);
        assertEquals(200, exchange.status());
        assertEquals("close", exchange.header("Connection"));
    }
}
