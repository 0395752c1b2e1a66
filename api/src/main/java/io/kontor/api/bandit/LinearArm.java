package io.kontor.api.bandit;

import java.util.Objects;

/**
 * What one arm earns as a linear function of the context, by ridge regression that takes one case at a time: with A = ridge I + sum of x x'
 * and b = sum of r x the coefficients are inverse(A) b. The inverse is kept up by rank-one updates (Sherman and Morrison, Adjustment of an
 * inverse matrix corresponding to a change in one element of a given matrix, 1950), so that a case costs d² operations. Sums of cases are
 * additive: what several nodes learned is joined by {@link #add(LinearArm)}. Safe for use by several
 * threads as long as none of them adds anything.
 */
public final class LinearArm {

    private final double ridge;
    private final double[] gram;
    private final double[] response;
    private final double[] inverse;
    private double cases;
    private double reward;

    /**
     * An arm of which nothing is known.
     *
     * @param features d, how many numbers a context has, at least 1
     * @param ridge the weight of the guess that everything earns nothing, above 0
     * @throws IllegalArgumentException when one of them is out of bounds
     */
    public LinearArm(int features, double ridge) {
        if (features < 1 || !(ridge > 0)) {
            throw new IllegalArgumentException("an arm needs features and a ridge above 0, not " + features + " and " + ridge);
        }
        this.ridge = ridge;
        gram = new double[features * features];
        response = new double[features];
        inverse = new double[features * features];
        for (int i = 0; i < features; i++) {
            inverse[i * features + i] = 1 / ridge;
        }
    }

    /**
     * An arm as it was written.
     *
     * @param features d
     * @param ridge as before
     * @param sums what {@link #sums} gave
     * @return the arm
     * @throws IllegalArgumentException when the sums are of another number of features
     */
    public static LinearArm of(int features, double ridge, double[] sums) {
        LinearArm arm = new LinearArm(features, ridge);
        if (sums.length != features * features + features + 2) {
            throw new IllegalArgumentException(sums.length + " sums do not fit " + features + " features");
        }
        System.arraycopy(sums, 0, arm.gram, 0, arm.gram.length);
        System.arraycopy(sums, arm.gram.length, arm.response, 0, features);
        arm.cases = sums[sums.length - 2];
        arm.reward = sums[sums.length - 1];
        arm.invert();
        return arm;
    }

    /**
     * What was learned, without the ridge, in a form that can be added up.
     *
     * @return the d² sums of x x' row by row, the d sums of r x, the cases, the sum of rewards
     */
    public double[] sums() {
        double[] sums = new double[gram.length + response.length + 2];
        System.arraycopy(gram, 0, sums, 0, gram.length);
        System.arraycopy(response, 0, sums, gram.length, response.length);
        sums[sums.length - 2] = cases;
        sums[sums.length - 1] = reward;
        return sums;
    }

    /**
     * Takes one case.
     *
     * @param x its context
     * @param earned its reward so far
     */
    public void add(double[] x, double earned) {
        int d = response.length;
        double[] product = product(x);
        double spread = 1 + dot(product, x);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                gram[i * d + j] += x[i] * x[j];
                inverse[i * d + j] -= product[i] * product[j] / spread;
            }
        }
        cases++;
        reward(x, earned);
    }

    /**
     * A reward that came later for a case that was taken before.
     *
     * @param x the case's context
     * @param earned what came in addition
     */
    public void reward(double[] x, double earned) {
        for (int i = 0; i < response.length; i++) {
            response[i] += earned * x[i];
        }
        reward += earned;
    }

    /**
     * Takes all cases of another arm with the same features.
     *
     * @param other the other one
     */
    public void add(LinearArm other) {
        Objects.requireNonNull(other, "other");
        for (int i = 0; i < gram.length; i++) {
            gram[i] += other.gram[i];
        }
        for (int i = 0; i < response.length; i++) {
            response[i] += other.response[i];
        }
        cases += other.cases;
        reward += other.reward;
        invert();
    }

    /**
     * What a case is expected to earn: b' inverse(A) x.
     *
     * @param x its context
     * @return the expected reward
     */
    public double expected(double[] x) {
        return dot(product(x), response);
    }

    /**
     * How little is known about a case: the root of x' inverse(A) x, the standard error of {@link #expected} in units of that of one reward.
     *
     * @param x its context
     * @return at least 0
     */
    public double width(double[] x) {
        return Math.sqrt(Math.max(0, dot(product(x), x)));
    }

    /**
     * How many cases were taken.
     *
     * @return at least 0
     */
    public double cases() {
        return cases;
    }

    /**
     * What they earned on average.
     *
     * @return the mean reward; NaN without cases
     */
    public double mean() {
        return reward / cases;
    }

    // inverse(A) x
    private double[] product(double[] x) {
        int d = response.length;
        double[] product = new double[d];
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += inverse[i * d + j] * x[j];
            }
            product[i] = sum;
        }
        return product;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    // Gauss and Jordan in place; A is symmetric and positive definite, so that no pivots need to be sought.
    private void invert() {
        int d = response.length;
        System.arraycopy(gram, 0, inverse, 0, gram.length);
        for (int i = 0; i < d; i++) {
            inverse[i * d + i] += ridge;
        }
        for (int k = 0; k < d; k++) {
            double pivot = 1 / inverse[k * d + k];
            inverse[k * d + k] = 1;
            for (int j = 0; j < d; j++) {
                inverse[k * d + j] *= pivot;
            }
            for (int i = 0; i < d; i++) {
                double factor = inverse[i * d + k];
                if (i != k) {
                    inverse[i * d + k] = 0;
                    for (int j = 0; j < d; j++) {
                        inverse[i * d + j] -= factor * inverse[k * d + j];
                    }
                }
            }
        }
    }
}
