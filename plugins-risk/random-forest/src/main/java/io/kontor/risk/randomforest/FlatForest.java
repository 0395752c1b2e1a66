package io.kontor.risk.randomforest;

import io.kontor.api.explain.TreeEnsemble;
import io.kontor.api.explain.TreeExplainer;
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
 * <p>The share of an inner node is the mean over the rows below it, and its cover what those rows weigh: how many payments they stand for.
 */
final class FlatForest {

    private static final int LEAF = -1;
    private static final int MOST_NODES = 50_000_000;

    private final int[] roots;
    private final int[] input;
    private final double[] threshold;
    private final int[] second;
    private final double[] share;
    private final double[] cover;
    private final TreeEnsemble trees;

    private FlatForest(int[] roots, int[] input, double[] threshold, int[] second, double[] share, double[] cover) {
        this.roots = roots;
        this.input = input;
        this.threshold = threshold;
        this.second = second;
        this.share = share;
        this.cover = cover;
        this.trees = new TreeEnsemble(roots, input, threshold, null, second, null, share, cover, 1.0 / roots.length);
    }

    int trees() {
        return roots.length;
    }

    int nodes() {
        return input.length;
    }

    /**
     * Scores a payment.
     *
     * @param values one an input; NaN for what is missing
     * @return the mean share of frauds, 0 to 1
     */
    double score(double[] values) {
        return trees.output(values);
    }

    /** Explains what the trees say, by exact Shapley values. */
    TreeExplainer explainer() {
        return new TreeExplainer(trees);
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
        return new FlatForest(roots, renumbered, threshold, second, share, cover);
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
            out.writeDouble(cover[node]);
            if (input[node] != LEAF) {
                out.writeDouble(threshold[node]);
                out.writeInt(second[node]);
            }
        }
    }

    /**
     * Reads a forest.
     *
     * @param in where from
     * @param inputs how many inputs there are
     * @return the forest
     * @throws IOException when the bytes are none
     */
    static FlatForest read(DataInputStream in, int inputs) throws IOException {
        int trees = in.readInt();
        int nodes = in.readInt();
        if (trees < 1 || nodes < trees || nodes > MOST_NODES) {
            throw new IOException("The model says that it has " + trees + " trees with " + nodes + " nodes.");
        }
        int[] roots = new int[trees];
        int[] input = new int[nodes];
        double[] threshold = new double[nodes];
        int[] second = new int[nodes];
        double[] share = new double[nodes];
        double[] cover = new double[nodes];
        for (int tree = 0; tree < trees; tree++) {
            roots[tree] = node(in.readInt(), tree == 0 ? -1 : roots[tree - 1], nodes);
        }
        for (int node = 0; node < nodes; node++) {
            input[node] = in.readShort();
            share[node] = in.readDouble();
            cover[node] = in.readDouble();
            if (!(cover[node] >= 0 && cover[node] < Double.POSITIVE_INFINITY)) {
                throw new IOException("The model says that " + cover[node] + " payments came to a node.");
            }
            if (input[node] < LEAF || input[node] >= inputs) {
                throw new IOException("The model names an input " + input[node] + " that there is not.");
            }
            if (input[node] != LEAF) {
                threshold[node] = in.readDouble();
                second[node] = node(in.readInt(), node + 1, nodes);
            }
        }
        if (input[nodes - 1] != LEAF) {
            throw new IOException("The model's last tree has no end.");
        }
        return new FlatForest(roots, input, threshold, second, share, cover);
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
        private double[] cover = new double[1_024];
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
            double[] leaves = new double[rows.length];
            for (int row = 0; row < rows.length; row++) {
                int node = root;
                while (input[node] >= 0) {
                    node = rows[row][input[node]] > threshold[node] ? second[node] : node + 1;
                }
                cover[node] += weights[row];
                leaves[row] = share[node];
            }
            for (int node = size - 1; node >= root; node--) {
                if (input[node] >= 0) {
                    double one = cover[node + 1];
                    double other = cover[second[node]];
                    cover[node] = one + other;
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
            cover = Arrays.copyOf(cover, length);
        }

        FlatForest build() {
            return new FlatForest(roots, Arrays.copyOf(input, size), Arrays.copyOf(threshold, size), Arrays.copyOf(second, size),
                    Arrays.copyOf(share, size), Arrays.copyOf(cover, size));
        }
    }
}
