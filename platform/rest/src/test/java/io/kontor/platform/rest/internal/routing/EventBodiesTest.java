package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.data.Events;
import io.kontor.platform.rest.internal.Readiness;
import io.kontor.platform.rest.internal.metrics.EventMetrics;
import io.kontor.platform.rest.internal.resources.EventsResource;
import io.kontor.platform.security.Access;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Stores;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventBodiesTest {

    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";

    private final List<Map<String, Object>> taken = new ArrayList<>();
    private final Router router = new Router(Fakes.make(Readiness.class), new RequestMetrics());

    EventBodiesTest() {
        router.access = Fakes.make(Access.class);
        router.stores = Fakes.make(Stores.class);
        Events events = (store, given) -> {
            taken.addAll(given);
            return new Events.Receipt(given.size(), 0, List.of());
        };
        router.addResource(new EventsResource(events, new EventMetrics()));
    }

    private Exchange send(String type, String body) {
        return new Exchange("POST", Router.PREFIX + "/stores/own/events", Map.of("Authorization", Fakes.key("own", Role.OPERATOR),
                "Content-Type", type), body.getBytes(StandardCharsets.UTF_8)).send(router);
    }

    @Test
    void takesAnArrayOfEventsAndEventsLineByLine() {
        assertEquals(202, send(JSON, "[{\"type\":\"view\"}, {\"type\":\"cart\"}]").status());
        assertEquals(202, send(LINES, "{\"type\":\"view\"}\n{\"type\":\"cart\"}\n").status());
        assertEquals(202, send(LINES, "{\"type\":\"purchase\",\"value\":1.5}").status());
        assertEquals(202, send(JSON, "[]").status());
        assertEquals(List.of("view", "cart", "view", "cart", "purchase"), taken.stream().map(event -> event.get("type")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "[{}", "[{}]]", "[{}] []", "[1]", "[{},null]", "[{\"a\":1,\"a\":2}]", "[{}{}]"})
    void refusesWhatIsNoArrayOfObjectsAndTakesNothingOfIt(String body) {
        Exchange exchange = send(JSON, body);
        assertEquals(400, exchange.status(), exchange::toString);
        assertEquals(List.of(), taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\n1", "{}\n[]", "{}\n]", "{} x"})
    void refusesLinesThatAreNoObjects(String body) {
        assertEquals(400, send(LINES, body).status());
        assertEquals(List.of(), taken);
    }

    @Test
    void refusesMoreThanARequestMayHave() {
        Exchange exchange = send(JSON, "[" + "{},".repeat(10_000) + "{}]");
        assertEquals(413, exchange.status());
        assertTrue(exchange.body().contains("10000"));
        assertEquals(List.of(), taken);
    }
}
