package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Product;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.pricing.DemandCurves;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.store.Store;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.data.Demands;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.stores.StoreListener;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Prices for those who ask from outside, and demand curves for each store's plugins as a service of their own store. */
@Component(service = {PriceDesk.class, StoreListener.class})
public final class GuardedPrices implements PriceDesk, StoreListener {

    private static final int DAYS_OF_WEEK = 7;
    private static final Duration NOW = Duration.ofMillis(1);
    /** Prices on either side of today's on a demand curve, and how far the last ones are from it. */
    private static final int CURVE_STEPS = 20;
    private static final double CURVE_WIDTH = 0.5;

    private final BundleContext context;
    private final FamilyPipeline pipeline;
    private final DataAccess data;
    private final Demands demands;
    private final StorePrices prices;
    private final DecisionLog log;
    private final Map<String, ServiceRegistration<DemandCurves>> byStore = new ConcurrentHashMap<>();

    /** The family as one store sees it. */
    private record OfStore(String store, FamilyPipeline pipeline) implements DemandCurves {

        @Override
        public Optional<Elasticity> elasticity(String product) {
            return pipeline.ask(new PriceAsked(store, Optional.empty(), product)).value().get(0).elasticity();
        }

        @Override
        public double[] demand(String product, double[] prices) {
            return demand(DemandQuery.of(product, prices));
        }

        @Override
        public double[] demand(DemandQuery query) {
            return pipeline.ask(new PriceAsked(store, Optional.empty(), query.product(), query)).value().get(0).demand();
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param context registers the services
     * @param pipeline asks the plugins
     * @param data the catalogue
     * @param demands the demand of stores
     * @param prices the shop's and its competitors'
     * @param log notes the answers
     */
    @Activate
    public GuardedPrices(BundleContext context, @Reference FamilyPipeline pipeline, @Reference DataAccess data, @Reference Demands demands,
            @Reference StorePrices prices, @Reference DecisionLog log) {
        this.context = context;
        this.pipeline = pipeline;
        this.data = data;
        this.demands = demands;
        this.prices = prices;
        this.log = log;
    }

    @Override
    public Answer<Optional<Elasticity>> elasticity(String store, String product, Optional<String> plugin) {
        Answer<List<PriceAsked.Known>> answer = pipeline.ask(new PriceAsked(store, plugin, product));
        return new Answer<>(answer.requestId(), answer.servedBy(), answer.fallback(), answer.value().get(0).elasticity());
    }

    @Override
    public Answer<DemandCurve> curve(String store, String product) {
        Optional<Product> catalogue = data.of(store).product(product);
        StorePrices.Book book = prices.of(store);
        double current = book.own().current(product, catalogue, Instant.now()).orElse(Double.NaN);
        double[] tried = current > 0 ? around(current) : new double[0];
        DemandQuery query = new DemandQuery(product, tried, 0, book.competitors().over(product, Instant.now(), Instant.now().plus(NOW)),
                Map.of(), Optional.empty());
        Answer<List<PriceAsked.Known>> answer = pipeline.ask(new PriceAsked(store, Optional.empty(), product, query));
        PriceAsked.Known known = answer.value().get(0);
        double[] units = Arrays.stream(known.demand()).map(daily -> daily * DAYS_OF_WEEK).toArray();
        return new Answer<>(answer.requestId(), answer.servedBy(), answer.fallback(), new DemandCurve(current,
                catalogue.map(Product::cost).orElse(Double.NaN), known.elasticity(), units.length == 0 ? units : tried, units));
    }

    private static double[] around(double current) {
        double[] prices = new double[2 * CURVE_STEPS + 1];
        Arrays.setAll(prices, i -> current * (1 + CURVE_WIDTH * (i - CURVE_STEPS) / CURVE_STEPS));
        return prices;
    }

    @Override
    public Answer<List<Simulated>> simulate(String store, List<Change> changes, Optional<LocalDate> period, Optional<String> plugin) {
        StorePrices.Book book = prices.of(store);
        Map<String, Double> changed = changes.stream().collect(Collectors.toUnmodifiableMap(Change::product, Change::price));
        List<PriceAsked.About> abouts = new ArrayList<>();
        Instant now = Instant.now();
        for (Change change : changes) {
            Optional<Product> product = data.of(store).product(change.product());
            double current = book.own().current(change.product(), product, now).orElse(change.price());
            double competitor = book.competitors().over(change.product(), now, now.plus(NOW));
            DemandQuery before = new DemandQuery(change.product(), new double[] {current}, 0, competitor, Map.of(), period);
            DemandQuery after = new DemandQuery(change.product(), new double[] {change.price()}, change.promotion(),
                    Double.isNaN(change.competitorPrice()) ? competitor : change.competitorPrice(), changed, period);
            abouts.add(new PriceAsked.About(change.product(), List.of(before, after), true));
        }
        Answer<List<PriceAsked.Known>> answer = pipeline.ask(new PriceAsked(store, plugin, abouts));
        List<Simulated> simulated = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Optional<Product> product = data.of(store).product(change.product());
            simulated.add(simulated(change, book.own().current(change.product(), product, now).orElse(change.price()),
                    product.map(Product::cost).orElse(Double.NaN), answer.value().get(i)));
        }
        log.note(new DecisionLog.Entry(answer.requestId(), store, now, Family.PRICING, changes.size() == 1 ? changes.get(0).product() : "", "",
                answer.servedBy(), answer.fallback(), Map.of("changes", changes), simulated));
        return new Answer<>(answer.requestId(), answer.servedBy(), answer.fallback(), simulated);
    }

    private static Simulated simulated(Change change, double current, double cost, PriceAsked.Known known) {
        if (known.demand().length == 0) {
            return new Simulated(change.product(), current, change.price(), known.elasticity(), Double.NaN, Double.NaN, Double.NaN,
                    Double.NaN, cost, Optional.empty());
        }
        double before = known.demand()[0] * DAYS_OF_WEEK;
        double after = known.demand()[1] * DAYS_OF_WEEK;
        double ratio = change.price() / current;
        double one = known.elasticity().map(e -> after * Math.pow(ratio, e.low() - e.value())).orElse(after);
        double other = known.elasticity().map(e -> after * Math.pow(ratio, e.high() - e.value())).orElse(after);
        return new Simulated(change.product(), current, change.price(), known.elasticity(), before, after, Math.min(one, other),
                Math.max(one, other), cost, known.explanation().map(explanation -> explanation.scaled(DAYS_OF_WEEK)));
    }

    @Override
    public Optional<Double> prior(String store, String product, Instant at) {
        return prices.of(store).own().prior(product, at);
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
            return context.registerService(DemandCurves.class, new OfStore(id, pipeline), properties);
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
