package io.kontor.pricing.elasticity;

/**
 * The demand of one product: level × (price / reference)^elasticity.
 *
 * @param elasticity the estimate
 * @param error its standard error
 * @param pooled whether it rests on other products alone
 * @param observations weeks of the product's own
 * @param reference the price of late, above 0
 * @param level expected units a day at that price
 */
record Curve(double elasticity, double error, boolean pooled, int observations, double reference, double level) {

    double demand(double price) {
        return level * Math.pow(price / reference, elasticity);
    }
}
