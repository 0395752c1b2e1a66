package io.kontor.platform.models.internal;

import io.kontor.api.metric.Difference;
import io.kontor.api.model.Evaluation;
import java.util.Locale;

/**
 * Decides whether a new model serves: it does unless it is clearly worse than the family's baseline or than the champion's way of learning,
 * both judged on the same held-out cases.
 *
 * <p>Clearly means beyond the noise: the 95 % interval of the difference of the primary metric on the same cases, by the paired bootstrap
 * ({@link io.kontor.api.metric.Bootstrap#difference}), lies wholly on the wrong side of zero. Within the noise the new model wins, because it
 * knows newer data.
 *
 * <p>The champion itself is no fair rival: its last training saw the part that is held out now. Therefore its settings are trained again on
 * the earlier part and that model is judged. With the same settings there is nothing to compare: the new model is the old one with newer data.
 */
final class PromotionRule {

    /**
     * Someone to be compared with.
     *
     * @param name who it is, to be read after "worse than" or "than"
     * @param judgement on the same cases; null when there is none
     * @param difference the candidate's primary metric less the rival's; null when there is none
     */
    record Rival(String name, FamilyEvaluation.Judgement judgement, Difference difference) {

        static Rival of(String name, FamilyEvaluation.Judgement candidate, FamilyEvaluation.Judgement judgement) {
            return new Rival(name, judgement, candidate == null || judgement == null ? null : candidate.less(judgement));
        }
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
        if (candidate == null) {
            return new Verdict(true, "Promoted, but its quality is unknown: there is too little data to hold a part out for judging.");
        }
        for (Rival rival : new Rival[] {baseline, champion}) {
            if (rival.judgement() != null && margin(candidate, rival) < 0) {
                return new Verdict(false, "Not promoted: clearly worse than " + rival.name() + " " + figures(candidate, rival) + ".");
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

    private static String compared(FamilyEvaluation.Judgement candidate, Rival rival) {
        String relation = margin(candidate, rival) > 0 ? "clearly better than " : "not clearly different from ";
        return relation + rival.name() + " " + figures(candidate, rival);
    }

    private static String figures(FamilyEvaluation.Judgement candidate, Rival rival) {
        Evaluation own = candidate.evaluation();
        return "(" + own.primary() + " " + number(own.score()) + " against " + number(rival.judgement().evaluation().score()) + " on "
                + own.cases() + " held-out cases)";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** 1 when the candidate is clearly better, -1 when it is clearly worse, 0 within the noise. */
    private static int margin(FamilyEvaluation.Judgement candidate, Rival rival) {
        return candidate.evaluation().higherIsBetter() ? rival.difference().sign() : -rival.difference().sign();
    }
}
