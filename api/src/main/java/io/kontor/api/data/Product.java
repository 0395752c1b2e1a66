package io.kontor.api.data;

import java.util.Objects;

/**
 * A product of the catalogue as an answer needs it. Immutable.
 *
 * @param id the shop's own id
 * @param title may be empty
 * @param category path with {@code /}; may be empty
 * @param brand may be empty
 * @param price in the store's currency; NaN when unknown
 * @param cost in the store's currency; NaN when unknown
 * @param active false when the shop took it out of sale
 */
public record Product(String id, String title, String category, String brand, double price, double cost, boolean active) {

    /** Checks that no text is null. */
    public Product {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(brand, "brand");
    }
}
