package io.kontor.api.risk;

import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Explanation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The judgement of one transaction. Immutable.
 *
 * @param score how likely fraud is, 0 to 1; calibrated where the plugin says so
 * @param verdict what to do by the plugin's thresholds or rules
 * @param reasons why, the weightiest first; at least one
 * @param explanation how the score came about, where the plugin can tell
 */
public record Assessment(double score, Verdict verdict, List<Reason> reasons, Optional<Explanation> explanation) {

    /** Copies the reasons and checks the score. */
    public Assessment {
        Objects.requireNonNull(verdict, "verdict");
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(explanation, "explanation");
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0 to 1, not " + score);
        }
    }

    /**
     * An assessment without an explanation in numbers.
     *
     * @param score how likely fraud is
     * @param verdict what to do
     * @param reasons why
     */
    public Assessment(double score, Verdict verdict, List<Reason> reasons) {
        this(score, verdict, reasons, Optional.empty());
    }
}
