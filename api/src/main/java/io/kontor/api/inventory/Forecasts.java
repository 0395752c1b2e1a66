package io.kontor.api.inventory;

import io.kontor.api.data.Step;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The store's forecasts as other plugins use them, for example a replenishment or a price policy: a store-scoped service of the platform,
 * guarded and with fallback. Safe for use by several threads.
 */
@ProviderType
public interface Forecasts {

    /**
     * Asks the store's forecasters.
     *
     * @param product the shop's own id
     * @param location empty for all locations together
     * @param step the length of a period
     * @param horizon how many periods, 1 to 1,000
     * @param quantiles as in {@link ForecastRequest}
     * @return the forecast from today on
     * @throws io.kontor.api.KontorException of kind CONFIGURATION when no plugin of the family can answer for the store, of kind DATA when
     *     the product has no history
     */
    Forecast forecast(String product, String location, Step step, int horizon, double[] quantiles);
}
