package io.kontor.api.decision;

import io.kontor.api.explain.Explanation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A decision that a person or a rule approves before it takes effect. Immutable.
 *
 * @param kind what is proposed, for example {@code order} or {@code price}
 * @param subject the product concerned
 * @param change the new values by name, for example {@code quantity} or {@code price}: texts, numbers or booleans
 * @param arithmetic how the values came about, line by line
 * @param impact expected effects by name in the store's currency or in units, for example {@code revenue}
 * @param reasons why, in words, the constraint that bound it included
 * @param explanation what each constraint that bound made of the value that was wanted; empty where the plugin does not tell
 */
public record Proposal(String kind, String subject, Map<String, Object> change, List<ArithmeticLine> arithmetic,
        Map<String, Double> impact, List<Reason> reasons, Optional<Explanation> explanation) {

    /** Copies the collections. */
    public Proposal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        change = Map.copyOf(change);
        arithmetic = List.copyOf(arithmetic);
        impact = Map.copyOf(impact);
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(explanation, "explanation");
    }

    /**
     * A proposal without an explanation in numbers.
     *
     * @param kind what is proposed
     * @param subject the product concerned
     * @param change the new values by name
     * @param arithmetic how the values came about
     * @param impact expected effects by name
     * @param reasons why
     */
    public Proposal(String kind, String subject, Map<String, Object> change, List<ArithmeticLine> arithmetic, Map<String, Double> impact,
            List<Reason> reasons) {
        this(kind, subject, change, arithmetic, impact, reasons, Optional.empty());
    }

    /**
     * The same proposal with an explanation.
     *
     * @param told what each constraint that bound made of the value that was wanted
     * @return the explained proposal
     */
    public Proposal explained(Explanation told) {
        return new Proposal(kind, subject, change, arithmetic, impact, reasons, Optional.of(told));
    }
}
