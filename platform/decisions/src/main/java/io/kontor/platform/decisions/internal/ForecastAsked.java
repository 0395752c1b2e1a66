package io.kontor.platform.decisions.internal;

import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.plugin.Family;
import io.kontor.platform.decisions.ShadowComparison.Measure;
import io.kontor.platform.models.ForecastContract;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A question to the forecasters of the inventory family. */
final class ForecastAsked extends Asked<Forecast> {

    private static final List<Class<?>> KINDS = List.of(TrainedForecaster.class, Forecaster.class);

    private final ForecastRequest request;

    /** All of a question that makes the answer another one. */
    private record Same(String product, String location, Object step, LocalDate start, int periods, int horizon, List<Double> quantiles) {
    }

    /**
     * A question.
     *
     * @param store the id of an existing store
     * @param named the one plugin to ask instead of all; empty for all
     * @param request what is asked
     */
    ForecastAsked(String store, Optional<String> named, ForecastRequest request) {
        super(store, Family.INVENTORY, KINDS, named);
        this.request = request;
    }

    @Override
    @SuppressWarnings("unchecked")
    Forecast ask(Object plugin, Turn turn) {
        return checked(plugin instanceof TrainedForecaster<?> trained
                ? ((TrainedForecaster<Object>) trained).forecast(turn.model(), request) : ((Forecaster) plugin).forecast(request));
    }

    private Forecast checked(Forecast forecast) {
        ForecastContract.violation(forecast, request).ifPresent(violation -> {
            throw new IllegalStateException("the plugin's answer " + violation);
        });
        return forecast;
    }

    @Override
    Optional<String> unit() {
        return Optional.of(request.history().product());
    }

    @Override
    String subject() {
        return request.history().product();
    }

    @Override
    Map<Measure, Double> differences(Forecast champion, Forecast shadow) {
        return Map.of(Measure.MEAN_PERCENT, Differences.percent(Arrays.stream(champion.mean()).sum(), Arrays.stream(shadow.mean()).sum()));
    }

    @Override
    Optional<Object> sameAs() {
        return Optional.of(new Same(request.history().product(), request.history().location(), request.history().step(),
                request.history().start(), request.history().quantity().length, request.horizon(),
                Arrays.stream(request.quantiles()).boxed().toList()));
    }

    @Override
    int weight(Forecast answer) {
        return 1 + request.horizon() * (1 + request.quantiles().length) / 8;
    }
}
