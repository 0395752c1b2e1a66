package io.kontor.api.inventory;

import java.util.Objects;

/**
 * Stock and supply of one product at one location. Immutable.
 *
 * @param product the shop's own id
 * @param location empty for all locations together
 * @param onHand units in stock
 * @param onOrder units ordered and not yet there
 * @param reserved units promised to customers
 * @param supplier the supplier's id
 * @param leadTimeDays mean days from order to arrival, above 0
 * @param leadTimeStdDays its standard deviation in days, 0 or more
 * @param minOrderQuantity smallest order in units, 0 when there is none
 * @param packSize orders come in multiples of it, 1 or more
 * @param unitCost price of a unit from the supplier in the store's currency; NaN when unknown
 * @param orderCost fixed cost of an order in the store's currency; NaN when unknown
 * @param holdingCostRate cost of holding a unit for a year as a share of its cost; NaN when unknown
 */
public record ReplenishmentRequest(String product, String location, double onHand, double onOrder, double reserved, String supplier,
        double leadTimeDays, double leadTimeStdDays, double minOrderQuantity, double packSize, double unitCost, double orderCost,
        double holdingCostRate) {

    /** Checks the ranges. */
    public ReplenishmentRequest {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(supplier, "supplier");
        if (!(leadTimeDays > 0) || !(leadTimeStdDays >= 0) || !(packSize >= 1) || !(minOrderQuantity >= 0)) {
            throw new IllegalArgumentException("lead time, deviation, minimum quantity or pack size of " + product + " is out of range");
        }
    }
}
