package io.kontor.api.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExperimentStatisticsTest {

    private static final int EXPERIMENTS = 500;
    private static final int LOOKS = 100;
    private static final int BETWEEN = 100;

    /** How often a difference is called one at any of the looks. */
    private record Called(double always, double once, double held) {
    }

    private static Called peek(double share, double better) {
        int always = 0;
        int once = 0;
        int held = 0;
        for (int e = 0; e < EXPERIMENTS; e++) {
            SplittableRandom random = new SplittableRandom(e);
            double[] hits = new double[2];
            boolean found = false;
            boolean naive = false;
            boolean inside = true;
            for (int look = 1; look <= LOOKS; look++) {
                double cases = (double) look * BETWEEN;
                for (int i = 0; i < BETWEEN; i++) {
                    hits[0] += random.nextDouble() < share ? 1 : 0;
                    hits[1] += random.nextDouble() < better ? 1 : 0;
                }
                double one = hits[0] / cases;
                double other = hits[1] / cases;
                double error = Math.sqrt((one * (1 - one) + other * (1 - other)) / cases);
                AlwaysValid test = new AlwaysValid(0.1 * Math.sqrt(share * (1 - share)), 0.95);
                found |= test.pValue(other - one, error) < 0.05;
                naive |= Math.abs(other - one) > 1.96 * error;
                inside &= test.interval(other - one, error).contains(better - share);
            }
            always += found ? 1 : 0;
            once += naive ? 1 : 0;
            held += inside ? 1 : 0;
        }
        return new Called((double) always / EXPERIMENTS, (double) once / EXPERIMENTS, (double) held / EXPERIMENTS);
    }

    @Test
    void lookingOftenDoesNotFindWhatIsNotThere() {
        Called called = peek(0.1, 0.1);
        assertTrue(called.always() <= 0.05, called.toString());
        assertTrue(called.once() > 0.25, "a test for one look, looked at a hundred times: " + called);
        assertTrue(called.held() >= 0.95, called.toString());
    }

    @Test
    void findsWhatIsThereAndHoldsItAtEveryLook() {
        Called called = peek(0.1, 0.12);
        assertTrue(called.always() > 0.9, called.toString());
        assertTrue(called.held() >= 0.95, called.toString());
    }

    @Test
    void intervalAndProbabilityAgree() {
        AlwaysValid test = new AlwaysValid(0.02, 0.95);
        Interval interval = test.interval(0.03, 0.008);
        assertEquals(0.05, test.pValue(interval.low() - 0.03, 0.008), 1e-9, "at the end of the interval the evidence is just enough");
        assertEquals(1, test.pValue(0, 0.01));
        assertEquals(1, test.pValue(0, 0));
        assertEquals(0, test.pValue(0.1, 0));
        assertTrue(Double.isNaN(test.interval(Double.NaN, 1).low()));
        assertThrows(IllegalArgumentException.class, () -> new AlwaysValid(0, 0.95));
    }

    @Test
    void sharesHaveTheIntervalsOfTheTables() {
        Interval ten = Proportion.wilson(10, 100, 0.95);
        assertEquals(0.05522914, ten.low(), 1e-7, "R: prop.test(10, 100, correct = FALSE)");
        assertEquals(0.17436566, ten.high(), 1e-7);
        assertEquals(0, Proportion.wilson(0, 20, 0.95).low());
        assertEquals(0.16112516, Proportion.wilson(0, 20, 0.95).high(), 1e-7);
        assertTrue(Double.isNaN(Proportion.wilson(0, 0, 0.95).low()));
    }

    @Test
    void differencesOfSharesHaveAWidthEvenWithoutHits() {
        // Newcombe (1998), table II, method 10, examples (a), (e) and (g).
        Interval a = Proportion.difference(56, 70, 48, 80, 0.95);
        assertEquals(0.0524, a.low(), 5e-5);
        assertEquals(0.3339, a.high(), 5e-5);
        Interval e = Proportion.difference(5, 56, 0, 29, 0.95);
        assertEquals(-0.0381, e.low(), 5e-5);
        assertEquals(0.1926, e.high(), 5e-5);
        Interval g = Proportion.difference(0, 10, 0, 20, 0.95);
        assertEquals(-0.1611, g.low(), 5e-5);
        assertEquals(0.2775, g.high(), 5e-5);
        assertTrue(Double.isNaN(Proportion.difference(1, 2, 0, 0, 0.95).low()));
    }

    @Test
    void anAssignmentThatIsNotAsItShouldBeIsFoundOut() {
        assertTrue(Proportion.expectedShares(new long[] {5050, 4950}, new double[] {50, 50}) > 0.1);
        assertTrue(Proportion.expectedShares(new long[] {5300, 4700}, new double[] {50, 50}) < 1e-6);
        assertEquals(0.31731050786, Proportion.expectedShares(new long[] {5050, 4950}, new double[] {1, 1}), 1e-9, "R: chisq.test");
        assertTrue(Double.isNaN(Proportion.expectedShares(new long[2], new double[] {1, 1})));
    }
}
