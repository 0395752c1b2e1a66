package io.kontor.platform.admin.internal.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.security.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Explanations as pictures. */
class WaterfallTest {

    private static final Visit ENGLISH = Visits.of(Role.VIEWER);

    @Test
    void goesFromTheBaseStepByStepToTheOutput() {
        Waterfall picture = Waterfall.of(ENGLISH, new Explanation(Explanation.Kind.SHAPLEY, 0.2, 0.5,
                List.of(new Contribution("amount", "Amount", "The amount is 900.", 0.4), new Contribution("hour", "Time", "", -0.1))));
        assertEquals(List.of("total", "up", "down", "total"), picture.steps().stream().map(Waterfall.Step::look).toList());
        assertEquals(List.of("0.2", "+0.4", "-0.1", "0.5"), picture.steps().stream().map(Waterfall.Step::amount).toList());
        assertEquals(new Waterfall.Step("Amount", "The amount is 900.", "+0.4", "33.33%", "66.67%", "up"), picture.steps().get(1));
        assertEquals("83.33%", picture.steps().get(2).from(), "down from the top");
        assertEquals("16.67%", picture.steps().get(2).width());
    }

    @Test
    void readsWhatTheLogHasAndNothingElse() {
        Map<String, Object> logged = Map.of("kind", "evidence", "base", 0, "output", 3.0, "contributions",
                List.of(Map.of("feature", "similar-to", "name", "Teapot", "value", "p1", "amount", 3.0)));
        assertEquals(List.of("Teapot", "Output"), Waterfall.read(ENGLISH, logged).steps().stream().map(Waterfall.Step::label).toList(),
                "a base of nothing is not drawn");
        assertNull(Waterfall.read(ENGLISH, null));
        assertNull(Waterfall.read(ENGLISH, Map.of("base", 1)));
        assertNull(Waterfall.read(ENGLISH, "text"));
    }
}
