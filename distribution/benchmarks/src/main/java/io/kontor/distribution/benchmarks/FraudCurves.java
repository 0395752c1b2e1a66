package io.kontor.distribution.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How well scores tell frauds from the rest, computed apart from the server's own evaluation. */
final class FraudCurves {

    private record Scored(double score, boolean fraud) {
    }

    private final List<Scored> all = new ArrayList<>();

    void add(double score, boolean fraud) {
        all.add(new Scored(score, fraud));
    }

    int size() {
        return all.size();
    }

    long frauds() {
        return all.stream().filter(Scored::fraud).count();
    }

    /** The share of pairs of a fraud and another in which the fraud has the higher score, half of the equal ones included. */
    double auc() {
        List<Scored> ascending = new ArrayList<>(all);
        ascending.sort(Comparator.comparingDouble(Scored::score));
        double below = 0;
        double pairs = 0;
        for (int begin = 0; begin < ascending.size();) {
            int end = begin;
            double frauds = 0;
            while (end < ascending.size() && ascending.get(end).score() == ascending.get(begin).score()) {
                frauds += ascending.get(end++).fraud() ? 1 : 0;
            }
            double others = end - begin - frauds;
            pairs += frauds * (below + others / 2);
            below += others;
            begin = end;
        }
        return pairs / (frauds() * below);
    }

    /** Average precision: each step of recall times the precision at its end. */
    double averagePrecision() {
        List<Scored> descending = new ArrayList<>(all);
        descending.sort(Comparator.comparingDouble(Scored::score).reversed());
        double found = 0;
        double area = 0;
        for (int begin = 0; begin < descending.size();) {
            int end = begin;
            double frauds = 0;
            while (end < descending.size() && descending.get(end).score() == descending.get(begin).score()) {
                frauds += descending.get(end++).fraud() ? 1 : 0;
            }
            found += frauds;
            area += frauds * found / end;
            begin = end;
        }
        return area / frauds();
    }

    /** Mean of the squared distances of scores from the truth. */
    double brier() {
        return all.stream().mapToDouble(one -> one.fraud() ? 1 - one.score() : one.score()).map(distance -> distance * distance).average()
                .orElse(Double.NaN);
    }
}
