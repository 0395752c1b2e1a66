package io.kontor.api.decision;

import java.util.Objects;

/**
 * One line of the arithmetic behind a proposal, as a person would write it down. Immutable.
 *
 * @param label what the value is, in the store's language
 * @param value the value
 */
public record ArithmeticLine(String label, double value) {

    /** Checks that the label is not null. */
    public ArithmeticLine {
        Objects.requireNonNull(label, "label");
    }
}
