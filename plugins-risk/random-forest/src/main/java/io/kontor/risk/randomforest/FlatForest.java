package io.kontor.risk.randomforest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;

/**
 * Tribuo's trees in flat arrays: the mean over the trees of the share of frauds at the leaf that a payment reaches, which is what Tribuo's
 * {@code FullyWeightedVotingCombiner} gives, without an object or a name on the way. A node's first child lies behind it. Immutable.
 *
 * <p>The share of an inner node is the mean over the rows below it. How it changes along the path, summed by the input that decided, says
 * exactly what each input has added (Saabas, Interpreting random forests, 2014).
 */
final class FlatForest {

    private static final int LEAF = -1;
    private static final int MOST_NODES = 50_000_000;

    private final int[] roots;
    private final int[] input;
    private final double[] threshold;
    private final int[] second;
    private final double[] share;

    private FlatForest(int[] roots, int[] input, double[] threshold, int[] second, double[] share) {
        this.roots = roots;
        this.input = input;
        this.threshold = threshold;
        this.second = second;
        this.share = share;
    }

    int trees() {
        return roots.length;
    }

    int nodes() {
        return input.length;
    }

    /** The mean share of frauds at the roots: what is expected of a payment of which nothing is known. */
    double base() {
        double sum = 0;
        for (int root : roots) {
            sum += share[root];
        }
        return sum / roots.length;
    }

    /**
     * Scores a payment.
     *
     * @param values one an input; NaN for what is missing
     * @return the mean share of frauds, 0 to 1
     */
    double score(double[] values) {
        double sum = 0;
        for (int root : roots) {
            int node = root;
            for (int f = input[node]; f >= 0; f = input[node]) {
                node = values[f] > threshold[node] ? second[node] : node + 1;
            }
            sum += share[node];
        }
        return sum / roots.length;
    }

    /**
     * Scores a payment and says what each input has added.
     *
     * @param values one an input; NaN for what is missing
     * @param contributions one an input, all 0 before; with {@link #base} they add up to the score
     * @return the score
     */
    double explain(double[] values, double[] contributions) {
        double sum = 0;
        double tree = 1.0 / roots.length;
        for (int root : roots) {
            int node = root;
            for (int f = input[node]; f >= 0; f = input[node]) {
                int next = values[f] > threshold[node] ? second[node] : node + 1;
                contributions[f] += (share[next] - share[node]) * tree;
                node = next;
            }
            sum += share[node];
        }
        return sum / roots.length;
    }

    /** Which inputs any tree asks for. */
    boolean[] asked(int inputs) {
        boolean[] asked = new boolean[inputs];
        for (int f : input) {
            if (f != LEAF) {
                asked[f] = true;
            }
        }
        return asked;
    }

    /** The same forest over other numbers of its inputs. */
    FlatForest renumbered(int[] numbers) {
        int[] renumbered = new int[input.length];
        for (int node = 0; node < input.length; node++) {
            renumbered[node] = input[node] == LEAF ? LEAF : numbers[input[node]];
        }
        return new FlatForest(roots, renumbered, threshold, second, share);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(roots.length);
        out.writeInt(input.length);
        for (int root : roots) {
            out.writeInt(root);
        }
        for (int node = 0; node < input.length; node++) {
            out.writeShort(input[node]);
            out.writeDouble(share[node]);
            if (input[node] != LEAF) {
                out.writeDouble(threshold[node]);
                out.writeInt(second[node]);
            }
        }
    }

    static FlatForest read(DataInputStream in, int inputs) throws IOException {
        int trees = in.readInt();
        int nodes = in.readInt();
        if (trees < 1 || nodes < trees || nodes > MOST_NODES) {
            throw new IOException("The model says that it has " + trees + " trees with " + nodes + " nodes.");
        }
        FlatForest forest = new FlatForest(new int[trees], new int[nodes], new double[nodes], new int[nodes], new double[nodes]);
        for (int tree = 0; tree < trees; tree++) {
            forest.roots[tree] = node(in.readInt(), tree == 0 ? -1 : forest.roots[tree - 1], nodes);
        }
        for (int node = 0; node < nodes; node++) {
            forest.input[node] = in.readShort();
            forest.share[node] = in.readDouble();
            if (forest.input[node] < LEAF || forest.input[node] >= inputs) {
                throw new IOException("The model names an input " + forest.input[node] + " that there is not.");
            }
            if (forest.input[node] != LEAF) {
                forest.threshold[node] = in.readDouble();
                forest.second[node] = node(in.readInt(), node + 1, nodes);
            }
        }
        if (forest.input[nodes - 1] != LEAF) {
            throw new IOException("The model's last tree has no end.");
        }
        return forest;
    }

    private static int node(int node, int after, int nodes) throws IOException {
        if (node <= after || node >= nodes) {
            throw new IOException("The model names a node " + node + " that there is not.");
        }
        return node;
    }

    /** Takes Tribuo's trees in, one after the other. */
    static final class Builder {

        private final Bins bins;
        private int[] roots = new int[0];
        private int[] input = new int[1_024];
        private double[] threshold = new double[1_024];
        private int[] second = new int[1_024];
        private double[] share = new double[1_024];
        private int size;

        Builder(Bins bins) {
            this.bins = bins;
        }

        /**
         * Adds a tree.
         *
         * @param tree the tree, over bins
         * @param rows the values of rows, by which the shares of inner nodes are told
         * @param weights how many payments each row stands for
         * @return for each row the share at its leaf
         */
        double[] add(TreeModel<Label> tree, double[][] rows, double[] weights) {
            int root = size;
            roots = Arrays.copyOf(roots, roots.length + 1);
            roots[roots.length - 1] = root;
            append(tree, tree.getRoot());
            double[] weight = new double[size - root];
            double[] leaves = new double[rows.length];
            for (int row = 0; row < rows.length; row++) {
                int node = root;
                while (input[node] >= 0) {
                    node = rows[row][input[node]] > threshold[node] ? second[node] : node + 1;
                }
                weight[node - root] += weights[row];
                leaves[row] = share[node];
            }
            for (int node = size - 1; node >= root; node--) {
                if (input[node] >= 0) {
                    double one = weight[node + 1 - root];
                    double other = weight[second[node] - root];
                    weight[node - root] = one + other;
                    share[node] = (one * share[node + 1] + other * share[second[node]]) / (one + other);
                }
            }
            return leaves;
        }

        private void append(TreeModel<Label> tree, Node<Label> node) {
            int at = size++;
            if (at == input.length) {
                grow();
            }
            if (node instanceof SplitNode<Label> split) {
                input[at] = TribuoTrees.input(tree, split.getFeatureID());
                threshold[at] = bins.edge(input[at], split.splitValue());
                append(tree, split.getLessThanOrEqual());
                second[at] = size;
                append(tree, split.getGreaterThan());
            } else {
                input[at] = LEAF;
                share[at] = ((LeafNode<Label>) node).getDistribution().get(TribuoTrees.FRAUD).getScore();
            }
        }

        private void grow() {
            int length = input.length * 2;
            input = Arrays.copyOf(input, length);
            threshold = Arrays.copyOf(threshold, length);
            second = Arrays.copyOf(second, length);
            share = Arrays.copyOf(share, length);
        }

        FlatForest build() {
            return new FlatForest(roots, Arrays.copyOf(input, size), Arrays.copyOf(threshold, size), Arrays.copyOf(second, size),
                    Arrays.copyOf(share, size));
        }
    }
}
