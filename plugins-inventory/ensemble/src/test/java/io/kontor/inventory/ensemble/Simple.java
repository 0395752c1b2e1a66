package io.kontor.inventory.ensemble;

import io.kontor.api.decision.Reason;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Forecasts by the mean of some past periods, with quantiles from how they spread. */
record Simple(String method, int of, IntUnaryOperator back) implements Forecaster {

    private static final double[] Z = {-1.28, 0, 1.28};

    /** The mean of the latest periods. */
    static Simple latest(int periods) {
        return new Simple("mean" + periods, periods, h -> 1);
    }

    /** What was sold on the same day of the latest week. */
    static Simple weekday() {
        return new Simple("weekday", 1, h -> 7 - h % 7);
    }

    @Override
    public Forecast forecast(ForecastRequest request) {
        double[] y = request.history().quantity();
        double[] mean = new double[request.horizon()];
        double[][] quantiles = new double[request.quantiles().length][request.horizon()];
        double spread = spread(y);
        for (int h = 0; h < mean.length; h++) {
            int count = 0;
            for (int i = 0; i < of; i++) {
                int at = y.length - back.applyAsInt(h) - i;
                mean[h] += at >= 0 ? y[at] : 0;
                count += at >= 0 ? 1 : 0;
            }
            mean[h] /= Math.max(1, count);
            for (int q = 0; q < quantiles.length; q++) {
                double level = request.quantiles()[q];
                double z = level < 0.5 ? Z[0] * (0.5 - level) / 0.4 : Z[2] * (level - 0.5) / 0.4;
                quantiles[q][h] = Math.max(0, mean[h] + z * spread);
            }
        }
        return new Forecast(mean, quantiles, method, List.of(new Reason("simple", "As in the past.", 1)));
    }

    private static double spread(double[] y) {
        double sum = 0;
        double squares = 0;
        for (double units : y) {
            sum += units;
            squares += units * units;
        }
        return y.length == 0 ? 0 : Math.sqrt(Math.max(0, squares / y.length - sum / y.length * sum / y.length));
    }
}
