package io.kontor.risk.logisticregression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Explanation;
import io.kontor.api.metric.BinaryScores;
import io.kontor.api.model.Training;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.Verdict;
import io.kontor.platform.testkit.data.DefaultSettings;
import io.kontor.platform.testkit.data.FraudRings;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRiskScorerContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest extends TrainedRiskScorerContract<LinearModel> {

    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    protected TrainedRiskScorer<LinearModel> plugin(SampleStore data) {
        return regression(data);
    }

    private static LogisticRegression regression(SampleStore data) {
        return new LogisticRegression(DefaultSettings.of(LogisticRegression.Settings.class), data);
    }

    /** Payments with their labels from a moment on. */
    private record Later(List<RiskRequest> requests, boolean[] fraud) {

        static Later of(SampleStore store, Instant cut) {
            List<RiskRequest> requests = new ArrayList<>();
            List<Boolean> labels = new ArrayList<>();
            RecentTransactions recent = new RecentTransactions();
            LabelledTransaction.read(store.snapshot(), row -> {
                if (!row.transaction().time().isBefore(cut)) {
                    requests.add(recent.request(row.transaction()));
                    labels.add(row.label() == LabelledTransaction.Label.FRAUD);
                }
                recent.add(row.transaction());
            });
            boolean[] fraud = new boolean[labels.size()];
            for (int i = 0; i < fraud.length; i++) {
                fraud[i] = labels.get(i);
            }
            return new Later(requests, fraud);
        }

        double[] scores(LinearModel model) {
            return requests.stream().mapToDouble(model::score).toArray();
        }
    }

    private static LinearModel before(SampleStore store, Instant cut) {
        return regression(store).train(new Training(store.snapshot().window(null, cut), 1, new SampleJob()));
    }

    @Test
    void findsRingsAndThievesThatTheAmountAloneDoesNotShow() {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 800, 80, 40, 40, 3);
        Instant cut = BEGIN.plusSeconds(56 * 86_400L);
        Later later = Later.of(store, cut);
        double[] amounts = later.requests.stream().mapToDouble(request -> request.transaction().amount()).toArray();
        double ours = BinaryScores.of(later.scores(before(store, cut)), later.fraud).averagePrecision(null);
        double amount = BinaryScores.of(amounts, later.fraud).averagePrecision(null);
        assertTrue(ours > 0.85 && amount < 0.3, "average precision " + ours + " against " + amount + " by the amount");
    }

    @Test
    void findsTheWeightsThatMadeTheLabelsAndGivesProbabilitiesThatHold() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(5);
        for (int i = 0; i < 12_000; i++) {
            double x = random.nextGaussian();
            boolean fraud = random.nextDouble() < 1 / (1 + Math.exp(3 - 1.5 * Math.copySign(Math.log1p(Math.abs(x)), x)));
            store.add(Entity.TRANSACTIONS, Map.of("id", "t" + i, "time", BEGIN.plusSeconds(600L * i), "amount", 10.0, "attr.x", x,
                    "attr.noise", random.nextGaussian(), "label", fraud ? "fraud" : "legitimate"));
        }
        Instant cut = BEGIN.plusSeconds(600L * 8_000);
        Later later = Later.of(store, cut);
        LinearModel model = before(store, cut);
        double expected = Arrays.stream(later.scores(model)).sum();
        long frauds = later.requests.size() - countFalse(later.fraud);
        assertEquals(1, expected / frauds, 0.15, expected + " frauds expected, " + frauds + " happened");
        assertEquals(0, BinaryScores.of(later.scores(model), later.fraud).calibrationError(10, null), 0.02);
    }

    private static long countFalse(boolean[] all) {
        long count = 0;
        for (boolean each : all) {
            count += each ? 0 : 1;
        }
        return count;
    }

    @Test
    void dividesTheScoreExactlyAsTheTermsOfTheSum() {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 150, 40, 12, 12, 11);
        LogisticRegression plugin = regression(store);
        LinearModel model = plugin.train(store.training(1));
        for (RiskRequest request : Later.of(store, BEGIN).requests) {
            LinearModel.Explained explained = model.explain(request);
            double[] scaled = explained.values().clone();
            model.features().scale(scaled);
            double logOdds = Math.log(explained.base() / (1 - explained.base())) + Arrays.stream(explained.terms()).sum();
            assertEquals(model.logOdds(scaled), logOdds, 1e-9);
            Assessment assessment = plugin.assess(model, request);
            Explanation explanation = assessment.explanation().orElseThrow();
            assertEquals(Explanation.Kind.ADDITIVE, explanation.kind());
            assertEquals(model.score(request), assessment.score(), 1e-15);
            assertEquals(assessment.score(), explanation.output());
            assertEquals(assessment.score(), plugin.assessBriefly(model, request).score(), 1e-15);
        }
    }

    @Test
    void decidesByTheThresholdsAndSpeaksTheStoresLanguage() {
        SampleStore store = FraudRings.generate(Locale.SIMPLIFIED_CHINESE, 150, 40, 12, 12, 11);
        LogisticRegression plugin = regression(store);
        LinearModel model = plugin.train(store.training(1));
        List<Verdict> seen = new ArrayList<>();
        for (RiskRequest request : Later.of(store, BEGIN).requests) {
            Assessment assessment = plugin.assess(model, request);
            Verdict expected = assessment.score() >= 0.8 ? Verdict.DECLINE : assessment.score() >= 0.2 ? Verdict.REVIEW : Verdict.APPROVE;
            assertEquals(expected, assessment.verdict());
            seen.add(expected);
            for (Reason reason : assessment.reasons()) {
                assertTrue(reason.code().matches("[a-z-]+"), reason.code());
                assertFalse(reason.text().contains("{"), reason.text());
                assertTrue(reason.text().codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN),
                        reason.text());
            }
        }
        assertTrue(seen.contains(Verdict.DECLINE) && seen.contains(Verdict.APPROVE));
    }

    @Test
    void anotherSeedGivesOtherWeights() {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 150, 40, 12, 12, 11);
        Later all = Later.of(store, BEGIN);
        assertNotEquals(Arrays.toString(all.scores(regression(store).train(store.training(1)))),
                Arrays.toString(all.scores(regression(store).train(store.training(2)))));
    }
}
