package io.kontor.source.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.testkit.data.CollectedRecords;
import io.kontor.platform.testkit.data.SampleJob;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSourceTest {

    private static final String ITEM = "{\"id\":\"%s\",\"updatedAt\":\"2025-01-01T00:00:%02dZ\",\"customer\":{\"id\":\"c%d\"},"
            + "\"lines\":[{\"sku\":\"a\",\"cents\":999},{\"sku\":\"b\",\"cents\":1}]}";

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Api api;

    /** Answers a request. */
    private interface Api {

        void answer(HttpExchange exchange, String body) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            synchronized (asked) {
                asked.add(exchange.getRequestURI() + (body.isEmpty() ? "" : " " + body));
            }
            try (exchange) {
                api.answer(exchange, body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static void say(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String items(int from, int until) {
        StringBuilder items = new StringBuilder("[");
        for (int i = from; i < until; i++) {
            items.append(i == from ? "" : ",").append(ITEM.formatted("o" + i, i % 60, i));
        }
        return items.append(']').toString();
    }

    private static String parameter(HttpExchange exchange, String name) {
        for (String pair : exchange.getRequestURI().getQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    private WebSource source(Map<String, Object> given) {
        return source("127.0.0.1", given);
    }

    private WebSource source(String allowed, Map<String, Object> given) {
        Map<String, Object> values = new HashMap<>(Map.of("url", url(), "perSecond", 1000.0, "each", new String[] {"orders=lines"}));
        values.putAll(given);
        WebSettings settings = (WebSettings) Proxy.newProxyInstance(WebSource.class.getClassLoader(),
                new Class<?>[] {WebSettings.class}, (proxy, method, arguments) -> {
                    Object value = values.get(method.getName());
                    return value == null ? method.getDefaultValue() : method.getReturnType().isArray() && value instanceof String line
                            ? new String[] {line} : value;
                });
        return new WebSource(new AddressGuard(allowed, InetAddress::getAllByName), pauses::add, settings);
    }

    private static List<String> ids(CollectedRecords sink) {
        return sink.records(Entity.ORDERS).stream().map(record -> record.get("../id") + "/" + record.get("sku")).toList();
    }

    private CollectedRecords read(Map<String, Object> settings) throws InterruptedException {
        CollectedRecords sink = new CollectedRecords();
        source(settings).read(sink);
        return sink;
    }

    @Test
    void readsByOffsetAndCountsWhatTheServerReallyGave() throws Exception {
        api = (exchange, body) -> {
            int offset = Integer.parseInt(parameter(exchange, "offset"));
            say(exchange, 200, "{\"data\":{\"items\":" + items(offset, Math.min(offset + 3, 7)) + "}}");
        };
        CollectedRecords sink = read(Map.of("requests", "orders=/o?take={{limit}}&offset={{offset}}", "records", "orders=/data/items",
                "paging", "offset", "limit", 100));
        assertEquals(List.of("/o?take=100&offset=0", "/o?take=100&offset=3", "/o?take=100&offset=6", "/o?take=100&offset=7"), asked);
        assertEquals(14, ids(sink).size());
        assertEquals(List.of("o0/a", "o0/b", "o1/a"), ids(sink).subList(0, 3));
        Map<String, Object> line = sink.records(Entity.ORDERS).get(0);
        assertEquals("c0", line.get("../customer/id"));
        assertEquals("999", line.get("cents"));
        assertFalse(line.keySet().stream().anyMatch(name -> name.startsWith("../lines")), "the lines are not repeated in each line");
        assertEquals("{}", sink.watermark(Entity.ORDERS).orElseThrow(), "the next run reads all again");
    }

    @Test
    void readsByPageUntilThePagesAreEmptyOrTheSame() throws Exception {
        api = (exchange, body) -> say(exchange, 200, items(0, 2));
        assertEquals(4, ids(read(Map.of("requests", "orders=/o?p={{page}}", "paging", "page"))).size(), "a server that knows no pages");
        assertEquals(List.of("/o?p=1", "/o?p=2"), asked);
        asked.clear();
        api = (exchange, body) -> {
            int page = Integer.parseInt(parameter(exchange, "p"));
            say(exchange, 200, page < 3 ? items(page * 2, page * 2 + 2) : "[]");
        };
        assertEquals(12, ids(read(Map.of("requests", "orders=/o?p={{page}}", "paging", "page", "firstPage", 0))).size());
    }

    @Test
    void readsGraphQlByCursorWithALogin() throws Exception {
        api = (exchange, body) -> {
            if (exchange.getRequestURI().getPath().equals("/login")) {
                exchange.getResponseHeaders().add("Shop-Token", body.contains("\"s\\\"3cret\"") ? "tok" : "");
                say(exchange, 200, "{\"ok\":true}");
            } else if (!"Bearer tok".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    || !"web".equals(exchange.getRequestHeaders().getFirst("X-Channel"))) {
                say(exchange, 401, "{}");
            } else {
                boolean second = body.contains("\"after\": \"x\\\"1\"");
                say(exchange, 200, "{\"data\":{\"o\":{\"items\":" + (second ? items(2, 3) : items(0, 2)) + ",\"end\":"
                        + (second ? "null" : "\"x\\\"1\"") + "}}}");
            }
        };
        Map<String, Object> settings = new HashMap<>(Map.of("requests", "orders=/graphql", "bodies",
                "orders={\"query\": \"query($after: String) {o {items {id lines {sku}} end}}\", \"variables\": {\"after\": \"{{cursor}}\"}}",
                "records", "orders=/data/o/items", "cursors", "orders=/data/o/end", "paging", "cursor", "authentication", "login",
                "user", "me", "secret", "s\"3cret", "loginPath", "/login", "loginToken", "header:Shop-Token"));
        settings.put("headers", "X-Channel: web");
        assertEquals(6, ids(read(settings)).size());
        settings.put("secret", "wrong");
        KontorException refused = assertThrows(KontorException.class, () -> read(settings));
        assertEquals("The API let nobody in: its answer to the login has no token at header:Shop-Token.", refused.getMessage());
        api = (exchange, body) -> say(exchange, 200, "{\"data\":null,\"errors\":[{\"message\":\"Unknown field skuu\"}]}");
        settings.put("authentication", "none");
        assertTrue(assertThrows(KontorException.class, () -> read(settings)).getMessage().endsWith("the API says: Unknown field skuu."));
    }

    @Test
    void followsLinksOnItsOwnHostOnly() throws Exception {
        api = (exchange, body) -> {
            boolean second = exchange.getRequestURI().toString().contains("cursor");
            if (!second) {
                exchange.getResponseHeaders().add("Link", "</o?x=1>; rel=\"previous\", </o?cursor=a%2Cb>; rel=\"next\"");
            }
            say(exchange, 200, second ? items(2, 3) : items(0, 2));
        };
        assertEquals(6, ids(read(Map.of("requests", "orders=/o", "paging", "link"))).size());
        assertEquals(List.of("/o", "/o?cursor=a%2Cb"), asked);
        api = (exchange, body) -> {
            exchange.getResponseHeaders().add("Link", "<http://169.254.169.254/latest>; rel=next");
            say(exchange, 200, items(0, 1));
        };
        KontorException refused = assertThrows(KontorException.class, () -> read(Map.of("requests", "orders=/o", "paging", "link")));
        assertEquals("The API's link to the next page leads to another host.", refused.getMessage());
    }

    @Test
    void asksForWhatHasChangedSinceTheLastRun() throws Exception {
        api = (exchange, body) -> say(exchange, 200, parameter(exchange, "p").equals("1") ? items(10, 13) : "[]");
        Map<String, Object> settings = Map.of("requests", "orders=/o?p={{page}}&since={{since}}", "paging", "page", "increments",
                "orders=../updatedAt", "overlap", 5);
        CollectedRecords sink = new CollectedRecords();
        source(settings).read(sink);
        source(settings).read(sink);
        assertEquals("/o?p=1&since=1970-01-01T00%3A00%3A00Z", asked.get(0));
        assertEquals("/o?p=1&since=2025-01-01T00%3A00%3A07Z", asked.get(2));
        assertEquals("{\"since\":\"2025-01-01T00:00:12Z\"}", sink.watermark(Entity.ORDERS).orElseThrow());
    }

    @Test
    void goesOnAtThePageWhereARunWasBrokenOff() throws Exception {
        api = (exchange, body) -> {
            int page = Integer.parseInt(parameter(exchange, "p"));
            say(exchange, 200, page <= 4 ? items(page * 2, page * 2 + 2) : "[]");
        };
        Map<String, Object> settings = Map.of("requests", "orders=/o?p={{page}}&since={{since}}", "paging", "page", "increments",
                "orders=../updatedAt", "overlap", 0);
        CollectedRecords broken = new CollectedRecords(new SampleJob(6), Integer.MAX_VALUE);
        assertThrows(CancellationException.class, () -> source(settings).read(broken));
        String watermark = broken.watermark(Entity.ORDERS).orElseThrow();
        int reached = broken.records(Entity.ORDERS).size();
        assertTrue(watermark.contains("\"page\":\"" + (reached / 4 + 1) + "\"") && !watermark.contains("since"), watermark);
        CollectedRecords again = new CollectedRecords();
        again.records(Entity.ORDERS, List.of(), watermark);
        asked.clear();
        source(settings).read(again);
        assertEquals("/o?p=" + (reached / 4 + 1) + "&since=1970-01-01T00%3A00%3A00Z", asked.get(0));
        assertEquals(16 - reached, again.records(Entity.ORDERS).size());
        assertEquals("{\"since\":\"2025-01-01T00:00:09Z\"}", again.watermark(Entity.ORDERS).orElseThrow());
    }

    @Test
    void triesAgainAndHeedsRetryAfter() throws Exception {
        api = (exchange, body) -> {
            switch (asked.size()) {
                case 1 -> {
                    exchange.getResponseHeaders().add("Retry-After", "7");
                    say(exchange, 429, "");
                }
                case 2 -> say(exchange, 503, "busy");
                case 3 -> exchange.sendResponseHeaders(200, 5000);
                default -> say(exchange, 200, items(0, 1));
            }
        };
        assertEquals(2, ids(read(Map.of("requests", "orders=/o"))).size());
        long seconds = pauses.stream().mapToLong(Duration::toMillis).sum() / 1000;
        assertTrue(seconds >= 7 + 2 + 4 && seconds <= 7 + 2 + 4 + 2, "7 s as asked, then 2 and 4: " + seconds);
        asked.clear();
        api = (exchange, body) -> say(exchange, 404, "{\"error\":\"no such shop\"}");
        KontorException gone = assertThrows(KontorException.class, () -> read(Map.of("requests", "orders=/o")));
        assertEquals("The API answered with status 404 and \"{\"error\":\"no such shop\"}\".", gone.getMessage());
        assertEquals(1, asked.size(), "what will not pass is not tried again");
        api = (exchange, body) -> say(exchange, 500, "<html>");
        KontorException failing = assertThrows(KontorException.class, () -> read(Map.of("requests", "orders=/o", "retries", 2)));
        assertEquals("The API answered with status 500, after 3 attempts.", failing.getMessage());
        assertEquals(KontorException.Kind.CAPACITY, failing.kind());
    }

    @Test
    void keepsToItsRate() throws Exception {
        api = (exchange, body) -> say(exchange, 200, parameter(exchange, "p").equals("4") ? "[]" : items(asked.size(), asked.size() + 1));
        read(Map.of("requests", "orders=/o?p={{page}}", "paging", "page", "perSecond", 0.5));
        long millis = pauses.stream().mapToLong(Duration::toMillis).sum();
        assertTrue(millis > 5_000, "three pauses of about two seconds: " + millis);
    }

    @Test
    void breaksOffAnswersThatAreTooLargeOrTooSlow() {
        api = (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] chunk = new byte[1 << 16];
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write(chunk);
            }
        };
        KontorException large = assertThrows(KontorException.class, () -> read(Map.of("requests", "orders=/o", "mostMegabytes", 1)));
        assertEquals("The API answered with more than 1 MB; ask for smaller pages.", large.getMessage());
        api = (exchange, body) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        KontorException slow = assertThrows(KontorException.class,
                () -> read(Map.of("requests", "orders=/o", "timeoutSeconds", 1, "retries", 0)));
        assertEquals("The API did not answer within 1 seconds, after 1 attempts.", slow.getMessage());
    }

    @Test
    void callsNoPrivateHostNotEvenByARedirect() {
        api = (exchange, body) -> say(exchange, 200, "[]");
        KontorException refused = assertThrows(KontorException.class,
                () -> source("other.internal", Map.of("requests", "orders=/o")).read(new CollectedRecords()));
        assertTrue(refused.getMessage().startsWith("The host 127.0.0.1 lies in a private network"), refused.getMessage());
        assertEquals(List.of(), asked);
        for (String target : List.of("http://localhost:1/x", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "file:///etc/passwd",
                "http://0x7f000001/", "http://2130706433/")) {
            api = (exchange, body) -> {
                exchange.getResponseHeaders().add("Location", target);
                say(exchange, 302, "");
            };
            assertThrows(KontorException.class, () -> read(Map.of("requests", "orders=/o", "retries", 0)), target);
        }
    }

    @Test
    void sendsItsSecretToTheFirstHostOnly() throws Exception {
        List<String> seen = new ArrayList<>();
        api = (exchange, body) -> {
            seen.add(exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            if (exchange.getRequestURI().getPath().equals("/o")) {
                exchange.getResponseHeaders().add("Location", url().replace("127.0.0.1", "localhost") + "/moved");
                say(exchange, 307, "");
            } else {
                say(exchange, 200, items(0, 1));
            }
        };
        CollectedRecords sink = new CollectedRecords();
        source("127.0.0.1, LOCALHOST:" + server.getAddress().getPort(), Map.of("requests", "orders=/o", "authentication", "bearer",
                "secret", "hush")).read(sink);
        int port = server.getAddress().getPort();
        assertEquals(List.of("127.0.0.1:" + port + " Bearer hush", "localhost:" + port + " null"), seen);
    }

    @Test
    void knowsAddressesThatAreNotOfTheOpenInternet() throws Exception {
        for (String closed : List.of("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
                "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
                "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::", "2001:0::1", "2001:db8::1", "fec0::1")) {
            assertFalse(AddressGuard.open(InetAddress.getByName(closed)), closed);
        }
        for (String open : List.of("8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "192.0.1.1", "2606:4700::1111", "64:ff9b::808:808",
                "2002:808:808::")) {
            assertTrue(AddressGuard.open(InetAddress.getByName(open)), open);
        }
        AddressGuard guard = new AddressGuard("shop.internal,10.0.0.7:8080", host -> new InetAddress[] {InetAddress.getByName("8.8.8.8"),
                InetAddress.getByName("10.0.0.1")});
        assertThrows(KontorException.class, () -> guard.check(URI.create("https://mixed.example/")), "one private address of several");
        assertThrows(KontorException.class, () -> guard.check(URI.create("https://user@shop.internal/")));
        assertThrows(KontorException.class, () -> guard.check(URI.create("http://10.0.0.7/")));
        guard.check(URI.create("http://10.0.0.7:8080/"));
        guard.check(URI.create("https://SHOP.internal./x"));
    }

    @Test
    void namesWhatIsWrongWithItsSettings() {
        assertRefused("has no place {{offset}}", Map.of("requests", "orders=/o", "paging", "offset"));
        assertRefused("has no place {{since}}", Map.of("requests", "orders=/o", "increments", "orders=x"));
        assertRefused("must begin with a slash", Map.of("requests", "orders=o"));
        assertRefused("must be a JSON pointer", Map.of("requests", "orders=/o", "records", "orders=data"));
        assertRefused("must look like https://", Map.of("requests", "orders=/o", "url", "https://me:pw@host/"));
        assertRefused("must look like Name: value", Map.of("requests", "orders=/o", "headers", "nonsense"));
    }

    private void assertRefused(String part, Map<String, Object> settings) {
        KontorException refused = assertThrows(KontorException.class, () -> source(settings));
        assertTrue(refused.getMessage().contains(part), refused.getMessage());
    }
}
