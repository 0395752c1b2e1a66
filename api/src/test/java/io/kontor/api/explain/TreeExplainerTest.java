package io.kontor.api.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The values against the definition of Shapley values over all subsets of the features, and their sums where there are too many of those. */
class TreeExplainerTest {

    private static final double EXACT = 1e-9;

    private final Random random = new Random(42);

    /** Grows random trees; paths may ask for a feature again, nodes may have no training cases, missing values go either way. */
    private TreeEnsemble grow(int trees, int features, int depth, double stop, double scale) {
        Growing growing = new Growing(features, stop);
        int[] roots = new int[trees];
        for (int tree = 0; tree < trees; tree++) {
            roots[tree] = growing.size;
            growing.grow(depth, 1 + random.nextInt(1_000));
        }
        return growing.build(roots, scale);
    }

    private final class Growing {

        private final int features;
        private final double stop;
        private int[] feature = new int[16];
        private double[] threshold = new double[16];
        private int[] right = new int[16];
        private boolean[] missingRight = new boolean[16];
        private double[] value = new double[16];
        private double[] cover = new double[16];
        private int size;

        Growing(int features, double stop) {
            this.features = features;
            this.stop = stop;
        }

        void grow(int depth, double cases) {
            int node = size++;
            if (node == feature.length) {
                feature = Arrays.copyOf(feature, size * 2);
                threshold = Arrays.copyOf(threshold, size * 2);
                right = Arrays.copyOf(right, size * 2);
                missingRight = Arrays.copyOf(missingRight, size * 2);
                value = Arrays.copyOf(value, size * 2);
                cover = Arrays.copyOf(cover, size * 2);
            }
            cover[node] = cases;
            value[node] = random.nextGaussian();
            if (depth == 0 || random.nextDouble() < stop) {
                feature[node] = -1;
                return;
            }
            feature[node] = random.nextInt(features);
            threshold[node] = random.nextInt(9) / 8.0;
            missingRight[node] = random.nextBoolean();
            double first = switch (random.nextInt(8)) {
                case 0 -> 0;
                case 1 -> cases;
                default -> cases * random.nextDouble();
            };
            grow(depth - 1, first);
            right[node] = size;
            grow(depth - 1, cases - first);
        }

        TreeEnsemble build(int[] roots, double scale) {
            return new TreeEnsemble(roots, Arrays.copyOf(feature, size), Arrays.copyOf(threshold, size), null, Arrays.copyOf(right, size),
                    Arrays.copyOf(missingRight, size), Arrays.copyOf(value, size), Arrays.copyOf(cover, size), scale);
        }
    }

    private double[] values(int features) {
        double[] values = new double[features];
        Arrays.setAll(values, f -> random.nextInt(6) == 0 ? Double.NaN : random.nextInt(9) / 8.0);
        return values;
    }

    /** The trees' expectation when only some features are known; the others by the counts, or by a background case. */
    private static double expected(TreeEnsemble trees, int node, double[] values, double[] background, int known) {
        int f = trees.feature()[node];
        if (f < 0) {
            return trees.value()[node];
        }
        if ((known >> f & 1) == 1 || background != null) {
            boolean right = trees.goesRight(node, (known >> f & 1) == 1 ? values : background);
            return expected(trees, right ? trees.right()[node] : trees.left(node), values, background, known);
        }
        double first = trees.cover()[trees.left(node)];
        double second = trees.cover()[trees.right()[node]];
        double share = first + second > 0 ? first / (first + second) : 0.5;
        return share * expected(trees, trees.left(node), values, null, known)
                + (1 - share) * expected(trees, trees.right()[node], values, null, known);
    }

    private static double expected(TreeEnsemble trees, double[] values, double[] background, int known) {
        double sum = 0;
        for (int root : trees.roots()) {
            sum += expected(trees, root, values, background, known);
        }
        return sum * trees.scale();
    }

    /** Shapley (1953): the mean over all orders of what a feature adds when it becomes known. */
    private static double[] shapley(TreeEnsemble trees, double[] values, double[] background) {
        int features = values.length;
        double[] factorial = new double[features + 1];
        factorial[0] = 1;
        for (int i = 1; i <= features; i++) {
            factorial[i] = factorial[i - 1] * i;
        }
        double[] shapley = new double[features];
        for (int known = 0; known < 1 << features; known++) {
            double without = expected(trees, values, background, known);
            int size = Integer.bitCount(known);
            for (int f = 0; f < features; f++) {
                if ((known >> f & 1) == 0) {
                    shapley[f] += factorial[size] * factorial[features - size - 1] / factorial[features]
                            * (expected(trees, values, background, known | 1 << f) - without);
                }
            }
        }
        return shapley;
    }

    @Test
    void givesThePathDependentShapleyValues() {
        for (int round = 0; round < 300; round++) {
            int features = 1 + random.nextInt(6);
            TreeEnsemble trees = grow(1 + random.nextInt(3), features, random.nextInt(7), 0.15, random.nextBoolean() ? 1 : 0.25);
            TreeExplainer explainer = new TreeExplainer(trees);
            TreeExplainer.Workspace space = explainer.workspace();
            for (int one = 0; one < 4; one++) {
                double[] values = values(features);
                double[] contributions = new double[features];
                Arrays.fill(contributions, 7);
                explainer.explain(values, contributions, space);
                assertArrayEquals(shapley(trees, values, null), contributions, EXACT);
                assertEquals(expected(trees, values, null, 0), explainer.base(), EXACT);
                assertEquals(trees.output(values), explainer.base() + Arrays.stream(contributions).sum(), EXACT);
            }
        }
    }

    @Test
    void givesTheInterventionalShapleyValues() {
        for (int round = 0; round < 200; round++) {
            int features = 1 + random.nextInt(6);
            TreeEnsemble trees = grow(2, features, random.nextInt(7), 0.15, 0.5);
            TreeExplainer explainer = new TreeExplainer(trees);
            double[][] background = {values(features), values(features), values(features)};
            double[] values = values(features);
            double[] mean = new double[features];
            double base = 0;
            for (double[] other : background) {
                double[] each = shapley(trees, values, other);
                for (int f = 0; f < features; f++) {
                    mean[f] += each[f] / background.length;
                }
                base += trees.output(other) / background.length;
            }
            double[] contributions = new double[features];
            assertEquals(base, explainer.explainAgainst(values, background, contributions, explainer.workspace()), EXACT);
            assertArrayEquals(mean, contributions, EXACT);
        }
    }

    @Test
    void addsUpForManyDeepTreesOfManyFeatures() {
        for (int features : new int[] {3, 40, 100}) {
            TreeEnsemble trees = grow(100, features, 22, 0.38, 0.01);
            TreeExplainer explainer = new TreeExplainer(trees);
            TreeExplainer.Workspace space = explainer.workspace();
            assertTrue(trees.feature().length > 2_000, trees.feature().length + " nodes");
            for (int one = 0; one < 20; one++) {
                double[] values = values(features);
                double[] contributions = new double[features];
                explainer.explain(values, contributions, space);
                assertEquals(trees.output(values), explainer.base() + Arrays.stream(contributions).sum(), EXACT);
                double base = explainer.explainAgainst(values, new double[][] {values(features)}, contributions, space);
                assertEquals(trees.output(values), base + Arrays.stream(contributions).sum(), EXACT);
            }
        }
    }

    /** A chain that asks for another feature at each step: the exact values are those of a game in which all of its players are needed. */
    @Test
    void isExactOnAPathOfAHundredFeatures() {
        int depth = 100;
        int nodes = 2 * depth + 1;
        int[] feature = new int[nodes];
        int[] right = new int[nodes];
        double[] value = new double[nodes];
        double[] cover = new double[nodes];
        Arrays.fill(feature, -1);
        for (int level = 0; level < depth; level++) {
            int node = 2 * level;
            feature[node] = level;
            right[node] = node + 2;
            cover[node] = 1;
            cover[node + 1] = 1;
        }
        cover[nodes - 1] = 0;
        value[nodes - 1] = 1;
        TreeExplainer explainer = new TreeExplainer(new TreeEnsemble(new int[1], feature, new double[nodes], null, right, null, value,
                cover, 1));
        double[] values = new double[depth];
        Arrays.fill(values, 1);
        double[][] background = {new double[depth]};
        double[] contributions = new double[depth];
        assertEquals(0, explainer.explainAgainst(values, background, contributions, explainer.workspace()), EXACT);
        for (double each : contributions) {
            assertEquals(1.0 / depth, each, 1e-12);
        }
    }

    @Test
    void aFeatureThatIsNotAskedForAddsNothingAndALeafAloneIsItsOwnBase() {
        TreeEnsemble leaf = new TreeEnsemble(new int[1], new int[] {-1}, new double[1], null, new int[1], null, new double[] {3},
                new double[] {1}, 1);
        TreeExplainer explainer = new TreeExplainer(leaf);
        assertEquals(3, explainer.base());
        double[] contributions = {5, 5};
        explainer.explain(new double[2], contributions, explainer.workspace());
        assertArrayEquals(new double[2], contributions);
        TreeEnsemble stump = new TreeEnsemble(new int[1], new int[] {1, -1, -1}, new double[] {0.5, 0, 0}, new int[] {1, 0, 0},
                new int[] {2, 0, 0}, null, new double[] {0, 1, 5}, new double[] {4, 3, 1}, 1);
        TreeExplainer small = new TreeExplainer(stump);
        small.explain(new double[] {9, 1}, contributions, small.workspace());
        assertEquals(2, small.base(), EXACT);
        assertArrayEquals(new double[] {0, 3}, contributions, EXACT);
    }

    @Test
    void refusesTreesInWhichAWalkMayNotEnd() {
        assertThrows(IllegalArgumentException.class, () -> new TreeEnsemble(new int[1], new int[] {0, -1}, new double[2], new int[] {0, 0},
                new int[] {1, 0}, null, new double[2], new double[2], 1));
        assertThrows(IllegalArgumentException.class, () -> new TreeEnsemble(new int[] {2}, new int[] {-1}, new double[1], null, new int[1], null,
                new double[1], new double[1], 1));
        assertThrows(IllegalArgumentException.class, () -> new TreeEnsemble(new int[1], new int[] {-1}, new double[2], null, new int[1], null,
                new double[1], new double[1], 1));
    }
}
