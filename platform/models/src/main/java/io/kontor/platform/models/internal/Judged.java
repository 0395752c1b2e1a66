package io.kontor.platform.models.internal;

import io.kontor.api.metric.Difference;
import io.kontor.api.model.Evaluation;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.internal.FamilyEvaluation.Judgement;
import io.kontor.platform.models.internal.PromotionRule.Rival;
import java.util.Map;
import java.util.TreeMap;

/**
 * How good a model and its rivals were on the same held-out cases. Immutable.
 *
 * @param evaluation the model; null when unknown
 * @param baseline the family's baseline; null when unknown
 * @param champion the champion's settings; null when there is no champion, it has the same settings, or they can no longer be used
 * @param differences the model's primary metric less the rival's, by {@link ModelVersion#BASELINE} and {@link ModelVersion#CHAMPION}
 */
record Judged(Evaluation evaluation, Evaluation baseline, Evaluation champion, Map<String, Difference> differences) {

    static Judged of(Judgement own, Rival baseline, Rival champion) {
        Map<String, Difference> differences = new TreeMap<>();
        if (baseline.difference() != null) {
            differences.put(ModelVersion.BASELINE, baseline.difference());
        }
        if (champion.difference() != null) {
            differences.put(ModelVersion.CHAMPION, champion.difference());
        }
        return new Judged(evaluation(own), evaluation(baseline.judgement()), evaluation(champion.judgement()), Map.copyOf(differences));
    }

    static Judged alone(Judgement own) {
        return new Judged(evaluation(own), null, null, Map.of());
    }

    private static Evaluation evaluation(Judgement judgement) {
        return judgement == null ? null : judgement.evaluation();
    }
}
