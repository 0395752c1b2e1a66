package io.kontor.api.pricing;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What demand is asked for: prices of a product that are tried, and all that is known of the period besides. What is not known is taken to be
 * as in the latest period. Immutable; the array is not copied and must not be changed.
 *
 * @param product the shop's own id
 * @param prices unit prices in the store's currency that are tried, each above 0
 * @param promotion share of the period with a promotion of the product, 0 to 1
 * @param competitorPrice unit price at which competitors sell the product in the period, above 0; NaN when not known
 * @param otherPrices unit prices of other products of the store in the period by their ids, each above 0; those not named are as they
 *     were; one of the product itself has no meaning
 * @param period first day of the period; empty for the period after the latest
 */
public record DemandQuery(String product, double[] prices, double promotion, double competitorPrice, Map<String, Double> otherPrices,
        Optional<LocalDate> period) {

    /** Checks the ranges and copies the other prices. */
    public DemandQuery {
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(period, "period");
        otherPrices = Map.copyOf(otherPrices);
        for (double price : prices) {
            above0(price);
        }
        if (!Double.isNaN(competitorPrice)) {
            above0(competitorPrice);
        }
        if (!(promotion >= 0 && promotion <= 1)) {
            throw new IllegalArgumentException("the share of the period with a promotion must be 0 to 1, not " + promotion);
        }
    }

    private static void above0(double price) {
        if (!(price > 0 && price < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a price must be above 0, not " + price);
        }
    }

    /**
     * Prices with nothing known besides: no promotion, all else as in the latest period.
     *
     * @param product the shop's own id
     * @param prices each above 0
     * @return the query
     */
    public static DemandQuery of(String product, double... prices) {
        return new DemandQuery(product, prices, 0, Double.NaN, Map.of(), Optional.empty());
    }
}
