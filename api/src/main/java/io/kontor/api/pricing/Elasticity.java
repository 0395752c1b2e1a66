package io.kontor.api.pricing;

import java.util.Objects;

/**
 * How demand answers to a product's own price: the percentage by which units change when the price rises by one percent. Immutable.
 *
 * @param value the estimate, below 0 as a rule
 * @param low lower end of the 95 % interval
 * @param high upper end of the 95 % interval
 * @param source what it rests on: {@code own}, {@code pooled} or {@code prior}
 * @param observations number of periods of the product's own that went in
 */
public record Elasticity(double value, double low, double high, String source, int observations) {

    /** Checks the order of the interval. */
    public Elasticity {
        Objects.requireNonNull(source, "source");
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException("the estimate must lie in its interval");
        }
    }
}
