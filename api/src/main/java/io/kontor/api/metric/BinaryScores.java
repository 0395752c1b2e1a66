package io.kontor.api.metric;

import java.util.Arrays;

/**
 * Scores of cases of which it is known whether they are positive, sorted once, so that every measure is one pass over them, also under the
 * weights of a resample. Immutable. Cases with equal scores count as one step everywhere: no measure depends on their order.
 *
 * <p>Every measure takes one weight a case, in the order in which the cases were given, or null when all weigh 1. Sorting takes O(n log n), a
 * measure O(n) and, but for curves, no memory.
 */
public final class BinaryScores {

    private static final double SMALLEST = 1e-15;

    private final double[] scores;
    private final boolean[] positive;
    private final int[] order;

    private BinaryScores(double[] scores, boolean[] positive, int[] order) {
        this.scores = scores;
        this.positive = positive;
        this.order = order;
    }

    /**
     * Takes scores in.
     *
     * @param scores one a case, the higher the more likely positive; probabilities where a measure says so; copied
     * @param positive what each case is; copied
     * @return the scores
     * @throws IllegalArgumentException when a score is NaN or the lengths differ
     */
    public static BinaryScores of(double[] scores, boolean[] positive) {
        if (scores.length != positive.length) {
            throw new IllegalArgumentException(scores.length + " scores and " + positive.length + " truths");
        }
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException("score " + i + " is NaN");
            }
        }
        return new BinaryScores(scores.clone(), positive.clone(), descending(scores));
    }

    // Merge sort: stable, and without boxing.
    private static int[] descending(double[] scores) {
        int size = scores.length;
        int[] from = new int[size];
        int[] to = new int[size];
        for (int i = 0; i < size; i++) {
            from[i] = i;
        }
        for (int width = 1; width < size && width > 0; width *= 2) {
            for (int low = 0; low < size; low += 2 * width) {
                int middle = Math.min(low + width, size);
                int high = Math.min(low + 2 * width, size);
                int left = low;
                int right = middle;
                for (int at = low; at < high; at++) {
                    boolean takeLeft = left < middle && (right >= high || scores[from[left]] >= scores[from[right]]);
                    to[at] = takeLeft ? from[left++] : from[right++];
                }
            }
            int[] swapped = from;
            from = to;
            to = swapped;
        }
        return from;
    }

    /**
     * How many cases there are.
     *
     * @return at least 0
     */
    public int size() {
        return scores.length;
    }

    private void check(double[] weights) {
        if (weights != null && weights.length < scores.length) {
            throw new IllegalArgumentException(weights.length + " weights for " + scores.length + " cases");
        }
    }

    private static double weight(double[] weights, int i) {
        return weights == null ? 1 : weights[i];
    }

    /**
     * The area under the curve of true over false positives: how likely a positive is scored above a negative, an equal score counting half
     * (Hanley and McNeil, The meaning and use of the area under a receiver operating characteristic curve, 1982).
     *
     * @param weights one a case, or null
     * @return 0 to 1; NaN when only one class has weight
     */
    public double rocAuc(double[] weights) {
        check(weights);
        double found = 0;
        double others = 0;
        double pairs = 0;
        for (int begin = 0; begin < order.length;) {
            double score = scores[order[begin]];
            double up = 0;
            double down = 0;
            int end = begin;
            for (; end < order.length && scores[order[end]] == score; end++) {
                double weight = weight(weights, order[end]);
                if (positive[order[end]]) {
                    up += weight;
                } else {
                    down += weight;
                }
            }
            pairs += down * (found + up / 2);
            found += up;
            others += down;
            begin = end;
        }
        return found > 0 && others > 0 ? pairs / (found * others) : Double.NaN;
    }

    /**
     * Average precision, the area under the curve of precision over recall by steps: the mean over the positives of the precision among all
     * scored at least as high (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, section 8.4). Where positives are
     * rare it tells models apart that the area under the ROC curve does not (Davis and Goadrich, The relationship between precision-recall
     * and ROC curves, 2006).
     *
     * @param weights one a case, or null
     * @return 0 to 1; NaN when no positive has weight
     */
    public double averagePrecision(double[] weights) {
        check(weights);
        double found = 0;
        double seen = 0;
        double area = 0;
        for (int begin = 0; begin < order.length;) {
            double score = scores[order[begin]];
            double up = 0;
            int end = begin;
            for (; end < order.length && scores[order[end]] == score; end++) {
                double weight = weight(weights, order[end]);
                seen += weight;
                up += positive[order[end]] ? weight : 0;
            }
            found += up;
            area += up > 0 ? up * found / seen : 0;
            begin = end;
        }
        return found > 0 ? area / found : Double.NaN;
    }

    /**
     * The share of the positives among the highest scores. Of equal scores at the border the same share of each class is taken.
     *
     * @param share how much of the total weight is looked at, above 0, at most 1; at least a mean case is
     * @param weights one a case, or null
     * @return 0 to 1; NaN when no positive has weight
     */
    public double recallAtTop(double share, double[] weights) {
        check(weights);
        double total = 0;
        double positives = 0;
        for (int i = 0; i < scores.length; i++) {
            total += weight(weights, i);
            positives += positive[i] ? weight(weights, i) : 0;
        }
        double top = Math.max(share * total, total / scores.length);
        double seen = 0;
        double found = 0;
        for (int begin = 0; begin < order.length && seen < top;) {
            double score = scores[order[begin]];
            double mass = 0;
            double up = 0;
            int end = begin;
            for (; end < order.length && scores[order[end]] == score; end++) {
                double weight = weight(weights, order[end]);
                mass += weight;
                up += positive[order[end]] ? weight : 0;
            }
            found += mass > 0 ? up * Math.min(1, (top - seen) / mass) : 0;
            seen += mass;
            begin = end;
        }
        return positives > 0 ? found / positives : Double.NaN;
    }

    /**
     * Right and wrong answers at a threshold.
     *
     * @param threshold from which score on a case is taken for positive
     * @param weights one a case, or null
     * @return the weights of the four kinds
     */
    public Confusion confusion(double threshold, double[] weights) {
        check(weights);
        double[] cells = new double[4];
        for (int i = 0; i < scores.length; i++) {
            cells[(scores[i] >= threshold ? 0 : 2) + (positive[i] == scores[i] >= threshold ? 0 : 1)] += weight(weights, i);
        }
        return new Confusion(threshold, cells[0], cells[1], cells[3], cells[2]);
    }

    /**
     * The threshold with the highest F1, and what it gives: one of the scores, of several equal ones the highest. Chosen and measured on the
     * same cases it flatters; choose it on others than those it is measured on.
     *
     * @param weights one a case, or null
     * @return the four kinds at that threshold; at positive infinity, with nothing taken for positive, when no positive has weight
     */
    public Confusion bestF1(double[] weights) {
        check(weights);
        double positives = 0;
        for (int i = 0; i < scores.length; i++) {
            positives += positive[i] ? weight(weights, i) : 0;
        }
        double found = 0;
        double seen = 0;
        double best = 0;
        double threshold = Double.POSITIVE_INFINITY;
        for (int begin = 0; begin < order.length;) {
            double score = scores[order[begin]];
            int end = begin;
            for (; end < order.length && scores[order[end]] == score; end++) {
                double weight = weight(weights, order[end]);
                seen += weight;
                found += positive[order[end]] ? weight : 0;
            }
            double f1 = 2 * found / (seen + positives);
            if (f1 > best) {
                best = f1;
                threshold = score;
            }
            begin = end;
        }
        return confusion(threshold, weights);
    }

    /**
     * The mean of minus the logarithm of the probability given to the truth (Good, Rational decisions, 1952), which is kept at least 1e-15
     * away from 0 and 1.
     *
     * @param weights one a case, or null
     * @return at least 0; NaN without weight
     * @throws IllegalArgumentException when a score is no probability
     */
    public double logLoss(double[] weights) {
        check(weights);
        double sum = 0;
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            double p = Math.min(1 - SMALLEST, Math.max(SMALLEST, probability(i)));
            double weight = weight(weights, i);
            sum -= weight * (positive[i] ? Math.log(p) : Math.log(1 - p));
            total += weight;
        }
        return total > 0 ? sum / total : Double.NaN;
    }

    /**
     * The mean squared distance of the probabilities from the truth (Brier, Verification of forecasts expressed in terms of probability,
     * 1950, for two classes, by half of his score).
     *
     * @param weights one a case, or null
     * @return 0 to 1; NaN without weight
     * @throws IllegalArgumentException when a score is no probability
     */
    public double brier(double[] weights) {
        check(weights);
        double sum = 0;
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            double miss = probability(i) - (positive[i] ? 1 : 0);
            sum += weight(weights, i) * miss * miss;
            total += weight(weights, i);
        }
        return total > 0 ? sum / total : Double.NaN;
    }

    private double probability(int i) {
        if (!(scores[i] >= 0 && scores[i] <= 1)) {
            throw new IllegalArgumentException("score " + i + " is no probability: " + scores[i]);
        }
        return scores[i];
    }

    /**
     * The curve of true over false positives (Fawcett, An introduction to ROC analysis, 2006, algorithm 1), one point a distinct score of
     * weight, from the highest on, after the origin.
     *
     * @param weights one a case, or null
     * @return false positive rates, true positive rates and thresholds, the first one infinite; without points when only one class has weight
     */
    public Curve roc(double[] weights) {
        return curve(weights, true);
    }

    /**
     * The curve of precision over recall, one point a distinct score of weight, from the highest on.
     *
     * @param weights one a case, or null
     * @return recalls, precisions and thresholds; without points when no positive has weight
     */
    public Curve precisionRecall(double[] weights) {
        return curve(weights, false);
    }

    private Curve curve(double[] weights, boolean roc) {
        check(weights);
        double positives = 0;
        double negatives = 0;
        for (int i = 0; i < scores.length; i++) {
            positives += positive[i] ? weight(weights, i) : 0;
            negatives += positive[i] ? 0 : weight(weights, i);
        }
        if (positives == 0 || roc && negatives == 0) {
            return new Curve(new double[0], new double[0], new double[0]);
        }
        double[] x = new double[scores.length + 1];
        double[] y = new double[scores.length + 1];
        double[] at = new double[scores.length + 1];
        at[0] = Double.POSITIVE_INFINITY;
        int size = roc ? 1 : 0;
        double found = 0;
        double wrong = 0;
        for (int begin = 0; begin < order.length;) {
            double score = scores[order[begin]];
            double seen = found + wrong;
            int end = begin;
            for (; end < order.length && scores[order[end]] == score; end++) {
                double weight = weight(weights, order[end]);
                found += positive[order[end]] ? weight : 0;
                wrong += positive[order[end]] ? 0 : weight;
            }
            if (found + wrong > seen) {
                x[size] = roc ? wrong / negatives : found / positives;
                y[size] = roc ? found / positives : found / (found + wrong);
                at[size++] = score;
            }
            begin = end;
        }
        return new Curve(Arrays.copyOf(x, size), Arrays.copyOf(y, size), Arrays.copyOf(at, size));
    }

    /**
     * Whether probabilities are what they say: cases are put into bins of equal width, ((m - 1) / bins, m / bins], and the mean probability is
     * set against the share of positives (Niculescu-Mizil and Caruana, Predicting good probabilities with supervised learning, 2005).
     *
     * @param bins how many, at least 1
     * @param weights one a case, or null
     * @return mean probabilities, shares of positives and weights of the bins that have any
     * @throws IllegalArgumentException when a score is no probability
     */
    public Curve reliability(int bins, double[] weights) {
        check(weights);
        double[][] sums = new double[3][bins];
        for (int i = 0; i < scores.length; i++) {
            int bin = Math.max(0, (int) Math.ceil(probability(i) * bins) - 1);
            add(sums, bin, i, weights);
        }
        return means(sums);
    }

    /**
     * As {@link #reliability}, by bins of about equal weight, which shows more where most scores are small; cases with equal scores share a bin.
     *
     * @param bins how many at most, at least 1
     * @param weights one a case, or null
     * @return mean probabilities, shares of positives and weights, the lowest first
     * @throws IllegalArgumentException when a score is no probability
     */
    public Curve reliabilityByQuantile(int bins, double[] weights) {
        check(weights);
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            total += weight(weights, i);
        }
        double[][] sums = new double[3][bins];
        double seen = 0;
        for (int end = order.length - 1; end >= 0;) {
            double score = scores[order[end]];
            int bin = total > 0 ? Math.min(bins - 1, (int) (seen / total * bins)) : 0;
            for (; end >= 0 && scores[order[end]] == score; end--) {
                probability(order[end]);
                seen += weight(weights, order[end]);
                add(sums, bin, order[end], weights);
            }
        }
        return means(sums);
    }

    private void add(double[][] sums, int bin, int i, double[] weights) {
        double weight = weight(weights, i);
        sums[0][bin] += weight * scores[i];
        sums[1][bin] += positive[i] ? weight : 0;
        sums[2][bin] += weight;
    }

    private static Curve means(double[][] sums) {
        int size = 0;
        for (int bin = 0; bin < sums[2].length; bin++) {
            if (sums[2][bin] > 0) {
                sums[0][size] = sums[0][bin] / sums[2][bin];
                sums[1][size] = sums[1][bin] / sums[2][bin];
                sums[2][size++] = sums[2][bin];
            }
        }
        return new Curve(Arrays.copyOf(sums[0], size), Arrays.copyOf(sums[1], size), Arrays.copyOf(sums[2], size));
    }

    /**
     * Expected calibration error: the mean over the bins of equal width, by their weight, of the distance between mean probability and share of
     * positives (Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, 2015).
     *
     * @param bins how many, at least 1; 10 to 15 are customary
     * @param weights one a case, or null
     * @return 0 to 1; NaN without weight
     * @throws IllegalArgumentException when a score is no probability
     */
    public double calibrationError(int bins, double[] weights) {
        Curve curve = reliability(bins, weights);
        double sum = 0;
        double total = 0;
        for (int bin = 0; bin < curve.at().length; bin++) {
            sum += curve.at()[bin] * Math.abs(curve.x()[bin] - curve.y()[bin]);
            total += curve.at()[bin];
        }
        return total > 0 ? sum / total : Double.NaN;
    }
}
