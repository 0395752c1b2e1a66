package io.kontor.risk.randomforest;

/** The forest while it grows, with what the trees that have not learned from a row say of it. */
final class Grove {

    private final double[][] values;
    private final boolean[] fraud;
    private final double[] weights;
    private final byte[][] bytes;
    private final FlatForest.Builder builder;
    private final double[] sums;
    private final int[] votes;
    private final boolean[] inBag;
    private int trees;

    /**
     * No trees yet.
     *
     * @param bins of the inputs
     * @param values of each row
     * @param fraud what each row is
     * @param weights how many payments each row stands for
     */
    Grove(Bins bins, double[][] values, boolean[] fraud, double[] weights) {
        this.values = values;
        this.fraud = fraud;
        this.weights = weights;
        bytes = new byte[values.length][];
        for (int row = 0; row < values.length; row++) {
            bytes[row] = new byte[values[row].length];
            for (int f = 0; f < values[row].length; f++) {
                bytes[row][f] = (byte) bins.of(f, values[row][f]);
            }
        }
        builder = new FlatForest.Builder(bins);
        sums = new double[values.length];
        votes = new int[values.length];
        inBag = new boolean[values.length];
    }

    byte[][] bytes() {
        return bytes;
    }

    boolean[] fraud() {
        return fraud;
    }

    void add(TribuoTrees.Grown grown) {
        double[] leaves = builder.add(grown.model(), values, weights);
        mark(grown.bag(), true);
        for (int row = 0; row < leaves.length; row++) {
            if (!inBag[row]) {
                sums[row] += leaves[row];
                votes[row]++;
            }
        }
        mark(grown.bag(), false);
        trees++;
    }

    private void mark(int[] bag, boolean mark) {
        for (int row : bag) {
            inBag[row] = mark;
        }
    }

    FlatForest forest() {
        return builder.build();
    }

    Calibration calibration() {
        double[] shares = new double[sums.length];
        for (int row = 0; row < shares.length; row++) {
            shares[row] = votes[row] == 0 ? Double.NaN : sums[row] / votes[row];
        }
        return Calibration.fit(shares, fraud, weights, trees);
    }
}
