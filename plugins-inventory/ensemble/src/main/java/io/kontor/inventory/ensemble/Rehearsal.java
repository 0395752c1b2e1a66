package io.kontor.inventory.ensemble;

import io.kontor.api.inventory.Forecast;
import io.kontor.api.metric.ErrorMetrics;
import java.util.ArrayList;
import java.util.List;

/** What the members forecast for periods that came after those they had learned from. For one thread. */
final class Rehearsal {

    private final List<Case> cases = new ArrayList<>();

    /**
     * The forecasts of one product from one origin.
     *
     * @param product its id
     * @param actual what was sold; NaN where unknown
     * @param scale of its errors, above 0
     * @param forecasts one a member
     */
    record Case(String product, double[] actual, double scale, List<Forecast> forecasts) {

        /** The scaled absolute error of the members' means, weighted. */
        double error(double[] weights) {
            return ErrorMetrics.mase(actual, mixed(weights, -1), scale);
        }

        /** The scaled pinball loss of the members' quantiles of one level, weighted. */
        double loss(double[] weights, int level) {
            return ErrorMetrics.scaledPinball(actual, mixed(weights, level), Levels.QUANTILES[level], scale);
        }

        private double[] mixed(double[] weights, int level) {
            double[] mixed = new double[actual.length];
            for (int m = 0; m < weights.length; m++) {
                if (weights[m] != 0) {
                    double[] values = level < 0 ? forecasts.get(m).mean() : forecasts.get(m).quantiles()[level];
                    for (int h = 0; h < mixed.length; h++) {
                        mixed[h] += weights[m] * values[h];
                    }
                }
            }
            return mixed;
        }
    }

    void add(Case one) {
        cases.add(one);
    }

    List<Case> cases() {
        return cases;
    }

    /** The mean error of the members' means, weighted. */
    double error(double[] weights) {
        double sum = 0;
        for (Case one : cases) {
            sum += one.error(weights);
        }
        return sum / cases.size();
    }

    /** The mean pinball loss of the members' quantiles of one level, weighted. */
    double loss(double[] weights, int level) {
        double sum = 0;
        for (Case one : cases) {
            sum += one.loss(weights, level);
        }
        return sum / cases.size();
    }
}
