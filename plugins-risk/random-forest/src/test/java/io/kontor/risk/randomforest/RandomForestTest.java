package io.kontor.risk.randomforest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.Entity;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.Verdict;
import io.kontor.platform.testkit.data.FraudRings;
import io.kontor.platform.testkit.data.SampleJob;
import io.kontor.platform.testkit.data.SampleStore;
import io.kontor.platform.testkit.model.TrainedRiskScorerContract;
import java.lang.annotation.Annotation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomForestTest extends TrainedRiskScorerContract<FraudModel> {

    static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    protected TrainedRiskScorer<FraudModel> plugin(SampleStore data) {
        return new RandomForest(settings(30, 20_000), data);
    }

    private static RandomForest.Settings settings(int trees, int rows) {
        return new Given(trees, rows, "full");
    }

    record Given(int trees, int rows, String size) implements RandomForest.Settings {

        @Override
        public double reviewFrom() {
            return 0.2;
        }

        @Override
        public double declineFrom() {
            return 0.8;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return RandomForest.Settings.class;
        }
    }

    /** Payments with their labels from a moment on. */
    record Later(List<RiskRequest> requests, List<Boolean> fraud) {

        static Later of(SampleStore store, Instant cut) {
            Later later = new Later(new ArrayList<>(), new ArrayList<>());
            RecentTransactions recent = new RecentTransactions();
            LabelledTransaction.read(store.snapshot(), row -> {
                if (!row.transaction().time().isBefore(cut)) {
                    later.requests.add(recent.request(row.transaction()));
                    later.fraud.add(row.label() == LabelledTransaction.Label.FRAUD);
                }
                recent.add(row.transaction());
            });
            return later;
        }

        /** Average precision (area under the curve of precision over recall); ties in the order of time. */
        double averagePrecision(double[] scores) {
            int[] order = IntStream.range(0, scores.length).boxed().sorted((a, b) -> Double.compare(scores[b], scores[a]))
                    .mapToInt(i -> i).toArray();
            double found = 0;
            double sum = 0;
            for (int rank = 0; rank < order.length; rank++) {
                if (fraud.get(order[rank])) {
                    found++;
                    sum += found / (rank + 1);
                }
            }
            return sum / found;
        }
    }

    static double[] scores(FraudModel model, Later later) {
        return later.requests.stream().mapToDouble(model::score).toArray();
    }

    static Training before(SampleStore store, Instant cut) {
        return new Training(store.snapshot().window(null, cut), 1, new SampleJob());
    }

    @Test
    void findsRingsAndThievesThatTheAmountAloneDoesNotShow() {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 800, 80, 40, 40, 3);
        Instant cut = BEGIN.plusSeconds(56 * 86_400L);
        FraudModel model = new RandomForest(settings(60, 20_000), store).train(before(store, cut));
        Later later = Later.of(store, cut);
        double forest = later.averagePrecision(scores(model, later));
        double amount = later.averagePrecision(later.requests.stream().mapToDouble(request -> request.transaction().amount()).toArray());
        assertTrue(forest > 0.9 && amount < 0.3, "average precision " + forest + " against " + amount + " by the amount");
    }

    @Test
    void givesProbabilitiesThatHoldEvenWhenLegitimatePaymentsAreThinned() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(5);
        for (int i = 0; i < 12_000; i++) {
            double x = random.nextGaussian();
            boolean fraud = random.nextDouble() < 1 / (1 + Math.exp(4 - 1.5 * x));
            store.add(Entity.TRANSACTIONS, Map.of("id", "t" + i, "time", BEGIN.plusSeconds(600L * i), "amount", 10.0, "attr.x", x,
                    "attr.noise", random.nextGaussian(), "label", fraud ? "fraud" : "legitimate"));
        }
        Instant cut = BEGIN.plusSeconds(600L * 8_000);
        FraudModel model = new RandomForest(settings(60, 2_000), store).train(before(store, cut));
        Later later = Later.of(store, cut);
        double[] scores = scores(model, later);
        double expected = Arrays.stream(scores).sum();
        long frauds = later.fraud.stream().filter(fraud -> fraud).count();
        assertEquals(1, expected / frauds, 0.25, expected + " frauds expected, " + frauds + " happened");
        int[] high = IntStream.range(0, scores.length).filter(i -> scores[i] >= 0.2).toArray();
        double told = Arrays.stream(high).mapToDouble(i -> scores[i]).average().orElseThrow();
        double happened = Arrays.stream(high).mapToDouble(i -> later.fraud.get(i) ? 1 : 0).average().orElseThrow();
        assertEquals(told, happened, 0.1, "of the " + high.length + " riskiest");
    }

    @Test
    void learnsFromTextsMomentsAndNumbersAndBearsMissingOnes() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(6);
        for (int i = 0; i < 3_000; i++) {
            Instant time = BEGIN.plusSeconds(900L * i);
            int agent = random.nextInt(40);
            boolean fraud = random.nextInt(10) == 0;
            Map<String, Object> row = new HashMap<>(Map.of("id", "t" + i, "time", time, "amount", 10.0 + random.nextInt(50),
                    "label", fraud ? "fraud" : "legitimate", "method", fraud && random.nextBoolean() ? "wallet" : "card"));
            row.put("attr.signup", time.minusSeconds(fraud ? random.nextInt(3_000) : random.nextInt(30 * 86_400)).toString());
            if (random.nextBoolean()) {
                row.put("attr.agent", "agent" + (fraud ? agent % 8 : agent));
            }
            store.add(Entity.TRANSACTIONS, row);
        }
        Instant cut = BEGIN.plusSeconds(900L * 2_000);
        RandomForest plugin = new RandomForest(settings(60, 20_000), store);
        FraudModel model = plugin.train(before(store, cut));
        Later later = Later.of(store, cut);
        assertTrue(later.averagePrecision(scores(model, later)) > 0.9);
        int first = later.fraud.indexOf(true);
        String texts = plugin.assess(model, later.requests.get(first)).reasons().stream().map(Reason::text).toList().toString();
        assertTrue(texts.contains("signup: "), texts);
    }

    @Test
    void isNotMisledByNamesThatComeOnceOrTwice() {
        SampleStore store = new SampleStore(Locale.ENGLISH);
        Random random = new Random(8);
        for (int i = 0; i < 4_000; i++) {
            store.add(Entity.TRANSACTIONS, Map.of("id", "t" + i, "time", BEGIN.plusSeconds(900L * i), "amount", 10.0 + random.nextInt(50),
                    "label", random.nextInt(12) == 0 ? "fraud" : "legitimate", "attr.referrer", "site" + random.nextInt(900)));
        }
        Instant cut = BEGIN.plusSeconds(900L * 2_000);
        FraudModel model = new RandomForest(settings(60, 20_000), store).train(before(store, cut));
        Later later = Later.of(store, cut);
        double[] scores = scores(model, later);
        long high = Arrays.stream(scores).filter(score -> score > 0.3).count();
        assertTrue(high < scores.length / 100, high + " of " + scores.length + " are accused by pure chance");
    }

    @Test
    void doesNotTakeAPaymentWithoutALabelForALegitimateOne() throws Exception {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 150, 40, 12, 12, 9);
        FraudModel model = new RandomForest(settings(30, 20_000), store).train(store.training(1));
        double before = meanOfFrauds(model, store);
        for (int i = 0; i < 2_000; i++) {
            store.add(Entity.TRANSACTIONS, Map.of("id", "u" + i, "time", BEGIN.plusSeconds(i), "amount", 20.0, "country", "DE",
                    "billingCountry", "FR"));
        }
        assertEquals(before, meanOfFrauds(new RandomForest(settings(30, 20_000), store).train(store.training(1)), store), 0.05);
    }

    private static double meanOfFrauds(FraudModel model, SampleStore store) {
        Later all = Later.of(store, BEGIN);
        double[] scores = scores(model, all);
        return IntStream.range(0, scores.length).filter(all.fraud::get).mapToDouble(i -> scores[i]).average().orElseThrow();
    }

    @Test
    void saysExactlyWhatEachInputHasAdded() {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 150, 40, 12, 12, 11);
        RandomForest plugin = new RandomForest(settings(40, 20_000), store);
        FraudModel model = plugin.train(store.training(1));
        for (RiskRequest request : Later.of(store, BEGIN).requests) {
            FraudModel.Explained explained = model.explain(request);
            assertEquals(model.score(request), explained.score());
            assertEquals(explained.score() - explained.base(), Arrays.stream(explained.contributions()).sum(), 1e-9);
            Assessment assessment = plugin.assess(model, request);
            Explanation explanation = assessment.explanation().orElseThrow();
            assertEquals(assessment.score(), explanation.output());
            assertEquals(Explanation.Kind.SHAPLEY, explanation.kind());
            assertTrue(explanation.contributions().size() <= 9, "eight topics and the others");
            Contribution first = explanation.contributions().get(0);
            assertEquals(new Reason(first.feature(), first.value(), first.amount()), assessment.reasons().get(0), "reasons are made from it");
            assertFalse(first.name().isBlank());
            Assessment brief = plugin.assessBriefly(model, request);
            assertEquals(assessment.score(), brief.score());
            assertEquals(assessment.verdict(), brief.verdict());
        }
    }

    @Test
    void decidesByTheThresholdsAndSpeaksTheStoresLanguage() {
        SampleStore store = FraudRings.generate(Locale.SIMPLIFIED_CHINESE, 150, 40, 12, 12, 11);
        RandomForest plugin = new RandomForest(settings(40, 20_000), store);
        FraudModel model = plugin.train(store.training(1));
        Later all = Later.of(store, BEGIN);
        List<Verdict> seen = new ArrayList<>();
        for (RiskRequest request : all.requests) {
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
    void anotherSeedGivesAnotherForest() {
        SampleStore store = FraudRings.generate(Locale.ENGLISH, 150, 40, 12, 12, 11);
        RandomForest plugin = new RandomForest(settings(20, 20_000), store);
        Later all = Later.of(store, BEGIN);
        assertNotEquals(Arrays.toString(scores(plugin.train(store.training(1)), all)),
                Arrays.toString(scores(plugin.train(store.training(2)), all)));
    }
}
