package io.kontor.platform.admin.internal.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.data.DataAccess.Quarantined;
import io.kontor.platform.data.DataCleaning;
import io.kontor.platform.data.DataCleaning.Action;
import io.kontor.platform.data.DataCleaning.Effect;
import io.kontor.platform.data.DataCleaning.Fill;
import io.kontor.platform.data.DataCleaning.Rule;
import io.kontor.platform.data.QuarantineDesk;
import io.kontor.platform.data.QuarantineDesk.Correction;
import io.kontor.platform.data.QuarantineDesk.Field;
import io.kontor.platform.data.QuarantineDesk.Held;
import io.kontor.platform.data.QuarantineDesk.Outcome;
import io.kontor.platform.data.QuarantineDesk.Verdict;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The forms by which rows in quarantine are corrected and cleaning rules are made. */
class MendingPagesTest {

    private static final Quarantined ROW = new Quarantined(7, Entity.ORDERS, null, 3, "quantity", "quantity must be a number", "o1,many",
            Instant.EPOCH);

    private final List<Object> given = new ArrayList<>();
    private Outcome outcome = new Outcome(Verdict.STORED, "", "");
    private final QuarantinePages quarantine = new QuarantinePages(null, Stub.of(QuarantineDesk.class, Map.of(
            "find", call -> (Long) call[1] == 7 ? Optional.of(new Held(ROW, Map.of("orderId", "o1", "quantity", "many", "colour", "red"),
                    List.of(new Field("channel", false), new Field("orderId", true), new Field("quantity", true)))) : Optional.empty(),
            "replay", call -> note(call[2], Optional.of(outcome)),
            "replayAll", call -> note(call[1], "j1"),
            "dismiss", call -> note(call[1], true))));

    private final List<Rule> rules = new ArrayList<>();
    private final CleaningPages cleaning = new CleaningPages(Stub.of(DataCleaning.class, Map.of(
            "columns", call -> List.of("quantity", "discount"),
            "rules", call -> call[1] == Entity.ORDERS ? List.copyOf(rules) : List.of(),
            "put", call -> put(call[2]),
            "preview", call -> preview(call[2]))));

    private Object note(Object what, Object answer) {
        given.add(what);
        return answer;
    }

    @SuppressWarnings("unchecked")
    private Object put(Object wanted) {
        rules.clear();
        rules.addAll((List<Rule>) wanted);
        return null;
    }

    @SuppressWarnings("unchecked")
    private static Object preview(Object wanted) {
        List<Rule> rules = (List<Rule>) wanted;
        if (rules.stream().anyMatch(rule -> rule.action() == Action.CAP && rule.high() == null && rule.highQuantile() == null)) {
            throw new KontorException(KontorException.Kind.DATA, "The rule for the column quantity cannot be: a cap needs a bound.");
        }
        return rules.stream().map(rule -> new Effect(rule, 2, 300, null, rule.high(), null,
                List.of(Map.of("id", "o1")))).toList();
    }

    private Answer row(String method, String address, String... fields) throws IOException {
        return Called.page(quarantine, Role.OPERATOR, method, "/stores/{store}/quarantine/" + address, Map.of("row", "7"), fields);
    }

    @Test
    void theFormHasRequiredFieldsFirstAndMarksTheFault() throws IOException {
        QuarantinePages.Correcting form = Called.view(row("GET", "{row}"), 200, QuarantinePages.Correcting.class);
        assertEquals(List.of("orderId", "quantity", "channel", "colour"), form.fields().stream().map(QuarantinePages.FieldRow::name).toList());
        assertEquals(List.of("quantity"), form.fields().stream().filter(QuarantinePages.FieldRow::fault).map(QuarantinePages.FieldRow::name)
                .toList());
    }

    @Test
    void emptyFieldsAreTakenAwayAndARowThatStaysIsShownAgain() throws IOException {
        assertEquals(new Answer.Redirect("/stores/shop/quarantine?entity=orders&done=stored"), row("POST", "{row}", "f.quantity", "2",
                "f.colour", ""));
        assertEquals("2", ((Map<?, ?>) given.get(0)).get("quantity"));
        assertTrue(((Map<?, ?>) given.get(0)).containsKey("colour"));
        assertNull(((Map<?, ?>) given.get(0)).get("colour"));
        outcome = new Outcome(Verdict.QUARANTINED, "orderId", "orderId is missing");
        QuarantinePages.Correcting again = Called.view(row("POST", "{row}", "f.orderId", "", "f.quantity", "3"), 422,
                QuarantinePages.Correcting.class);
        assertEquals("3", again.fields().get(1).value(), "what was written stays");
        assertTrue(again.fields().get(0).fault());
    }

    @Test
    void allRowsOfAReasonAreCorrectedAlike() throws IOException {
        assertEquals(new Answer.Redirect("/stores/shop/jobs/j1"), row("POST", "replay", "entity", "orders",
                "reason", "quantity must be a number", "column", "quantity", "from", "many", "to", "4"));
        assertEquals(new Correction(Entity.ORDERS, "quantity must be a number", Map.of(), Map.of("quantity", Map.of("many", "4"))),
                given.get(0));
        row("POST", "replay", "entity", "orders", "reason", "", "column", "channel", "from", "", "to", "web");
        assertEquals(new Correction(Entity.ORDERS, null, Map.of("channel", "web"), Map.of()), given.get(1));
        row("POST", "{row}/dismiss");
        assertEquals(7L, given.get(2));
    }

    private Answer clean(String button, String... fields) throws IOException {
        List<String> all = new ArrayList<>(List.of("do", button, "target", "orders.quantity"));
        all.addAll(List.of(fields));
        return Called.page(cleaning, Role.OPERATOR, "POST", "/stores/{store}/data/cleaning", Map.of(), all.toArray(String[]::new));
    }

    @Test
    void aRuleIsTriedThenKeptAndTakenBack() throws IOException {
        CleaningPages.Cleaning tried = Called.view(clean("try", "action", "cap", "high", "9,5"), 200, CleaningPages.Cleaning.class);
        assertEquals("Values outside of –∞ to 9.5 become the bound.", tried.effect().text());
        assertEquals("2 of 300 rows", tried.effect().rows());
        assertEquals(List.of(), rules);
        assertEquals(new Answer.Redirect("/stores/shop/data/cleaning"), clean("save", "action", "cap", "highQuantile", "99"));
        assertEquals(List.of(new Rule("quantity", Action.CAP, null, null, null, 0.99, null, null)), rules);
        clean("save", "action", "fill", "fill", "constant", "value", "1", "high", "5");
        assertEquals(List.of(new Rule("quantity", Action.FILL, null, null, null, null, Fill.CONSTANT, "1")), rules, "one rule a column");
        Called.page(cleaning, Role.OPERATOR, "POST", "/stores/{store}/data/cleaning/remove", Map.of(), "entity", "orders", "column", "quantity");
        assertEquals(List.of(), rules);
    }

    @Test
    void aRuleThatCannotBeIsToldAndNotKept() throws IOException {
        assertEquals("The rule for the column quantity cannot be: a cap needs a bound.",
                Called.view(clean("try", "action", "cap"), 422, CleaningPages.Cleaning.class).fault());
        assertEquals("Choose a column, and write bounds as numbers.",
                Called.view(clean("save", "action", "cap", "high", "much"), 422, CleaningPages.Cleaning.class).fault());
        assertEquals(List.of(), rules);
    }
}
