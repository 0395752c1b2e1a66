package io.kontor.recommend.matrixfactorization;

import java.util.Locale;

/**
 * How it is learned.
 *
 * @param factors how many
 * @param rate of Adam
 * @param regularisation of a value
 * @param drawn pairs that stand beside each choice where there are no ratings
 */
record Pace(int factors, double rate, double regularisation, int drawn) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d factors, learning rate %.4g, regularisation %.4g, %d pairs beside a choice", factors, rate,
                regularisation, drawn);
    }
}
