package io.kontor.distribution.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kontor.platform.testkit.server.KontorServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends what makes no sense to every route: a clear refusal each time, never a failure, and nothing changed in part. */
class MalformedRequestsIT {

    private static final List<String> BODIES = List.of("", "{", "[", "null", "42", "\"text\"", "[]", "{}", "{\"id\":}",
            "{\"nosuchfield\":1}", "{\"id\":{\"a\":[1]},\"name\":7,\"settings\":\"no\",\"customers\":3}", "[null]", "[[]]", "[{\"type\":1}]",
            "{\"id\":\"A B\",\"currency\":\"??\"}", "{\"a\":1,\"a\":2}", "{\"settings\":{\"nosuch\":1}}", "\u0000", "{\"id\":\"\\u0000\"}",
            "[".repeat(5000), "{\"version\":\"x.y\"}", "{\"seed\":\"one\"}", "{\"customers\":[null]}", "{\"customers\":[\"c\"],\"n\":-1}");
    private static final List<String> QUERIES = List.of("n=0", "n=x", "n=99999999999999999999", "limit=0", "limit=-5", "limit=x",
            "cursor=%F0%28", "n=1&n=2", "session=" + ",".repeat(10), "customer=%00", "state=nosuch", "entity=nosuch", "dryRun=maybe",
            "map=x", "customer=" + "x".repeat(3000), "%zz=1", "cursor=-1");

    @TempDir
    Path folder;

    @Test
    void noRouteFailsOnNonsense() throws Exception {
        try (KontorServer server = KontorServer.start(folder.resolve("data"), Map.of())) {
            Shop.create(server, "shop");
            server.importCsv("shop", "products", "id,title\np1,One\n");
            server.json("PUT", "/stores/shop/plugins/io.kontor.recommend.most-popular", "{}").expect(200);
            String before = state(server);
            List<String> faults = new ArrayList<>();
            int sent = 0;
            JsonNode paths = server.get("/openapi.json").expect(200).json().get("paths");
            List<String> routes = new ArrayList<>();
            paths.fieldNames().forEachRemaining(path -> paths.get(path).fieldNames().forEachRemaining(method ->
                    routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
            for (String route : routes) {
                String method = route.split(" ")[0];
                String template = route.split(" ")[1];
                String path = template.replace("{store}", "shop").replace("{plugin}", "io.kontor.recommend.most-popular")
                        .replace("{entity}", "orders").replaceAll("\\{[a-zA-Z]+}", "nosuch");
                if (method.equals("DELETE") && (path.equals("/stores/shop") || path.contains("/plugins/"))) {
                    continue;
                }
                for (String query : QUERIES) {
                    if (method.equals("GET") || query.startsWith("dryRun") || query.startsWith("map")) {
                        sent++;
                        note(faults, route + "?" + query, raw(server, method, path + "?" + query, method.equals("GET") ? null : "x"));
                    }
                }
                if (method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
                    for (String body : BODIES) {
                        if (harmless(template, body)) {
                            sent++;
                            note(faults, route + " " + body, server.json(method, path, body));
                        }
                    }
                }
            }
            assertTrue(sent >= 300, "only " + sent + " requests");
            assertEquals(List.of(), faults);
            assertEquals(before, state(server));
        }
    }

    /** What is well-formed there, and so not for this test. */
    private static boolean harmless(String template, String body) {
        boolean empty = body.equals("{}");
        return !(empty && (template.equals("/stores/{store}") || template.contains("/plugins/")))
                && !(body.equals("[]") && template.endsWith("/events")) && !(body.equals("[{\"type\":1}]") && template.endsWith("/events"));
    }

    private static void note(List<String> faults, String what, KontorServer.Answer answer) {
        boolean problem = answer.status() < 400
                || answer.raw().headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        if (answer.status() >= 500 || !problem || answer.body().contains("\tat ") || answer.body().contains("Exception")) {
            faults.add(what + " -> " + answer.status() + " " + answer.body());
        }
    }

    private static KontorServer.Answer raw(KontorServer server, String method, String path, String body) {
        Map<String, String> headers = new HashMap<>(Map.of("Authorization", "Bearer " + KontorServer.ADMIN_KEY));
        if (body != null) {
            headers.put("Content-Type", "text/csv");
        }
        String safe = path.replace("%zz", "%25zz");
        return server.send(method, safe, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static String state(KontorServer server) {
        return server.get("/stores").body() + server.get("/stores/shop/plugins").body() + server.get("/stores/shop/data").body()
                + server.get("/bundles").body() + server.get("/keys").body() + server.get("/users").body()
                + server.get("/stores/shop/models").body();
    }
}
