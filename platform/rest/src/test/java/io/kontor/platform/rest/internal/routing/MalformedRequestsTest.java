package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.security.Role;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends each route requests that are nearly right: none may fail, and each refusal says in words what is wrong. */
class MalformedRequestsTest {

    private static final int REQUESTS = 200;
    private static final List<String> TEXTS = List.of("", " ", "x", "own", "0", "-1", "true", "2026-01-31T08:00:00Z", "2026-02-30", "NaN", "%00",
            "%F0%28", "%zz", "a%2Fb", "..", "%E2%82%AC", "a".repeat(5_000), "9".repeat(40), "1e400", "'; drop table job; --", "${jndi:x}", "{}",
            "%F0%9F%9B%92", "+", "&", "=");
    private static final List<String> TYPES = List.of("application/json", "application/json;charset=latin1", "text/csv", "application/x-ndjson",
            "application/java-archive", "multipart/form-data", "", "/", ";", "APPLICATION/JSON");

    private final Router router = Fakes.router();

    static Stream<Route> routes() {
        return Fakes.resources().stream().flatMap(resource -> Route.of(resource).stream());
    }

    @ParameterizedTest
    @MethodSource("routes")
    void noRouteFailsOnNonsense(Route route) throws Exception {
        long seed = route.path().hashCode() * 31L + route.method().hashCode();
        Random random = new Random(seed);
        for (int i = 0; i < REQUESTS; i++) {
            Exchange exchange = exchange(route, random).send(router);
            String told = "seed " + seed + ": " + exchange;
            assertTrue(exchange.status() < 500, told);
            assertFalse(exchange.body().contains("\tat ") || exchange.body().contains("Exception"), told);
            if (exchange.status() >= 400) {
                assertEquals("application/problem+json", exchange.header("Content-Type"), told);
                Map<?, ?> problem = Json.MAPPER.readValue(exchange.body(), Map.class);
                assertEquals(exchange.status(), problem.get("status"), told);
                assertTrue(problem.get("detail") instanceof String words && words.length() > 10, told);
            }
        }
    }

    private static Exchange exchange(Route route, Random random) throws Exception {
        StringBuilder path = new StringBuilder(Router.PREFIX);
        for (String segment : route.template()) {
            boolean known = segment.equals("{store}") || segment.equals("{job}");
            path.append('/').append(!segment.startsWith("{") ? segment : known && random.nextInt(10) > 0 ? Fakes.OWN : any(TEXTS, random));
        }
        char separator = '?';
        for (Parameter parameter : route.handler().getParameters()) {
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            for (int times = query == null ? 0 : random.nextInt(5) / 2; times > 0; times--) {
                path.append(separator).append(query.value()).append('=').append(any(TEXTS, random));
                separator = '&';
            }
        }
        Map<String, String> headers = new HashMap<>(Map.of("Authorization", Fakes.key("all", Role.ADMIN)));
        String type = route.consumes().isEmpty() || random.nextInt(8) == 0 ? any(TYPES, random) : any(route.consumes(), random);
        headers.put("Content-Type", type);
        for (String header : List.of("Idempotency-Key", "Prefer", "Accept-Language", "Content-Encoding", "Range", "Expect")) {
            if (random.nextInt(10) == 0) {
                headers.put(header, header.equals("Prefer") ? "wait=" + random.nextInt() : any(TEXTS, random));
            }
        }
        return new Exchange(route.method(), path.toString(), headers, body(route, random));
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static byte[] body(Route route, Random random) throws Exception {
        Type type = Arrays.stream(route.handler().getParameters()).filter(Arguments::isBody).map(Parameter::getParameterizedType).findFirst()
                .orElse(Object.class);
        byte[] json = Json.MAPPER.writeValueAsBytes(value(type, random, 0));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(json, random.nextInt(json.length + 1));
            case 1 -> {
                json[random.nextInt(json.length)] = (byte) random.nextInt();
                yield json;
            }
            case 2 -> any(List.of("", "{", "[", "null", "[null]", "[[]]", "{\"a\":1,\"a\":2}", "[{}]", "\0", "[".repeat(10_000)), random)
                    .getBytes(StandardCharsets.UTF_8);
            default -> json;
        };
    }

    /** A value that fits the type, but for every fourth. */
    private static Object value(Type type, Random random, int depth) {
        if (depth > 4) {
            return null;
        }
        Class<?> raw = type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType()
                : type instanceof Class<?> plain ? plain : Object.class;
        if (random.nextInt(4) == 0) {
            return switch (random.nextInt(6)) {
                case 0 -> null;
                case 1 -> random.nextInt();
                case 2 -> random.nextGaussian() * 1e300;
                case 3 -> any(TEXTS, random).replace("%00", "\0");
                case 4 -> List.of(1, "x");
                default -> Map.of("nosuchfield", true);
            };
        } else if (raw.isRecord()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (RecordComponent component : raw.getRecordComponents()) {
                fields.put(component.getName(), value(component.getGenericType(), random, depth + 1));
            }
            return fields;
        } else if (List.class.isAssignableFrom(raw)) {
            List<Object> items = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                items.add(value(((ParameterizedType) type).getActualTypeArguments()[0], random, depth + 1));
            }
            return items;
        } else if (Map.class.isAssignableFrom(raw)) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put(any(TEXTS, random), value(((ParameterizedType) type).getActualTypeArguments()[1], random, depth + 1));
            return fields;
        } else if (raw == Boolean.class || raw == boolean.class) {
            return random.nextBoolean();
        } else if (raw == Integer.class || raw == int.class || raw == Long.class || raw == long.class) {
            return random.nextInt(5) - 2;
        }
        return any(TEXTS, random);
    }
}
