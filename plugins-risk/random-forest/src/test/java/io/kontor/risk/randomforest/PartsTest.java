package io.kontor.risk.randomforest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartsTest {

    @Test
    void dividesValuesIntoBinsThatKeepTheirOrderAndMissingOnesApart() {
        Random random = new Random(1);
        double[][] rows = new double[10_000][3];
        for (double[] row : rows) {
            row[0] = Math.exp(random.nextGaussian());
            row[1] = random.nextInt(5);
            row[2] = random.nextInt(10) < 9 ? 0 : random.nextDouble();
        }
        Bins bins = Bins.of(rows, 3);
        int[] sizes = new int[Bins.MOST + 1];
        for (double[] row : rows) {
            sizes[bins.of(0, row[0])]++;
        }
        for (int bin = 1; bin <= Bins.MOST; bin++) {
            assertEquals(10_000.0 / Bins.MOST, sizes[bin], 3, "bin " + bin);
        }
        assertEquals(5, Arrays.stream(rows).mapToInt(row -> bins.of(1, row[1])).distinct().count());
        assertTrue(Arrays.stream(rows).mapToInt(row -> bins.of(2, row[2])).distinct().count() > 3, "the rare values are told apart too");
        assertEquals(0, bins.of(0, Double.NaN));
        for (int bin = 1; bin < Bins.MOST; bin++) {
            double edge = bins.edge(0, bin + 0.5);
            assertEquals(bin, bins.of(0, edge));
            assertEquals(bin + 1, bins.of(0, Math.nextUp(edge)));
        }
    }

    @Test
    void calibratesToTheCurveThatTheSharesFollow() {
        Random random = new Random(2);
        int rows = 40_000;
        double[] shares = new double[rows];
        boolean[] fraud = new boolean[rows];
        double[] weights = new double[rows];
        Calibration truth = new Calibration(1.7, -3, 100);
        for (int row = 0; row < rows; row++) {
            shares[row] = random.nextDouble();
            fraud[row] = random.nextDouble() < truth.of(shares[row]);
            weights[row] = 1;
        }
        Calibration found = Calibration.fit(shares, fraud, weights, 100);
        assertEquals(1.7, found.slope(), 0.1);
        assertEquals(-3, found.shift(), 0.15);
        for (int row = 0; row < rows; row++) {
            weights[row] = fraud[row] ? 1 : 10;
        }
        assertEquals(-3 - Math.log(10), Calibration.fit(shares, fraud, weights, 100).shift(), 0.2,
                "ten times as many legitimate payments move the log odds by the logarithm of ten");
    }

}
