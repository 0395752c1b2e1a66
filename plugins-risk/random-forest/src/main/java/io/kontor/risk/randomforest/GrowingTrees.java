package io.kontor.risk.randomforest;

import java.util.Arrays;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;

/**
 * Takes Tribuo's trees in, one after the other, and tells for each node from which price of a leaf on it is better pruned to a leaf itself.
 * That is cost-complexity pruning (Breiman, Friedman, Olshen and Stone, Classification and regression trees, 1984, chapter 3): at a price, the
 * best subtree has the least sum of the squared errors of the rows that the tree has learned from and of the price of its leaves. Subtrees of
 * higher prices lie in those of lower ones.
 */
final class GrowingTrees {

    private static final byte NEVER = Byte.MAX_VALUE;

    private final Bins bins;
    private final double[] prices;
    private int[] input = new int[1_024];
    private double[] threshold = new double[1_024];
    private int[] second = new int[1_024];
    private double[] share = new double[1_024];
    private double[] cover = new double[1_024];
    /** The first price at which a node is a leaf. */
    private byte[] pruned = new byte[1_024];
    private int root;
    private int size;

    /**
     * No trees yet.
     *
     * @param bins of the inputs
     * @param prices of a leaf in squared errors of rows, rising; the first is not looked at, as it stands for trees that are not pruned
     */
    GrowingTrees(Bins bins, double[] prices) {
        this.bins = bins;
        this.prices = prices;
    }

    /**
     * Adds a tree.
     *
     * @param grown the tree, over bins
     * @param rows the values of all rows
     * @param fraud what each row is
     */
    void add(TribuoTrees.Grown grown, double[][] rows, boolean[] fraud) {
        root = size;
        append(grown.model(), grown.model().getRoot());
        int[] count = new int[size - root];
        int[] frauds = new int[size - root];
        for (int row : grown.bag()) {
            int node = root;
            while (true) {
                count[node - root]++;
                frauds[node - root] += fraud[row] ? 1 : 0;
                if (input[node] == FlatForest.LEAF) {
                    break;
                }
                node = next(node, rows[row]);
            }
        }
        double[] error = new double[count.length];
        for (int i = 0; i < count.length; i++) {
            double part = (double) frauds[i] / count[i];
            share[root + i] = FlatForest.rounded(part);
            error[i] = frauds[i] * (1 - part);
            pruned[root + i] = NEVER;
        }
        for (int price = prices.length - 1; price > 0; price--) {
            prune((byte) price, error);
        }
    }

    private void prune(byte price, double[] error) {
        double[] cost = new double[error.length];
        for (int node = size - 1; node >= root; node--) {
            double own = error[node - root] + prices[price];
            cost[node - root] = own;
            if (input[node] != FlatForest.LEAF) {
                double below = cost[node + 1 - root] + cost[second[node] - root];
                cost[node - root] = Math.min(own, below);
                pruned[node] = own <= below ? price : pruned[node];
            }
        }
    }

    private int next(int node, double[] values) {
        return values[input[node]] > threshold[node] ? second[node] : node + 1;
    }

    /**
     * Sends a row down the last tree.
     *
     * @param values of the row
     * @param weight how many payments it stands for
     * @param said gets for each price the share at the leaf
     */
    void send(double[] values, double weight, double[] said) {
        int node = root;
        for (int price = prices.length - 1; price >= 0; price--) {
            while (input[node] != FlatForest.LEAF && pruned[node] > price) {
                node = next(node, values);
            }
            said[price] = share[node];
        }
        cover[node] += weight;
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
            input[at] = FlatForest.LEAF;
        }
    }

    private void grow() {
        int length = input.length * 2;
        input = Arrays.copyOf(input, length);
        threshold = Arrays.copyOf(threshold, length);
        second = Arrays.copyOf(second, length);
        share = Arrays.copyOf(share, length);
        cover = Arrays.copyOf(cover, length);
        pruned = Arrays.copyOf(pruned, length);
    }

    /** The trees as they are best at a price. */
    FlatForest forest(int price) {
        int[] inputs = new int[size];
        double[] said = new double[size];
        double[] covers = new double[size];
        int kept = 0;
        for (int node = 0; node < size; kept++) {
            boolean leaf = input[node] == FlatForest.LEAF || pruned[node] <= price;
            inputs[kept] = leaf ? FlatForest.LEAF : input[node];
            said[kept] = leaf ? share[node] : threshold[node];
            int end = leaf ? end(node) : node + 1;
            double below = 0;
            for (int from = node; leaf && from < end; from++) {
                below += cover[from];
            }
            covers[kept] = (float) below;
            node = end;
        }
        return new FlatForest(Arrays.copyOf(inputs, kept), Arrays.copyOf(said, kept), Arrays.copyOf(covers, kept));
    }

    /** What follows the last node below a node. */
    private int end(int node) {
        int last = node;
        while (input[last] != FlatForest.LEAF) {
            last = second[last];
        }
        return last + 1;
    }
}
