package io.kontor.api.decision;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A decision that a person or a rule approves before it takes effect. Immutable.
 *
 * @param kind what is proposed, for example {@code order} or {@code price}
 * @param subject the product concerned
 * @param change the new values by name, for example {@code quantity} or {@code price}: texts, numbers or booleans
 * @param arithmetic how the values came about, line by line
 * @param impact expected effects by name in the store's currency or in units, for example {@code revenue}
 * @param reasons why, in words, the constraint that bound it included
 */
public record Proposal(String kind, String subject, Map<String, Object> change, List<ArithmeticLine> arithmetic,
        Map<String, Double> impact, List<Reason> reasons) {

    /** Copies the collections. */
    public Proposal {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        change = Map.copyOf(change);
        arithmetic = List.copyOf(arithmetic);
        impact = Map.copyOf(impact);
        reasons = List.copyOf(reasons);
    }
}
