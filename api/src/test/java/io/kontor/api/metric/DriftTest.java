package io.kontor.api.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final double EXACT = 1e-9;

    private final Reference reference = new Reference("drift_reference.txt");

    @Test
    void distancesOfSamplesAgreeWithScipy() {
        for (String name : new String[] {"same", "moved", "tied"}) {
            double[] one = reference.all(name + ".one");
            double[] other = reference.all(name + ".other");
            double distance = KolmogorovSmirnov.distance(one, other);
            assertEquals(reference.one(name + ".distance"), distance, EXACT, name);
            assertEquals(reference.one(name + ".ksP"), KolmogorovSmirnov.pValue(distance, one.length, other.length), EXACT, name);
        }
    }

    @Test
    void countsAgreeWithScipy() {
        for (String name : new String[] {"alike", "shifted", "two", "empty"}) {
            double[] one = reference.all(name + ".one");
            double[] other = reference.all(name + ".other");
            assertEquals(reference.one(name + ".chi2"), ChiSquare.statistic(one, other), EXACT, name);
            assertEquals(reference.one(name + ".chi2P"), ChiSquare.pValue(one, other), EXACT, name);
            assertEquals(reference.one(name + ".psi"), PopulationStability.index(one, other), EXACT, name);
        }
    }

    @Test
    void survivalFunctionsAgreeWithScipy() {
        double[] x = reference.all("kolmogorov.x");
        for (int i = 0; i < x.length; i++) {
            assertEquals(reference.all("kolmogorov.sf")[i], KolmogorovSmirnov.survival(x[i]), EXACT, "at " + x[i]);
        }
        for (int degrees : new int[] {1, 2, 3, 10, 19, 50}) {
            for (int i = 0; i < reference.all("chi2.x").length; i++) {
                double expected = reference.all("chi2." + degrees)[i];
                assertEquals(expected, ChiSquare.survival(reference.all("chi2.x")[i], degrees), EXACT * Math.max(1e-6, expected));
            }
        }
    }

    @Test
    void binnedDistanceIsThatOfSamplesWhenEachValueHasItsBin() {
        double[] one = reference.all("tied.one");
        double[] other = reference.all("tied.other");
        double[] ones = new double[100];
        double[] others = new double[100];
        for (double value : one) {
            ones[(int) value]++;
        }
        for (double value : other) {
            others[(int) value]++;
        }
        assertEquals(KolmogorovSmirnov.distance(one, other), KolmogorovSmirnov.distanceOfCounts(ones, others), EXACT);
    }

    @Test
    void holmMakesProbabilitiesGreaterButKeepsTheirOrder() {
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02, Double.NaN}, MultipleTests.holm(0.01, 0.04, 0.03, 0.005, Double.NaN), EXACT);
        assertArrayEquals(new double[] {1, 1}, MultipleTests.holm(0.6, 0.9), EXACT);
        assertEquals(0, MultipleTests.holm().length);
    }

    @Test
    void withoutChangeTheIndexIsAsGreatAsItsTheorySays() {
        SplittableRandom random = new SplittableRandom(7);
        double sum = 0;
        for (int run = 0; run < 2_000; run++) {
            double[] one = new double[10];
            double[] other = new double[10];
            for (int i = 0; i < 1_000; i++) {
                one[random.nextInt(10)]++;
                other[random.nextInt(10)] += i % 2;
            }
            sum += PopulationStability.index(one, other);
        }
        double expected = 9 * (1 / 1_000.0 + 1 / 500.0);
        assertEquals(expected, sum / 2_000, expected * 0.03);
    }

    @Test
    void whatHasNoCasesHasNoDistance() {
        double[] none = new double[2];
        double[] some = {3, 4};
        assertTrue(Double.isNaN(PopulationStability.index(none, some)));
        assertTrue(Double.isNaN(ChiSquare.pValue(some, none)));
        assertTrue(Double.isNaN(KolmogorovSmirnov.distance(new double[0], some)));
        assertTrue(Double.isNaN(KolmogorovSmirnov.distanceOfCounts(none, some)));
        assertEquals(1, ChiSquare.pValue(new double[] {3, 0}, new double[] {5, 0}), EXACT);
        assertThrows(IllegalArgumentException.class, () -> PopulationStability.index(some, new double[3]));
    }
}
