package io.kontor.api.metric;

/**
 * The weights of right and wrong answers at a threshold: cases scored at least as high are taken for positive. Immutable. The measures are
 * those of van Rijsbergen, Information Retrieval (1979), chapter 7.
 *
 * @param threshold the score from which on a case is taken for positive
 * @param truePositives weight of the positives taken for positive
 * @param falsePositives weight of the negatives taken for positive
 * @param falseNegatives weight of the positives taken for negative
 * @param trueNegatives weight of the negatives taken for negative
 */
public record Confusion(double threshold, double truePositives, double falsePositives, double falseNegatives, double trueNegatives) {

    /**
     * The share of right answers.
     *
     * @return 0 to 1; NaN without cases
     */
    public double accuracy() {
        return (truePositives + trueNegatives) / (truePositives + falsePositives + falseNegatives + trueNegatives);
    }

    /**
     * The share of positives among what is taken for positive.
     *
     * @return 0 to 1; 0 when nothing is taken for positive, as is the custom
     */
    public double precision() {
        double taken = truePositives + falsePositives;
        return taken > 0 ? truePositives / taken : 0;
    }

    /**
     * The share of the positives that is found.
     *
     * @return 0 to 1; NaN when there are no positives
     */
    public double recall() {
        return truePositives / (truePositives + falseNegatives);
    }

    /**
     * The harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN).
     *
     * @return 0 to 1; NaN when there are no positives and none are said to be
     */
    public double f1() {
        return 2 * truePositives / (2 * truePositives + falsePositives + falseNegatives);
    }
}
