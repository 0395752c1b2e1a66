package io.kontor.platform.models.internal;

import io.kontor.api.metric.Difference;
import io.kontor.api.model.Evaluation;
import io.kontor.platform.models.ReleasePolicy;
import java.util.Locale;

/**
 * Decides whether a new model passes. By default it does unless it is clearly worse than the family's baseline or than the champion's way of
 * learning, both judged on the same held-out cases; a release policy may ask it to be clearly better than both, and by a margin.
 *
 * <p>Clearly means beyond the noise: the interval of the difference of the primary metric on the same cases, by the paired bootstrap
 * ({@link io.kontor.api.metric.Bootstrap#difference}), lies wholly on one side of the margin. Within the noise a model that need not be better
 * wins, because it knows newer data.
 *
 * <p>The champion itself is no fair rival: its last training saw the part that is held out now. Therefore its settings are trained again on
 * the earlier part and that model is judged. With the same settings there is nothing to compare: the new model is the old one with newer data.
 */
final class PromotionRule {

    private static final double HUNDRED = 100;

    private final ReleasePolicy policy;

    /**
     * A rule.
     *
     * @param policy what a model must be beside its rivals
     */
    PromotionRule(ReleasePolicy policy) {
        this.policy = policy;
    }

    /**
     * Someone to be compared with.
     *
     * @param name who it is, to be read after "worse than" or "than"
     * @param judgement on the same cases; null when there is none
     * @param difference the candidate's primary metric less the rival's; null when there is none
     */
    record Rival(String name, FamilyEvaluation.Judgement judgement, Difference difference) {
    }

    /**
     * Compares with someone, as surely as the policy wants.
     *
     * @param name who it is, to be read after "worse than" or "than"
     * @param candidate how good the new model's way of learning is; null when unknown
     * @param judgement the rival's on the same cases; null when there is none
     * @return the rival
     */
    Rival rival(String name, FamilyEvaluation.Judgement candidate, FamilyEvaluation.Judgement judgement) {
        return new Rival(name, judgement, candidate == null || judgement == null ? null
                : candidate.less(judgement, policy.confidencePercent() / HUNDRED));
    }

    /**
     * Decides.
     *
     * @param candidate how good the new model's way of learning is; null when there was too little data to hold out
     * @param baseline the family's baseline
     * @param champion the champion's settings
     * @return the decision with its reason
     */
    Verdict decide(FamilyEvaluation.Judgement candidate, Rival baseline, Rival champion) {
        boolean better = policy.comparison() == ReleasePolicy.Comparison.BETTER;
        if (candidate == null) {
            return better ? new Verdict(false, "Not promoted: it must be clearly better than its rivals, and there is too little data to hold a"
                    + " part out for judging.")
                    : new Verdict(true, "Promoted, but its quality is unknown: there is too little data to hold a part out for judging.");
        }
        for (Rival rival : new Rival[] {baseline, champion}) {
            if (rival.judgement() == null) {
                continue;
            }
            if (sided(candidate, rival.difference(), -margin(rival)) < 0) {
                return new Verdict(false, "Not promoted: clearly worse than " + rival.name() + margin() + " " + figures(candidate, rival) + ".");
            } else if (better && sided(candidate, rival.difference(), margin(rival)) <= 0) {
                return new Verdict(false, "Not promoted: not clearly better than " + rival.name() + margin() + " " + figures(candidate, rival)
                        + ".");
            }
        }
        if (champion.judgement() != null) {
            return new Verdict(true, "Promoted: " + compared(candidate, champion) + ".");
        }
        if (baseline.judgement() != null) {
            return new Verdict(true, "Promoted: " + compared(candidate, baseline) + ".");
        }
        Evaluation evaluation = candidate.evaluation();
        return new Verdict(true, "Promoted: " + evaluation.primary() + " " + number(evaluation.score()) + " on " + evaluation.cases()
                + " held-out cases, and there is nothing to compare it with.");
    }

    /** Whether one model is worse than another beyond the noise, as surely as the policy wants to know. */
    boolean clearlyWorse(FamilyEvaluation.Judgement one, FamilyEvaluation.Judgement other) {
        return sided(one, one.less(other, policy.confidencePercent() / HUNDRED), 0) < 0;
    }

    private static String compared(FamilyEvaluation.Judgement candidate, Rival rival) {
        int side = sided(candidate, rival.difference(), 0);
        String relation = side > 0 ? "clearly better than " : side < 0 ? "worse, but not by the margin, than " : "not clearly different from ";
        return relation + rival.name() + " " + figures(candidate, rival);
    }

    private static String figures(FamilyEvaluation.Judgement candidate, Rival rival) {
        Evaluation own = candidate.evaluation();
        return "(" + own.primary() + " " + number(own.score()) + " against " + number(rival.judgement().evaluation().score()) + " on "
                + own.cases() + " held-out cases)";
    }

    private String margin() {
        return policy.marginPercent() == 0 ? "" : String.format(Locale.ROOT, " by %s %%", trimmed(policy.marginPercent()));
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private double margin(Rival rival) {
        return policy.marginPercent() / HUNDRED * Math.abs(rival.judgement().evaluation().score());
    }

    /** On which side of the margin the candidate is: 1 when it is clearly better, -1 when it is clearly worse, 0 within the noise. */
    private static int sided(FamilyEvaluation.Judgement candidate, Difference difference, double margin) {
        double low = difference.interval().low();
        double high = difference.interval().high();
        boolean higher = candidate.evaluation().higherIsBetter();
        double worst = higher ? low : -high;
        double best = higher ? high : -low;
        return worst > margin ? 1 : best < margin ? -1 : 0;
    }
}
