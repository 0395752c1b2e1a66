package io.kontor.api.data;

import java.time.LocalDate;
import java.util.Objects;

/**
 * The demand of one product at one location, period by period without gaps. All arrays have one element a period; they are not copied and
 * must not be changed.
 *
 * @param product the shop's own id
 * @param location empty for all locations together
 * @param start first day of the first period
 * @param step the length of a period
 * @param quantity units sold, returns not subtracted; 0 where nothing was sold
 * @param price mean unit price in the store's currency; NaN where unknown
 * @param promotion share of the period with a promotion, 0 to 1; NaN where unknown
 * @param inStock share of the period in which the product could be bought, 0 to 1; NaN where unknown
 */
public record DemandSeries(String product, String location, LocalDate start, Step step, double[] quantity, double[] price,
        double[] promotion, double[] inStock) {

    /** Checks that all arrays have one length. */
    public DemandSeries {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(step, "step");
        if (price.length != quantity.length || promotion.length != quantity.length || inStock.length != quantity.length) {
            throw new IllegalArgumentException("all arrays of a series must have one length");
        }
    }

    /**
     * Where the series ends.
     *
     * @return the first day after the last period
     */
    public LocalDate end() {
        return step.plus(start, quantity.length);
    }
}
