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
        double sum = 0;
        for (int k = 0; k < Driver.COUNT; k++) {
            sum += term(k, drivers);
        }
        return Math.exp(within(sum));
    }

    private double term(int k, double[] drivers) {
        return switch (k) {
            case Driver.PRICE -> coefficients[k] * (drivers[k] - Math.log(reference));
            case Driver.COMPETITOR -> Double.isNaN(competitor) || Double.isNaN(drivers[k]) ? 0
                    : coefficients[k] * (drivers[k] - Math.log(competitor));
            default -> coefficients[k] * drivers[k];
        };
    }

    private static double within(double sum) {
        return Math.max(-LARGEST, Math.min(LARGEST, sum));
    }

    /**
     * The logarithms whose sum is that of the factor.
     *
     * @param drivers as {@link Driver#fill} writes them
     * @return one a driver up to {@link Driver#SEASON}, which has all waves together, and as the last what holds the sum within its bounds
     */
    double[] logarithms(double[] drivers) {
        double[] logarithms = new double[Driver.SEASON + 2];
        double sum = 0;
        for (int k = 0; k < Driver.COUNT; k++) {
            double term = term(k, drivers);
            logarithms[Math.min(k, Driver.SEASON)] += term;
            sum += term;
        }
        logarithms[Driver.SEASON + 1] = within(sum) - sum;
        return logarithms;
    }

    /** The same curve at another level. */
    Curve at(double units) {
        return new Curve(coefficients, error, pooled, observations, reference, competitor, units, category);
    }
}
