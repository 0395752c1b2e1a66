package io.kontor.platform.models.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.KontorException;
import io.kontor.api.data.Entity;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Evaluation;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.Transaction;
import io.kontor.api.risk.Verdict;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class RiskEvaluationTest {

    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");

    private static final RiskRequest PAYMENT = new RiskRequest(new Transaction("t", BEGIN, 1, "", "", "", "", "", "", "", "", "", "", Map.of()),
            List.of());

    private final SampleStore data = new SampleStore(Locale.ENGLISH);
    private final RiskEvaluation evaluation = new RiskEvaluation();

    private static FamilyEvaluation.Judgement judged(double[] scores, int... frauds) {
        RiskAnswers metrics = new RiskAnswers();
        for (int i = 0; i < scores.length; i++) {
            int index = i;
            Verdict verdict = scores[i] >= 0.8 ? Verdict.DECLINE : scores[i] >= 0.5 ? Verdict.REVIEW : Verdict.APPROVE;
            metrics.add(scores[i], verdict, Arrays.stream(frauds).anyMatch(fraud -> fraud == index), PAYMENT);
        }
        return metrics.judgement();
    }

    @Test
    void measuresASmallCaseAsByHand() {
        FamilyEvaluation.Judgement judgement = judged(new double[] {0.9, 0.8, 0.6, 0.4, 0.1}, 0, 2);
        Map<String, Double> metrics = judgement.evaluation().metrics();
        // frauds at ranks 1 and 3
        assertEquals((1 + 2.0 / 3) / 2, metrics.get("ap"), 1e-12);
        // of 6 pairs of a fraud and another, one is the wrong way round
        assertEquals(5.0 / 6, metrics.get("auc"), 1e-12);
        assertEquals(-(Math.log(0.9) + Math.log(0.2) + Math.log(0.6) + Math.log(0.6) + Math.log(0.9)) / 5, metrics.get("logLoss"), 1e-12);
        assertEquals((0.01 + 0.64 + 0.16 + 0.16 + 0.01) / 5, metrics.get("brier"), 1e-12);
        assertEquals(2.0 / 3, metrics.get("precision"), 1e-12);
        assertEquals(1, metrics.get("recall"), 1e-12);
        assertEquals(0.8, metrics.get("f1"), 1e-12);
        assertEquals(0.6, metrics.get("flagged"), 1e-12);
        assertEquals(0.5, metrics.get("declinePrecision"), 1e-12);
        assertEquals(0.5, metrics.get("declineRecall"), 1e-12);
        assertEquals(0.5, metrics.get("recall@1%"), 1e-12, "at least one is looked at");
        assertEquals(5, judgement.evaluation().cases());
    }

    @Test
    void countsEqualScoresAsOneStep() {
        Map<String, Double> metrics = judged(new double[] {0.7, 0.7, 0.7, 0.7, 0.2, 0.2}, 0, 4).evaluation().metrics();
        assertEquals((1.0 / 4 + 2.0 / 6) / 2, metrics.get("ap"), 1e-12);
        assertEquals((1.5 + 1 + 0.5) / 8, metrics.get("auc"), 1e-12);
        assertEquals(0.25 / 2, metrics.get("recall@1%"), 1e-12);
        double constant = judged(new double[] {0.5, 0.5, 0.5, 0.5}, 1).evaluation().metrics().get("auc");
        assertEquals(0.5, constant, 1e-12);
    }

    @Test
    void agreesWithTheDefinitionsOnManyTransactions() {
        Random random = new Random(1);
        int size = 2_000;
        double[] scores = new double[size];
        boolean[] fraud = new boolean[size];
        RiskAnswers metrics = new RiskAnswers();
        for (int i = 0; i < size; i++) {
            fraud[i] = random.nextInt(20) == 0;
            scores[i] = Math.round(100 * Math.min(1, Math.max(0, 0.3 + (fraud[i] ? 0.2 : 0) + 0.2 * random.nextGaussian()))) / 100.0;
            metrics.add(scores[i], Verdict.APPROVE, fraud[i], PAYMENT);
        }
        double pairs = 0;
        double right = 0;
        double precisions = 0;
        double frauds = 0;
        for (int i = 0; i < size; i++) {
            double above = 0;
            double fraudsAbove = 0;
            for (int j = 0; j < size; j++) {
                if (fraud[i] && !fraud[j]) {
                    pairs++;
                    right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
                above += scores[j] >= scores[i] ? 1 : 0;
                fraudsAbove += scores[j] >= scores[i] && fraud[j] ? 1 : 0;
            }
            precisions += fraud[i] ? fraudsAbove / above : 0;
            frauds += fraud[i] ? 1 : 0;
        }
        Map<String, Double> found = metrics.judgement().evaluation().metrics();
        assertEquals(right / pairs, found.get("auc"), 1e-12);
        assertEquals(precisions / frauds, found.get("ap"), 1e-12);
        assertEquals(0, found.get("precision"), "nothing was flagged");
    }

    /** A transaction an hour, from one device a day; every tenth is fraud, and its label comes after ten days. */
    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            Instant time = BEGIN.plusSeconds(3_600L * i);
            Map<String, Object> row = new HashMap<>(Map.of("id", "t" + i, "time", time, "amount", 1.0 + i, "device", "d" + i / 24));
            if (i % 7 != 3) {
                row.put("label", i % 10 == 0 ? "fraud" : "legitimate");
                row.put("labelTime", time.plusSeconds(10 * 86_400L));
            }
            data.add(Entity.TRANSACTIONS, row);
        }
    }

    private FamilyEvaluation.Holdout holdout() {
        return evaluation.holdOut(data.snapshot(), data.store(), 1, new SampleJob()).orElseThrow();
    }

    private static RiskScorer scoring(ToDoubleFunction<RiskRequest> score) {
        return request -> new Assessment(score.applyAsDouble(request), Verdict.APPROVE, List.of(new Reason("test", "A test.", 0)));
    }

    @Test
    void asksAboutTheLatestThreeTenthsWithWhatCameBefore() {
        fill(700);
        FamilyEvaluation.Holdout holdout = holdout();
        int[] asked = {0};
        FamilyEvaluation.Judgement judgement = holdout.judge(scoring(request -> {
            asked[0]++;
            int hour = Integer.parseInt(request.transaction().id().substring(1));
            assertTrue(!request.transaction().time().isBefore(holdout.begin()));
            assertEquals(hour % 24, request.previous().size(), "the earlier ones of the device's day");
            return hour % 10 == 0 ? 0.9 : 0.1;
        }), null, new SampleJob());
        assertEquals(180, asked[0], "of 600 labelled ones");
        assertEquals(180, judgement.evaluation().cases());
        assertEquals(1, judgement.evaluation().metrics().get("ap"));
        Evaluation found = judgement.evaluation();
        assertTrue(found.intervals().get("brier").contains(found.metrics().get("brier")));
        assertEquals(2, found.curves().get("reliability").x().length, "two different scores");
        assertEquals(1, found.curves().get("pr").y()[0]);
    }

    @Test
    void keepsLabelsThatCameLaterFromWhatIsLearnedFrom() {
        fill(700);
        FamilyEvaluation.Holdout holdout = holdout();
        int[] counts = new int[2];
        LabelledTransaction.read(holdout.earlier(), row -> {
            assertTrue(row.transaction().time().isBefore(holdout.begin()));
            boolean known = row.label() != LabelledTransaction.Label.UNKNOWN;
            assertTrue(!known || row.labelTime().isBefore(holdout.begin()), row.labelTime() + " is after " + holdout.begin());
            counts[known ? 1 : 0]++;
        });
        assertTrue(counts[0] >= 240 && counts[1] > 100, Arrays.toString(counts));
    }

    @Test
    void saysThatThereAreTooFewFrauds() {
        fill(60);
        KontorException refused = assertThrows(KontorException.class,
                () -> evaluation.holdOut(data.snapshot(), data.store(), 1, new SampleJob()));
        assertEquals(KontorException.Kind.DATA, refused.kind());
        assertEquals("Store sample has 5 transactions labelled fraud and 46 labelled legitimate; at least 10 of each are needed to learn from"
                + " and to judge.", refused.getMessage());
    }

    @Test
    void doesNotJudgeByAHandfulOfFrauds() {
        fill(140);
        assertEquals(Optional.empty(), evaluation.holdOut(data.snapshot(), data.store(), 1, new SampleJob()));
    }

    @Test
    void doesNotTakeAnAnswerThatIsNoneAndStopsWhenItIsCancelled() {
        fill(700);
        FamilyEvaluation.Holdout holdout = holdout();
        RiskScorer silent = request -> null;
        RiskScorer mute = request -> new Assessment(0.5, Verdict.APPROVE, List.of());
        assertThrows(KontorException.class, () -> holdout.judge(silent, null, new SampleJob()));
        assertThrows(KontorException.class, () -> holdout.judge(mute, null, new SampleJob()));
        assertThrows(KontorException.class, () -> holdout.judge("no scorer", null, new SampleJob()));
        assertThrows(CancellationException.class, () -> holdout.judge(scoring(request -> 0.5), null, new SampleJob(0)));
    }
}
