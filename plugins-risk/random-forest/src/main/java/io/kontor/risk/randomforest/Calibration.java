package io.kontor.risk.randomforest;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Makes a probability of the forest's share of frauds: 1 / (1 + exp(-(slope x + shift))) with x the log odds of the share (Platt, Probabilistic
 * outputs for support vector machines, 1999). Fitted to the shares that rows get from the trees that have not learned from them, each row
 * weighted by how many payments it stands for, so that the thinning of legitimate payments is undone (Dal Pozzolo, Caelen, Johnson and
 * Bontempi, Calibrating probability with undersampling for unbalanced classification, 2015, correct for the same shift in closed form).
 * It keeps the order. Immutable.
 *
 * @param slope above 0
 * @param shift any number
 * @param trees how many trees vote; keeps the log odds of none or all of them finite
 */
record Calibration(double slope, double shift, int trees) {

    private static final int STEPS = 60;
    private static final double SHORTEST = 1e-4;
    private static final double FLATTEST = 0.01;
    private static final double RIDGE = 1e-6;

    /**
     * Fits.
     *
     * @param shares for each row what the trees that have not seen it say; NaN when there is none
     * @param fraud what each row is
     * @param weights how many payments each row stands for
     * @param trees how many trees there are
     * @return the calibration
     */
    static Calibration fit(double[] shares, boolean[] fraud, double[] weights, int trees) {
        double frauds = 0;
        double others = 0;
        for (int row = 0; row < shares.length; row++) {
            frauds += !Double.isNaN(shares[row]) && fraud[row] ? 1 : 0;
            others += !Double.isNaN(shares[row]) && !fraud[row] ? 1 : 0;
        }
        double high = (frauds + 1) / (frauds + 2);
        double low = 1 / (others + 2);
        double[] best = {1, 0};
        Newton here = newton(best, shares, fraud, weights, trees, high, low);
        double length = 1;
        for (int step = 0; step < STEPS && length > SHORTEST; step++) {
            double[] next = here.step(length);
            Newton there = newton(next, shares, fraud, weights, trees, high, low);
            if (next[0] >= FLATTEST && there.loss < here.loss) {
                best = next;
                here = there;
                length = 1;
            } else {
                length /= 2;
            }
        }
        return new Calibration(best[0], best[1], trees);
    }

    private static Newton newton(double[] at, double[] shares, boolean[] fraud, double[] weights, int trees, double high, double low) {
        Newton newton = new Newton(at[0], at[1]);
        for (int row = 0; row < shares.length; row++) {
            if (!Double.isNaN(shares[row])) {
                newton.add(logOdds(shares[row], trees), fraud[row] ? high : low, weights[row]);
            }
        }
        return newton;
    }

    private static double logOdds(double share, int trees) {
        return Math.log((share * trees + 0.5) / ((1 - share) * trees + 0.5));
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The probability that belongs to a share. */
    double of(double share) {
        return logistic(slope * logOdds(share, trees) + shift);
    }

    /** The log loss of rows, in sum over the payments they stand for; arguments as those of {@link #fit}. */
    double loss(double[] shares, boolean[] fraud, double[] weights) {
        return newton(new double[] {slope, shift}, shares, fraud, weights, trees, 1, 0).loss;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(slope);
        out.writeDouble(shift);
        out.writeInt(trees);
    }

    static Calibration read(DataInputStream in) throws IOException {
        Calibration calibration = new Calibration(in.readDouble(), in.readDouble(), in.readInt());
        if (!(calibration.slope > 0 && calibration.slope < 1e6 && Math.abs(calibration.shift) < 1e6 && calibration.trees > 0)) {
            throw new IOException("The model's calibration is none: " + calibration + ".");
        }
        return calibration;
    }

    /** One step of Newton's method on the weighted log loss. */
    private static final class Newton {

        private final double slope;
        private final double shift;
        private double loss;
        private double gradientSlope;
        private double gradientShift;
        private double slopes = RIDGE;
        private double mixed;
        private double shifts = RIDGE;

        Newton(double slope, double shift) {
            this.slope = slope;
            this.shift = shift;
        }

        void add(double x, double target, double weight) {
            double z = slope * x + shift;
            double p = logistic(z);
            loss += weight * (Math.max(z, 0) - target * z + Math.log1p(Math.exp(-Math.abs(z))));
            gradientSlope += weight * (p - target) * x;
            gradientShift += weight * (p - target);
            double curvature = weight * p * (1 - p);
            slopes += curvature * x * x;
            mixed += curvature * x;
            shifts += curvature;
        }

        double[] step(double length) {
            double determinant = slopes * shifts - mixed * mixed;
            return new double[] {slope - length * (shifts * gradientSlope - mixed * gradientShift) / determinant,
                shift - length * (slopes * gradientShift - mixed * gradientSlope) / determinant};
        }
    }
}
