package io.kontor.api.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryScoresTest {

    private static final double EXACT = 1e-9;

    private final Reference reference = new Reference();

    @Test
    void agreesWithScikitLearn() {
        for (String cases : new String[] {"fine", "ties"}) {
            BinaryScores scores = BinaryScores.of(reference.all(cases + ".scores"), reference.flags(cases + ".positive"));
            agree(cases + ".plain", scores, null);
            agree(cases + ".weighted", scores, reference.all(cases + ".weights"));
            Curve reliability = scores.reliability(10, null);
            assertArrayEquals(reference.all(cases + ".reliability.x"), reliability.x(), EXACT);
            assertArrayEquals(reference.all(cases + ".reliability.y"), reliability.y(), EXACT);
            assertEquals(reference.one(cases + ".ece"), scores.calibrationError(10, null), EXACT);
        }
    }

    private void agree(String name, BinaryScores scores, double[] weights) {
        assertEquals(reference.one(name + ".auc"), scores.rocAuc(weights), EXACT, name);
        assertEquals(reference.one(name + ".ap"), scores.averagePrecision(weights), EXACT, name);
        assertEquals(reference.one(name + ".logLoss"), scores.logLoss(weights), EXACT, name);
        assertEquals(reference.one(name + ".brier"), scores.brier(weights), EXACT, name);
        Confusion half = scores.confusion(0.5, weights);
        assertEquals(reference.one(name + ".accuracy"), half.accuracy(), EXACT, name);
        assertEquals(reference.one(name + ".precision"), half.precision(), EXACT, name);
        assertEquals(reference.one(name + ".recall"), half.recall(), EXACT, name);
        assertEquals(reference.one(name + ".f1"), half.f1(), EXACT, name);
        Confusion best = scores.bestF1(weights);
        assertEquals(reference.all(name + ".bestF1")[0], best.f1(), EXACT, name);
        assertEquals(reference.all(name + ".bestF1")[1], best.threshold(), EXACT, name);
        assertCurve(name + ".roc", scores.roc(weights));
        assertCurve(name + ".pr", scores.precisionRecall(weights));
    }

    private void assertCurve(String name, Curve curve) {
        assertArrayEquals(reference.all(name + ".x"), curve.x(), EXACT, name);
        assertArrayEquals(reference.all(name + ".y"), curve.y(), EXACT, name);
    }

    @Test
    void weighsACaseTwiceAsIfItWereThereTwice() {
        Random random = new Random(7);
        int size = 60;
        double[] scores = new double[size];
        boolean[] positive = new boolean[size];
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            scores[i] = random.nextInt(12) / 11.0;
            positive[i] = random.nextInt(4) == 0;
            weights[i] = random.nextInt(4);
        }
        double[] repeated = new double[(int) Arrays.stream(weights).sum()];
        boolean[] truths = new boolean[repeated.length];
        int at = 0;
        for (int i = 0; i < size; i++) {
            for (int copy = 0; copy < weights[i]; copy++) {
                repeated[at] = scores[i];
                truths[at++] = positive[i];
            }
        }
        BinaryScores weighted = BinaryScores.of(scores, positive);
        BinaryScores plain = BinaryScores.of(repeated, truths);
        assertEquals(plain.rocAuc(null), weighted.rocAuc(weights), EXACT);
        assertEquals(plain.averagePrecision(null), weighted.averagePrecision(weights), EXACT);
        assertEquals(plain.calibrationError(10, null), weighted.calibrationError(10, weights), EXACT);
        assertEquals(plain.bestF1(null).f1(), weighted.bestF1(weights).f1(), EXACT);
        assertArrayEquals(plain.roc(null).y(), weighted.roc(weights).y(), EXACT);
        assertEquals(plain.recallAtTop(0.3, null), weighted.recallAtTop(0.3, weights), EXACT);
    }

    @Test
    void measuresASmallCaseAsByHand() {
        BinaryScores scores = BinaryScores.of(new double[] {0.9, 0.8, 0.6, 0.4, 0.1}, new boolean[] {true, false, true, false, false});
        assertEquals(5.0 / 6, scores.rocAuc(null), EXACT, "of 6 pairs one is the wrong way round");
        assertEquals((1 + 2.0 / 3) / 2, scores.averagePrecision(null), EXACT, "positives at ranks 1 and 3");
        assertEquals(0.5, scores.recallAtTop(0.01, null), EXACT, "at least one is looked at");
        assertEquals(0.5, scores.recallAtTop(0.4, null), EXACT);
        assertEquals(1, scores.recallAtTop(1, null), EXACT);
        assertEquals(0.25 / 2, BinaryScores.of(new double[] {0.7, 0.7, 0.7, 0.7, 0.2, 0.2},
                new boolean[] {true, false, false, false, true, false}).recallAtTop(0.01, null), EXACT);
        Confusion none = scores.confusion(0.95, null);
        assertEquals(0, none.precision(), "nothing is taken for positive");
        assertEquals(0, none.recall());
        assertEquals(0.6, none.accuracy(), EXACT);
    }

    @Test
    void binsOfEqualWeightKeepEqualScoresTogether() {
        double[] scores = new double[100];
        boolean[] positive = new boolean[100];
        for (int i = 0; i < 100; i++) {
            scores[i] = i < 60 ? 0.01 : i / 100.0;
            positive[i] = i >= 80;
        }
        Curve curve = BinaryScores.of(scores, positive).reliabilityByQuantile(5, null);
        assertArrayEquals(new double[] {60, 20, 20}, curve.at(), EXACT);
        assertArrayEquals(new double[] {0, 0, 1}, curve.y(), EXACT);
        assertEquals(0.01, curve.x()[0], EXACT);
    }

    @Test
    void saysNaNWhereAMeasureIsUndefined() {
        BinaryScores nothing = BinaryScores.of(new double[0], new boolean[0]);
        assertTrue(Double.isNaN(nothing.rocAuc(null)) && Double.isNaN(nothing.averagePrecision(null)) && Double.isNaN(nothing.brier(null))
                && Double.isNaN(nothing.logLoss(null)) && Double.isNaN(nothing.calibrationError(10, null))
                && Double.isNaN(nothing.recallAtTop(0.1, null)) && Double.isNaN(nothing.confusion(0.5, null).accuracy()));
        assertEquals(0, nothing.roc(null).x().length);
        BinaryScores negatives = BinaryScores.of(new double[] {0.2, 0.4}, new boolean[2]);
        assertTrue(Double.isNaN(negatives.rocAuc(null)) && Double.isNaN(negatives.averagePrecision(null)));
        assertEquals(Double.POSITIVE_INFINITY, negatives.bestF1(null).threshold());
        assertEquals(0.1, negatives.brier(null), EXACT);
        BinaryScores positives = BinaryScores.of(new double[] {0.2, 0.4}, new boolean[] {true, true});
        assertTrue(Double.isNaN(positives.rocAuc(null)));
        assertEquals(1, positives.averagePrecision(null), EXACT);
        assertTrue(Double.isNaN(positives.brier(new double[2])), "no weight at all");
    }

    @Test
    void refusesWhatIsNoScore() {
        assertThrows(IllegalArgumentException.class, () -> BinaryScores.of(new double[] {Double.NaN}, new boolean[1]));
        assertThrows(IllegalArgumentException.class, () -> BinaryScores.of(new double[2], new boolean[1]));
        BinaryScores odds = BinaryScores.of(new double[] {3, -2}, new boolean[] {true, false});
        assertEquals(1, odds.rocAuc(null), "ranks need no probabilities");
        assertThrows(IllegalArgumentException.class, () -> odds.logLoss(null));
        assertThrows(IllegalArgumentException.class, () -> odds.reliability(10, null));
        assertThrows(IllegalArgumentException.class, () -> odds.rocAuc(new double[1]));
    }

    @Test
    void thinsACurveWithoutLosingItsEnds() {
        double[] x = new double[1000];
        double[] y = new double[1000];
        for (int i = 0; i < 1000; i++) {
            x[i] = i / 999.0;
            y[i] = Math.pow(x[i], 0.05);
        }
        Curve thin = new Curve(x, y, x).thinned(50);
        assertTrue(thin.x().length <= 50 && thin.x().length > 20, "kept " + thin.x().length);
        assertEquals(0, thin.x()[0]);
        assertEquals(1, thin.x()[thin.x().length - 1]);
        for (int i = 1; i < thin.x().length; i++) {
            assertTrue(thin.x()[i] > thin.x()[i - 1]);
        }
    }
}
