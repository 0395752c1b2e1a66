package io.kontor.platform.rest.internal.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReadingTest {

    /** What a request may hold. */
    record Wanted(String name, Integer count, Map<String, Object> settings) {
    }

    private static Wanted read(String json) {
        return (Wanted) Json.read(json.getBytes(StandardCharsets.UTF_8), Wanted.class);
    }

    @Test
    void readsWhatIsWellFormed() {
        Wanted wanted = read("{\"name\":\"n\",\"count\":3,\"settings\":{\"a\":1}}");
        assertEquals(new Wanted("n", 3, Map.of("a", 1)), wanted);
    }

    @Test
    void namesAnUnknownField() {
        Problem problem = assertThrows(Problem.class, () -> read("{\"nmae\":\"n\"}"));
        assertEquals(400, problem.status());
        assertEquals("nmae", problem.errors().get(0).field());
    }

    @Test
    void namesAFieldOfTheWrongType() {
        Problem problem = assertThrows(Problem.class, () -> read("{\"count\":\"three\"}"));
        assertEquals("count", problem.errors().get(0).field());
        assertEquals("count", assertThrows(Problem.class, () -> read("{\"count\":3.5}")).errors().get(0).field());
        assertEquals("name", assertThrows(Problem.class, () -> read("{\"name\":3}")).errors().get(0).field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}", "{\"name\":}"})
    void refusesWhatIsNotOneObject(String json) {
        assertEquals(400, assertThrows(Problem.class, () -> read(json)).status());
    }

    @Test
    void refusesDeepNesting() {
        String deep = "{\"settings\":{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}}";
        assertEquals(400, assertThrows(Problem.class, () -> read(deep)).status());
    }

    @Test
    void decodesPathsAndQueriesAsUtf8() {
        assertEquals(List.of("stores", "a b", "ü+"), RequestPath.segments("/stores/a%20b/%C3%BC+"));
        assertEquals(Map.of("q", List.of("a b", "2"), "flag", List.of("")), RequestPath.query("q=a+b&q=2&flag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%F0%28", "%zz", "a%00b"})
    void refusesWhatIsNotUtf8(String text) {
        assertEquals(400, assertThrows(Problem.class, () -> RequestPath.segments("/" + text)).status());
        assertEquals(400, assertThrows(Problem.class, () -> RequestPath.query("x=" + text)).status());
    }

    @Test
    void writesUnknownNumbersAsNull() throws Exception {
        assertEquals("{\"weight\":null}", Json.MAPPER.writeValueAsString(Map.of("weight", Double.NaN)));
        assertTrue(Json.MAPPER.writeValueAsString(Map.of("at", java.time.Instant.EPOCH)).contains("1970-01-01T00:00:00Z"));
    }
}
