package io.kontor.recommend.bpr;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Locale;

/**
 * What is learned, how far a step goes, and what it compares with.
 *
 * @param factors of each product
 * @param rate of learning
 * @param regularisation of each factor that a step moves
 * @param drawn of how many products the one with the highest score is compared with the chosen one; 1 for any
 */
record Pace(int factors, double rate, double regularisation, int drawn) {

    private static final int MOST_FACTORS = 512;
    private static final int MOST_DRAWN = 1_000;

    Pace wider() {
        return new Pace(2 * factors, rate, regularisation, drawn);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(factors);
        out.writeDouble(rate);
        out.writeDouble(regularisation);
        out.writeInt(drawn);
    }

    static Pace read(DataInputStream in) throws IOException {
        Pace pace = new Pace(in.readInt(), in.readDouble(), in.readDouble(), in.readInt());
        if (pace.factors < 1 || pace.factors > MOST_FACTORS || pace.drawn < 1 || pace.drawn > MOST_DRAWN
                || !Double.isFinite(pace.rate + pace.regularisation)) {
            throw new IOException("the model is damaged: " + pace);
        }
        return pace;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d factors, learning rate %.4g, regularisation %.4g, the best of %d drawn", factors, rate,
                regularisation, drawn);
    }
}
