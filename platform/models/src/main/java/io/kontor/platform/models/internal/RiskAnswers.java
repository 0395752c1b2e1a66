package io.kontor.platform.models.internal;

import io.kontor.api.metric.BinaryScores;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Assessments of transactions whose labels are known. The primary metric is average precision ({@link BinaryScores#averagePrecision}), which
 * tells models apart where frauds are rare. Beside the scores the verdicts are measured, as those are what the shop acts on: precision, recall
 * and F1 of all that is not approved, precision and recall of what is declined.
 */
final class RiskAnswers {

    private static final int POINTS = 60;
    private static final int BINS = 10;
    private static final String ANONYMOUS = "anonymous";

    private double[] scores = new double[1_024];
    private boolean[] fraud = new boolean[1_024];
    private byte[] action = new byte[1_024];
    private int size;
    private final List<String> customers = new ArrayList<>();
    private final List<String> methods = new ArrayList<>();
    private final List<String> countries = new ArrayList<>();

    /**
     * Adds an answer.
     *
     * @param score 0 to 1
     * @param verdict what to do
     * @param isFraud the truth
     * @param request what was asked
     */
    void add(double score, Verdict verdict, boolean isFraud, RiskRequest request) {
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, size * 2);
            fraud = Arrays.copyOf(fraud, size * 2);
            action = Arrays.copyOf(action, size * 2);
        }
        scores[size] = score;
        fraud[size] = isFraud;
        action[size++] = (byte) verdict.ordinal();
        String customer = request.transaction().customerId();
        customers.add(customer.isEmpty() ? ANONYMOUS
                : request.previous().stream().anyMatch(one -> one.customerId().equals(customer)) ? Slicing.KNOWN : Slicing.NEW);
        methods.add(request.transaction().method());
        countries.add(request.transaction().country());
    }

    /** The metrics over all answers. */
    FamilyEvaluation.Judgement judgement() {
        double[] held = Arrays.copyOf(scores, size);
        boolean[] truth = Arrays.copyOf(fraud, size);
        Measures.Scored scored = new Measures.Scored(held, truth);
        Measures measures = new Measures("ap", true, size);
        measures.add("ap", scored.measure(BinaryScores::averagePrecision));
        measures.add("auc", scored.measure(BinaryScores::rocAuc));
        measures.add("logLoss", scored.measure(BinaryScores::logLoss));
        measures.add("brier", scored.measure(BinaryScores::brier));
        measures.addUnsure("ece", scored.measure((over, weights) -> over.calibrationError(BINS, weights)));
        verdicts(measures, truth);
        measures.add("recall@0.1%", scored.measure((over, weights) -> over.recallAtTop(0.001, weights)));
        measures.add("recall@1%", scored.measure((over, weights) -> over.recallAtTop(0.01, weights)));
        double frauds = 0;
        int[] all = new int[size];
        for (int i = 0; i < size; i++) {
            frauds += truth[i] ? 1 : 0;
            all[i] = i;
        }
        measures.addWhole("frauds", frauds);
        BinaryScores whole = scored.over(all);
        measures.addCurve("roc", whole.roc(null).thinned(POINTS));
        measures.addCurve("pr", whole.precisionRecall(null).thinned(POINTS));
        measures.addCurve("reliability", whole.reliability(BINS, null));
        return measures.judgement(new Slicing().by("customer", customers.toArray(String[]::new)).by("method", methods.toArray(String[]::new))
                .by("country", countries.toArray(String[]::new))).answering(held);
    }

    private void verdicts(Measures measures, boolean[] truth) {
        double[] frauds = flags(truth, 0);
        double[] flagged = flags(null, Verdict.REVIEW.ordinal());
        double[] caught = flags(truth, Verdict.REVIEW.ordinal());
        double[] declined = flags(null, Verdict.DECLINE.ordinal());
        double[] refused = flags(truth, Verdict.DECLINE.ordinal());
        double[] twiceCaught = new double[size];
        double[] flaggedAndFrauds = new double[size];
        double[] ones = new double[size];
        for (int i = 0; i < size; i++) {
            twiceCaught[i] = 2 * caught[i];
            flaggedAndFrauds[i] = flagged[i] + frauds[i];
            ones[i] = 1;
        }
        measures.add("precision", zeroWhenNothing(Measures.ratio(caught, flagged)));
        measures.add("recall", Measures.ratio(caught, frauds));
        measures.add("f1", Measures.ratio(twiceCaught, flaggedAndFrauds));
        measures.add("flagged", Measures.ratio(flagged, ones));
        measures.add("declinePrecision", zeroWhenNothing(Measures.ratio(refused, declined)));
        measures.add("declineRecall", Measures.ratio(refused, frauds));
    }

    /** Precision is 0 when nothing is flagged, as is the custom. */
    private static Measures.Measure zeroWhenNothing(Measures.Measure precision) {
        return Measures.mapped(precision, value -> Double.isNaN(value) ? 0 : value);
    }

    private double[] flags(boolean[] truth, int atLeast) {
        double[] flags = new double[size];
        for (int i = 0; i < size; i++) {
            flags[i] = action[i] >= atLeast && (truth == null || truth[i]) ? 1 : 0;
        }
        return flags;
    }
}
