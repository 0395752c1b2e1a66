package io.kontor.platform.admin.internal.decisions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.admin.internal.words.ReasonLine;
import io.kontor.platform.decisions.Answer.ServedBy;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logged answers in words. */
class SaidTest {

    private static final Visit ENGLISH = Visits.of(Role.ANALYST);
    private static final Visit CHINESE = Visits.of(Role.ANALYST, Locale.SIMPLIFIED_CHINESE, Map.of());

    private final Said said = new Said(null);

    private static DecisionLog.Entry entry(String family, String subject, Map<String, ?> question, Object answer) {
        return new DecisionLog.Entry("r", "shop", Instant.EPOCH, family, subject, "", new ServedBy("p", "1", Optional.empty()),
                Optional.empty(), question, answer);
    }

    @Test
    void saysForecastsPricesAndVerdictsInTheVisitorsLanguage() {
        DecisionLog.Entry forecast = entry("inventory", "p", Map.of("step", "WEEK"), Map.of("mean", List.of(2, 3.5)));
        assertEquals("5.5 units expected in 2 weeks", said.answer(ENGLISH, forecast));
        assertEquals("2 周内预期销售 5.5 件", said.answer(CHINESE, forecast));
        DecisionLog.Entry verdict = entry("risk", "t1", Map.of(), Map.of("score", 0.625, "verdict", "REVIEW"));
        assertEquals("Review, score 0.625", said.answer(ENGLISH, verdict));
        assertEquals("Transaction t1", said.subject(ENGLISH, verdict));
        assertEquals("€10.00 → €12.00: 5 → 4 units a week", said.answer(ENGLISH, entry("pricing", "p", Map.of(),
                List.of(Map.of("currentPrice", 10, "price", 12, "unitsBefore", 5, "unitsAfter", 4)))));
    }

    @Test
    void readsAnswersThatItDoesNotKnow() {
        assertEquals("Nothing to recommend", said.answer(ENGLISH, entry("recommend", "", Map.of(), "text")));
        assertEquals("An answer of a plugin’s own kind", said.answer(ENGLISH, entry("sentiment", "", Map.of(), List.of())));
        assertEquals("Nobody in particular", said.subject(ENGLISH, entry("recommend", "", Map.of(), "text")));
        assertTrue(Said.reasons(entry("risk", "t", Map.of(), Map.of("reasons", List.of(1, Map.of("code", "x"))))).isEmpty());
    }

    @Test
    void drawsReasonsByTheirShareOfTheHeaviest() {
        List<ReasonLine> lines = ReasonLine.of(ENGLISH, ReasonLine.read(List.of(Map.of("code", "a", "text", "For", "weight", 2),
                Map.of("code", "b", "text", "Against", "weight", -1), Map.of("code", "c", "text", "Unweighed"))));
        assertEquals(List.of(100, 50, 0), lines.stream().map(ReasonLine::bar).toList());
        assertTrue(lines.get(1).against());
        assertFalse(lines.get(0).against());
        assertEquals("", lines.get(2).weight());
    }

    @Test
    void findsTheDaysOfTheStore() {
        DecisionFilter filter = DecisionFilter.of(Visits.of(Role.ANALYST, Locale.ENGLISH, Map.of("from", "2026-07-01", "to", "2026-07-01")));
        assertEquals(Instant.parse("2026-06-30T22:00:00Z"), filter.since(ENGLISH));
        assertEquals(Instant.parse("2026-07-01T22:00:00Z"), filter.until(ENGLISH));
        assertEquals("", DecisionFilter.of(Visits.of(Role.ANALYST, Locale.ENGLISH, Map.of("from", "yesterday"))).from());
    }
}
