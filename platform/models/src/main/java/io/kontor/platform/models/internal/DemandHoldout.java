package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Evaluation;
import io.kontor.platform.models.ForecastContract;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The held-out periods; every forecaster gets the same series in the same order. Metrics: MASE (Hyndman and Koehler, 2006), RMSSE and scaled
 * pinball losses (as in the M5 competition), WAPE and bias over all units, and the share of periods not above the quantile 0.9.
 */
final class DemandHoldout implements FamilyEvaluation.Holdout {

    private static final int ASKED_EVERY = 50;
    private static final double[] QUANTILES = {0.5, 0.9};
    private static final double[] NOTHING_PLANNED = new double[0];

    private final Snapshot earlier;
    private final Instant begin;
    private final int horizon;
    private final List<DemandCase> cases;

    DemandHoldout(Snapshot earlier, Instant begin, int horizon, List<DemandCase> cases) {
        this.earlier = earlier;
        this.begin = begin;
        this.horizon = horizon;
        this.cases = cases;
    }

    @Override
    public Snapshot earlier() {
        return earlier.window(null, null);
    }

    @Override
    public Instant begin() {
        return begin;
    }

    @Override
    public FamilyEvaluation.Judgement judge(Object plugin, Object model, JobContext job) {
        Function<ForecastRequest, Forecast> forecaster = forecaster(plugin, model);
        Sums sums = new Sums();
        double[] scores = new double[cases.size()];
        for (int i = 0; i < scores.length; i++) {
            if (i % ASKED_EVERY == 0) {
                job.checkCancelled();
                job.progress((double) i / scores.length, "product " + i + " of " + scores.length);
            }
            DemandCase one = cases.get(i);
            ForecastRequest request = new ForecastRequest(one.history(), horizon, QUANTILES, NOTHING_PLANNED, NOTHING_PLANNED);
            Forecast forecast = forecaster.apply(request);
            ForecastContract.violation(forecast, request).ifPresent(violation -> {
                throw new KontorException(KontorException.Kind.PLUGIN, "An answer " + violation + ".");
            });
            scores[i] = sums.add(one, forecast);
        }
        return new FamilyEvaluation.Judgement(sums.evaluation(scores.length), scores);
    }

    @SuppressWarnings("unchecked")
    private static Function<ForecastRequest, Forecast> forecaster(Object plugin, Object model) {
        if (plugin instanceof TrainedForecaster<?> trained) {
            return request -> ((TrainedForecaster<Object>) trained).forecast(model, request);
        } else if (plugin instanceof Forecaster forecaster) {
            return forecaster::forecast;
        }
        throw new KontorException(KontorException.Kind.CONFIGURATION, plugin.getClass().getName()
                + " is neither a Forecaster nor a TrainedForecaster, so its forecasts cannot be judged.");
    }

    /** Adds up errors. */
    private static final class Sums {

        private double mase;
        private double rmsse;
        private double pinball50;
        private double pinball90;
        private double absolute;
        private double signed;
        private double sold;
        private long periods;
        private long covered;

        /** Takes a case; returns its MASE. */
        double add(DemandCase one, Forecast forecast) {
            double error = 0;
            double squares = 0;
            double loss50 = 0;
            double loss90 = 0;
            int known = 0;
            for (int h = 0; h < one.actual().length; h++) {
                double actual = one.actual()[h];
                if (Double.isNaN(actual)) {
                    continue;
                }
                known++;
                double miss = forecast.mean()[h] - actual;
                error += Math.abs(miss);
                squares += miss * miss;
                loss50 += pinball(actual, forecast.quantiles()[0][h], QUANTILES[0]);
                loss90 += pinball(actual, forecast.quantiles()[1][h], QUANTILES[1]);
                signed += miss;
                sold += actual;
                covered += actual <= forecast.quantiles()[1][h] ? 1 : 0;
            }
            double own = error / known / one.scale();
            mase += own;
            rmsse += Math.sqrt(squares / known) / one.step();
            pinball50 += loss50 / known / one.scale();
            pinball90 += loss90 / known / one.scale();
            absolute += error;
            periods += known;
            return own;
        }

        private static double pinball(double actual, double quantile, double share) {
            return actual >= quantile ? share * (actual - quantile) : (1 - share) * (quantile - actual);
        }

        Evaluation evaluation(int series) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("mase", mase / series);
            metrics.put("rmsse", rmsse / series);
            metrics.put("wape", sold > 0 ? absolute / sold : Double.NaN);
            metrics.put("bias", sold > 0 ? signed / sold : Double.NaN);
            metrics.put("spl50", pinball50 / series);
            metrics.put("spl90", pinball90 / series);
            metrics.put("coverage90", (double) covered / periods);
            return new Evaluation(metrics, "mase", false, series);
        }
    }
}
