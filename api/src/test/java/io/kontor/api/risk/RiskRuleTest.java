package io.kontor.api.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.Reason;
import io.kontor.api.risk.RuleQuantity.Age;
import io.kontor.api.risk.RuleQuantity.Aggregate;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.api.risk.RuleQuantity.Windowed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RiskRuleTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Transaction payment(String id, int minutesBeforeNoon, double amount, String customer, String card, String device) {
        return new Transaction(id, NOON.minus(Duration.ofMinutes(minutesBeforeNoon)), amount, "", customer, "EUR", "card", "FR", "DE",
                "", device, "", card, Map.of("bin", "4571", "items", 3.0));
    }

    private static RiskRequest request() {
        RecentTransactions recent = new RecentTransactions();
        recent.add(payment("a", 30, 20, "anna", "card1", "phone"));
        recent.add(payment("b", 90, 30, "anna", "card2", "phone"));
        recent.add(payment("c", 600, 40, "bert", "card3", "phone"));
        return recent.request(payment("x", 0, 100, "anna", "card1", "phone"));
    }

    private static boolean holds(RuleQuantity quantity, RuleOperator operator, Object... values) {
        return new RuleCondition(quantity, operator, List.of(values), null).holds(request());
    }

    @Test
    void countsSumsAndTellsApartWithinTheWindow() {
        RiskRequest request = request();
        assertEquals(Optional.of(2.0), new Windowed(Aggregate.COUNT, null, SharedKey.CUSTOMER, Duration.ofHours(1)).of(request));
        assertEquals(Optional.of(3.0), new Windowed(Aggregate.COUNT, null, SharedKey.CUSTOMER, Duration.ofMinutes(90)).of(request));
        assertEquals(Optional.of(150.0), new Windowed(Aggregate.SUM, new Field("amount"), SharedKey.CUSTOMER, Duration.ofDays(1)).of(request));
        assertEquals(Optional.of(3.0), new Windowed(Aggregate.DISTINCT, new Field("cardHash"), SharedKey.DEVICE, Duration.ofDays(7))
                .of(request));
        assertEquals(Optional.empty(), new Windowed(Aggregate.COUNT, null, SharedKey.IP, Duration.ofDays(7)).of(request));
        assertEquals(Optional.of(1.5), new Age(SharedKey.CUSTOMER).of(request));
        assertEquals(Optional.of(0.5), new Age(SharedKey.CARD).of(request));
    }

    @Test
    void comparesFieldsWithValuesAndWithEachOther() {
        assertTrue(holds(new Field("amount"), RuleOperator.GE, 100.0));
        assertFalse(holds(new Field("amount"), RuleOperator.GT, 100.0));
        assertTrue(holds(new Field("country"), RuleOperator.IN, "be", "fr"));
        assertFalse(holds(new Field("country"), RuleOperator.NOT_IN, "BE", "FR"));
        assertTrue(holds(new Field("attr.bin"), RuleOperator.STARTS_WITH, "45"));
        assertTrue(holds(new Field("attr.items"), RuleOperator.LE, 3.0));
        assertTrue(new RuleCondition(new Field("country"), RuleOperator.NE, List.of(), new Field("billingCountry")).holds(request()));
    }

    @Test
    void holdsForWhatIsMissingOnlyWhenAskedForIt() {
        assertFalse(holds(new Field("ip"), RuleOperator.NE, "1.2.3.4"));
        assertTrue(holds(new Field("ip"), RuleOperator.MISSING));
        assertFalse(holds(new Field("attr.none"), RuleOperator.PRESENT));
    }

    @Test
    void appliesWhenAllConditionsHold() {
        RuleCondition small = new RuleCondition(new Field("amount"), RuleOperator.LT, List.of(50.0), null);
        RuleCondition french = new RuleCondition(new Field("country"), RuleOperator.EQ, List.of("FR"), null);
        assertFalse(new RiskRule("r", "R", "", List.of(small, french), RiskRule.Action.REVIEW, 0.2, true).applies(request()));
        assertTrue(new RiskRule("r", "R", "", List.of(french), RiskRule.Action.REVIEW, 0.2, true).applies(request()));
        assertFalse(new RiskRule("r", "R", "", List.of(french), RiskRule.Action.REVIEW, 0.2, false).applies(request()));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new Field("colour"));
        assertThrows(IllegalArgumentException.class, () -> new Windowed(Aggregate.SUM, null, SharedKey.CARD, Duration.ofDays(1)));
        assertThrows(IllegalArgumentException.class, () -> new Windowed(Aggregate.COUNT, null, SharedKey.CARD, Duration.ofDays(91)));
        assertThrows(IllegalArgumentException.class, () -> new RuleCondition(new Field("ip"), RuleOperator.IN, List.of(), null));
        assertThrows(IllegalArgumentException.class, () -> new RiskRule("r", "R", "", List.of(), RiskRule.Action.SCORE, 0, true));
    }

    private static RuleHit hit(RiskRule.Action action) {
        RuleCondition any = new RuleCondition(new Field("id"), RuleOperator.PRESENT, List.of(), null);
        return new RuleHit(new RiskRule("r", "R", "", List.of(any), action, 0, true), new Reason("rule-r", "R.", 0));
    }

    @Test
    void declinesBeforeItApprovesBeforeItReviews() {
        RuleHit decline = hit(RiskRule.Action.DECLINE);
        RuleHit approve = hit(RiskRule.Action.APPROVE);
        RuleHit review = hit(RiskRule.Action.REVIEW);
        RuleHit score = hit(RiskRule.Action.SCORE);
        assertEquals(Verdict.DECLINE, RuleHit.decide(Verdict.APPROVE, List.of(approve, decline, review)));
        assertEquals(Verdict.APPROVE, RuleHit.decide(Verdict.DECLINE, List.of(review, approve, score)));
        assertEquals(Verdict.REVIEW, RuleHit.decide(Verdict.APPROVE, List.of(review, score)));
        assertEquals(Verdict.DECLINE, RuleHit.decide(Verdict.DECLINE, List.of(review)));
        assertEquals(Verdict.REVIEW, RuleHit.decide(Verdict.REVIEW, List.of(score)));
        assertEquals(Verdict.APPROVE, RuleHit.decide(Verdict.APPROVE, List.of()));
    }
}
