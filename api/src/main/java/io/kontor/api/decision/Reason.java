package io.kontor.api.decision;

import java.util.Objects;

/**
 * One reason for an answer, in words and with its share. Immutable.
 *
 * @param code stable name for machines, lower case with hyphens, for example {@code bought-together}
 * @param text one sentence in the store's language
 * @param weight contribution to the score in the score's own unit; the sign tells the direction; NaN when it cannot be told
 */
public record Reason(String code, String text, double weight) {

    /** Checks that no text is null. */
    public Reason {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(text, "text");
    }
}
