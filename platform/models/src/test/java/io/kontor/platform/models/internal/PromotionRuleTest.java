package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.metric.Statistic;
import io.kontor.api.model.Evaluation;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.models.internal.FamilyEvaluation.Judgement;
import io.kontor.platform.models.internal.PromotionRule.Rival;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which models serve. */
class PromotionRuleTest {

    private static final Rival NOBODY = new Rival("nobody", null, null);

    private final PromotionRule rule = new PromotionRule(ReleasePolicy.DEFAULT);

    @Test
    void aClearlyWorseModelDoesNotServe() {
        Verdict verdict = againstBaseline(judged(0, 0.1, 0, 0.1), judged(0.5, 0.6, 0.5, 0.6));
        assertFalse(verdict.promoted());
        assertEquals("Not promoted: clearly worse than the baseline popular (ndcg@10 0.0500 against 0.5500 on 4 held-out cases).",
                verdict.reason());
    }

    @Test
    void aClearlyBetterModelServes() {
        Verdict verdict = againstBaseline(judged(0.5, 0.6, 0.5, 0.6), judged(0, 0.1, 0, 0.1));
        assertTrue(verdict.promoted());
        assertTrue(verdict.reason().startsWith("Promoted: clearly better than the baseline popular"), verdict.reason());
    }

    @Test
    void withinTheNoiseTheNewModelServesAsItKnowsNewerData() {
        Judgement candidate = judged(0.2, 0.9, 0.1, 0.3);
        Verdict verdict = rule.decide(candidate, NOBODY, rule.rival("the champion's settings", candidate, judged(0.9, 0.2, 0.3, 0.2)));
        assertTrue(verdict.promoted());
        assertTrue(verdict.reason().startsWith("Promoted: not clearly different from the champion's settings"), verdict.reason());
    }

    /** Differences -0.1 and +0.02 in turn: mean -0.04, standard deviation 0.06 over 100 cases, so the mean is 6.6 standard errors below. */
    @Test
    void theBorderIsAPairedTestAndNotTheDifferenceOfTheMeans() {
        double[] worse = new double[100];
        double[] better = new double[100];
        Arrays.fill(better, 0.5);
        for (int i = 0; i < 100; i++) {
            worse[i] = 0.5 + (i % 2 == 0 ? -0.1 : 0.02);
        }
        assertFalse(againstBaseline(judged(worse), judged(better)).promoted());
        assertTrue(againstBaseline(judged(Arrays.copyOf(worse, 2)), judged(Arrays.copyOf(better, 2))).promoted(),
                "with two cases it is noise");
    }

    @Test
    void withoutAnythingToCompareWithItServesAndSaysSo() {
        assertEquals("Promoted: ndcg@10 0.5000 on 2 held-out cases, and there is nothing to compare it with.",
                rule.decide(judged(0.4, 0.6), NOBODY, NOBODY).reason());
        assertEquals("Promoted, but its quality is unknown: there is too little data to hold a part out for judging.",
                rule.decide(null, NOBODY, NOBODY).reason());
    }

    @Test
    void aPolicyMayAskForABetterModelByAMargin() {
        double[] rival = new double[200];
        double[] candidate = new double[200];
        for (int i = 0; i < 200; i++) {
            rival[i] = 0.5 + (i % 10) * 0.01;
            candidate[i] = rival[i] + 0.03 + (i % 3) * 0.005;
        }
        assertTrue(decided(ReleasePolicy.Comparison.BETTER, 0, candidate, rival).promoted());
        assertTrue(decided(ReleasePolicy.Comparison.BETTER, 5, candidate, rival).promoted(), "it is better by 6 %");
        Verdict tooLittle = decided(ReleasePolicy.Comparison.BETTER, 8, candidate, rival);
        assertFalse(tooLittle.promoted());
        assertTrue(tooLittle.reason().startsWith("Not promoted: not clearly better than the baseline popular by 8 % (ndcg@10"),
                tooLittle.reason());
        assertFalse(decided(ReleasePolicy.Comparison.BETTER, 0, rival, rival.clone()).promoted(), "an equal one is not better");
        assertTrue(decided(ReleasePolicy.Comparison.NOT_WORSE, 0, rival, rival.clone()).promoted());
        assertFalse(decided(ReleasePolicy.Comparison.NOT_WORSE, 0, rival, candidate).promoted());
        Verdict within = decided(ReleasePolicy.Comparison.NOT_WORSE, 10, rival, candidate);
        assertTrue(within.promoted());
        assertTrue(within.reason().startsWith("Promoted: worse, but not by the margin, than the baseline"), within.reason());
        assertFalse(new PromotionRule(policy(ReleasePolicy.Comparison.BETTER, 0)).decide(null, NOBODY, NOBODY).promoted());
    }

    private static ReleasePolicy policy(ReleasePolicy.Comparison comparison, double margin) {
        return new ReleasePolicy(ReleasePolicy.Promotion.AUTOMATIC, comparison, margin, 99, ReleasePolicy.DEFAULT.canary(),
                ReleasePolicy.DEFAULT.guards(), 10);
    }

    private static Verdict decided(ReleasePolicy.Comparison comparison, double margin, double[] candidate, double[] rival) {
        PromotionRule strict = new PromotionRule(policy(comparison, margin));
        Judgement own = judged(candidate);
        return strict.decide(own, strict.rival("the baseline popular", own, judged(rival)), NOBODY);
    }

    private Verdict againstBaseline(Judgement candidate, Judgement baseline) {
        return rule.decide(candidate, rule.rival("the baseline popular", candidate, baseline), NOBODY);
    }

    private static Judgement judged(double... scores) {
        double mean = Arrays.stream(scores).average().orElseThrow();
        return new Judgement(new Evaluation(Map.of("ndcg@10", mean), "ndcg@10", true, scores.length), scores.length, Statistic.mean(scores));
    }
}
