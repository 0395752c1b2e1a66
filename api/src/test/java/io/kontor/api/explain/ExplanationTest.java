package io.kontor.api.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Explanation.Kind;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static Contribution of(String feature, double amount) {
        return new Contribution(feature, feature.toUpperCase(Locale.ROOT), "", amount);
    }

    @Test
    void takesOnlyWhatAddsUp() {
        Explanation explanation = Explanation.summed(Kind.ADDITIVE, 0.1, List.of(of("a", 0.2), of("b", -0.5), of("c", 0)));
        assertEquals(-0.2, explanation.output(), 1e-12);
        assertEquals(List.of("b", "a", "c"), explanation.contributions().stream().map(Contribution::feature).toList());
        assertThrows(IllegalArgumentException.class, () -> new Explanation(Kind.SHAPLEY, 0, 1, List.of(of("a", 0.9))));
        assertThrows(IllegalArgumentException.class, () -> new Explanation(Kind.SHAPLEY, 0, Double.NaN, List.of()));
        assertThrows(IllegalArgumentException.class, () -> of("a", Double.NaN));
        assertEquals(1e12, new Explanation(Kind.ADDITIVE, 0, 1e12, List.of(of("a", 1e12 + 1e-4))).output(), "to the size of what is added");
    }

    @Test
    void aLinearModelIsExplainedByDistancesFromTheMeans() {
        double[] coefficients = {2, -1, 0.5};
        double[] values = {3, 10, 4};
        Explanation explanation = Explanation.linear(7, coefficients, values, new double[] {1, 8, 4}, f -> of("f" + f, 0));
        assertEquals(7 + 2 - 8 + 2, explanation.base(), 1e-12);
        assertEquals(7 + 6 - 10 + 2, explanation.output(), 1e-12);
        assertEquals(4, explanation.contributions().get(0).amount(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> Explanation.linear(0, coefficients, new double[2], values, f -> of("f", 0)));
    }

    @Test
    void aShortenedOneStillAddsUpAndReasonsKeepItsWeights() {
        Explanation whole = Explanation.summed(Kind.EVIDENCE, 0, List.of(of("a", 3), of("b", 2), of("c", 1), of("d", 0.5), of("e", 0)));
        Explanation brief = whole.shortened(2, "all others");
        assertEquals(List.of("a", "b", "others"), brief.contributions().stream().map(Contribution::feature).toList());
        assertEquals(1.5, brief.contributions().get(2).amount(), 1e-12);
        assertEquals(6.5, brief.output(), 1e-12);
        assertSame(whole, whole.shortened(5, "all others"));
        assertEquals(List.of(new Reason("a", "A speaks for it", 3), new Reason("b", "B speaks for it", 2)),
                whole.reasons(2, each -> each.name() + " speaks for it"));
        assertEquals(4, whole.reasons(9, Contribution::name).size(), "what adds nothing is no reason");
    }

    @Test
    void aProductIsSharedByTheLogarithmsOfItsFactors() {
        Explanation explanation = Explanation.product(10, new double[] {Math.log(2), 0, Math.log(2), Math.log(0.5), Math.log(3)},
                f -> of("f" + f, 0));
        assertEquals(Kind.MULTIPLICATIVE, explanation.kind());
        assertEquals(60, explanation.output(), 1e-12);
        assertEquals(List.of("f4", "f0", "f2", "f3"), explanation.contributions().stream().map(Contribution::feature).toList());
        double mean = 50 / Math.log(6);
        assertEquals(mean * Math.log(2), explanation.contributions().get(1).amount(), 1e-12);
        assertEquals(explanation.contributions().get(1).amount(), -explanation.contributions().get(3).amount(), 1e-12, "half undoes double");
        assertEquals(0, Explanation.product(0, new double[] {1}, f -> of("f", 0)).output(), "nothing stays nothing");
        assertEquals(10, Explanation.product(10, new double[] {1, -1}, f -> of("f" + f, 0)).output(), 1e-12);
        assertEquals(420, explanation.scaled(7).output(), 1e-9);
        assertEquals(7 * explanation.contributions().get(0).amount(), explanation.scaled(7).contributions().get(0).amount(), 1e-9);
    }

    @Test
    void constraintsKeepTheirOrder() {
        Explanation steps = new Explanation(Kind.CONSTRAINTS, 12, 9.99,
                List.of(of("max-change", -1), of("margin-floor", 0), of("ending", -1.01)));
        assertSame(steps, steps.shortened(1, "others"));
        assertEquals(List.of("max-change", "ending"), steps.reasons(5, Contribution::name).stream().map(Reason::code).toList());
    }
}
