package io.kontor.risk.randomforest;

import io.kontor.api.explain.TreeEnsemble;
import io.kontor.api.explain.TreeExplainer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Trees in flat arrays: the mean over the trees of the share of frauds at the leaf that a payment reaches, which is what Tribuo's
 * {@code FullyWeightedVotingCombiner} gives but for the rounding of shares, without an object or a name on the way. A node's first child lies
 * behind it, and a tree behind the one before, so that the order of the nodes alone tells which belong together. Immutable.
 *
 * <p>The cover of a node is how many payments the rows that come to it stand for.
 */
final class FlatForest {

    /** The input of a leaf. */
    static final int LEAF = -1;

    private static final int MOST_NODES = 50_000_000;
    private static final int WHOLE = 0xffff;

    /** At an inner node its threshold and at a leaf its share of frauds, in one array. */
    private final double[] said;
    private final TreeEnsemble trees;

    /**
     * A forest. The arrays are kept.
     *
     * @param input what each node asks for; {@link #LEAF} at a leaf
     * @param said thresholds of inner nodes; shares of leaves, each {@link #rounded}
     * @param cover of each leaf; those of inner nodes are filled in
     * @throws IllegalArgumentException when an inner node lacks a child
     */
    FlatForest(int[] input, double[] said, double[] cover) {
        this.said = said;
        int[] second = new int[input.length];
        int[] complete = new int[input.length];
        int count = 0;
        for (int node = input.length - 1; node >= 0; node--) {
            if (input[node] != LEAF) {
                if (count < 2) {
                    throw new IllegalArgumentException("The model's last tree has no end.");
                }
                second[node] = complete[count - 2];
                cover[node] = cover[node + 1] + cover[second[node]];
                count -= 2;
            }
            complete[count++] = node;
        }
        int[] roots = new int[count];
        for (int tree = 0; tree < count; tree++) {
            roots[tree] = complete[count - 1 - tree];
        }
        trees = new TreeEnsemble(roots, input, said, null, second, null, said, cover, 1.0 / count);
    }

    /** The nearest share that can be kept in 16 bits, at most 1 / 131070 away. */
    static double rounded(double share) {
        return Math.round(share * WHOLE) / (double) WHOLE;
    }

    int trees() {
        return trees.roots().length;
    }

    int nodes() {
        return said.length;
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
        for (int f : trees.feature()) {
            if (f != LEAF) {
                asked[f] = true;
            }
        }
        return asked;
    }

    /** The same forest over other numbers of its inputs. */
    FlatForest renumbered(int[] numbers) {
        int[] renumbered = new int[nodes()];
        for (int node = 0; node < renumbered.length; node++) {
            int f = trees.feature()[node];
            renumbered[node] = f == LEAF ? LEAF : numbers[f];
        }
        return new FlatForest(renumbered, said, trees.cover());
    }

    /**
     * Writes for each input a table of its thresholds, and the nodes: thresholds as a byte into the table, shares in 16 bits. Like lies by like,
     * which packs best.
     */
    void write(DataOutputStream out, int inputs) throws IOException {
        int[] input = trees.feature();
        List<TreeSet<Double>> tables = new ArrayList<>();
        while (tables.size() < inputs) {
            tables.add(new TreeSet<>());
        }
        out.writeInt(trees());
        out.writeInt(input.length);
        for (int node = 0; node < input.length; node++) {
            out.writeShort(input[node]);
            if (input[node] != LEAF) {
                tables.get(input[node]).add(said[node]);
            }
        }
        double[][] sorted = new double[inputs][];
        for (int f = 0; f < inputs; f++) {
            sorted[f] = tables.get(f).stream().mapToDouble(Double::doubleValue).toArray();
            out.writeByte(sorted[f].length);
            for (double threshold : sorted[f]) {
                out.writeDouble(threshold);
            }
        }
        for (int node = 0; node < input.length; node++) {
            if (input[node] != LEAF) {
                out.writeByte(Arrays.binarySearch(sorted[input[node]], said[node]));
            }
        }
        for (int node = 0; node < input.length; node++) {
            if (input[node] == LEAF) {
                out.writeShort((int) Math.round(said[node] * WHOLE));
            }
        }
        for (int node = 0; node < input.length; node++) {
            if (input[node] == LEAF) {
                out.writeFloat((float) trees.cover()[node]);
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
        int[] input = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            input[node] = in.readShort();
            if (input[node] < LEAF || input[node] >= inputs) {
                throw new IOException("The model names an input " + input[node] + " that there is not.");
            }
        }
        double[][] tables = new double[inputs][];
        for (int f = 0; f < inputs; f++) {
            tables[f] = table(in);
        }
        double[] said = new double[nodes];
        for (int node = 0; node < nodes; node++) {
            if (input[node] != LEAF) {
                int at = in.readUnsignedByte();
                if (at >= tables[input[node]].length) {
                    throw new IOException("The model names a threshold " + at + " of input " + input[node] + " that there is not.");
                }
                said[node] = tables[input[node]][at];
            }
        }
        for (int node = 0; node < nodes; node++) {
            if (input[node] == LEAF) {
                said[node] = in.readUnsignedShort() / (double) WHOLE;
            }
        }
        FlatForest forest = complete(input, said, cover(in, input));
        if (forest.trees() != trees) {
            throw new IOException("The model says that it has " + trees + " trees, and has " + forest.trees() + ".");
        }
        return forest;
    }

    private static FlatForest complete(int[] input, double[] said, double[] cover) throws IOException {
        try {
            return new FlatForest(input, said, cover);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static double[] table(DataInputStream in) throws IOException {
        double[] table = new double[in.readUnsignedByte()];
        for (int i = 0; i < table.length; i++) {
            table[i] = in.readDouble();
            if (!(table[i] < Double.POSITIVE_INFINITY) || i > 0 && table[i] <= table[i - 1]) {
                throw new IOException("The model's thresholds do not rise.");
            }
        }
        return table;
    }

    private static double[] cover(DataInputStream in, int[] input) throws IOException {
        double[] cover = new double[input.length];
        for (int node = 0; node < cover.length; node++) {
            if (input[node] == LEAF) {
                cover[node] = in.readFloat();
                if (!(cover[node] >= 0 && cover[node] < Double.POSITIVE_INFINITY)) {
                    throw new IOException("The model says that " + cover[node] + " payments came to a node.");
                }
            }
        }
        return cover;
    }
}
