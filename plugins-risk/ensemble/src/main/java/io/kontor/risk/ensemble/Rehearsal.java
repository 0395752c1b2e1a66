package io.kontor.risk.ensemble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the members said of labelled transactions that came after those they had learned from. For one thread. */
final class Rehearsal {

    private final List<double[]> scores = new ArrayList<>();
    private final List<Boolean> fraud = new ArrayList<>();
    private final List<String> segments = new ArrayList<>();
    private final List<Integer> folds = new ArrayList<>();
    private final Map<Integer, double[]> sums = new HashMap<>();
    private final Map<Integer, Integer> counts = new HashMap<>();
    private int frauds;

    /**
     * Adds a transaction.
     *
     * @param fold in which comparison
     * @param said the score of each member
     * @param isFraud what it was
     * @param segment what kind it is of
     */
    void add(int fold, double[] said, boolean isFraud, String segment) {
        scores.add(said);
        fraud.add(isFraud);
        segments.add(segment);
        folds.add(fold);
        frauds += isFraud ? 1 : 0;
        counts.merge(fold, 1, Integer::sum);
        double[] sum = sums.computeIfAbsent(fold, first -> new double[said.length]);
        for (int m = 0; m < said.length; m++) {
            sum[m] += Odds.logit(said[m]);
        }
    }

    int fold(int row) {
        return folds.get(row);
    }

    /** The mean log odds of a member in a comparison. */
    double usual(int fold, int member) {
        return sums.get(fold)[member] / counts.get(fold);
    }

    /** The mean log odds of a member in all comparisons. */
    double usual(int member) {
        double sum = 0;
        for (double[] one : sums.values()) {
            sum += one[member];
        }
        return sum / size();
    }

    int size() {
        return scores.size();
    }

    int frauds() {
        return frauds;
    }

    double[] scores(int row) {
        return scores.get(row);
    }

    boolean fraud(int row) {
        return fraud.get(row);
    }

    String segment(int row) {
        return segments.get(row);
    }
}
