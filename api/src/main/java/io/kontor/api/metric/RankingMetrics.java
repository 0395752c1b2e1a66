package io.kontor.api.metric;

import java.util.Arrays;

/**
 * How good one ranked list is. A list is given by its hits: {@code hits[i]} says whether the product in place i + 1 is relevant; a list
 * shorter than k is not made up for. Over many lists the mean is taken, weighted where lists weigh differently: {@link Statistic#mean}.
 *
 * <p>Lists are to be ranked from the whole catalogue ({@link #top}): ranking the relevant products among some sampled others only turns the
 * order of models around (Krichene and Rendle, On sampled metrics for item recommendation, 2020).
 *
 * <p>With rel(i) = 1 for a hit in place i and 0 otherwise, and hits(k) = sum of rel(i) for i up to k. k is at least 1. Where nothing is
 * relevant, recall, F1, average precision and nDCG are NaN.
 */
public final class RankingMetrics {

    private static final double LN2 = Math.log(2);

    private RankingMetrics() {
    }

    /**
     * The best products of a whole catalogue.
     *
     * @param scores one a product; a NaN is never taken
     * @param excluded products not to be taken, one flag a product; null when all may be
     * @param k how many at most
     * @return indices of products, best first; of equal scores the lower index first
     */
    public static int[] top(double[] scores, boolean[] excluded, int k) {
        check(k);
        int[] best = new int[Math.min(k, scores.length)];
        int size = 0;
        for (int item = 0; item < scores.length; item++) {
            double score = scores[item];
            if (Double.isNaN(score) || excluded != null && excluded[item] || size == best.length && score <= scores[best[size - 1]]) {
                continue;
            }
            int at = size < best.length ? size++ : size - 1;
            for (; at > 0 && scores[best[at - 1]] < score; at--) {
                best[at] = best[at - 1];
            }
            best[at] = item;
        }
        return Arrays.copyOf(best, size);
    }

    private static void check(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, not " + k);
        }
    }

    private static int hits(boolean[] hits, int k) {
        check(k);
        int count = 0;
        for (int i = 0; i < Math.min(k, hits.length); i++) {
            count += hits[i] ? 1 : 0;
        }
        return count;
    }

    /**
     * Precision at k: hits(k) / k (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, equation 8.1).
     *
     * @param hits whether each place is a hit
     * @param k how many places count
     * @return 0 to 1
     */
    public static double precision(boolean[] hits, int k) {
        return (double) hits(hits, k) / k;
    }

    /**
     * Recall at k: hits(k) / |R| (the same book, equation 8.2).
     *
     * @param hits whether each place is a hit
     * @param relevant how many products are relevant
     * @param k how many places count
     * @return 0 to 1
     */
    public static double recall(boolean[] hits, int relevant, int k) {
        return relevant > 0 ? (double) hits(hits, k) / relevant : Double.NaN;
    }

    /**
     * F1 at k: the harmonic mean of precision and recall (the same book, equation 8.6), 2 hits(k) / (k + |R|).
     *
     * @param hits whether each place is a hit
     * @param relevant how many products are relevant
     * @param k how many places count
     * @return 0 to 1
     */
    public static double f1(boolean[] hits, int relevant, int k) {
        return relevant > 0 ? 2.0 * hits(hits, k) / (k + relevant) : Double.NaN;
    }

    /**
     * Average precision at k: the sum over i up to k of rel(i) hits(i) / i, by min(k, |R|) (the same book, equation 8.8, cut at k so that a
     * perfect list has 1). Its mean over lists is MAP.
     *
     * @param hits whether each place is a hit
     * @param relevant how many products are relevant
     * @param k how many places count
     * @return 0 to 1
     */
    public static double averagePrecision(boolean[] hits, int relevant, int k) {
        check(k);
        double sum = 0;
        int found = 0;
        for (int i = 0; i < Math.min(k, hits.length); i++) {
            if (hits[i]) {
                sum += (double) ++found / (i + 1);
            }
        }
        return relevant > 0 ? sum / Math.min(k, relevant) : Double.NaN;
    }

    /**
     * Reciprocal rank at k: 1 / place of the first hit (Voorhees, The TREC-8 question answering track report, 1999). Its mean over lists is
     * MRR.
     *
     * @param hits whether each place is a hit
     * @param k how many places count
     * @return 0 to 1; 0 without a hit
     */
    public static double reciprocalRank(boolean[] hits, int k) {
        check(k);
        for (int i = 0; i < Math.min(k, hits.length); i++) {
            if (hits[i]) {
                return 1.0 / (i + 1);
            }
        }
        return 0;
    }

    /**
     * Hit rate at k: whether there is any hit.
     *
     * @param hits whether each place is a hit
     * @param k how many places count
     * @return 0 or 1
     */
    public static double hitRate(boolean[] hits, int k) {
        return hits(hits, k) > 0 ? 1 : 0;
    }

    /**
     * nDCG at k: DCG / IDCG with DCG = sum over i up to k of rel(i) / log2(i + 1), and IDCG that of min(k, |R|) hits in front (Järvelin and
     * Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002, with the discount of Burges et al., 2005).
     *
     * @param hits whether each place is a hit
     * @param relevant how many products are relevant
     * @param k how many places count
     * @return 0 to 1
     */
    public static double ndcg(boolean[] hits, int relevant, int k) {
        check(k);
        double gained = 0;
        for (int i = 0; i < Math.min(k, hits.length); i++) {
            gained += hits[i] ? LN2 / Math.log(i + 2) : 0;
        }
        double ideal = 0;
        for (int i = 0; i < Math.min(k, relevant); i++) {
            ideal += LN2 / Math.log(i + 2);
        }
        return relevant > 0 ? gained / ideal : Double.NaN;
    }

    /**
     * nDCG at k with graded relevance, gains counting as they are.
     *
     * @param gains the gain of the product in each place, at least 0
     * @param all the gains of all relevant products, in any order
     * @param k how many places count
     * @return 0 to 1; NaN when there is nothing to gain
     */
    public static double ndcg(double[] gains, double[] all, int k) {
        check(k);
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        double gained = 0;
        for (int i = 0; i < Math.min(k, gains.length); i++) {
            gained += gains[i] * LN2 / Math.log(i + 2);
        }
        double ideal = 0;
        for (int i = 0; i < Math.min(k, sorted.length); i++) {
            ideal += sorted[sorted.length - 1 - i] * LN2 / Math.log(i + 2);
        }
        return ideal > 0 ? gained / ideal : Double.NaN;
    }
}
