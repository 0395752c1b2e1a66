package io.kontor.pricing.elasticity;

import java.util.List;

/**
 * What the elasticities of a group have in common: an empirical Bayes estimate of their mean and of how far they lie apart, from estimates
 * of different precision (DerSimonian and Laird, 1986), held by a weak prior where the group is small.
 *
 * @param mean of the elasticities
 * @param error standard error of the mean
 * @param between standard deviation of the elasticities around it
 */
record Shrinkage(double mean, double error, double between) {

    /** What is known of price elasticities of brands before any data: mean -2.6 over 1,851 of them (Bijmolt, van Heerde and Pieters, 2005). */
    static final Shrinkage PRIOR = new Shrinkage(-2.6, 1.0, 1.0);

    /** The between-variance counts as if it had been seen in so many further products. */
    private static final double PRIOR_PRODUCTS = 4;

    /** An estimate and its standard error. */
    record Estimate(double value, double error) {
    }

    /**
     * Pools a group.
     *
     * @param estimates of its members
     * @param above what the group is a part of
     */
    static Shrinkage of(List<Estimate> estimates, Shrinkage above) {
        double n = estimates.size();
        double sum = 0;
        double weights = 0;
        double squares = 0;
        for (Estimate one : estimates) {
            double w = 1 / (one.error * one.error);
            sum += w * one.value;
            weights += w;
            squares += w * w;
        }
        double between = above.between * above.between;
        if (n > 1) {
            double fixed = sum / weights;
            double q = 0;
            for (Estimate one : estimates) {
                q += (one.value - fixed) * (one.value - fixed) / (one.error * one.error);
            }
            double own = Math.max(0, (q - (n - 1)) / (weights - squares / weights));
            between = ((n - 1) * own + PRIOR_PRODUCTS * between) / (n - 1 + PRIOR_PRODUCTS);
        }
        double apart = above.error * above.error + above.between * above.between / 4;
        double precision = 1 / apart;
        double mean = above.mean / apart;
        for (Estimate one : estimates) {
            double w = 1 / (one.error * one.error + between);
            precision += w;
            mean += w * one.value;
        }
        return new Shrinkage(mean / precision, Math.sqrt(1 / precision), Math.sqrt(between));
    }

    /** A member's elasticity, given its own estimate; null for none. */
    Estimate member(Estimate own) {
        double variance = between * between + error * error;
        if (own == null) {
            return new Estimate(mean, Math.sqrt(variance));
        }
        double precision = 1 / variance + 1 / (own.error * own.error);
        return new Estimate((mean / variance + own.value / (own.error * own.error)) / precision, Math.sqrt(1 / precision));
    }
}
