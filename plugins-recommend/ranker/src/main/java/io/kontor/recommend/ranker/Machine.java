package io.kontor.recommend.ranker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The log odds of two factorisation machines of degree 2 over inputs of 0 and 1 (Rendle, Factorization machines, 2010, equation 1), one for
 * each class: a bias, a weight for each input that is 1, and for each two of them the product of their factors in the one machine less that
 * in the other. Immutable.
 */
final class Machine {

    private final int factors;
    private final double bias;
    private final double[] weights;
    private final double[] vectors;

    /**
     * A machine.
     *
     * @param factors how many factors each input has, those of the class that is wanted and then as many of the other
     * @param bias log odds
     * @param weights one an input
     * @param vectors the factors of all inputs, one input after the other
     */
    Machine(int factors, double bias, double[] weights, double[] vectors) {
        this.factors = factors;
        this.bias = bias;
        this.weights = weights;
        this.vectors = vectors;
    }

    /** A machine that knows nothing. */
    static Machine none(int inputs) {
        return new Machine(2, 0, new double[inputs], new double[2 * inputs]);
    }

    double bias() {
        return bias;
    }

    /** What each group adds to the log odds: its weight, and half of what it makes together with every other one. */
    double[] parts(int[] active) {
        double[] sum = new double[factors];
        for (int input : active) {
            for (int f = 0; f < factors; f++) {
                sum[f] += vectors[input * factors + f];
            }
        }
        double[] parts = new double[active.length];
        for (int i = 0; i < active.length; i++) {
            double together = 0;
            for (int f = 0; f < factors; f++) {
                double own = vectors[active[i] * factors + f];
                together += f < factors / 2 ? own * (sum[f] - own) : -own * (sum[f] - own);
            }
            parts[i] = weights[active[i]] + together / 2;
        }
        return parts;
    }

    double score(int[] active) {
        double score = bias;
        for (double part : parts(active)) {
            score += part;
        }
        return score;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(factors);
        out.writeDouble(bias);
        out.writeInt(weights.length);
        for (double weight : weights) {
            out.writeDouble(weight);
        }
        for (double one : vectors) {
            out.writeDouble(one);
        }
    }

    static Machine read(DataInputStream in, int inputs) throws IOException {
        int factors = in.readInt();
        double bias = finite(in);
        int width = in.readInt();
        if (factors < 2 || factors > 1_000 || factors % 2 != 0 || width != inputs) {
            throw new IOException("The model has " + width + " inputs of " + factors + " factors.");
        }
        double[] weights = new double[width];
        for (int i = 0; i < width; i++) {
            weights[i] = finite(in);
        }
        double[] vectors = new double[width * factors];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = finite(in);
        }
        return new Machine(factors, bias, weights, vectors);
    }

    private static double finite(DataInputStream in) throws IOException {
        double number = in.readDouble();
        if (!Double.isFinite(number)) {
            throw new IOException("The model has the number " + number + ".");
        }
        return number;
    }
}
