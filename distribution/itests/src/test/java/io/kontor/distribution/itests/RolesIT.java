package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks every route of the API's own description with every role, for the key's own store and for a foreign one. */
class RolesIT {

    private static final List<String> ROLES = List.of("viewer", "analyst", "operator", "approver", "admin");

    @TempDir
    static Path folder;
    private static KontorServer server;
    private static final Map<String, String> OWN = new LinkedHashMap<>();
    private static final Map<String, String> EVERYWHERE = new LinkedHashMap<>();
    private static final List<Route> ROUTES = new ArrayList<>();

    private record Route(String method, String path, String role) {

        String at(String store) {
            return path.replace("{store}", store).replaceAll("\\{[a-zA-Z]+}", "nosuch");
        }

        boolean ofStore() {
            return path.contains("{store}");
        }
    }

    @BeforeAll
    static void start() throws Exception {
        server = KontorServer.start(folder.resolve("data"), Map.of());
        Shop.create(server, "own");
        Shop.create(server, "foreign");
        for (String role : ROLES) {
            OWN.put(role, key("{\"name\":\"own " + role + "\",\"stores\":{\"own\":\"" + role + "\"}}"));
            EVERYWHERE.put(role, key("{\"name\":\"all " + role + "\",\"role\":\"" + role + "\"}"));
        }
        JsonNode paths = server.get("/openapi.json").expect(200).json().get("paths");
        paths.fieldNames().forEachRemaining(path -> paths.get(path).fieldNames().forEachRemaining(method ->
                ROUTES.add(new Route(method.toUpperCase(java.util.Locale.ROOT), path, paths.get(path).get(method).get("x-role").asText()))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String key(String wanted) {
        return server.json("POST", "/keys", wanted).expect(201).json().get("key").asText();
    }

    /** A body that every route refuses after the check of the role: of a type that none takes. */
    private static int status(Route route, String store, String key) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "text/x-nothing");
        if (key != null) {
            headers.put("Authorization", "Bearer " + key);
        }
        byte[] body = route.method().equals("GET") || route.method().equals("DELETE") ? null : "?".getBytes(StandardCharsets.UTF_8);
        return server.send(route.method(), route.at(store), body, headers).status();
    }

    @Test
    void theDescriptionListsAllRoutes() {
        assertTrue(ROUTES.size() >= 30, "only " + ROUTES.size() + " routes");
    }

    @Test
    void nobodyGetsInWithoutAKeyOrWithAWrongOne() {
        for (Route route : ROUTES) {
            if (!route.role().equals("none")) {
                assertEquals(401, status(route, "own", null), route.toString());
                assertEquals(401, status(route, "own", "kontor_wrong"), route.toString());
            }
        }
    }

    @Test
    void aKeyOfOneStoreDoesWhatItsRoleAllowsThereAndLearnsNothingOfOthers() {
        int walked = 0;
        for (Route route : ROUTES) {
            if (route.ofStore() && !(route.method().equals("DELETE") && route.path().equals("/stores/{store}"))) {
                for (String role : ROLES) {
                    boolean allowed = ROLES.indexOf(role) >= ROLES.indexOf(route.role());
                    int own = status(route, "own", OWN.get(role));
                    assertEquals(!allowed, own == 403, route + " as " + role + " gave " + own);
                    assertTrue(own < 500 && own != 401, route + " as " + role + " gave " + own);
                    assertEquals(404, status(route, "foreign", OWN.get(role)), route + " as " + role + " of another store");
                    assertEquals(404, status(route, "nosuch", OWN.get(role)), route + " as " + role + " of no store");
                    walked++;
                }
            }
        }
        assertTrue(walked >= 60, "only " + walked + " cases");
    }

    @Test
    void whatBelongsToNoStoreNeedsARoleForAllStores() {
        for (Route route : ROUTES) {
            if (!route.ofStore() && !route.role().equals("none") && !route.role().equals("any") && !route.path().contains("{job}")) {
                for (String role : ROLES) {
                    boolean allowed = ROLES.indexOf(role) >= ROLES.indexOf(route.role());
                    assertEquals(403, status(route, "own", OWN.get(role)), route + " with a key of one store");
                    int all = status(route, "own", EVERYWHERE.get(role));
                    assertEquals(!allowed, all == 403, route + " as " + role + " gave " + all);
                }
            }
        }
    }

    @Test
    void listsShowOnlyWhatTheKeyMaySee() {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + OWN.get("viewer"));
        JsonNode stores = server.send("GET", "/stores", null, headers).expect(200).json().get("items");
        assertEquals(1, stores.size(), stores.toString());
        assertEquals("own", stores.get(0).get("id").asText());
        server.importCsv("foreign", "products", "id,title\np1,One\n");
        server.send("GET", "/jobs", null, headers).expect(200).json().get("items").forEach(job ->
                assertEquals("own", job.get("store").asText(), job.toString()));
        String job = server.get("/jobs?store=foreign").expect(200).json().get("items").get(0).get("id").asText();
        assertEquals(404, server.send("GET", "/jobs/" + job, null, headers).status());
        assertEquals(404, server.send("GET", "/jobs?store=foreign", null, headers).status());
    }
}
