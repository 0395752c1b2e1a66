package io.kontor.api.risk;

import io.kontor.api.decision.Reason;
import java.util.List;
import java.util.Objects;

/**
 * A rule that applies to a transaction. Immutable.
 *
 * @param rule the rule
 * @param reason what was found, with the code {@code rule-ID} and the rule's weight
 */
public record RuleHit(RiskRule rule, Reason reason) {

    /** Checks that nothing is null. */
    public RuleHit {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * What to do with a transaction to which some rules apply: a declining rule declines, else an approving one approves, else a reviewing
     * one turns an approval into a review.
     *
     * @param scored what to do by the score alone
     * @param hits the rules that apply
     * @return what to do
     */
    public static Verdict decide(Verdict scored, List<RuleHit> hits) {
        RiskRule.Action first = RiskRule.Action.SCORE;
        for (RuleHit hit : hits) {
            first = hit.rule.action().compareTo(first) < 0 ? hit.rule.action() : first;
        }
        return switch (first) {
            case DECLINE -> Verdict.DECLINE;
            case APPROVE -> Verdict.APPROVE;
            case REVIEW -> scored == Verdict.DECLINE ? Verdict.DECLINE : Verdict.REVIEW;
            case SCORE -> scored;
        };
    }
}
