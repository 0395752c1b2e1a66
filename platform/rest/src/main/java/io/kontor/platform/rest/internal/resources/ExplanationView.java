package io.kontor.platform.rest.internal.resources;

import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import java.util.List;
import java.util.Locale;

/**
 * How a value came about.
 *
 * @param kind additive, multiplicative, shapley, evidence or constraints
 * @param base what it started from
 * @param output the value
 * @param contributions what was added to the base; with it they add up to the value
 */
public record ExplanationView(String kind, double base, double output, List<Contribution> contributions) {

    static ExplanationView of(Explanation explanation) {
        return new ExplanationView(explanation.kind().name().toLowerCase(Locale.ROOT), explanation.base(), explanation.output(),
                explanation.contributions());
    }
}
