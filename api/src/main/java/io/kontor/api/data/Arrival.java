package io.kontor.api.data;

import java.util.Objects;

/**
 * A product of the catalogue as it came into it. Immutable.
 *
 * @param product the shop's own id
 * @param category path with {@code /}; may be empty
 * @param createdAt when it came into the catalogue as the shop says, in milliseconds since 1970-01-01T00:00Z; 0 when the shop does not say
 */
public record Arrival(String product, String category, long createdAt) {

    /** Checks that no text is null. */
    public Arrival {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(category, "category");
    }
}
