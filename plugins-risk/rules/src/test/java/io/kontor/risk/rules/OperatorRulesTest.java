package io.kontor.risk.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RiskRule.Action;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.RuleCondition;
import io.kontor.api.risk.RuleOperator;
import io.kontor.api.risk.RuleQuantity.Field;
import io.kontor.api.risk.Transaction;
import io.kontor.api.risk.Verdict;
import io.kontor.platform.testkit.data.SampleRules;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.RiskScorerContract;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorRulesTest extends RiskScorerContract {

    private static final List<RiskRule> RULES = List.of(over("a", 100, Action.SCORE, 0.3), over("b", 200, Action.REVIEW, 0.1),
            over("c", 300, Action.SCORE, 0.6), over("d", 400, Action.APPROVE, -0.2), over("e", 500, Action.DECLINE, 0.9));

    private static RiskRule over(String id, double amount, Action action, double weight) {
        return new RiskRule(id, "Over " + amount, "", List.of(new RuleCondition(new Field("amount"), RuleOperator.GT, List.of(amount), null)),
                action, weight, true);
    }

    private static OperatorRules.Settings settings(boolean starters) {
        return new OperatorRules.Settings() {

            @Override
            public double reviewScore() {
                return 0.5;
            }

            @Override
            public double declineScore() {
                return 0.9;
            }

            @Override
            public boolean starterRules() {
                return starters;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return OperatorRules.Settings.class;
            }
        };
    }

    private static Assessment assess(Locale locale, boolean starters, List<RiskRule> own, double amount) {
        OperatorRules plugin = new OperatorRules(settings(starters), new SampleStore(locale), new SampleRules(own, RULES));
        Transaction payment = new Transaction("t", Instant.EPOCH, amount, "", "", "", "", "", "", "", "", "", "", Map.of());
        return plugin.assess(new RiskRequest(payment, List.of()));
    }

    private static Assessment assess(double amount) {
        return assess(Locale.ENGLISH, false, RULES, amount);
    }

    @Override
    protected RiskScorer plugin(SampleStore data) {
        return new OperatorRules(settings(true), data, new SampleRules(List.of(), RULES));
    }

    @Test
    void addsTheWeightsUp() {
        assertEquals(0, assess(50).score());
        assertEquals(0.3, assess(150).score(), 1e-12);
        assertEquals(0.4, assess(250).score(), 1e-12);
        assertEquals(1, assess(350).score(), 1e-12);
        assertEquals(1, assess(550).score(), "not more than 1");
    }

    @Test
    void decidesByTheRulesAndElseByTheThresholds() {
        assertEquals(Verdict.APPROVE, assess(150).verdict());
        assertEquals(Verdict.REVIEW, assess(250).verdict(), "a rule wants it");
        assertEquals(Verdict.DECLINE, assess(350).verdict(), "the score wants it");
        assertEquals(Verdict.APPROVE, assess(450).verdict(), "a rule trusts it");
        assertEquals(Verdict.DECLINE, assess(550).verdict(), "a rule declines it");
    }

    @Test
    void saysWhyWeightiestFirst() {
        assertEquals(List.of("rule-c", "rule-a", "rule-b", "score-declines"), assess(350).reasons().stream().map(Reason::code).toList());
        assertEquals("The weights add up to 1; transactions are declined from 0.9 on.", assess(350).reasons().get(3).text());
        assertEquals(List.of(new Reason("no-rule-applies", "None of the 5 rules applies.", 0)), assess(50).reasons());
        assertEquals("共 5 条规则，均未命中。", assess(Locale.CHINESE, false, RULES, 50).reasons().get(0).text());
    }

    @Test
    void explainsTheScoreByTheWeightsAndWhatIsCutOff() {
        Explanation sum = assess(350).explanation().orElseThrow();
        assertEquals(Explanation.Kind.ADDITIVE, sum.kind());
        assertEquals(0, sum.base(), 1e-9);
        assertEquals(List.of("rule-c", "rule-a", "rule-b"), sum.contributions().stream().map(Contribution::feature).toList());
        Explanation cut = assess(550).explanation().orElseThrow();
        assertEquals(1, cut.output());
        assertEquals("bounds", cut.contributions().get(cut.contributions().size() - 1).feature());
        assertEquals(List.of(), assess(50).explanation().orElseThrow().contributions());
    }

    @Test
    void takesTheBuiltInRulesOnlyWhileTheStoreHasNone() {
        assertEquals(Verdict.DECLINE, assess(Locale.ENGLISH, true, List.of(), 550).verdict());
        assertEquals("no-rules", assess(Locale.ENGLISH, false, List.of(), 550).reasons().get(0).code());
        assertEquals("The one rule does not apply.", assess(Locale.ENGLISH, true, List.of(RULES.get(4)), 450).reasons().get(0).text());
    }
}
