package io.kontor.recommend.matrixfactorization;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How training went. Immutable but for its arrays, which nobody changes.
 *
 * @param training mean squared error of each epoch on what was learned from
 * @param validation the same on what was held out
 * @param lowest the lowest score predicted for what was held out
 * @param highest the highest one
 * @param histogram how many predicted scores lie in each of equal steps from the lowest to the highest
 */
record Course(double[] training, double[] validation, double lowest, double highest, int[] histogram) {

    private static final int BINS = 20;
    private static final int MOST_EPOCHS = 10_000;

    static Course of(double[] training, double[] validation, float[] scores) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (float score : scores) {
            lowest = Math.min(lowest, score);
            highest = Math.max(highest, score);
        }
        int[] histogram = new int[BINS];
        for (float score : scores) {
            histogram[highest == lowest ? 0 : (int) Math.min(BINS - 1, BINS * (score - lowest) / (highest - lowest))]++;
        }
        return new Course(training, validation, scores.length == 0 ? 0 : lowest, scores.length == 0 ? 0 : highest, histogram);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(training.length);
        for (int i = 0; i < training.length; i++) {
            out.writeDouble(training[i]);
            out.writeDouble(validation[i]);
        }
        out.writeDouble(lowest);
        out.writeDouble(highest);
        for (int count : histogram) {
            out.writeInt(count);
        }
    }

    static Course read(DataInputStream in) throws IOException {
        int epochs = in.readInt();
        if (epochs < 0 || epochs > MOST_EPOCHS) {
            throw new IOException("the model is damaged: " + epochs + " epochs");
        }
        double[] training = new double[epochs];
        double[] validation = new double[epochs];
        for (int i = 0; i < epochs; i++) {
            training[i] = in.readDouble();
            validation[i] = in.readDouble();
        }
        double lowest = in.readDouble();
        double highest = in.readDouble();
        int[] histogram = new int[BINS];
        for (int i = 0; i < BINS; i++) {
            histogram[i] = in.readInt();
        }
        return new Course(training, validation, lowest, highest, histogram);
    }
}
