package io.kontor.risk.randomforest;

/** The forest while it grows, with what the trees that have not learned from a row say of it. */
final class Grove {

    /** Prices of a leaf from none at all to that of a few dozen rows that are taken for what they are not. */
    private static final double[] PRICES = {0, 0.25, 0.5, 1, 2, 4, 8, 16, 32};
    private static final double[] UNPRUNED = {0};

    private final double[][] values;
    private final boolean[] fraud;
    private final double[] weights;
    private final byte[][] bytes;
    private final GrowingTrees nodes;
    /** For each price and row. */
    private final double[][] sums;
    private final int[] votes;
    private final boolean[] inBag;
    private int trees;

    /** What has grown. */
    record Grown(FlatForest forest, Calibration calibration) {
    }

    /**
     * No trees yet.
     *
     * @param bins of the inputs
     * @param values of each row
     * @param fraud what each row is
     * @param weights how many payments each row stands for
     * @param pruned whether the trees are cut back as far as they are not worse for it
     */
    Grove(Bins bins, double[][] values, boolean[] fraud, double[] weights, boolean pruned) {
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
        double[] prices = pruned ? PRICES : UNPRUNED;
        nodes = new GrowingTrees(bins, prices);
        sums = new double[prices.length][values.length];
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
        nodes.add(grown, values, fraud);
        mark(grown.bag(), true);
        double[] said = new double[sums.length];
        for (int row = 0; row < values.length; row++) {
            nodes.send(values[row], weights[row], said);
            if (!inBag[row]) {
                for (int price = 0; price < said.length; price++) {
                    sums[price][row] += said[price];
                }
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

    /** The forest of the price with the least calibrated log loss on rows that trees have not learned from; of equal ones the smallest. */
    Grown grown() {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        Calibration calibration = null;
        for (int price = 0; price < sums.length; price++) {
            double[] shares = shares(price);
            Calibration here = Calibration.fit(shares, fraud, weights, trees);
            double loss = here.loss(shares, fraud, weights);
            if (loss <= least) {
                best = price;
                least = loss;
                calibration = here;
            }
        }
        return new Grown(nodes.forest(best), calibration);
    }

    private double[] shares(int price) {
        double[] shares = new double[votes.length];
        for (int row = 0; row < shares.length; row++) {
            shares[row] = votes[row] == 0 ? Double.NaN : sums[price][row] / votes[row];
        }
        return shares;
    }
}
