package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People with a password: added, changed, given another password and removed over the API, and let in by it. */
class UsersIT {

    @TempDir
    static Path folder;
    private static KontorServer server;

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of("KONTOR_ADMIN_PASSWORD", "a password for admin"));
        Shop.create(server, "berlin");
        Shop.create(server, "paris");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static KontorServer.Answer as(String name, String password, String path) {
        String pair = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return server.send("GET", path, null, Map.of("Authorization", "Basic " + pair));
    }

    private static KontorServer.Answer once(String path, String body) {
        return server.send("POST", path, body.getBytes(StandardCharsets.UTF_8), Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY,
                "Content-Type", "application/json", "Idempotency-Key", "once " + path));
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        server.get("/users").expect(200).json().get("items").forEach(user -> names.add(user.get("name").asText()));
        return names;
    }

    @Test
    void aUserComesInWithTheRolesOfTheMomentUntilRemoved() {
        JsonNode added = server.json("POST", "/users", "{\"name\":\"zoe@shop\",\"stores\":{\"berlin\":\"operator\"}}").expect(201).json();
        String password = added.get("password").asText();
        assertEquals("{\"berlin\":\"operator\"}", added.get("stores").toString());
        assertTrue(added.get("role").isNull());
        as("zoe@shop", password, "/stores/berlin").expect(200);
        as("zoe@shop", password, "/stores/paris").expect(404);
        as("zoe@shop", password, "/users").expect(403);
        server.json("PATCH", "/users/zoe@shop", "{\"role\":\"admin\"}").expect(200);
        JsonNode users = as("zoe@shop", password, "/users").expect(200).json().get("items");
        assertEquals(List.of(), users.findValues("password"), "no password is shown again");
        assertEquals("{\"berlin\":\"operator\"}", server.json("PATCH", "/users/zoe@shop", "{\"role\":\"none\"}").expect(200).json()
                .get("stores").toString());
        as("zoe@shop", password, "/users").expect(403);
        server.json("PATCH", "/users/zoe@shop", "{\"stores\":{}}").expect(422);
        String reset = server.send("POST", "/users/zoe@shop/password", null, (String) null).expect(200).json().get("password").asText();
        as("zoe@shop", password, "/stores/berlin").expect(401);
        as("zoe@shop", reset, "/stores/berlin").expect(200);
        server.send("DELETE", "/users/zoe@shop", null, (String) null).expect(204);
        as("zoe@shop", reset, "/stores/berlin").expect(401);
        assertFalse(names().contains("zoe@shop"));
    }

    @Test
    void whatCannotBeIsRefusedByField() {
        for (String body : List.of("{\"role\":\"admin\"}", "{\"name\":\"Z:oe\",\"role\":\"admin\"}",
                "{\"name\":\"zoe\",\"role\":\"owner\"}", "{\"name\":\"zoe\"}",
                "{\"name\":\"zoe\",\"stores\":{\"nosuch\":\"viewer\"}}", "{\"name\":\"zoe\",\"stores\":{\"paris\":null}}")) {
            assertTrue(server.json("POST", "/users", body).expect(422).json().get("errors").get(0).has("field"), body);
        }
        server.json("POST", "/users", "{\"name\":\"admin\",\"role\":\"viewer\"}").expect(409);
        server.json("PATCH", "/users/admin", "{\"role\":\"viewer\"}").expect(409);
        server.send("DELETE", "/users/admin", null, (String) null).expect(409);
        server.json("PATCH", "/users/nobody", "{\"role\":\"viewer\"}").expect(404);
        server.send("POST", "/users/nobody/password", null, (String) null).expect(404);
        server.send("DELETE", "/users/nobody", null, (String) null).expect(404);
        as("admin", "a password for admin", "/users").expect(200);
    }

    @Test
    void aSecretIsNotKeptForThoseWhoAskAgain() {
        for (String body : List.of("{\"name\":\"li\",\"role\":\"viewer\"}", "{\"name\":\"till\",\"role\":\"viewer\"}")) {
            String path = body.contains("till") ? "/keys" : "/users";
            String secret = body.contains("till") ? "key" : "password";
            assertFalse(once(path, body).expect(201).json().get(secret).asText().isEmpty());
            KontorServer.Answer again = once(path, body).expect(201);
            assertEquals("true", again.raw().headers().firstValue("Idempotent-Replayed").orElse(""));
            assertFalse(again.json().has(secret), again.body());
        }
        assertEquals(1, names().stream().filter("li"::equals).count());
    }

    @Test
    void theRolesOfADeletedStoreDoNotComeBackWithAnotherOfThatName() {
        Shop.create(server, "rome");
        String body = "{\"name\":\"rico\",\"stores\":{\"rome\":\"admin\",\"paris\":\"viewer\"}}";
        String password = server.json("POST", "/users", body).expect(201).json().get("password").asText();
        as("rico", password, "/stores/rome").expect(200);
        server.send("DELETE", "/stores/rome", null, (String) null).expect(204);
        Shop.create(server, "rome");
        as("rico", password, "/stores/rome").expect(404);
        as("rico", password, "/stores/paris").expect(200);
    }
}
