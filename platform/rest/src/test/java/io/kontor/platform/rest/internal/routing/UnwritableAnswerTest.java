package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UnwritableAnswerTest {

    /** An answer whose writing fails. */
    public static final class Broken {

        /** Fails. */
        public String getName() {
            throw new UnsupportedOperationException("on purpose");
        }
    }

    /** Answers with it. */
    @Path("broken")
    public static final class BrokenResource implements Resource {

        /** Answers. */
        @GET
        @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
        @Describe("Answers what cannot be written.")
        public Broken get() {
            return new Broken();
        }
    }

    @Test
    void isAProblemThatTellsNothingOfTheInside() throws Exception {
        Router router = Fakes.router();
        router.addResource(new BrokenResource());
        Exchange exchange = new Exchange("GET", Router.PREFIX + "/broken", Map.of("Authorization", Fakes.key("all", Role.ADMIN)), new byte[0])
                .send(router);
        assertEquals(500, exchange.status());
        assertEquals("application/problem+json", exchange.header("Content-Type"));
        assertEquals(500, Json.MAPPER.readValue(exchange.body(), Map.class).get("status"));
        assertFalse(exchange.body().contains("on purpose"));
    }
}
