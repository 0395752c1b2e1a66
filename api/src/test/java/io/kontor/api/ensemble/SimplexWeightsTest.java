package io.kontor.api.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimplexWeightsTest {

    @Test
    void findsTheWeightsOfAPlantedMixture() {
        Random random = new Random(3);
        double[] truth = {0.6, 0.1, 0.3};
        double[][] x = new double[500][3];
        double[] y = new double[500];
        for (int i = 0; i < 500; i++) {
            for (int m = 0; m < 3; m++) {
                x[i][m] = random.nextGaussian();
                y[i] += truth[m] * x[i][m];
            }
        }
        double[] found = SimplexWeights.least(3, weights -> {
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                double error = y[i];
                for (int m = 0; m < 3; m++) {
                    error -= weights[m] * x[i][m];
                }
                sum += error * error;
            }
            return sum;
        });
        assertArrayEquals(truth, found, 0.02);
        assertEquals(1, Arrays.stream(found).sum(), 1e-12);
    }

    @Test
    void neverDoesWorseThanTheBestMemberOrEqualWeights() {
        double[] found = SimplexWeights.least(4, weights -> weights[2] == 1 ? 1 : Double.NaN);
        assertArrayEquals(new double[] {0, 0, 1, 0}, found);
        assertArrayEquals(new double[] {0, 0, 0, 1}, SimplexWeights.least(4, weights -> 7), "one does as well as all of them");
        assertArrayEquals(new double[] {0.5, 0.5}, SimplexWeights.least(2, weights -> Math.abs(weights[0] - 0.5) + 1));
        assertArrayEquals(new double[] {1}, SimplexWeights.least(1, weights -> Double.NaN));
    }

    @Test
    void thoseWhoAnsweredCountForTheOthers() {
        double[] weights = {0.5, 0.3, 0.2, 0};
        assertArrayEquals(new double[] {0, 0.6, 0.4, 0}, SimplexWeights.among(weights, new boolean[] {false, true, true, true}), 1e-12);
        assertArrayEquals(new double[] {0, 0, 0, 1}, SimplexWeights.among(weights, new boolean[] {false, false, false, true}));
        assertArrayEquals(new double[4], SimplexWeights.among(weights, new boolean[4]));
    }

    @Test
    void aSmallSegmentHasTheBestMemberOfAllAndALargeOneItsOwn() {
        SegmentChoice choice = new SegmentChoice(3, 2, 50);
        for (int i = 0; i < 1_000; i++) {
            choice.add(0, new double[] {1, 2});
        }
        for (int i = 0; i < 3; i++) {
            choice.add(1, new double[] {2, 1});
        }
        for (int i = 0; i < 200; i++) {
            choice.add(2, new double[] {2, 1});
        }
        assertEquals(0, choice.best());
        assertEquals(0, choice.best(1), "three cases are noise");
        assertEquals(1, choice.best(2), "two hundred are not");
        assertTrue(choice.loss(1, 0) < 1.3 && choice.loss(2, 0) > 1.7, choice.loss(1, 0) + " " + choice.loss(2, 0));
        assertEquals(1, choice.best(1, member -> member == 0 ? 1.8 : 1), "its wider segment is like it");
    }
}
