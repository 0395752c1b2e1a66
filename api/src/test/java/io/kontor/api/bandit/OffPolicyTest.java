package io.kontor.api.bandit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OffPolicyTest {

    private static final int ROUNDS = 300;
    private static final int SIZE = 2_000;
    /** Favours arm 3 but leaves each of the others a tenth at least. */
    private static final ArmPolicy LOGGING = visitor -> visitor[1] > 0 ? new double[] {0.1, 0.2, 0.1, 0.6} : new double[] {0.2, 0.1, 0.1, 0.6};
    private static final Map<String, ArmPolicy> TARGETS = targets();

    private final OffPolicy evaluation = new OffPolicy();

    /** How an estimator did over many logs. */
    private record Study(double truth, double bias, double error, double coverage, double effective) {

        /** Whether the bias is noise: at most 3.5 of its own standard errors. */
        boolean unbiased() {
            return Math.abs(bias) < 3.5 * error / Math.sqrt(ROUNDS);
        }
    }

    private static Map<String, ArmPolicy> targets() {
        Map<String, ArmPolicy> targets = new LinkedHashMap<>();
        for (int a = 0; a < ClickWorld.ARMS; a++) {
            targets.put("always " + a, ArmPolicy.always(a, ClickWorld.ARMS));
        }
        targets.put("uniform", ArmPolicy.uniform(ClickWorld.ARMS));
        targets.put("best", ClickWorld.best(0));
        targets.put("mostly best", ClickWorld.best(0.2));
        return targets;
    }

    private static Study study(ArmPolicy target, int size, Function<LoggedChoices, OffPolicyEstimate> estimator) {
        return study(target, size, LOGGING, estimator);
    }

    private static Study study(ArmPolicy target, int size, ArmPolicy logging, Function<LoggedChoices, OffPolicyEstimate> estimator) {
        double truth = ClickWorld.value(target);
        List<Double> values = new ArrayList<>();
        int held = 0;
        double effective = 0;
        for (int round = 0; round < ROUNDS; round++) {
            OffPolicyEstimate estimate = estimator.apply(ClickWorld.log(size, logging, new SplittableRandom(1_000 + round)));
            values.add(estimate.value());
            held += estimate.interval().contains(truth) ? 1 : 0;
            effective += estimate.effectiveSize() / ROUNDS;
        }
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double variance = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (ROUNDS - 1);
        return new Study(truth, mean - truth, Math.sqrt(variance), (double) held / ROUNDS, effective);
    }

    private void findsTheTruth(String estimator, Function<ArmPolicy, Function<LoggedChoices, OffPolicyEstimate>> by) {
        TARGETS.forEach((name, target) -> {
            Study study = study(target, SIZE, by.apply(target));
            String said = estimator + ", " + name + ": " + study;
            assertTrue(study.unbiased(), said);
            assertTrue(study.coverage() >= 0.91 && study.coverage() <= 0.985, said);
        });
    }

    @Test
    void inversePropensitiesFindTheValueAndSayHowSure() {
        findsTheTruth("inverse propensities", target -> log -> evaluation.inversePropensity(log, target));
    }

    @Test
    void selfNormalisedWeightsFindTheValueAndSayHowSure() {
        findsTheTruth("self-normalised", target -> log -> evaluation.selfNormalised(log, target));
    }

    @Test
    void aLearnedModelIsNotBelievedBlindly() {
        findsTheTruth("doubly robust, folds", target -> log -> evaluation.doublyRobust(log, target, 5, 1));
    }

    @Test
    void aWrongModelDoesNotBias() {
        findsTheTruth("doubly robust, wrong model", target -> log -> evaluation.doublyRobust(log, target,
                (visitor, arm) -> 0.9 - 0.2 * arm * visitor[1]));
    }

    /** As a bandit logs that has learned: what it holds to be worse is left a thirtieth. */
    @Test
    void rareChoicesOfMuchWeightAreReckonedWith() {
        ArmPolicy logging = visitor -> visitor[1] > 0 ? new double[] {0.9, 1 / 30.0, 1 / 30.0, 1 / 30.0}
                : new double[] {1 / 30.0, 0.9, 1 / 30.0, 1 / 30.0};
        for (int size : new int[] {300, 1_000, 4_000}) {
            for (int arm = 0; arm < ClickWorld.ARMS; arm++) {
                ArmPolicy target = ArmPolicy.always(arm, ClickWorld.ARMS);
                Map<String, Function<LoggedChoices, OffPolicyEstimate>> estimators = Map.of(
                        "inverse propensities", log -> evaluation.inversePropensity(log, target),
                        "self-normalised", log -> evaluation.selfNormalised(log, target),
                        "doubly robust", log -> evaluation.doublyRobust(log, target, 5, 1));
                for (Map.Entry<String, Function<LoggedChoices, OffPolicyEstimate>> estimator : estimators.entrySet()) {
                    Study study = study(target, size, logging, estimator.getValue());
                    assertTrue(study.coverage() >= 0.92, estimator.getKey() + ", arm " + arm + " in " + size + ": " + study);
                }
            }
        }
    }

    @Test
    void theRightModelMakesSure() {
        ArmPolicy target = ClickWorld.best(0);
        double plain = study(target, SIZE, log -> evaluation.inversePropensity(log, target)).error();
        double right = study(target, SIZE, log -> evaluation.doublyRobust(log, target, ClickWorld::click)).error();
        double wrong = study(target, SIZE, log -> evaluation.doublyRobust(log, target, (visitor, arm) -> 0.9)).error();
        assertTrue(right < 0.9 * plain, right + " with the right model, " + plain + " without one");
        assertTrue(wrong > plain, wrong + " with a wrong model: unbiased, but less sure");
    }

    @Test
    void falsePropensitiesWouldBeFoundOut() {
        ArmPolicy target = ArmPolicy.always(0, ClickWorld.ARMS);
        Study study = study(target, SIZE, log -> {
            double[] even = log.propensities().clone();
            Arrays.fill(even, 1.0 / ClickWorld.ARMS);
            return evaluation.inversePropensity(new LoggedChoices(log.arms(), log.contexts(), log.chosen(), log.rewards(), even), target);
        });
        assertFalse(study.unbiased(), study.toString());
    }

    @Test
    void aClipIsSaidAndLeansTowardsTooLittle() {
        ArmPolicy target = ArmPolicy.always(2, ClickWorld.ARMS);
        OffPolicy clipped = new OffPolicy(4, 0.95);
        OffPolicyEstimate estimate = clipped.inversePropensity(ClickWorld.log(SIZE, LOGGING, new SplittableRandom(1)), target);
        assertEquals(4, estimate.largestWeight());
        assertEquals(0.1, estimate.clippedShare(), 0.02, "each choice of the arm");
        assertTrue(study(target, SIZE, log -> clipped.inversePropensity(log, target)).bias() < -0.03);
        OffPolicyEstimate open = evaluation.inversePropensity(ClickWorld.log(SIZE, LOGGING, new SplittableRandom(1)), target);
        assertEquals(10, open.largestWeight(), 1e-9);
        assertEquals(0.1 * SIZE, open.effectiveSize(), 0.02 * SIZE, "as much as what was seen of the arm");
    }

    @Test
    void theBoundForSmallSamplesHoldsMoreThanItSays() {
        ArmPolicy target = ClickWorld.best(0);
        OffPolicy bounded = new OffPolicy(10, 0.95);
        int held = 0;
        for (int round = 0; round < ROUNDS; round++) {
            LoggedChoices few = ClickWorld.log(60, LOGGING, new SplittableRandom(round));
            held += bounded.bernstein(few, target, 0, 1).contains(ClickWorld.value(target)) ? 1 : 0;
        }
        assertTrue(held >= 0.95 * ROUNDS, held + " of " + ROUNDS);
        assertThrows(IllegalArgumentException.class,
                () -> evaluation.bernstein(ClickWorld.log(60, LOGGING, new SplittableRandom(1)), target, 0, 1));
    }

    @Test
    void saysNothingOfNothing() {
        LoggedChoices none = new LoggedChoices(2, new double[0][], new int[0], new double[0], new double[0]);
        OffPolicyEstimate estimate = evaluation.doublyRobust(none, ArmPolicy.uniform(2), 5, 1);
        assertTrue(Double.isNaN(estimate.value()) && Double.isNaN(estimate.interval().low()));
        LoggedChoices other = new LoggedChoices(2, new double[][] {{1}, {1}}, new int[] {0, 0}, new double[] {1, 0}, new double[] {1, 1});
        assertTrue(Double.isNaN(evaluation.selfNormalised(other, ArmPolicy.always(1, 2)).value()));
        assertThrows(IllegalArgumentException.class,
                () -> new LoggedChoices(2, new double[][] {{1}}, new int[] {0}, new double[] {1}, new double[] {0}));
        assertThrows(IllegalArgumentException.class, () -> new OffPolicy(0, 0.95));
    }
}
