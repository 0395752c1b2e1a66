package io.kontor.platform.models.internal;

import io.kontor.api.model.Evaluation;
import io.kontor.api.risk.Verdict;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scores assessments of transactions whose labels are known. The primary metric is average precision, the area under the curve of precision
 * over recall: the mean over the frauds of the share of frauds among all transactions scored at least as high (Manning, Raghavan and
 * Schütze, Introduction to Information Retrieval, 2008, section 8.4). Unlike the area under the ROC curve it tells models apart where
 * frauds are rare (Davis and Goadrich, The relationship between precision-recall and ROC curves, 2006). Equal scores count as one step.
 */
final class RiskMetrics {

    private static final double SMALLEST = 1e-15;
    private static final int FLAGGED = 1;
    private static final int DECLINED = 2;

    private double[] scores = new double[1_024];
    private boolean[] fraud = new boolean[1_024];
    private byte[] action = new byte[1_024];
    private int size;

    /**
     * Adds an answer.
     *
     * @param score 0 to 1
     * @param verdict what to do
     * @param isFraud the truth
     */
    void add(double score, Verdict verdict, boolean isFraud) {
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, size * 2);
            fraud = Arrays.copyOf(fraud, size * 2);
            action = Arrays.copyOf(action, size * 2);
        }
        scores[size] = score;
        fraud[size] = isFraud;
        action[size++] = (byte) (verdict == Verdict.APPROVE ? 0 : verdict == Verdict.REVIEW ? FLAGGED : DECLINED);
    }

    /** The metrics over all answers, with average precision fraud by fraud in the order in which they were added. */
    FamilyEvaluation.Judgement judgement() {
        int[] order = order();
        double frauds = count(0, true);
        double[] precision = new double[size];
        double found = 0;
        double pairs = 0;
        for (int begin = 0; begin < size;) {
            int end = begin;
            double among = 0;
            while (end < size && scores[order[end]] == scores[order[begin]]) {
                among += fraud[order[end++]] ? 1 : 0;
            }
            pairs += (end - begin - among) * (found + among / 2);
            found += among;
            for (int i = begin; i < end; i++) {
                precision[order[i]] = found / end;
            }
            begin = end;
        }
        double[] ofFrauds = new double[(int) frauds];
        double sum = 0;
        for (int i = 0, at = 0; i < size; i++) {
            if (fraud[i]) {
                ofFrauds[at++] = precision[i];
                sum += precision[i];
            }
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("ap", sum / frauds);
        metrics.put("auc", pairs / (frauds * (size - frauds)));
        putLosses(metrics);
        putVerdicts(metrics);
        metrics.put("recall@0.1%", recallOfTop(order, 0.001, frauds));
        metrics.put("recall@1%", recallOfTop(order, 0.01, frauds));
        metrics.put("frauds", frauds);
        return new FamilyEvaluation.Judgement(new Evaluation(metrics, "ap", true, size), ofFrauds);
    }

    /** The indices, the highest score first. */
    private int[] order() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private double count(int atLeast, boolean frauds) {
        double count = 0;
        for (int i = 0; i < size; i++) {
            count += action[i] >= atLeast && (fraud[i] || !frauds) ? 1 : 0;
        }
        return count;
    }

    private void putLosses(Map<String, Double> metrics) {
        double log = 0;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            double ofTruth = fraud[i] ? scores[i] : 1 - scores[i];
            log -= Math.log(Math.max(SMALLEST, ofTruth));
            squares += (1 - ofTruth) * (1 - ofTruth);
        }
        metrics.put("logLoss", log / size);
        metrics.put("brier", squares / size);
    }

    /** Precision, recall and their harmonic mean of all that is not approved; precision and recall of what is declined. */
    private void putVerdicts(Map<String, Double> metrics) {
        double frauds = count(0, true);
        double flagged = count(FLAGGED, false);
        double declined = count(DECLINED, false);
        double caught = count(FLAGGED, true);
        double refused = count(DECLINED, true);
        metrics.put("precision", flagged == 0 ? 0 : caught / flagged);
        metrics.put("recall", caught / frauds);
        metrics.put("f1", 2 * caught / (flagged + frauds));
        metrics.put("flagged", flagged / size);
        metrics.put("declinePrecision", declined == 0 ? 0 : refused / declined);
        metrics.put("declineRecall", refused / frauds);
    }

    /** The share of frauds within the top of the scores; of equal scores at its end, the same share is within. */
    private double recallOfTop(int[] order, double share, double frauds) {
        int top = (int) Math.max(1, Math.round(share * size));
        double cut = scores[order[top - 1]];
        double above = 0;
        double within = 0;
        double equal = 0;
        double equalFrauds = 0;
        for (int i = 0; i < size; i++) {
            if (scores[i] > cut) {
                above++;
                within += fraud[i] ? 1 : 0;
            } else if (scores[i] == cut) {
                equal++;
                equalFrauds += fraud[i] ? 1 : 0;
            }
        }
        return (within + equalFrauds * (top - above) / equal) / frauds;
    }
}
