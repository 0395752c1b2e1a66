package io.kontor.api.inventory;

import io.kontor.api.model.Trainer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Forecasts with a trained model. The platform judges its models by a backtest on the latest periods, which training did not see. Called
 * under the same terms as {@link Forecaster#forecast}.
 *
 * @param <M> the model's type
 */
@ConsumerType
public interface TrainedForecaster<M> extends Trainer<M> {

    /**
     * Forecasts one series. The series may have more periods than the model saw; it may be of a product that the model never saw.
     *
     * @param model the live model; only to be read
     * @param request the series and what is wanted
     * @return one mean and the quantiles asked for, for each period of the horizon
     */
    Forecast forecast(M model, ForecastRequest request);
}
