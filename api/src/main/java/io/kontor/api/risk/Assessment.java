package io.kontor.api.risk;

import io.kontor.api.decision.Reason;
import java.util.List;
import java.util.Objects;

/**
 * The judgement of one transaction. Immutable.
 *
 * @param score how likely fraud is, 0 to 1; calibrated where the plugin says so
 * @param verdict what to do by the plugin's thresholds or rules
 * @param reasons why, the weightiest first; at least one
 */
public record Assessment(double score, Verdict verdict, List<Reason> reasons) {

    /** Copies the reasons and checks the score. */
    public Assessment {
        Objects.requireNonNull(verdict, "verdict");
        reasons = List.copyOf(reasons);
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0 to 1, not " + score);
        }
    }
}
