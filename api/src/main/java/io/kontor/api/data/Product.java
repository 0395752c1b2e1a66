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
 * @param imageUrl where the shop has its picture, or the name of an uploaded one, see {@link Pictures}; may be empty
 */
public record Product(String id, String title, String category, String brand, double price, double cost, boolean active, String imageUrl) {

    /** Checks that no text is null. */
    public Product {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(brand, "brand");
        Objects.requireNonNull(imageUrl, "imageUrl");
    }

    /**
     * A product without a picture.
     *
     * @param id the shop's own id
     * @param title may be empty
     * @param category path with {@code /}; may be empty
     * @param brand may be empty
     * @param price in the store's currency; NaN when unknown
     * @param cost in the store's currency; NaN when unknown
     * @param active false when the shop took it out of sale
     */
    public Product(String id, String title, String category, String brand, double price, double cost, boolean active) {
        this(id, title, category, brand, price, cost, active, "");
    }
}
