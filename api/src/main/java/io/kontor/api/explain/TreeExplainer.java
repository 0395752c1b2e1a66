package io.kontor.api.explain;

import java.util.Arrays;

/**
 * Shapley values of trees. Immutable; safe for use by several threads, each with a work space of its own.
 *
 * <p>{@link #explain} gives the path-dependent values of TreeSHAP (Lundberg, Erion and Lee, Consistent individualized feature attribution for
 * tree ensembles, 2018; Lundberg et al., From local explanations to global understanding with explainable AI for trees, 2020): a feature
 * that is not known sends a case down both branches in proportion to the training cases that went there. {@link #explainAgainst} gives
 * the interventional ones (the same, 2020): a feature that is not known is that of a background case.
 *
 * <p>Both are exact, and found in time O(T L D) for T trees of L leaves and depth D rather than the O(T L D²) of the papers. The Shapley value
 * is the integral over t from 0 to 1 of the gradient of the multilinear extension at (t, ..., t) (Owen, Multilinear extensions of games, 1972).
 * For a leaf of value v, with o(j) = 1 when the case passes all tests of feature j on the path and 0 otherwise, and z(j) the share of the others
 * that do, that is v (o(i) - z(i)) times the integral of the product over j other than i of z(j) (1 - t) + o(j) t. The integrand is a polynomial
 * of a degree below the number of features on the path, so that Gauss's quadrature of half as many points is exact; all of its terms are of
 * one sign, so that nothing cancels. The products for all points are carried down the tree and their sums over leaves back up, as in Linear
 * TreeSHAP (Yu, Bifet, Read and Xu, Linear tree Shap, 2022), which divides polynomials instead.
 */
public final class TreeExplainer {

    private static final int MOST_FEATURES = 128;

    private final TreeEnsemble trees;
    private final double[] share;
    private final int[] points;
    private final int features;
    private final int levels;
    private final int mostPoints;
    private final Quadrature[] rules;
    private final double base;

    /**
     * A quadrature on 0 to 1.
     *
     * @param t its points
     * @param rest 1 less each point
     * @param inverseRest 1 by that
     * @param weight what each point weighs
     */
    private record Quadrature(double[] t, double[] rest, double[] inverseRest, double[] weight) {

        // Gauss-Legendre by Newton's method on the Legendre polynomial (Press et al., Numerical recipes, 2007, section 4.6.1).
        static Quadrature of(int size) {
            double[] t = new double[size];
            double[] weight = new double[size];
            for (int i = 0; i < size; i++) {
                double x = Math.cos(Math.PI * (i + 0.75) / (size + 0.5));
                double slope = 0;
                for (int step = 0; step < 100; step++) {
                    double before = 1;
                    double here = x;
                    for (int k = 2; k <= size; k++) {
                        double next = ((2 * k - 1) * x * here - (k - 1) * before) / k;
                        before = here;
                        here = next;
                    }
                    slope = size * (x * here - before) / (x * x - 1);
                    double move = here / slope;
                    x -= move;
                    if (Math.abs(move) < 1e-16) {
                        break;
                    }
                }
                t[i] = (1 + x) / 2;
                weight[i] = 1 / ((1 - x * x) * slope * slope);
            }
            double[] rest = new double[size];
            double[] inverse = new double[size];
            for (int i = 0; i < size; i++) {
                rest[i] = 1 - t[i];
                inverse[i] = 1 / rest[i];
            }
            return new Quadrature(t, rest, inverse, weight);
        }
    }

    /** What one explanation needs; for one thread at a time, for any number of explanations by its own explainer. */
    public static final class Workspace {

        private final double[] product;
        private final double[] sum;
        /** For each level what the factor of its feature is divided by; before all of them a row of ones. */
        private final double[] inverse;
        private final double[] zero;
        private final boolean[] one;
        /** For each feature where its row of inverses begins. */
        private final int[] row;
        private double[] values;
        private double[] other;
        private double[] into;
        private Quadrature rule;

        private Workspace(int levels, int points, int features) {
            product = new double[(levels + 1) * points];
            sum = new double[(levels + 1) * points];
            inverse = new double[(levels + 1) * points];
            zero = new double[features];
            one = new boolean[features];
            row = new int[features];
            Arrays.fill(zero, 1);
            Arrays.fill(one, true);
        }
    }

    /**
     * Prepares the explanation of trees.
     *
     * @param trees the trees
     * @throws IllegalArgumentException when a path asks for more than 128 different features
     */
    public TreeExplainer(TreeEnsemble trees) {
        this.trees = trees;
        int nodes = trees.feature().length;
        share = new double[nodes];
        int highest = -1;
        for (int node = 0; node < nodes; node++) {
            highest = Math.max(highest, trees.feature()[node]);
            if (trees.feature()[node] >= 0) {
                double first = trees.cover()[trees.left(node)];
                double second = trees.cover()[trees.right()[node]];
                // Where nobody came, both ways are as likely.
                share[trees.left(node)] = first + second > 0 ? first / (first + second) : 0.5;
                share[trees.right()[node]] = first + second > 0 ? second / (first + second) : 0.5;
            }
        }
        features = highest + 1;
        points = new int[trees.roots().length];
        int[] seen = new int[features];
        int deepest = 0;
        int most = 1;
        double sum = 0;
        for (int tree = 0; tree < points.length; tree++) {
            int[] size = size(trees.roots()[tree], seen, 0, 0);
            deepest = Math.max(deepest, size[0]);
            if (size[1] > MOST_FEATURES) {
                throw new IllegalArgumentException("a path asks for " + size[1] + " features; at most " + MOST_FEATURES + " can be explained");
            }
            points[tree] = Math.max(1, (size[1] + 1) / 2);
            most = Math.max(most, points[tree]);
            sum += expected(trees.roots()[tree]);
        }
        levels = deepest;
        mostPoints = most;
        rules = new Quadrature[most + 1];
        for (int count : points) {
            rules[count] = rules[count] == null ? Quadrature.of(count) : rules[count];
        }
        base = sum * trees.scale();
    }

    // Depth and most different features of a path through a node.
    private int[] size(int node, int[] seen, int depth, int different) {
        int feature = trees.feature()[node];
        if (feature < 0) {
            return new int[] {depth, different};
        }
        int more = different + (seen[feature]++ == 0 ? 1 : 0);
        int[] left = size(trees.left(node), seen, depth + 1, more);
        int[] right = size(trees.right()[node], seen, depth + 1, more);
        seen[feature]--;
        return new int[] {Math.max(left[0], right[0]), Math.max(left[1], right[1])};
    }

    private double expected(int node) {
        return trees.feature()[node] < 0 ? trees.value()[node]
                : share[trees.left(node)] * expected(trees.left(node)) + share[trees.right()[node]] * expected(trees.right()[node]);
    }

    /**
     * What the trees say of a case of which nothing is known.
     *
     * @return the mean over the training cases by their counts at the nodes
     */
    public double base() {
        return base;
    }

    /**
     * How long values and contributions must be at least.
     *
     * @return one more than the highest feature asked for
     */
    public int features() {
        return features;
    }

    /**
     * Room for explanations by this explainer.
     *
     * @return a work space of some kilobytes
     */
    public Workspace workspace() {
        return new Workspace(levels, mostPoints, features);
    }

    /**
     * The path-dependent Shapley values of a case.
     *
     * @param values one a feature; NaN for what is missing
     * @param contributions gets one a feature: with {@link #base} they add up to the output
     * @param space of this explainer
     */
    public void explain(double[] values, double[] contributions, Workspace space) {
        Arrays.fill(contributions, 0);
        explain(values, null, contributions, space);
        for (int f = 0; f < features; f++) {
            contributions[f] *= trees.scale();
        }
    }

    /**
     * The interventional Shapley values of a case against background cases.
     *
     * @param values one a feature; NaN for what is missing
     * @param background at least one case, each as the values
     * @param contributions gets one a feature: with the returned base they add up to the output
     * @param space of this explainer
     * @return the mean output of the background cases
     * @throws IllegalArgumentException when there is no background case
     */
    public double explainAgainst(double[] values, double[][] background, double[] contributions, Workspace space) {
        if (background.length == 0) {
            throw new IllegalArgumentException("there must be a background case");
        }
        Arrays.fill(contributions, 0);
        double sum = 0;
        for (double[] other : background) {
            explain(values, other, contributions, space);
            sum += trees.output(other);
        }
        for (int f = 0; f < features; f++) {
            contributions[f] *= trees.scale() / background.length;
        }
        return sum / background.length;
    }

    private void explain(double[] values, double[] other, double[] into, Workspace space) {
        space.values = values;
        space.other = other;
        space.into = into;
        for (int tree = 0; tree < points.length; tree++) {
            space.rule = rules[points[tree]];
            Arrays.fill(space.product, 0, points[tree], 1);
            Arrays.fill(space.inverse, 0, points[tree], 1);
            walk(trees.roots()[tree], 0, points[tree], space);
        }
    }

    // Leaves in the sums of a level what the leaves below a node say, by the products of the path for each point.
    private void walk(int node, int level, int size, Workspace space) {
        int at = level * size;
        int f = trees.feature()[node];
        if (f < 0) {
            double value = trees.value()[node];
            for (int q = 0; q < size; q++) {
                space.sum[at + q] = value * space.product[at + q];
            }
            return;
        }
        Arrays.fill(space.sum, at, at + size, 0);
        boolean right = trees.goesRight(node, space.values);
        int other = space.other == null ? 0 : trees.goesRight(node, space.other) ? 1 : -1;
        branch(trees.left(node), f, !right, other == 0 ? share[trees.left(node)] : other < 0 ? 1 : 0, level, size, space);
        branch(trees.right()[node], f, right, other == 0 ? share[trees.right()[node]] : other > 0 ? 1 : 0, level, size, space);
    }

    private void branch(int child, int f, boolean taken, double part, int level, int size, Workspace space) {
        boolean leaf = trees.feature()[child] < 0;
        double value = trees.value()[child];
        double zero = space.zero[f];
        boolean one = space.one[f];
        double nextZero = zero * part;
        boolean nextOne = one && taken;
        if (leaf && value == 0 || !nextOne && nextZero == 0) {
            return;
        }
        int at = level * size;
        int below = at + size;
        int row = space.row[f];
        Quadrature rule = space.rule;
        double[] product = space.product;
        double[] sum = space.sum;
        double[] inverse = space.inverse;
        if (!one) {
            for (int q = 0; q < size; q++) {
                product[below + q] = product[at + q] * part;
            }
        } else if (nextOne) {
            for (int q = 0; q < size; q++) {
                double factor = nextZero + (1 - nextZero) * rule.t[q];
                product[below + q] = product[at + q] * inverse[row + q] * factor;
                inverse[below + q] = 1 / factor;
            }
        } else {
            for (int q = 0; q < size; q++) {
                product[below + q] = product[at + q] * inverse[row + q] * nextZero * rule.rest[q];
            }
        }
        if (leaf) {
            for (int q = 0; q < size; q++) {
                sum[below + q] = value * product[below + q];
            }
        } else {
            space.zero[f] = nextZero;
            space.one[f] = nextOne;
            space.row[f] = nextOne ? below : row;
            walk(child, level + 1, size, space);
            space.zero[f] = zero;
            space.one[f] = one;
            space.row[f] = row;
        }
        double added = 0;
        double before = one ? 1 - zero : 0;
        if (!one) {
            for (int q = 0; q < size; q++) {
                sum[at + q] += sum[below + q];
            }
        } else if (nextOne) {
            for (int q = 0; q < size; q++) {
                added += rule.weight[q] * sum[below + q] * ((1 - nextZero) * inverse[below + q] - before * inverse[row + q]);
                sum[at + q] += sum[below + q];
            }
        } else {
            for (int q = 0; q < size; q++) {
                added -= rule.weight[q] * sum[below + q] * (rule.inverseRest[q] + before * inverse[row + q]);
                sum[at + q] += sum[below + q];
            }
        }
        space.into[f] += added;
    }
}
