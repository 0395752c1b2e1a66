package io.kontor.api.pricing;

import io.kontor.api.data.Product;
import java.util.Objects;

/**
 * A product whose price is to be looked at. Immutable.
 *
 * @param product the product
 * @param currentPrice today's price in the store's currency, above 0
 * @param lowestPriorPrice the lowest price of the 30 days before; NaN when unknown
 * @param onHand units in stock; NaN when unknown
 * @param competitorPrice unit price at which competitors sell it now; NaN when unknown
 */
public record PriceRequest(Product product, double currentPrice, double lowestPriorPrice, double onHand, double competitorPrice) {

    /** Checks the price. */
    public PriceRequest {
        Objects.requireNonNull(product, "product");
        if (!(currentPrice > 0)) {
            throw new IllegalArgumentException("current price of " + product.id() + " must be above 0");
        }
    }

    /**
     * A product of whose competitors nothing is known.
     *
     * @param product the product
     * @param currentPrice today's price in the store's currency, above 0
     * @param lowestPriorPrice the lowest price of the 30 days before; NaN when unknown
     * @param onHand units in stock; NaN when unknown
     */
    public PriceRequest(Product product, double currentPrice, double lowestPriorPrice, double onHand) {
        this(product, currentPrice, lowestPriorPrice, onHand, Double.NaN);
    }
}
