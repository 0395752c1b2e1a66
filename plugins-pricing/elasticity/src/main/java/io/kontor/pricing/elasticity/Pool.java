package io.kontor.pricing.elasticity;

import java.util.Arrays;
import java.util.List;

/**
 * What the coefficients of a group of products have in common: an empirical Bayes estimate of their means and of how far they lie apart
 * (Rossi, Allenby and McCulloch, Bayesian Statistics and Marketing, 2005, chapter 5), found by expectation maximisation from what the
 * products' own periods tell, and held by a weak prior where the group is small. All coefficients are pooled at once, so that what a price
 * cut and its promotion did together is parted between the two as in similar products. Arrays have one element a {@link Driver} and are not
 * changed.
 *
 * @param mean of the coefficients
 * @param error standard error of the mean
 * @param between standard deviation of the coefficients around it
 */
record Pool(double[] mean, double[] error, double[] between) {

    /**
     * What is known before any data. Price elasticities of brands have a mean of -2.6 over 1,851 of them (Bijmolt, van Heerde and Pieters,
     * 2005), cross-price elasticities of one of 0.5 over 1,060 (Sethuraman, Srinivasan and Kim, 1999).
     */
    static final Pool PRIOR = new Pool(new double[] {-2.6, 0.3, 0.4, 0.2, 0, 0, 0, 0},
            new double[] {1.0, 0.5, 1.0, 0.6, 0.2, 0.2, 0.2, 0.2}, new double[] {1.0, 0.4, 1.0, 0.4, 0.15, 0.15, 0.15, 0.15});

    /** How far the products lie apart counts as if it had been seen in so many further products. */
    private static final double PRIOR_PRODUCTS = 4;
    private static final int ROUNDS = 60;
    private static final double ENOUGH = 1e-4;
    /** Holds a coefficient at zero. */
    private static final double NONE = 1e-6;
    private static final int[] CROSS = {Driver.COMPETITOR, Driver.RIVALS};

    /**
     * What the periods of one product tell: the quadratic approximation of its likelihood.
     *
     * @param information the precision of its own estimate; zero where it tells nothing
     * @param score the information times its own estimate
     */
    record Evidence(double[][] information, double[] score) {

        Evidence weakened(double factor) {
            double[][] less = new double[information.length][];
            Arrays.setAll(less, r -> Arrays.stream(information[r]).map(value -> value / factor).toArray());
            return new Evidence(less, Arrays.stream(score).map(value -> value / factor).toArray());
        }
    }

    /** The coefficients of one product, and the standard error of the first of them, the elasticity. */
    record Member(double[] coefficients, double error) {
    }

    /**
     * Pools a group. Dearer rivals do not lower demand: a cross-price coefficient that comes out below zero for the whole group is no effect of
     * prices, and is taken as zero.
     *
     * @param members what their periods tell
     * @param effect by how much that is less when it is put together, as in {@link Shocks}
     * @param above what the group is a part of
     */
    static Pool of(List<Evidence> members, double effect, Pool above) {
        List<Evidence> evidence = members.stream().map(one -> one.weakened(effect)).toList();
        Pool pool = converged(evidence, above);
        Pool held = above;
        for (int cross : CROSS) {
            if (pool.mean[cross] < 0) {
                held = held.without(cross);
            }
        }
        return held == above ? pool : converged(evidence, held);
    }

    private Pool without(int driver) {
        Pool held = new Pool(mean.clone(), error.clone(), between.clone());
        held.mean[driver] = 0;
        held.error[driver] = NONE;
        held.between[driver] = NONE;
        return held;
    }

    private static Pool converged(List<Evidence> evidence, Pool above) {
        Pool pool = new Pool(above.mean, above.spread(), above.between);
        for (int round = 0; round < ROUNDS; round++) {
            Pool next = pool.step(evidence, above);
            double change = 0;
            for (int k = 0; k < Driver.COUNT; k++) {
                change = Math.max(change, Math.abs(next.mean[k] - pool.mean[k]) + Math.abs(next.between[k] - pool.between[k]));
            }
            pool = next;
            if (change < ENOUGH) {
                break;
            }
        }
        return pool;
    }

    /** How far the mean of a group may lie from that of what it is a part of. */
    private double[] spread() {
        double[] spread = new double[Driver.COUNT];
        Arrays.setAll(spread, k -> Math.sqrt(error[k] * error[k] + between[k] * between[k] / 4));
        return spread;
    }

    private Pool step(List<Evidence> evidence, Pool above) {
        double[] sums = new double[Driver.COUNT];
        double[] squares = new double[Driver.COUNT];
        double[] told = new double[Driver.COUNT];
        double[] precision = precision(between);
        for (Evidence one : evidence) {
            double[][] covariance = Matrix.inverse(Matrix.plus(one.information, precision));
            double[] right = one.score.clone();
            for (int k = 0; k < right.length; k++) {
                right[k] += precision[k] * mean[k];
            }
            double[] own = Matrix.times(covariance, right);
            for (int k = 0; k < own.length; k++) {
                sums[k] += own[k];
                squares[k] += covariance[k][k] + (own[k] - mean[k]) * (own[k] - mean[k]);
                told[k] += 1 - covariance[k][k] * precision[k];
            }
        }
        double[] spread = above.spread();
        double n = evidence.size();
        Pool next = new Pool(new double[Driver.COUNT], new double[Driver.COUNT], new double[Driver.COUNT]);
        for (int k = 0; k < Driver.COUNT; k++) {
            double prior = 1 / (spread[k] * spread[k]);
            next.mean[k] = (prior * above.mean[k] + precision[k] * sums[k]) / (prior + precision[k] * n);
            next.between[k] = Math.max(NONE, Math.sqrt((PRIOR_PRODUCTS * above.between[k] * above.between[k] + squares[k])
                    / (PRIOR_PRODUCTS + n)));
            next.error[k] = 1 / Math.sqrt(prior + precision[k] * told[k]);
        }
        return next;
    }

    private static double[] precision(double[] deviation) {
        double[] precision = new double[deviation.length];
        Arrays.setAll(precision, k -> 1 / (deviation[k] * deviation[k]));
        return precision;
    }

    /** A member's coefficients, given its own periods; null for none. Cross-price coefficients below zero are taken as zero. */
    Member member(Evidence own) {
        double[] apart = new double[Driver.COUNT];
        Arrays.setAll(apart, k -> 1 / (between[k] * between[k] + error[k] * error[k]));
        double[][] information = own == null ? new double[Driver.COUNT][Driver.COUNT] : own.information;
        double[][] covariance = Matrix.inverse(Matrix.plus(information, apart));
        double[] right = own == null ? new double[Driver.COUNT] : own.score.clone();
        for (int k = 0; k < right.length; k++) {
            right[k] += apart[k] * mean[k];
        }
        double[] coefficients = Matrix.times(covariance, right);
        for (int cross : CROSS) {
            coefficients[cross] = Math.max(0, coefficients[cross]);
        }
        return new Member(coefficients, Math.sqrt(covariance[Driver.PRICE][Driver.PRICE]));
    }
}
