package io.kontor.pricing.elasticity;

/**
 * The demand of one product: level × exp(coefficients × (drivers - those of late)). Season and promotion are counted from none. Arrays are
 * not to be changed.
 *
 * @param coefficients one a {@link Driver}
 * @param error standard error of the elasticity
 * @param pooled whether it rests on other products alone
 * @param observations periods of the product's own
 * @param reference the price of late, above 0
 * @param competitor competitors' price of late, above 0; NaN when none is known
 * @param level expected units a day at these prices, without promotion or season
 * @param category whose products are its rivals; empty when it has none
 */
record Curve(double[] coefficients, double error, boolean pooled, int observations, double reference, double competitor, double level,
        String category) {

    /** Beyond e to this, nothing can be said to be known. */
    private static final double LARGEST = 30;

    double elasticity() {
        return coefficients[Driver.PRICE];
    }

    /** By what demand is multiplied in given circumstances; the drivers as {@link Driver#fill} writes them. */
    double factor(double[] drivers) {
        double sum = coefficients[Driver.PRICE] * (drivers[Driver.PRICE] - Math.log(reference));
        if (!Double.isNaN(competitor) && !Double.isNaN(drivers[Driver.COMPETITOR])) {
            sum += coefficients[Driver.COMPETITOR] * (drivers[Driver.COMPETITOR] - Math.log(competitor));
        }
        for (int k = 0; k < Driver.COUNT; k++) {
            sum += k == Driver.PRICE || k == Driver.COMPETITOR ? 0 : coefficients[k] * drivers[k];
        }
        return Math.exp(Math.max(-LARGEST, Math.min(LARGEST, sum)));
    }

    /** The same curve at another level. */
    Curve at(double units) {
        return new Curve(coefficients, error, pooled, observations, reference, competitor, units, category);
    }
}
