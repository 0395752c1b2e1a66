package io.kontor.api.pricing;

import java.util.Objects;

/**
 * What one guardrail did to a price. Immutable.
 *
 * @param guardrail stable name, lower case with hyphens, for example {@code max-change}, {@code margin-floor} or {@code ending}
 * @param before the price that came in
 * @param after the price that went on
 * @param text one sentence in the store's language
 */
public record GuardrailStep(String guardrail, double before, double after, String text) {

    /** Checks that no text is null. */
    public GuardrailStep {
        Objects.requireNonNull(guardrail, "guardrail");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Whether the guardrail changed the price.
     *
     * @return true when it bound
     */
    public boolean bound() {
        return before != after;
    }
}
