package io.kontor.inventory.exponentialsmoothing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private static final int SEASON = 12;
    private static final int LENGTH = 60;

    /** Demand with rare peaks, which no gamma distribution of its variance has. */
    private static double[] peaks(Random random) {
        double[] y = new double[LENGTH];
        for (int t = 0; t < LENGTH; t++) {
            y[t] = 1000 + 40 * random.nextGaussian() + (random.nextInt(12) == 0 ? 900 : 0);
        }
        return y;
    }

    private static Calibration calibration(Random random) {
        Calibration.Trial trial = new Calibration.Trial();
        for (int i = 0; i < 60; i++) {
            double[] y = peaks(random);
            trial.add(y, Pattern.of(y, SEASON), SEASON, 6, 3);
        }
        return trial.calibration();
    }

    @Test
    void quantilesHoldWhatTheyPromiseOnSeriesThatItHasNotSeen() {
        Random random = new Random(3);
        Calibration calibration = calibration(random);
        double[] shares = {0.1, 0.8, 0.9, 0.95};
        int[] plain = new int[shares.length];
        int[] mended = new int[shares.length];
        int periods = 0;
        for (int i = 0; i < 300; i++) {
            double[] y = peaks(random);
            double[] before = Arrays.copyOf(y, LENGTH - 6);
            Pattern.Projection projection = Pattern.of(before, SEASON).project(before, SEASON, 6);
            for (int h = 0; h < 6; h++) {
                periods++;
                for (int q = 0; q < shares.length; q++) {
                    double mean = projection.mean()[h];
                    double variance = projection.variance()[h];
                    plain[q] += y[LENGTH - 6 + h] <= Spread.quantile(mean, variance, shares[q], false) ? 1 : 0;
                    mended[q] += y[LENGTH - 6 + h] <= Spread.quantile(mean, variance, calibration.level(shares[q], 0), false) ? 1 : 0;
                }
            }
        }
        for (int q = 0; q < shares.length; q++) {
            double off = Math.abs(mended[q] / (double) periods - shares[q]);
            assertTrue(off < 0.03 || shares[q] == 0.8 && off < 0.08, shares[q] + " was held " + mended[q] / (double) periods + " of the time, "
                    + plain[q] / (double) periods + " without calibration");
        }
    }

    @Test
    void theMedianStaysAndLevelsRise() {
        Calibration calibration = calibration(new Random(5));
        assertEquals(0.5, calibration.level(0.5, 0), 1e-12);
        double last = 0;
        for (double share = 0.01; share < 1; share += 0.01) {
            assertTrue(calibration.level(share, 0) >= last - 1e-9, "quantiles would cross at " + share);
            last = calibration.level(share, 0);
        }
        assertEquals(0.9, calibration.level(0.9, 1), "nothing is known of sparse series");
        assertEquals(0.9, Calibration.NONE.level(0.9, 0));
    }

    @Test
    void tellsTheProbabilityOfLessThanADemand() {
        assertEquals(0, Spread.below(2, 2, 0, true));
        assertEquals(Math.exp(-2) * 3, Spread.below(2, 2, 2, true), 1e-12);
        assertEquals(0.9, Spread.below(500, 4_000, Spread.quantile(500, 4_000, 0.9, false), false), 1e-6);
        double quantile = Spread.quantile(3, 9, 0.9, true);
        assertTrue(Spread.below(3, 9, quantile, true) < 0.9 && Spread.below(3, 9, quantile + 1, true) >= 0.9);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        Calibration calibration = calibration(new Random(5));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        calibration.write(new DataOutputStream(bytes));
        Calibration read = Calibration.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertEquals(calibration.level(0.93, 0), read.level(0.93, 0));
        byte[] broken = bytes.toByteArray();
        broken[3] = 7;
        assertThrows(IOException.class, () -> Calibration.read(new DataInputStream(new ByteArrayInputStream(broken))));
    }
}
