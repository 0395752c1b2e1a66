package io.kontor.inventory.exponentialsmoothing;

/**
 * The theta method (Assimakopoulos and Nikolopoulos, 2000) in the form of Hyndman and Billah (2003): simple exponential smoothing with half
 * the slope of the series' straight line as drift.
 */
final class Theta {

    private static final int SEARCH = 25;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private Theta() {
    }

    /** The smoothing parameter with the least squared one-step errors, by golden section. */
    static double alpha(double[] y) {
        double low = 0.01;
        double high = 0.99;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = squares(y, left);
        double atRight = squares(y, right);
        for (int i = 0; i < SEARCH; i++) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = squares(y, left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = squares(y, right);
            }
        }
        return (low + high) / 2;
    }

    private static double squares(double[] y, double alpha) {
        double level = Double.NaN;
        double sum = 0;
        for (double value : y) {
            if (Double.isNaN(level)) {
                level = value;
            } else if (!Double.isNaN(value)) {
                double error = value - level;
                sum += error * error;
                level += alpha * error;
            }
        }
        return sum;
    }

    /**
     * Goes on with a series.
     *
     * @param y the series without its season; NaN where missing, at least one value
     * @param alpha above 0 and below 1
     * @param mean is filled with the next periods
     * @return the level from which they drift
     */
    static double project(double[] y, double alpha, double[] mean) {
        double level = Double.NaN;
        double n = 0;
        double sumT = 0;
        double sumY = 0;
        double sumTt = 0;
        double sumTy = 0;
        for (int t = 0; t < y.length; t++) {
            if (!Double.isNaN(y[t])) {
                level = Double.isNaN(level) ? y[t] : level + alpha * (y[t] - level);
                n++;
                sumT += t;
                sumY += y[t];
                sumTt += (double) t * t;
                sumTy += t * y[t];
            }
        }
        double spread = sumTt - sumT * sumT / n;
        double slope = n > 2 && spread > 0 ? (sumTy - sumT * sumY / n) / spread : 0;
        double settled = (1 - Math.pow(1 - alpha, n)) / alpha;
        for (int h = 0; h < mean.length; h++) {
            mean[h] = level + slope / 2 * (h + settled);
        }
        return level;
    }
}
