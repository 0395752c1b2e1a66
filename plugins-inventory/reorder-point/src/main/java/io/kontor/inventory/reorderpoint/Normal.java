package io.kontor.inventory.reorderpoint;

/** The standard normal distribution. */
final class Normal {

    private static final double WIDEST = 8;
    private static final int HALVINGS = 60;

    private Normal() {
    }

    /** The share below a value, to 1e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.2.17). */
    static double share(double x) {
        if (x < 0) {
            return 1 - share(-x);
        }
        double t = 1 / (1 + 0.2316419 * x);
        double tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)
                * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return 1 - tail;
    }

    /** The value below which a share lies. */
    static double quantile(double share) {
        double low = -WIDEST;
        double high = WIDEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (share(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }
}
