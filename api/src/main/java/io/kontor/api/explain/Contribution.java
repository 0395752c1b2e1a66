package io.kontor.api.explain;

import java.util.Objects;

/**
 * What one feature added to an output. Immutable.
 *
 * @param feature stable name for machines, lower case with hyphens, for example {@code amount}
 * @param name what people call it, in the store's language
 * @param value its value in words, in the store's language; empty where there is nothing to say
 * @param amount what it added, in the output's own unit; the sign tells the direction; finite
 */
public record Contribution(String feature, String name, String value, double amount) {

    /** Checks that no text is null and that the amount is finite. */
    public Contribution {
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        if (!Double.isFinite(amount)) {
            throw new IllegalArgumentException("the contribution of " + feature + " is " + amount);
        }
    }
}
