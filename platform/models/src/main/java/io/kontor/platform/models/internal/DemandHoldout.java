package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.Snapshot;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.job.JobContext;
import io.kontor.api.metric.ErrorMetrics;
import io.kontor.platform.models.ForecastContract;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The held-out periods; every forecaster gets the same series in the same order. Metrics: MASE, RMSSE and scaled pinball losses, means over
 * the series ({@link ErrorMetrics}); WAPE and bias over all units, and the share of periods not above the quantile 0.9.
 */
final class DemandHoldout implements FamilyEvaluation.Holdout {

    private static final int ASKED_EVERY = 50;
    private static final double[] QUANTILES = {0.5, 0.9};
    private static final double[] NOTHING_PLANNED = new double[0];

    private final Snapshot earlier;
    private final Instant begin;
    private final int horizon;
    private final List<DemandCase> cases;
    private final Slicing slicing;

    DemandHoldout(Snapshot earlier, Instant begin, int horizon, List<DemandCase> cases, Slicing slicing) {
        this.earlier = earlier;
        this.begin = begin;
        this.horizon = horizon;
        this.cases = cases;
        this.slicing = slicing;
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
        int size = cases.size();
        Errors errors = new Errors(size);
        double[] means = new double[size];
        for (int i = 0; i < size; i++) {
            if (i % ASKED_EVERY == 0) {
                job.checkCancelled();
                job.progress((double) i / size, "product " + i + " of " + size);
            }
            DemandCase one = cases.get(i);
            ForecastRequest request = new ForecastRequest(one.history(), horizon, QUANTILES, NOTHING_PLANNED, NOTHING_PLANNED);
            Forecast forecast = forecaster.apply(request);
            ForecastContract.violation(forecast, request).ifPresent(violation -> {
                throw new KontorException(KontorException.Kind.PLUGIN, "An answer " + violation + ".");
            });
            errors.set(i, one, forecast);
            means[i] = Arrays.stream(forecast.mean()).average().orElse(Double.NaN);
        }
        return errors.judgement(slicing).answering(means);
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

    /** The errors of one model, series by series. */
    private static final class Errors {

        private final double[] mase;
        private final double[] rmsse;
        private final double[] loss50;
        private final double[] loss90;
        private final double[] absolute;
        private final double[] signed;
        private final double[] sold;
        private final double[] periods;
        private final double[] covered;

        Errors(int series) {
            mase = new double[series];
            rmsse = new double[series];
            loss50 = new double[series];
            loss90 = new double[series];
            absolute = new double[series];
            signed = new double[series];
            sold = new double[series];
            periods = new double[series];
            covered = new double[series];
        }

        void set(int i, DemandCase one, Forecast forecast) {
            double[] actual = one.actual();
            double[] mean = Arrays.copyOf(forecast.mean(), actual.length);
            double[] median = Arrays.copyOf(forecast.quantiles()[0], actual.length);
            double[] high = Arrays.copyOf(forecast.quantiles()[1], actual.length);
            mase[i] = ErrorMetrics.mase(actual, mean, one.scale());
            rmsse[i] = ErrorMetrics.rmsse(actual, mean, one.step());
            loss50[i] = ErrorMetrics.scaledPinball(actual, median, QUANTILES[0], one.scale());
            loss90[i] = ErrorMetrics.scaledPinball(actual, high, QUANTILES[1], one.scale());
            for (int h = 0; h < actual.length; h++) {
                if (!Double.isNaN(actual[h])) {
                    absolute[i] += Math.abs(mean[h] - actual[h]);
                    signed[i] += mean[h] - actual[h];
                    sold[i] += actual[h];
                    periods[i]++;
                    covered[i] += actual[h] <= high[h] ? 1 : 0;
                }
            }
        }

        FamilyEvaluation.Judgement judgement(Slicing slicing) {
            return new Measures("mase", false, mase.length).add("mase", Measures.mean(mase)).add("rmsse", Measures.mean(rmsse))
                    .add("wape", Measures.ratio(absolute, sold)).add("bias", Measures.ratio(signed, sold))
                    .add("spl50", Measures.mean(loss50)).add("spl90", Measures.mean(loss90))
                    .add("coverage90", Measures.ratio(covered, periods)).judgement(slicing);
        }
    }
}
