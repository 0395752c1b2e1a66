package io.kontor.api.ensemble;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/**
 * Weights that are not negative and add up to 1, such that a loss is least: what stacking needs to combine predictions without one of them
 * being counted against itself (Wolpert, Stacked generalization, 1992; Breiman, Stacked regressions, 1996, found that the weights must not be
 * negative). The loss must be that of predictions which were made without the cases they are of, or the weights go to whoever remembers best.
 * Not instantiated.
 */
public final class SimplexWeights {

    private static final double[] STEPS = {0.5, 0.25, 0.1, 0.05, 0.02, 0.01};
    private static final int MOST_ROUNDS = 50;
    private static final double WORTH_ASKING = 0.01;

    private SimplexWeights() {
    }

    /**
     * Finds weights; members without which the loss is at most a hundredth larger go.
     *
     * @param members how many weights, 1 or more
     * @param loss of weights; called with an array that it must not keep; NaN counts as worst
     * @return the weights
     */
    public static double[] least(int members, ToDoubleFunction<double[]> loss) {
        return least(members, WORTH_ASKING, loss);
    }

    /**
     * Finds weights by a pattern search (Hooke and Jeeves, Direct search solution of numerical and statistical problems, 1961): from the best
     * of equal weights and one member alone, weight moves from one member to another while that makes the loss smaller, in ever smaller
     * steps. The loss need not be smooth. Then members go that are not worth asking, those with the least weight first: each must be asked for
     * every answer and can fail. The result is never worse than the best member alone, and depends on nothing but the loss.
     *
     * @param members how many weights, 1 or more
     * @param worthAsking by which share of it the loss must grow without a member for the member to stay, 0 or more
     * @param loss of weights; called with an array that it must not keep; NaN counts as worst
     * @return the weights
     */
    public static double[] least(int members, double worthAsking, ToDoubleFunction<double[]> loss) {
        double[] best = new double[members];
        Arrays.fill(best, 1.0 / members);
        double least = value(loss, best);
        double[] single = null;
        double leastOfSingles = Double.POSITIVE_INFINITY;
        for (int i = 0; i < members; i++) {
            double[] alone = new double[members];
            alone[i] = 1;
            double value = value(loss, alone);
            if (value < leastOfSingles) {
                leastOfSingles = value;
                single = alone;
            }
        }
        if (leastOfSingles < least) {
            least = leastOfSingles;
            best = single;
        }
        for (double step : STEPS) {
            boolean better = true;
            for (int round = 0; better && round < MOST_ROUNDS; round++) {
                better = false;
                for (int from = 0; from < members; from++) {
                    for (int to = 0; to < members; to++) {
                        double moved = Math.min(step, best[from]);
                        if (from != to && moved > 0) {
                            double[] next = best.clone();
                            next[from] -= moved;
                            next[to] += moved;
                            double value = value(loss, next);
                            if (value < least) {
                                least = value;
                                best = next;
                                better = true;
                            }
                        }
                    }
                }
            }
        }
        best = withoutIdlers(best, least + worthAsking * Math.abs(least), loss);
        return leastOfSingles < value(loss, best) ? single : best;
    }

    private static double[] withoutIdlers(double[] weights, double most, ToDoubleFunction<double[]> loss) {
        double[] left = weights;
        Integer[] order = new Integer[weights.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer member) -> weights[member]));
        for (int member : order) {
            boolean[] others = new boolean[weights.length];
            double sum = 0;
            for (int i = 0; i < others.length; i++) {
                others[i] = i != member && left[i] > 0;
                sum += others[i] ? left[i] : 0;
            }
            double[] without = among(left, others);
            if (left[member] > 0 && sum > 0 && value(loss, without) <= most) {
                left = without;
            }
        }
        return left;
    }

    private static double value(ToDoubleFunction<double[]> loss, double[] weights) {
        double value = loss.applyAsDouble(weights.clone());
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }

    /**
     * Weights of the members that answered, so that they add up to 1 again.
     *
     * @param weights of all members
     * @param answered which of them answered
     * @return the weights; equal ones when all that answered have none; all 0 when nobody answered
     */
    public static double[] among(double[] weights, boolean[] answered) {
        double[] left = new double[weights.length];
        double sum = 0;
        int count = 0;
        for (int i = 0; i < weights.length; i++) {
            left[i] = answered[i] ? weights[i] : 0;
            sum += left[i];
            count += answered[i] ? 1 : 0;
        }
        for (int i = 0; i < weights.length; i++) {
            left[i] = sum > 0 ? left[i] / sum : answered[i] ? 1.0 / count : 0;
        }
        return left;
    }
}
