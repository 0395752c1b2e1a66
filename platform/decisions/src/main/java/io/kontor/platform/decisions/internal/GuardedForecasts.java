package io.kontor.platform.decisions.internal;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.Step;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecasts;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.store.Store;
import io.kontor.platform.data.Demands;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.stores.StoreListener;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Forecasts for those who ask from outside, and for each store's plugins as a service of their own store. */
@Component(service = {ForecastDesk.class, StoreListener.class})
public final class GuardedForecasts implements ForecastDesk, StoreListener {

    private static final double[] NOTHING_PLANNED = new double[0];

    private final BundleContext context;
    private final FamilyPipeline pipeline;
    private final Demands demands;
    private final DecisionLog log;
    private final Map<String, ServiceRegistration<Forecasts>> byStore = new ConcurrentHashMap<>();

    /** The family as one store sees it. */
    private record OfStore(String store, GuardedForecasts desk) implements Forecasts {

        @Override
        public Forecast forecast(String product, String location, Step step, int horizon, double[] quantiles) {
            DemandSeries history = desk.demands.of(store).series(product, location, step).orElseThrow(() ->
                    new KontorException(KontorException.Kind.DATA, "Product " + product + " has no demand to forecast from."));
            return desk.ask(store, Optional.empty(), history, horizon, quantiles).value();
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param context registers the services
     * @param pipeline asks the plugins
     * @param demands the demand of stores
     * @param log notes the answers
     */
    @Activate
    public GuardedForecasts(BundleContext context, @Reference FamilyPipeline pipeline, @Reference Demands demands,
            @Reference DecisionLog log) {
        this.context = context;
        this.pipeline = pipeline;
        this.demands = demands;
        this.log = log;
    }

    @Override
    public Answer<Dated> forecast(String store, Question question) {
        DemandSeries history = demands.of(store).series(question.product(), question.location(), question.step())
                .orElseThrow(() -> new NoSuchElementException("There is no demand of product \"" + question.product() + "\""
                        + (question.location().isEmpty() ? "" : " at \"" + question.location() + "\"") + " to forecast from."));
        double[] quantiles = question.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
        Answer<Forecast> answer = ask(store, question.plugin(), history, question.horizon(), quantiles);
        Dated dated = new Dated(history, history.end(), question.quantiles(), answer.value());
        log.note(new DecisionLog.Entry(answer.requestId(), store, Instant.now(), Family.INVENTORY, question.product(), "",
                answer.servedBy(), answer.fallback(), Map.of("location", question.location(), "step", question.step(), "horizon",
                question.horizon(), "quantiles", question.quantiles(), "begin", dated.begin()), answer.value()));
        return new Answer<>(answer.requestId(), answer.servedBy(), answer.fallback(), dated);
    }

    private Answer<Forecast> ask(String store, Optional<String> plugin, DemandSeries history, int horizon, double[] quantiles) {
        return pipeline.ask(new ForecastAsked(store, plugin,
                new ForecastRequest(history, horizon, quantiles, NOTHING_PLANNED, NOTHING_PLANNED)));
    }

    @Override
    public List<String> products(String store) {
        return demands.of(store).products();
    }

    @Override
    public void present(Store store) {
        byStore.computeIfAbsent(store.id(), id -> {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Plugin.STORE, id);
            return context.registerService(Forecasts.class, new OfStore(id, this), properties);
        });
    }

    @Override
    public void deleted(Store store) {
        Optional.ofNullable(byStore.remove(store.id())).ifPresent(ServiceRegistration::unregister);
    }

    @Deactivate
    void close() {
        byStore.values().forEach(ServiceRegistration::unregister);
        byStore.clear();
    }
}
