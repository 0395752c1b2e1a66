package io.kontor.api.bandit;

import io.kontor.api.metric.Normal;
import java.util.List;

/**
 * Chooses an arm by what earlier choices earned in similar contexts, each arm with a linear model of its own. Both methods come down to
 * probabilities of the arms, from which one is drawn, so that the logged propensity is the true one by construction:
 *
 * <ul>
 * <li>{@link Method#LINUCB} prefers the arm with the highest upper confidence bound, expected + spread * 2 * width (Li, Chu, Langford and
 * Schapire, A contextual-bandit approach to personalized news article recommendation, 2010, algorithm 1);
 * <li>{@link Method#THOMPSON} takes each arm with the probability that it is the best one, when what it earns is normal with the expected
 * reward and the standard deviation spread * width (Agrawal and Goyal, Thompson sampling for contextual bandits with linear payoffs, 2013,
 * algorithm 1). As the arms share nothing, that is an integral over one variable, which is summed over a grid rather than sampled.
 * </ul>
 *
 * <p>The floor is the share of choices that are spread evenly over the arms whatever is known, so that every propensity is at least
 * floor / arms. Safe for use by several threads as long as nothing is added to an arm.
 */
public final class LinearBandit {

    private static final int GRID = 96;
    private static final double REACH = 5;
    private static final double STEP = 1.0 / 512;
    private static final int FARTHEST = 8;
    private static final double[] CUMULATIVE = new double[2 * FARTHEST * 512 + 2];

    static {
        for (int i = 0; i < CUMULATIVE.length; i++) {
            CUMULATIVE[i] = Normal.cumulative(i * STEP - FARTHEST);
        }
    }

    private final Method method;
    private final double spread;
    private final double floor;
    private final List<LinearArm> arms;

    /** How an arm is preferred. */
    public enum Method {
        /** By the upper confidence bound. */
        LINUCB,
        /** By the probability of being the best. */
        THOMPSON
    }

    /**
     * What was chosen.
     *
     * @param arm which arm, from 0
     * @param propensity with which probability, above 0
     */
    public record Choice(int arm, double propensity) {
    }

    /**
     * A bandit.
     *
     * @param method how an arm is preferred
     * @param spread the standard deviation of one reward, above 0; for rewards from 0 to 1 it is at most 0.5 (Hoeffding, 1963)
     * @param floor which share of the choices is spread evenly, above 0 and at most 1
     * @param arms what is known of each; at least one
     * @throws IllegalArgumentException when one of them is out of bounds
     */
    public LinearBandit(Method method, double spread, double floor, List<LinearArm> arms) {
        if (arms.isEmpty() || !(spread > 0) || !(floor > 0 && floor <= 1)) {
            throw new IllegalArgumentException("a bandit needs arms, a spread above 0 and a floor above 0 and up to 1, not "
                    + arms.size() + ", " + spread + " and " + floor);
        }
        this.method = method;
        this.spread = spread;
        this.floor = floor;
        this.arms = List.copyOf(arms);
    }

    /**
     * With which probability each arm is chosen.
     *
     * @param context the features of the case; only read
     * @return one an arm, at least floor / arms, together 1
     */
    public double[] probabilities(double[] context) {
        double[] expected = new double[arms.size()];
        double[] width = new double[arms.size()];
        for (int a = 0; a < expected.length; a++) {
            expected[a] = arms.get(a).expected(context);
            width[a] = spread * arms.get(a).width(context);
        }
        double[] preferred = method == Method.LINUCB ? highest(expected, width) : best(expected, width);
        for (int a = 0; a < preferred.length; a++) {
            preferred[a] = floor / preferred.length + (1 - floor) * preferred[a];
        }
        return preferred;
    }

    /**
     * Chooses.
     *
     * @param context the features of the case; only read
     * @param draw evenly distributed, at least 0 and below 1
     * @return the arm with its propensity
     */
    public Choice choose(double[] context, double draw) {
        double[] probabilities = probabilities(context);
        double below = 0;
        for (int a = 0; a < probabilities.length - 1; a++) {
            below += probabilities[a];
            if (draw < below) {
                return new Choice(a, probabilities[a]);
            }
        }
        return new Choice(probabilities.length - 1, probabilities[probabilities.length - 1]);
    }

    // Evenly among those with the highest bound.
    private static double[] highest(double[] expected, double[] width) {
        double most = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < expected.length; a++) {
            most = Math.max(most, expected[a] + 2 * width[a]);
        }
        double[] preferred = new double[expected.length];
        int ties = 0;
        for (int a = 0; a < expected.length; a++) {
            preferred[a] = expected[a] + 2 * width[a] == most ? 1 : 0;
            ties += (int) preferred[a];
        }
        for (int a = 0; a < preferred.length; a++) {
            preferred[a] /= ties;
        }
        return preferred;
    }

    // Integral of density(a) times the product of cumulative(b) over the other arms, for each arm; made to sum to one.
    private static double[] best(double[] expected, double[] width) {
        double[] preferred = new double[expected.length];
        double total = 0;
        for (int a = 0; a < preferred.length; a++) {
            for (int g = 0; g < GRID; g++) {
                double z = REACH * ((2 * g + 1.0) / GRID - 1);
                double product = Math.exp(-z * z / 2);
                double value = expected[a] + z * width[a];
                for (int b = 0; b < preferred.length && product > 0; b++) {
                    product *= b == a ? 1 : cumulative((value - expected[b]) / width[b]);
                }
                preferred[a] += product;
            }
            total += preferred[a];
        }
        for (int a = 0; a < preferred.length; a++) {
            preferred[a] /= total;
        }
        return preferred;
    }

    private static double cumulative(double value) {
        if (!(value > -FARTHEST)) {
            return 0;
        }
        if (value >= FARTHEST) {
            return 1;
        }
        double at = (value + FARTHEST) / STEP;
        int below = (int) at;
        return CUMULATIVE[below] + (at - below) * (CUMULATIVE[below + 1] - CUMULATIVE[below]);
    }
}
