package io.kontor.risk.randomforest;

import java.util.Arrays;

/** The payments that the forest learns from, with the values of their inputs. Filled in the order of time. */
final class Rows {

    private double[][] values = new double[1_024][];
    private boolean[] fraud = new boolean[1_024];
    private int size;

    void add(double[] row, boolean isFraud) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            fraud = Arrays.copyOf(fraud, size * 2);
        }
        values[size] = row;
        fraud[size++] = isFraud;
    }

    double[][] values() {
        return Arrays.copyOf(values, size);
    }

    boolean[] fraud() {
        return Arrays.copyOf(fraud, size);
    }

    int size() {
        return size;
    }

    /**
     * How many payments each row stands for.
     *
     * @param frauds how many frauds there were to take rows from
     * @param legitimate how many others
     * @return one a row
     */
    double[] weights(int frauds, int legitimate) {
        int taken = 0;
        for (int row = 0; row < size; row++) {
            taken += fraud[row] ? 1 : 0;
        }
        double[] weights = new double[size];
        for (int row = 0; row < size; row++) {
            weights[row] = fraud[row] ? (double) frauds / taken : (double) legitimate / (size - taken);
        }
        return weights;
    }
}
