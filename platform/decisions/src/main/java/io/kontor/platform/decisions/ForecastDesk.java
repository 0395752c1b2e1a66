package io.kontor.platform.decisions;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.Step;
import io.kontor.api.inventory.Forecast;
import io.kontor.platform.plugins.PluginTask;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Answers what is asked of forecasters from outside: finds the demand, asks the store's plugins through the guard. Safe for many threads. */
@ProviderType
public interface ForecastDesk {

    /** Type of the job that leaves proposals for orders; parameter {@code plugin} (text, optional): the one policy to ask. */
    String REPLENISHMENT_PLAN = PluginTask.REPLENISHMENT_PLAN;

    /**
     * A question.
     *
     * @param product the shop's own id
     * @param location empty for all locations together
     * @param step the length of a period
     * @param horizon how many periods, 1 to 1,000
     * @param quantiles ascending, each above 0 and below 1
     * @param plugin the one plugin to ask instead of the store's pipeline; empty for the pipeline
     */
    record Question(String product, String location, Step step, int horizon, List<Double> quantiles, Optional<String> plugin) {

        /** Copies the quantiles. */
        public Question {
            quantiles = List.copyOf(quantiles);
        }
    }

    /**
     * A forecast with what it goes on from.
     *
     * @param history the demand up to the origin
     * @param begin first day of the first period
     * @param quantiles those asked for
     * @param forecast the plugin's answer
     */
    record Dated(DemandSeries history, LocalDate begin, List<Double> quantiles, Forecast forecast) {
    }

    /**
     * Forecasts from the end of the store's records on.
     *
     * @param store the id of an existing store
     * @param question what is asked
     * @return the answer
     * @throws java.util.NoSuchElementException when the named plugin is not enabled, or the product has no demand there
     * @throws io.kontor.api.KontorException of kind CONFIGURATION, with a plain sentence, when no plugin can answer; of kind CAPACITY when
     *     none did
     */
    Answer<Dated> forecast(String store, Question question);

    /**
     * The products that have demand.
     *
     * @param store the id of an existing store
     * @return ids in order
     */
    List<String> products(String store);
}
