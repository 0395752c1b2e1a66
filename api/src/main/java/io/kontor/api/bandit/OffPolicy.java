package io.kontor.api.bandit;

import io.kontor.api.metric.Interval;
import io.kontor.api.metric.Normal;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.IntFunction;

/**
 * What a target policy would have earned, judged from choices of another one whose probabilities were logged. Each choice weighs w = target
 * probability / logged propensity, at most the clip. Nothing here is biased, up to what is said for each estimator, as long as the logged
 * propensities are true, every arm that the target would choose had a chance, and nothing is clipped.
 *
 * <p>Intervals are normal ones from the estimated variance of what was seen and one case more, of the largest possible weight, that earned the
 * most or the least that any did (after Karampatziakis, Langford and Mineiro, Empirical likelihood for contextual bandits, 2020). A rare
 * choice of much weight that was not seen yet would otherwise be missing in the value and in its variance alike, and the interval too low and
 * too short. They hold for large samples; {@link #bernstein} gives one that holds for every size. Immutable; safe for use by several threads
 * as far as policy and model are.
 *
 * @param clip the largest weight, above 0; infinite for none
 * @param level the confidence of the intervals, above 0 and below 1
 */
public record OffPolicy(double clip, double level) {

    /** Checks the bounds. */
    public OffPolicy {
        if (!(clip > 0) || !(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a clip above 0 and a level between 0 and 1 are needed, not " + clip + " and " + level);
        }
    }

    /** Without clipping, with intervals of 95 %. */
    public OffPolicy() {
        this(Double.POSITIVE_INFINITY, 0.95);
    }

    /**
     * Inverse propensity scoring, the mean of w r (Horvitz and Thompson, A generalization of sampling without replacement from a finite
     * universe, 1952). Unbiased; its variance grows with the weights.
     *
     * @param choices what was chosen and earned
     * @param target the way to choose that is judged
     * @return the estimate
     */
    public OffPolicyEstimate inversePropensity(LoggedChoices choices, ArmPolicy target) {
        double[] weights = weights(choices, target);
        double[] terms = new double[weights.length];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = weights[i] * choices.rewards()[i];
        }
        return mean(terms, 0, choices, target, weights);
    }

    /**
     * The self-normalised estimator, sum of w r / sum of w (Swaminathan and Joachims, The self-normalized estimator for counterfactual
     * learning, 2015). Its bias vanishes as 1 / n; it is never outside the rewards seen, and mostly varies less. The standard error is
     * that of its linearisation, root of (sum of w² (r - value)²) / sum of w (Owen, Monte Carlo theory, methods and examples, 2013,
     * equation 9.9).
     *
     * @param choices what was chosen and earned
     * @param target the way to choose that is judged
     * @return the estimate; of NaN when no choice has a weight
     */
    public OffPolicyEstimate selfNormalised(LoggedChoices choices, ArmPolicy target) {
        double[] weights = weights(choices, target);
        Extremes extremes = extremes(choices, target);
        return estimate(ratioWith(choices, weights, 0, 0), ratioWith(choices, weights, extremes.weight, extremes.least),
                ratioWith(choices, weights, extremes.weight, extremes.most), choices, target, weights);
    }

    /** The weighted mean of the rewards and of one more; one of no weight changes nothing. */
    private static Mean ratioWith(LoggedChoices choices, double[] weights, double weight, double reward) {
        double total = weight;
        double earned = weight * reward;
        for (int i = 0; i < weights.length; i++) {
            total += weights[i];
            earned += weights[i] * choices.rewards()[i];
        }
        double value = earned / total;
        double squares = weight * weight * (reward - value) * (reward - value);
        for (int i = 0; i < weights.length; i++) {
            double away = weights[i] * (choices.rewards()[i] - value);
            squares += away * away;
        }
        return new Mean(value, weights.length < 2 ? Double.NaN : Math.sqrt(squares) / total);
    }

    /**
     * The doubly robust estimator, the mean of sum over arms of target(a) model(a) + w (r - model(chosen)) (Dudík, Langford and Li, Doubly
     * robust policy evaluation and learning, 2011, equation 3). Unbiased when the model was not learned from these choices, however wrong
     * it is; the better it is, the less the estimate varies.
     *
     * @param choices what was chosen and earned
     * @param target the way to choose that is judged
     * @param model guesses rewards
     * @return the estimate
     */
    public OffPolicyEstimate doublyRobust(LoggedChoices choices, ArmPolicy target, RewardModel model) {
        return doublyRobust(choices, target, i -> model);
    }

    private OffPolicyEstimate doublyRobust(LoggedChoices choices, ArmPolicy target, IntFunction<RewardModel> models) {
        double[] weights = weights(choices, target);
        double[] terms = new double[weights.length];
        double direct = 0;
        for (int i = 0; i < terms.length; i++) {
            RewardModel model = models.apply(i);
            double expected = expected(choices, i, target, model);
            direct += expected / terms.length;
            terms[i] = expected + weights[i] * (choices.rewards()[i] - model.expected(choices.contexts()[i], choices.chosen()[i]));
        }
        return mean(terms, direct, choices, target, weights);
    }

    /**
     * The doubly robust estimator with ridge regressions, each choice judged by those that were learned without its fold (Chernozhukov et
     * al., Double/debiased machine learning, 2018, definition 3.2), so that it is unbiased too.
     *
     * @param choices what was chosen and earned
     * @param target the way to choose that is judged
     * @param folds 2 to 100
     * @param ridge the penalty of the regressions, above 0
     * @return the estimate
     */
    public OffPolicyEstimate doublyRobust(LoggedChoices choices, ArmPolicy target, int folds, double ridge) {
        if (folds < 2 || folds > 100) {
            throw new IllegalArgumentException("folds must be 2 to 100, not " + folds);
        }
        RewardModel[] models = new RewardModel[Math.min(folds, choices.size())];
        Arrays.setAll(models, fold -> RidgeRewards.fit(choices, ridge, folds, fold));
        return doublyRobust(choices, target, i -> models[i % folds]);
    }

    /**
     * An interval around {@link #inversePropensity} that holds the expectation of the clipped estimator with at least the confidence for every
     * number of choices: value ± root(2 V ln(4 / δ) / n) + 7 R ln(4 / δ) / (3 (n - 1)), with V the variance of the terms, δ one less the
     * level and R the largest that terms can differ (Maurer and Pontil, Empirical Bernstein bounds and sample variance penalization, 2009,
     * theorem 4).
     *
     * @param choices what was chosen and earned
     * @param target the way to choose that is judged
     * @param least below which no reward can be
     * @param most above which no reward can be
     * @return the interval; of NaN with fewer than two choices
     * @throws IllegalArgumentException without a finite clip
     */
    public Interval bernstein(LoggedChoices choices, ArmPolicy target, double least, double most) {
        if (Double.isInfinite(clip)) {
            throw new IllegalArgumentException("a bound for every number of choices needs a finite clip");
        }
        OffPolicyEstimate estimate = inversePropensity(choices, target);
        int n = choices.size();
        double log = Math.log(4 / (1 - level));
        double range = clip * (Math.max(0, most) - Math.min(0, least));
        double reach = estimate.standardError() * Math.sqrt(2 * log) + 7 * range * log / (3.0 * (n - 1));
        return n < 2 ? new Interval(Double.NaN, Double.NaN, level)
                : new Interval(estimate.value() - reach, estimate.value() + reach, level);
    }

    private double[] weights(LoggedChoices choices, ArmPolicy target) {
        double[] weights = new double[choices.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.min(clip, raw(choices, target, i));
        }
        return weights;
    }

    private static double raw(LoggedChoices choices, ArmPolicy target, int i) {
        return target.probabilities(choices.contexts()[i])[choices.chosen()[i]] / choices.propensities()[i];
    }

    /** What a model expects of the target in the case of a choice. */
    private static double expected(LoggedChoices choices, int i, ArmPolicy target, RewardModel model) {
        double[] context = choices.contexts()[i];
        double[] probabilities = target.probabilities(context);
        double sum = 0;
        for (int a = 0; a < probabilities.length; a++) {
            if (probabilities[a] > 0) {
                sum += probabilities[a] * model.expected(context, a);
            }
        }
        return sum;
    }

    /** The mean of terms, with the mean of what a model expected of the target in them, 0 without a model. */
    private OffPolicyEstimate mean(double[] terms, double direct, LoggedChoices choices, ArmPolicy target, double[] weights) {
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        Extremes extremes = extremes(choices, target);
        return estimate(meanWith(terms, sum, OptionalDouble.empty()),
                meanWith(terms, sum, OptionalDouble.of(direct + extremes.weight * (extremes.least - direct))),
                meanWith(terms, sum, OptionalDouble.of(direct + extremes.weight * (extremes.most - direct))), choices, target, weights);
    }

    /** The mean of terms, and perhaps of one more. */
    private static Mean meanWith(double[] terms, double sum, OptionalDouble more) {
        int n = terms.length + (more.isPresent() ? 1 : 0);
        double mean = (sum + more.orElse(0)) / n;
        double squares = more.isPresent() ? (more.getAsDouble() - mean) * (more.getAsDouble() - mean) : 0;
        for (double term : terms) {
            squares += (term - mean) * (term - mean);
        }
        return new Mean(mean, terms.length < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n));
    }

    /** The largest weight that any of these cases could have, and the least and the most that a choice earned. */
    private Extremes extremes(LoggedChoices choices, ArmPolicy target) {
        double propensity = 1;
        double probability = 0;
        for (int i = 0; i < choices.size(); i++) {
            propensity = Math.min(propensity, choices.propensities()[i]);
            for (double one : target.probabilities(choices.contexts()[i])) {
                probability = Math.max(probability, one);
            }
        }
        return new Extremes(Math.min(clip, probability / propensity), Arrays.stream(choices.rewards()).min().orElse(0),
                Arrays.stream(choices.rewards()).max().orElse(0));
    }

    private OffPolicyEstimate estimate(Mean seen, Mean low, Mean high, LoggedChoices choices, ArmPolicy target, double[] weights) {
        double total = 0;
        double squares = 0;
        double largest = 0;
        int clipped = 0;
        for (int i = 0; i < weights.length; i++) {
            total += weights[i];
            squares += weights[i] * weights[i];
            largest = Math.max(largest, weights[i]);
            clipped += raw(choices, target, i) > clip ? 1 : 0;
        }
        double from = low.value - Normal.reach(level) * low.error;
        double to = high.value + Normal.reach(level) * high.error;
        Interval interval = Double.isNaN(seen.value) || Double.isNaN(to) ? new Interval(Double.NaN, Double.NaN, level)
                : new Interval(from, to, level);
        return new OffPolicyEstimate(seen.value, seen.error, interval, squares > 0 ? total * total / squares : 0, largest,
                weights.length == 0 ? 0 : (double) clipped / weights.length);
    }

    // the error is NaN with fewer than two choices
    private record Mean(double value, double error) {
    }

    // between which bounds a case that was not seen yet is taken to be
    private record Extremes(double weight, double least, double most) {
    }
}
