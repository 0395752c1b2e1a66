package io.kontor.distribution.benchmarks;

/**
 * Errors of forecasts, averaged over series: MASE (Hyndman and Koehler, 2006) of mean and median, RMSSE and the scaled pinball losses of the
 * M5 competition (Makridakis, Spiliotis and Assimakopoulos, 2022), WAPE over all, and the share of periods within the 0.9 quantile.
 */
final class ForecastErrors {

    private final int lag;
    private double mase;
    private double maseOfMedian;
    private double rmsse;
    private double loss50;
    private double loss90;
    private double absolute;
    private double absoluteOfMedian;
    private double total;
    private int within;
    private int periods;
    private int series;

    /**
     * Nothing yet.
     *
     * @param lag the lag of the differences by which MASE is scaled
     */
    ForecastErrors(int lag) {
        this.lag = lag;
    }

    /** Whether a series can be scaled: it changed at least once. */
    static boolean scales(double[] history, int lag) {
        return history.length > lag && difference(history, lag, false) > 0 && difference(history, 1, false) > 0;
    }

    void add(double[] history, double[] actual, double[] mean, double[] median, double[] upper) {
        double sum = 0;
        double sumOfMedian = 0;
        double squares = 0;
        double pinball50 = 0;
        double pinball90 = 0;
        for (int h = 0; h < actual.length; h++) {
            sum += Math.abs(actual[h] - mean[h]);
            sumOfMedian += Math.abs(actual[h] - median[h]);
            squares += (actual[h] - mean[h]) * (actual[h] - mean[h]);
            pinball50 += pinball(actual[h] - median[h], 0.5);
            pinball90 += pinball(actual[h] - upper[h], 0.9);
            within += actual[h] <= upper[h] ? 1 : 0;
            total += actual[h];
        }
        int n = actual.length;
        mase += sum / n / difference(history, lag, false);
        maseOfMedian += sumOfMedian / n / difference(history, lag, false);
        rmsse += Math.sqrt(squares / n / difference(history, 1, true));
        loss50 += pinball50 / n / difference(history, 1, false);
        loss90 += pinball90 / n / difference(history, 1, false);
        absolute += sum;
        absoluteOfMedian += sumOfMedian;
        periods += n;
        series++;
    }

    private static double pinball(double error, double share) {
        return Math.max(share * error, (share - 1) * error);
    }

    private static double difference(double[] y, int lag, boolean squared) {
        double sum = 0;
        for (int t = lag; t < y.length; t++) {
            double d = y[t] - y[t - lag];
            sum += squared ? d * d : Math.abs(d);
        }
        return sum / (y.length - lag);
    }

    static void head() {
        Figures.print("%-40s %7s %7s %7s %7s %7s %7s %7s %7s", "plugin", "MASE", "median", "RMSSE", "WAPE", "median", "sPL50", "sPL90", "q90");
    }

    void print(String plugin) {
        Figures.print("%-40s %7.3f %7.3f %7.3f %7.3f %7.3f %7.3f %7.3f %7.3f", plugin, mase / series, maseOfMedian / series, rmsse / series,
                absolute / total, absoluteOfMedian / total, loss50 / series, loss90 / series, (double) within / periods);
    }
}
