package io.kontor.api.inventory;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Forecasts from a series alone, without a trained model. Registered as a component with {@link io.kontor.api.plugin.Plugin}; called by
 * the platform's guard by many threads at once; must not wait for a database or a network. A failure or a late answer is answered by the
 * family's baseline instead.
 */
@ConsumerType
public interface Forecaster {

    /**
     * Forecasts one series.
     *
     * @param request the series and what is wanted
     * @return one mean and the quantiles asked for, for each period of the horizon
     */
    Forecast forecast(ForecastRequest request);
}
