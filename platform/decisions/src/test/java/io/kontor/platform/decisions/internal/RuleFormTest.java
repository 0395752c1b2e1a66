package io.kontor.platform.decisions.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.Transaction;
import io.kontor.platform.decisions.RuleForm;
import io.kontor.platform.decisions.RuleForm.ConditionForm;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.FormRefusedException.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules as they are written, and what they say they found. */
class RuleFormTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static ConditionForm field(String name, String operator, Object value) {
        return new ConditionForm(name, null, null, null, null, operator, value, null, null);
    }

    private static ConditionForm window(String aggregate, String of, String by, String window, String operator, Object value) {
        return new ConditionForm(null, aggregate, of, by, window, operator, value, null, null);
    }

    private static RuleForm form(ConditionForm... conditions) {
        return new RuleForm("Rule", null, List.of(conditions), "review", null, null);
    }

    private static List<String> faults(RuleForm form) {
        return assertThrows(FormRefusedException.class, () -> form.rule("r")).faults().stream().map(Fault::field).toList();
    }

    private static String said(Locale locale, ConditionForm... conditions) throws FormRefusedException {
        RecentTransactions recent = new RecentTransactions();
        recent.add(payment("a", 30, 20, "card1"));
        recent.add(payment("b", 600, 30.5, "card2"));
        RiskRequest request = recent.request(payment("x", 0, 1200, "card1"));
        return new RuleWords(locale).reason(form(conditions).rule("r"), request).text();
    }

    private static Transaction payment(String id, int minutesAgo, double amount, String card) {
        return new Transaction(id, NOON.minus(Duration.ofMinutes(minutesAgo)), amount, "", "anna", "", "", "FR", "DE", "", "phone", "", card,
                Map.of("bin", "4571"));
    }

    @Test
    void writesEveryRuleAsItReadsIt() throws FormRefusedException {
        for (RiskRule rule : new StarterRules(new RuleWords(Locale.ENGLISH).bundle()).all()) {
            String json = LogJson.write(RuleForm.of(rule));
            assertEquals(rule, LogJson.read(json, new TypeReference<RuleForm>() { }).rule(rule.id()));
        }
    }

    @Test
    void weighsByTheActionWhenNothingIsSaid() throws FormRefusedException {
        assertEquals(0.5, form(field("amount", "gt", 5)).rule("r").weight());
        assertEquals(List.of("weight"), faults(new RuleForm("Rule", "", List.of(field("amount", "gt", 5)), "score", null, true)));
        assertEquals(List.of("weight"), faults(new RuleForm("Rule", "", List.of(field("amount", "gt", 5)), "review", 1.5, true)));
    }

    @Test
    void namesEveryFieldAtFault() {
        assertEquals(List.of("name", "conditions", "action"), faults(new RuleForm(" ", null, null, "block", null, null)));
        assertEquals(List.of("conditions[0].field"), faults(form(field("colour", "eq", "red"))));
        assertEquals(List.of("conditions[0].operator"), faults(form(field("amount", "like", 5))));
        assertEquals(List.of("conditions[0].value"), faults(form(field("amount", "gt", "5"))));
        assertEquals(List.of("conditions[0].operator", "conditions[0].value"), faults(form(field("country", "gt", 5))));
        assertEquals(List.of("conditions[0].value"), faults(form(field("ip", "missing", "x"))));
        assertEquals(List.of("conditions[0].values"), faults(form(field("ip", "in", null))));
        assertEquals(List.of("conditions[1].window"), faults(form(field("amount", "gt", 5), window("count", null, "ip", "91d", "ge", 3))));
        assertEquals(List.of("conditions[0].by"), faults(form(window("count", null, "country", "1h", "ge", 3))));
        assertEquals(List.of("conditions[0].of"), faults(form(window("sum", "country", "ip", "1h", "ge", 3))));
        assertEquals(List.of("conditions[0].aggregate"), faults(form(window("mean", "amount", "ip", "1h", "ge", 3))));
        assertEquals(List.of("conditions[0].otherField"),
                faults(form(new ConditionForm("amount", null, null, null, null, "gt", null, null, "country"))));
    }

    @Test
    void saysWhatItFoundWithTheActualValues() throws FormRefusedException {
        assertEquals("Rule: amount is 1,200 (rule: more than 500).", said(Locale.ENGLISH, field("amount", "gt", 500)));
        assertEquals("Rule: 2 payments with this card within 1 hour (rule: 2 or more).",
                said(Locale.ENGLISH, window("count", null, "cardHash", "1h", "ge", 2)));
        assertEquals("Rule: amount of 1,250.5 in total by this customer within 1 day (rule: more than 1,000).",
                said(Locale.ENGLISH, window("sum", "amount", "customerId", "1d", "gt", 1000)));
        assertEquals("Rule: 2 different cards from this device within 7 days (rule: 2 or more).",
                said(Locale.ENGLISH, window("distinct", "cardHash", "device", "7d", "ge", 2)));
        assertEquals("Rule: the first payment with this card was 30 minutes ago (rule: less than 24 hours).",
                said(Locale.ENGLISH, window("age", null, "cardHash", null, "lt", 24)));
        assertEquals("Rule: country is FR, billing country is DE; bin is 4571 (begins with 45).", said(Locale.ENGLISH,
                new ConditionForm("country", null, null, null, null, "ne", null, null, "billingCountry"),
                field("attr.bin", "startsWith", "45")));
        assertEquals("Rule: IP address is not given.", said(Locale.ENGLISH, field("ip", "missing", null)));
    }

    @Test
    void saysItInChinese() throws FormRefusedException {
        assertEquals("Rule：1 小时内此卡有 2 笔付款（规则：不少于 2）。", said(Locale.CHINESE, window("count", null, "cardHash", "1h", "ge", 2)));
        assertEquals("Rule：此卡的首笔付款在 30 分钟前（规则：少于 24 小时）。", said(Locale.CHINESE, window("age", null, "cardHash", null, "lt", 24)));
        assertEquals("盗卡测试", new StarterRules(new RuleWords(Locale.SIMPLIFIED_CHINESE).bundle()).all().get(0).name());
    }
}
