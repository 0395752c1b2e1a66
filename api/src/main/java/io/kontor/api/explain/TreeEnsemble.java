package io.kontor.api.explain;

/**
 * Decision trees over numbers as flat arrays, one element a node; their outputs add up. At an inner node a case goes right when the value
 * of its feature is above the threshold, and left when it is not or is missing (NaN). Arrays are not copied and must not be changed.
 *
 * @param roots the roots' nodes
 * @param feature what each node asks for; below 0 at a leaf
 * @param threshold what the value is compared with
 * @param left the left children; null when each follows its parent at once
 * @param right the right children
 * @param missingRight whether a missing value goes right; null when it always goes left
 * @param value what a leaf says; ignored at inner nodes
 * @param cover how many training cases came to each node, at least 0
 * @param scale what the sum over the trees is multiplied by: 1 for boosted trees, 1 / trees for a forest
 */
public record TreeEnsemble(int[] roots, int[] feature, double[] threshold, int[] left, int[] right, boolean[] missingRight, double[] value,
        double[] cover, double scale) {

    /** Checks that the arrays have one length and that children come after their parents, so that every walk ends. */
    public TreeEnsemble {
        int nodes = feature.length;
        if (threshold.length != nodes || left != null && left.length != nodes || right.length != nodes || value.length != nodes
                || cover.length != nodes || missingRight != null && missingRight.length != nodes) {
            throw new IllegalArgumentException("all arrays of trees must have one length");
        }
        for (int node = 0; node < nodes; node++) {
            int first = left == null ? node + 1 : left[node];
            if (feature[node] >= 0 && (first <= node || first >= nodes || right[node] <= node || right[node] >= nodes)) {
                throw new IllegalArgumentException("node " + node + " has a child that does not come after it");
            }
        }
        for (int root : roots) {
            if (root < 0 || root >= nodes) {
                throw new IllegalArgumentException("there is no root " + root);
            }
        }
    }

    int left(int node) {
        return left == null ? node + 1 : left[node];
    }

    boolean goesRight(int node, double[] values) {
        double x = values[feature[node]];
        return Double.isNaN(x) ? missingRight != null && missingRight[node] : x > threshold[node];
    }

    /**
     * The output for a case.
     *
     * @param values one a feature; NaN for what is missing
     * @return the scaled sum of the leaves reached
     */
    public double output(double[] values) {
        double sum = 0;
        for (int root : roots) {
            int node = root;
            while (feature[node] >= 0) {
                node = goesRight(node, values) ? right[node] : left(node);
            }
            sum += value[node];
        }
        return sum * scale;
    }
}
