package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PackedJsonTest {

    private static byte[] json(Object value) {
        return LogJson.write(value).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pack(Object value) {
        return PackedJson.pack(value, UnaryOperator.identity());
    }

    private static Object unpack(byte[] bytes) {
        return PackedJson.unpack(bytes, UnaryOperator.identity());
    }

    private static void assertSame(Object value) {
        assertEquals(unpack(json(value)), unpack(pack(value)));
    }

    /** Ten products, each explained by two of three that the customer knows. */
    private static Ranking ranking() {
        List<RankedItem> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Contribution> parts = new ArrayList<>();
            for (int known = i % 2; known < i % 2 + 2; known++) {
                parts.add(new Contribution("similar-to", "Teapot " + known, "p" + known, 1.0 / (3 + i + known)));
            }
            Explanation explanation = Explanation.summed(Explanation.Kind.EVIDENCE, 0, parts);
            items.add(new RankedItem("product-" + i, explanation.output(), explanation.reasons(2,
                    part -> "Customers who chose " + part.name() + " chose this too."), Optional.of(explanation)));
        }
        return new Ranking(items);
    }

    @Test
    void saysTheSameAsJsonInAThirdOfTheBytes() {
        assertSame(ranking());
        assertTrue(pack(ranking()).length < json(ranking()).length / 3, pack(ranking()).length + " of " + json(ranking()).length);
    }

    @Test
    void keepsEveryKindOfValueAsJsonDoes() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("none", null);
        all.put("", List.of(true, false, List.of(), Map.of()));
        all.put("wholes", List.of(0, 1, -1, 63, 64, -65, Integer.MIN_VALUE, Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE,
                new BigInteger("-123456789012345678901234567890"), (short) 7));
        all.put("fractions", List.of(0.0, -0.0, 0.1, 0.1f, 2.5, 1e-300, Double.MAX_VALUE, 31_553.0, 0.1, Double.NaN));
        all.put("array", new double[] {1, 0.3, Double.NaN});
        all.put("texts", List.of("\u8336\u58f6", "\"quoted\" \\ \n", "\ud83e\uded6", "none", ""));
        all.put("time", Instant.parse("2026-01-01T00:00:00Z"));
        all.put("optional", List.of(Optional.empty(), Optional.of(Map.of("kind", Explanation.Kind.SHAPLEY))));
        assertSame(all);
        for (Object value : all.values()) {
            if (value != null) {
                assertSame(value);
            }
        }
        assertEquals(List.copyOf(all.keySet()), List.copyOf(((Map<?, ?>) unpack(pack(all))).keySet()), "in their order");
    }

    @Test
    void countsManyDifferentTexts() {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            many.add("text " + i % 40_000);
            many.add((i % 30_000) / 7.0);
        }
        assertSame(many);
    }

    @Test
    void putsOtherTextsInTheirPlaces() {
        Map<String, Object> value = Map.of("a", List.of("b", "a", Map.of("b", "a")));
        Object other = PackedJson.unpack(PackedJson.pack(value, text -> text + "!"), text -> "(" + text + ")");
        assertEquals(Map.of("(a!)", List.of("(b!)", "(a!)", Map.of("(b!)", "(a!)"))), other);
        assertEquals(Map.of("(a)", List.of("(b)", "(a)", Map.of("(b)", "(a)"))), PackedJson.unpack(json(value), text -> "(" + text + ")"));
    }
}
