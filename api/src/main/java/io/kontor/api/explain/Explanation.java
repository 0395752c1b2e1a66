package io.kontor.api.explain;

import io.kontor.api.decision.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * How an output came about: from a base value, feature by feature. The parts add up to the output; that is checked. Immutable.
 *
 * @param kind how the contributions were found
 * @param base the output of which nothing particular is known, in the output's own unit
 * @param output what was answered
 * @param contributions what each feature added to the base; in the order in which they were applied for constraints, the weightiest first
 *     as a rule for all others
 */
public record Explanation(Kind kind, double base, double output, List<Contribution> contributions) {

    private static final double EXACT = 1e-9;

    /** How contributions were found. */
    public enum Kind {
        /** The output is a sum, and these are its terms. */
        ADDITIVE,
        /** The output is a product, and each factor's share of what they add is that of its logarithm. */
        MULTIPLICATIVE,
        /** Shapley values of a model that is no sum (Shapley, A value for n-person games, 1953). */
        SHAPLEY,
        /** The output is a sum over known cases that speak for it, such as products chosen before. */
        EVIDENCE,
        /** What an optimiser wanted, and what each constraint that bound made of it, one after the other. */
        CONSTRAINTS
    }

    /** Copies the contributions and checks that they add up, to 1e-9 of the largest number involved. */
    public Explanation {
        Objects.requireNonNull(kind, "kind");
        contributions = List.copyOf(contributions);
        double sum = base;
        double size = Math.max(1, Math.max(Math.abs(base), Math.abs(output)));
        for (Contribution each : contributions) {
            sum += each.amount();
            size = Math.max(size, Math.abs(each.amount()));
        }
        if (!(Math.abs(sum - output) <= EXACT * size)) {
            throw new IllegalArgumentException("the contributions add up to " + sum + " and not to " + output);
        }
    }

    /**
     * An explanation by contributions whose sum is the output, the weightiest first.
     *
     * @param kind how they were found
     * @param base the base value
     * @param contributions what each feature added
     * @return the explanation
     */
    public static Explanation summed(Kind kind, double base, List<Contribution> contributions) {
        List<Contribution> sorted = new ArrayList<>(contributions);
        sorted.sort(Comparator.comparingDouble((Contribution each) -> -Math.abs(each.amount())));
        double output = base;
        for (Contribution each : sorted) {
            output += each.amount();
        }
        return new Explanation(kind, base, output, sorted);
    }

    /**
     * The exact explanation of a linear model: a feature's coefficient times the distance of its value from the mean, which is also its
     * Shapley value when features are independent (Štrumbelj and Kononenko, Explaining prediction models and individual predictions with
     * feature contributions, 2014, section 3.1).
     *
     * @param intercept of the model
     * @param coefficients one a feature
     * @param values one a feature
     * @param means one a feature: what is taken for nothing particular
     * @param naming what a feature is, by its index; its amount is set here
     * @return the explanation, the weightiest first; its base is the output for the means
     * @throws IllegalArgumentException when the lengths differ
     */
    public static Explanation linear(double intercept, double[] coefficients, double[] values, double[] means,
            Function<Integer, Contribution> naming) {
        if (values.length != coefficients.length || means.length != coefficients.length) {
            throw new IllegalArgumentException(coefficients.length + " coefficients, " + values.length + " values and " + means.length
                    + " means");
        }
        double base = intercept;
        List<Contribution> contributions = new ArrayList<>();
        for (int f = 0; f < coefficients.length; f++) {
            base += coefficients[f] * means[f];
            Contribution named = naming.apply(f);
            contributions.add(new Contribution(named.feature(), named.name(), named.value(), coefficients[f] * (values[f] - means[f])));
        }
        return summed(Kind.ADDITIVE, base, contributions);
    }

    /**
     * The exact explanation of a product of factors, whose logarithms add up: each is given its logarithm times the logarithmic mean of base
     * and output, in the output's own unit (the additive decomposition by the logarithmic mean Divisia index: Ang, The LMDI approach to
     * decomposition analysis, 2005). No order of the factors is preferred, and equal factors add the same.
     *
     * @param base what the factors multiply, 0 or more
     * @param logarithms of the factors, finite; those of 0, which do nothing, are left out
     * @param naming what a factor is, by its index; its amount is set here
     * @return the explanation, the weightiest first; its output is the base times all factors
     */
    public static Explanation product(double base, double[] logarithms, Function<Integer, Contribution> naming) {
        double sum = 0;
        for (double logarithm : logarithms) {
            sum += logarithm;
        }
        double mean = sum == 0 ? base : base * Math.expm1(sum) / sum;
        List<Contribution> contributions = new ArrayList<>();
        for (int f = 0; f < logarithms.length; f++) {
            if (logarithms[f] != 0) {
                Contribution named = naming.apply(f);
                contributions.add(new Contribution(named.feature(), named.name(), named.value(), logarithms[f] * mean));
            }
        }
        return summed(Kind.MULTIPLICATIVE, base, contributions);
    }

    /**
     * The same explanation in another unit.
     *
     * @param factor what all amounts are multiplied by, finite
     * @return the explanation; texts stay as they are
     */
    public Explanation scaled(double factor) {
        return new Explanation(kind, base * factor, output * factor, contributions.stream()
                .map(each -> new Contribution(each.feature(), each.name(), each.value(), each.amount() * factor)).toList());
    }

    /**
     * The same explanation with at most so many contributions: the weightiest stay, the sum of all others becomes one of its own.
     *
     * @param most how many may stay beside it, at least 1
     * @param others what the rest is called
     * @return this explanation when it is short enough; constraints are never shortened
     */
    public Explanation shortened(int most, String others) {
        if (contributions.size() <= most || kind == Kind.CONSTRAINTS) {
            return this;
        }
        List<Contribution> sorted = new ArrayList<>(contributions);
        sorted.sort(Comparator.comparingDouble((Contribution each) -> -Math.abs(each.amount())));
        double rest = 0;
        for (Contribution each : sorted.subList(most, sorted.size())) {
            rest += each.amount();
        }
        List<Contribution> kept = new ArrayList<>(sorted.subList(0, most));
        kept.add(new Contribution("others", others, "", rest));
        return new Explanation(kind, base, output, kept);
    }

    /**
     * Reasons made from the contributions, in their order.
     *
     * @param most how many at most
     * @param sentence puts a contribution into words
     * @return reasons whose weights are the contributions; those that added nothing are left out
     */
    public List<Reason> reasons(int most, Function<Contribution, String> sentence) {
        List<Reason> reasons = new ArrayList<>();
        for (Contribution each : contributions) {
            if (reasons.size() < most && each.amount() != 0) {
                reasons.add(new Reason(each.feature(), sentence.apply(each), each.amount()));
            }
        }
        return reasons;
    }
}
