package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.platform.security.AuditLog;
import io.kontor.platform.security.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditedRequestsTest {

    private final List<AuditLog.Entry> noted = new ArrayList<>();
    private final Router router = Fakes.router();

    AuditedRequestsTest() {
        router.audit = new AuditLog() {

            @Override
            public void note(Entry entry) {
                noted.add(entry);
            }

            @Override
            public List<Noted> list(String store, Instant from, Instant to, long before, int limit) {
                return List.of();
            }
        };
    }

    private Exchange send(String method, String path, String key, String type, String body) {
        return new Exchange(method, Router.PREFIX + path, Map.of("Authorization", key, "Content-Type", type),
                body.getBytes(StandardCharsets.UTF_8)).send(router);
    }

    private AuditLog.Entry only() {
        assertEquals(1, noted.size(), noted::toString);
        return noted.get(0);
    }

    @Test
    void notesWhoChangedWhatAndHowItEnded() {
        Exchange exchange = send("DELETE", "/stores/own/schedules/nightly", Fakes.key("own", Role.OPERATOR), "", "");
        assertEquals(204, exchange.status());
        assertEquals(new AuditLog.Entry(only().time(), "key own", "DELETE /stores/{store}/schedules/{schedule}", "own", "schedule=nightly", 204),
                only());
    }

    @Test
    void notesWhatWasRefused() {
        assertEquals(403, send("DELETE", "/stores/own", Fakes.key("own", Role.VIEWER), "", "").status());
        assertEquals(403, only().status());
    }

    @Test
    void notesWhereToFindWhatWasMade() {
        assertEquals(201, send("POST", "/stores", Fakes.key("all", Role.ADMIN), "application/json", "{\"id\":\"new\"}").status());
        assertEquals("made=/stores/new", only().subject());
    }

    @Test
    void doesNotNoteWhoAPersonIs() {
        send("DELETE", "/stores/own/customers/jane@example.com", Fakes.key("own", Role.ADMIN), "", "");
        assertEquals("DELETE /stores/{store}/customers/{customer}", only().action());
        assertEquals("own", only().store());
        assertEquals(false, only().toString().contains("jane"));
    }

    @Test
    void doesNotNoteWhatChangesNothingOrComesFromNobodyOrAllDayLong() {
        send("GET", "/stores", Fakes.key("all", Role.ADMIN), "", "");
        send("DELETE", "/stores/own", "Bearer wrong", "", "");
        send("DELETE", "/nothing", Fakes.key("all", Role.ADMIN), "", "");
        send("POST", "/stores/own/events", Fakes.key("all", Role.ADMIN), "application/json", "[]");
        send("POST", "/stores/own/recommendations/batch", Fakes.key("all", Role.ADMIN), "application/json", "{\"customers\":[]}");
        assertEquals(List.of(), noted);
    }
}
