package io.kontor.platform.admin.internal.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kontor.api.KontorException;
import io.kontor.api.risk.RiskRule;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.decisions.RiskRuleBook;
import io.kontor.platform.decisions.RuleForm;
import io.kontor.platform.decisions.RuleForm.ConditionForm;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rules in their form: what is written there, tried and kept. */
class RulePagesTest {

    private final Book book = new Book();
    private final RulePages pages = new RulePages(book);

    /** Rules in memory. */
    private static final class Book implements RiskRuleBook {

        private final Map<String, RiskRule> kept = new TreeMap<>();
        private final List<RiskRule> tried = new ArrayList<>();
        private boolean busy;

        @Override
        public List<RiskRule> list(String store) {
            return List.copyOf(kept.values());
        }

        @Override
        public Optional<RiskRule> find(String store, String id) {
            return Optional.ofNullable(kept.get(id));
        }

        @Override
        public List<RiskRule> starters(String store) {
            return List.of();
        }

        @Override
        public void put(String store, RiskRule rule) {
            kept.put(rule.id(), rule);
        }

        @Override
        public boolean delete(String store, String id) {
            return kept.remove(id) != null;
        }

        @Override
        public Trial test(String store, RiskRule rule) {
            if (busy) {
                throw new KontorException(KontorException.Kind.CAPACITY, "Another rule is being tested; try again in a moment.");
            }
            tried.add(rule);
            return new Trial(200, Instant.EPOCH, Instant.EPOCH, 10, 50, 8, 5, 4, List.of());
        }
    }

    private Answer post(Role role, String address, Map<String, String> path, String... fields) throws IOException {
        return Called.page(pages, role, "POST", "/stores/{store}/risk/" + address, path, fields);
    }

    private static String[] form(String button, String... more) {
        List<String> fields = new ArrayList<>(List.of("do", button, "name", "Café wave", "description", "", "action", "review", "weight", "0,4",
                "enabled", "on", "row", "0", "c0.quantity", "sum", "c0.of", "amount", "c0.by", "cardHash", "c0.count", "2", "c0.unit", "h",
                "c0.operator", "gt", "c0.value", "500", "c0.other", "", "row", "3", "c3.quantity", "country", "c3.operator", "in",
                "c3.value", "DE, FR"));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private static RuleView view(Answer answer, int status) {
        return Called.view(answer, status, RuleView.class);
    }

    @Test
    void keepsWhatTheFormSaysUnderAnIdOutOfItsName() throws IOException {
        assertEquals(new Answer.Redirect("/stores/shop/risk#rules"), post(Role.OPERATOR, "rule", Map.of(), form("save")));
        RuleForm kept = RuleForm.of(book.kept.get("cafe-wave"));
        assertEquals("Café wave", kept.name());
        assertEquals(0.4, kept.weight());
        assertEquals(List.of(new ConditionForm(null, "sum", "amount", "cardHash", "2h", "gt", 500.0, null, null),
                new ConditionForm("country", null, null, null, null, "in", null, List.of("DE", "FR"), null)), kept.conditions());
        post(Role.OPERATOR, "rule", Map.of(), form("save"));
        assertEquals(List.of("cafe-wave", "cafe-wave-2"), List.copyOf(book.kept.keySet()));
    }

    @Test
    void everyKindOfConditionComesBackAsItWasKept() {
        for (ConditionForm form : List.of(new ConditionForm("amount", null, null, null, null, "ge", 99.5, null, null),
                new ConditionForm("attr.items", null, null, null, null, "eq", 3.0, null, null),
                new ConditionForm("attr.coupon", null, null, null, null, "startsWith", "SALE", null, null),
                new ConditionForm("emailHash", null, null, null, null, "missing", null, null, null),
                new ConditionForm("country", null, null, null, null, "ne", null, null, "billingCountry"),
                new ConditionForm("ip", null, null, null, null, "notIn", null, List.of("10.0.0.1", "10.0.0.2"), null),
                new ConditionForm(null, "count", null, "device", "30m", "ge", 5.0, null, null),
                new ConditionForm(null, "distinct", "attr.sku", "ip", "7d", "gt", 3.0, null, null),
                new ConditionForm(null, "age", null, "customerId", null, "lt", 24.0, null, null))) {
            assertEquals(form, ConditionRow.of(form).form());
        }
    }

    @Test
    void triesARuleWithoutKeepingIt() throws IOException {
        RuleView view = view(post(Role.ANALYST, "rule", Map.of(), form("try")), 200);
        assertEquals(List.of("10", "5%", "80%", "50%"), view.trial().figures().stream().map(RuleView.Figure::value).toList());
        assertEquals(1, book.tried.size());
        assertEquals(Map.of(), book.kept);
        book.busy = true;
        assertEquals("Another rule is being tested; try again in a moment.",
                view(post(Role.ANALYST, "rule", Map.of(), form("try")), 409).fault(""));
    }

    @Test
    void anAnalystTriesButDoesNotKeep() {
        Refusal refused = assertThrows(Refusal.class, () -> post(Role.ANALYST, "rule", Map.of(), form("save")));
        assertEquals(403, refused.status());
        assertEquals(Map.of(), book.kept);
    }

    @Test
    void namesWhatIsWrongAndKeepsNothing() throws IOException {
        RuleView view = view(post(Role.OPERATOR, "rule", Map.of(), "do", "save", "name", "", "action", "score", "weight", "much", "row", "0",
                "c0.quantity", "amount", "c0.operator", "gt", "c0.value", "a lot"), 422);
        assertEquals("Name: is required", view.fault("name"));
        assertEquals("Weight: must be -1 to 1", view.fault("weight"));
        assertEquals("Value: must be a number", view.faultOf(0));
        assertEquals("a lot", view.rows().get(0).value());
        assertEquals(Map.of(), book.kept);
    }

    @Test
    void addsAConditionPausesAndDeletes() throws IOException {
        post(Role.OPERATOR, "rule", Map.of(), form("save"));
        Map<String, String> path = Map.of("rule", "cafe-wave");
        assertEquals(3, view(post(Role.OPERATOR, "rules/{rule}", path, form("add")), 200).rows().size());
        post(Role.OPERATOR, "rules/{rule}/enabled", path, "enabled", "false");
        assertEquals(false, book.kept.get("cafe-wave").enabled());
        post(Role.OPERATOR, "rules/{rule}/enabled", path, "enabled", "true");
        assertEquals(true, book.kept.get("cafe-wave").enabled());
        post(Role.OPERATOR, "rules/{rule}/delete", path);
        assertEquals(Map.of(), book.kept);
        assertThrows(Refusal.class, () -> post(Role.OPERATOR, "rules/{rule}/delete", path));
    }
}
