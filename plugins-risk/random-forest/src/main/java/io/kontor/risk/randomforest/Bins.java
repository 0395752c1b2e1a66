package io.kontor.risk.randomforest;

import java.util.Arrays;

/**
 * Divides the values of each input into at most {@value #MOST} bins of about equal numbers of rows. Tribuo keeps an object for each different
 * value of an input, and at every node compares all rows of the node with each of them, so that its time grows with the square of the rows
 * where values differ; with bins it grows with the rows. Bin 0 is that of missing values, which is also what Tribuo takes for an input that
 * an example does not have. Immutable.
 */
final class Bins {

    /** Most bins of an input. */
    static final int MOST = 32;

    /** Upper edges of the bins but the last: bin b holds values above edge b - 2 and up to edge b - 1. */
    private final double[][] edges;

    private Bins(double[][] edges) {
        this.edges = edges;
    }

    /**
     * Looks at the rows.
     *
     * @param rows each with one value an input; NaN where it is missing
     * @param inputs how many inputs there are
     * @return the bins
     */
    static Bins of(double[][] rows, int inputs) {
        double[][] edges = new double[inputs][];
        double[] column = new double[rows.length];
        for (int f = 0; f < inputs; f++) {
            int size = 0;
            for (double[] row : rows) {
                if (!Double.isNaN(row[f])) {
                    column[size++] = row[f];
                }
            }
            Arrays.sort(column, 0, size);
            edges[f] = edges(column, size);
        }
        return new Bins(edges);
    }

    private static double[] edges(double[] sorted, int size) {
        double[] edges = new double[MOST];
        int count = 0;
        int inBin = 0;
        int open = size;
        for (int i = 0; i + 1 < size && count < MOST - 1; i++) {
            inBin++;
            boolean full = inBin * (MOST - count) >= open;
            if (sorted[i] < sorted[i + 1] && full) {
                edges[count++] = middle(sorted[i], sorted[i + 1]);
                open -= inBin;
                inBin = 0;
            }
        }
        return Arrays.copyOf(edges, count);
    }

    private static double middle(double low, double high) {
        double middle = low + (high - low) / 2;
        return middle < high ? middle : low;
    }

    /** The bin of a value, 0 for NaN. */
    int of(int input, double value) {
        if (Double.isNaN(value)) {
            return 0;
        }
        int at = Arrays.binarySearch(edges[input], value);
        return at >= 0 ? at + 1 : -at;
    }

    /**
     * The value that divides as Tribuo's threshold divides bins: above it goes where bins above the threshold go.
     *
     * @param input the input
     * @param threshold between two bins
     * @return an edge; negative infinity when it divides missing values from all others
     */
    double edge(int input, double threshold) {
        int bin = (int) Math.floor(threshold);
        return bin == 0 ? Double.NEGATIVE_INFINITY : edges[input][bin - 1];
    }
}
