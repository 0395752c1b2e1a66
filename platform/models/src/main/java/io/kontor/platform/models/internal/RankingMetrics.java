package io.kontor.platform.models.internal;

import io.kontor.api.model.Evaluation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sums ranking metrics over held-out customers, each against one list. For a customer with the set R of relevant products and the list
 * l(1), l(2), ..., with rel(i) = 1 when l(i) is in R and 0 otherwise, and hits(k) = sum of rel(i) for i up to k:
 *
 * <ul>
 * <li>precision@k = hits(k) / k, recall@k = hits(k) / |R|, f1@k their harmonic mean (Manning, Raghavan and Schütze, Introduction to
 *     Information Retrieval, 2008, equations 8.1, 8.2 and 8.6); a list shorter than k is not made up for;
 * <li>map@k: average precision = sum over i up to k of rel(i) * hits(i) / i, divided by min(k, |R|) (the same book, equation 8.8, cut at
 *     k so that a perfect list has 1);
 * <li>mrr@k = 1 / rank of the first hit within k, 0 without one (Voorhees, The TREC-8 question answering track report, 1999);
 * <li>ndcg@k = DCG / IDCG with DCG = sum over i up to k of rel(i) / log2(i + 1), IDCG that of min(k, |R|) hits in front (Järvelin and
 *     Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002, with the discount of Burges et al., 2005);
 * <li>hitRate@k = 1 when hits(k) is above 0.
 * </ul>
 *
 * <p>Each is the mean over customers. coverage@k is the share of the catalogue seen in any list's first k (Herlocker et al., Evaluating
 * collaborative filtering recommender systems, 2004, section 4.2.1). All lie between 0 and 1; higher is better. Not safe for several threads.
 */
final class RankingMetrics {

    static final String PRIMARY = "ndcg@10";
    /** How long the lists must be that are asked for. */
    static final int LIST = 20;

    private static final int K = 10;
    private static final double[] DISCOUNT = new double[K];
    private static final double[] IDEAL = new double[K + 1];

    static {
        for (int i = 0; i < K; i++) {
            DISCOUNT[i] = Math.log(2) / Math.log(i + 2);
            IDEAL[i + 1] = IDEAL[i] + DISCOUNT[i];
        }
    }

    private final Set<String> shown = new HashSet<>();
    private final double[] scores;
    private int cases;
    private double recall20;
    private double map;
    private double mrr;
    private double hitRate;
    private double precision;
    private double recall;
    private double f1;

    /**
     * Sums at zero.
     *
     * @param cases how many customers will come
     */
    RankingMetrics(int cases) {
        this.scores = new double[cases];
    }

    /**
     * Adds a customer.
     *
     * @param list product ids, best first, each once; up to {@value #LIST} count
     * @param relevant what the customer turned to later; not empty
     */
    void add(List<String> list, Set<String> relevant) {
        double gain = 0;
        double precisions = 0;
        int first = 0;
        int hits = 0;
        int hitsAtK = 0;
        int length = Math.min(LIST, list.size());
        for (int i = 0; i < length; i++) {
            String product = list.get(i);
            boolean hit = relevant.contains(product);
            hits += hit ? 1 : 0;
            if (i < K) {
                shown.add(product);
                if (hit) {
                    hitsAtK++;
                    gain += DISCOUNT[i];
                    precisions += (double) hitsAtK / (i + 1);
                    first = first == 0 ? i + 1 : first;
                }
            }
        }
        int reachable = Math.min(K, relevant.size());
        double precisionAtK = (double) hitsAtK / K;
        double recallAtK = (double) hitsAtK / relevant.size();
        scores[cases++] = gain / IDEAL[reachable];
        recall20 += (double) hits / relevant.size();
        map += precisions / reachable;
        mrr += first == 0 ? 0 : 1.0 / first;
        hitRate += hitsAtK > 0 ? 1 : 0;
        precision += precisionAtK;
        recall += recallAtK;
        f1 += hitsAtK == 0 ? 0 : 2 * precisionAtK * recallAtK / (precisionAtK + recallAtK);
    }

    /**
     * The primary metric of each customer.
     *
     * @return one score a customer, in the order in which they were added
     */
    double[] scores() {
        return Arrays.copyOf(scores, cases);
    }

    /**
     * The means.
     *
     * @param products how many products the catalogue has, above 0
     * @return metrics, the primary one first
     */
    Evaluation evaluation(int products) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(PRIMARY, Arrays.stream(scores, 0, cases).sum() / cases);
        metrics.put("recall@20", recall20 / cases);
        metrics.put("map@10", map / cases);
        metrics.put("mrr@10", mrr / cases);
        metrics.put("hitRate@10", hitRate / cases);
        metrics.put("precision@10", precision / cases);
        metrics.put("recall@10", recall / cases);
        metrics.put("f1@10", f1 / cases);
        metrics.put("coverage@10", Math.min(1, (double) shown.size() / products));
        return new Evaluation(metrics, PRIMARY, true, cases);
    }
}
