package io.kontor.pricing.elasticity;

import io.kontor.api.KontorException;
import io.kontor.api.data.CompetitorPrices;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Step;
import io.kontor.api.data.StoreData;
import io.kontor.api.explain.Explanation;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.pricing.DemandQuery;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Learns how the demand of each product answers to its price, to promotions, to competitors' prices, to those of the other products of its
 * category and to the time of year, as far as the store's records tell of these, and pools what it learns with the category and the store: a
 * product with many weeks of varied prices keeps its own estimates, one with few is drawn to its category. Pooling of this kind was never far
 * from the best and never of the wrong sign on scanner data, where single regressions often are (Montgomery, 1997).
 */
@Plugin(family = Family.PRICING)
@Designate(ocd = PriceElasticity.Settings.class, factory = true)
@Component(name = "io.kontor.pricing.elasticity", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PriceElasticity implements TrainedDemandModel<Curves> {

    private static final double Z = 1.959963984540054;
    private static final int ASKED_EVERY = 16;
    private static final double IN_STOCK = 0.9;

    private final StoreData data;

    /** There is nothing to be set. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/elasticity")
    public @interface Settings {
    }

    /**
     * Made for one store.
     *
     * @param data the store's data
     */
    @Activate
    public PriceElasticity(@Reference StoreData data) {
        this.data = data;
    }

    @Override
    public Curves train(Training training) {
        DemandTable table = DemandTable.of(training.data(), data.store().timeZone(), training.job());
        List<String> products = table.products();
        if (products.isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + data.store().id()
                    + " has sold nothing yet, so there is no demand to learn from; import sales or orders first.");
        }
        Step step = table.step() == Step.MONTH ? Step.MONTH : Step.WEEK;
        CompetitorPrices competitors = CompetitorPrices.of(training.data(), training.job());
        Rivals rivals = Rivals.of(table, step, categories(training));
        Map<String, Pool.Evidence> own = new HashMap<>();
        Map<String, Integer> observations = new HashMap<>();
        Shocks all = new Shocks();
        Map<String, Shocks> shocks = new HashMap<>();
        for (int i = 0; i < products.size(); i++) {
            training.job().checkCancelled();
            if (i % ASKED_EVERY == 0) {
                training.job().progress((double) i / products.size(), "product " + i + " of " + products.size());
            }
            Panel panel = Panel.of(table, products.get(i), step, competitors, rivals);
            observations.put(products.get(i), panel.size());
            Shocks ofCategory = shocks.computeIfAbsent(rivals.category(products.get(i)), category -> new Shocks());
            Pool.Evidence evidence = Regression.of(panel, all, ofCategory);
            if (evidence != null) {
                own.put(products.get(i), evidence);
            }
        }
        Pool store = Pool.of(products.stream().filter(own::containsKey).map(own::get).toList(), all.effect(), Pool.PRIOR);
        Map<String, List<Pool.Evidence>> byCategory = new TreeMap<>();
        products.stream().filter(own::containsKey).forEach(product ->
                byCategory.computeIfAbsent(rivals.category(product), category -> new ArrayList<>()).add(own.get(product)));
        Map<String, Pool> pools = new HashMap<>();
        byCategory.forEach((category, evidence) -> pools.put(category, Pool.of(evidence, shocks.get(category).effect(), store)));
        Levels levels = new Levels();
        Map<String, Levels.Track> tracks = new HashMap<>();
        TreeMap<String, Curve> curves = new TreeMap<>();
        for (String product : products) {
            Pool.Member member = pools.getOrDefault(rivals.category(product), store).member(own.get(product));
            DemandSeries series = table.series(product, "", step).orElse(null);
            if (series != null && rivals.reference(product) > 0) {
                Curve curve = new Curve(member.coefficients(), member.error(), !own.containsKey(product), observations.get(product),
                        rivals.reference(product), latest(table, series, competitors), 0, rivals.few(product) ? rivals.category(product) : "");
                curves.put(product, curve);
                tracks.put(product, track(table, series, curve, competitors, rivals));
                levels.add(tracks.get(product));
            }
        }
        double fading = levels.fading();
        curves.replaceAll((product, curve) -> curve.at(tracks.get(product).level(fading)));
        training.job().log(own.size() + " of " + products.size() + " products have an elasticity of their own; the store's mean is "
                + Math.round(store.mean()[Driver.PRICE] * 100) / 100.0 + "; the level of demand fades by " + fading + " a period");
        return new Curves(table.lastDay().orElseThrow().plusDays(1), curves);
    }

    private static Map<String, String> categories(Training training) {
        Map<String, String> categories = new HashMap<>();
        training.data().read(Entity.PRODUCTS, batch -> {
            training.job().checkCancelled();
            String[] ids = batch.texts("id");
            String[] paths = batch.texts("category");
            for (int i = 0; i < batch.size(); i++) {
                if (paths[i] != null) {
                    categories.put(ids[i], paths[i]);
                }
            }
        });
        return categories;
    }

    /** Competitors' price in the latest period of which it is known; NaN when there is none. */
    private static double latest(DemandTable table, DemandSeries series, CompetitorPrices competitors) {
        double price = Double.NaN;
        for (int t = series.quantity().length - 1; t >= 0 && Double.isNaN(price) && !competitors.isEmpty(); t--) {
            LocalDate day = series.step().plus(series.start(), t);
            price = competitors.over(series.product(), table.begin(day), table.begin(series.step().plus(day, 1)));
        }
        return price;
    }

    private static Levels.Track track(DemandTable table, DemandSeries series, Curve curve, CompetitorPrices competitors, Rivals rivals) {
        double[] units = new double[series.quantity().length];
        double[] factors = new double[units.length];
        double[] drivers = new double[Driver.COUNT];
        double price = curve.reference();
        int kept = 0;
        for (int t = 0; t < units.length; t++) {
            price = series.price()[t] > 0 ? series.price()[t] : price;
            if (!(series.inStock()[t] < IN_STOCK)) {
                LocalDate day = series.step().plus(series.start(), t);
                LocalDate next = series.step().plus(day, 1);
                double promotion = Double.isNaN(series.promotion()[t]) ? 0 : series.promotion()[t];
                double competitor = Double.isNaN(curve.competitor()) ? Double.NaN
                        : competitors.over(series.product(), table.begin(day), table.begin(next));
                Driver.fill(drivers, 0, Math.log(price), promotion, Math.log(competitor), rivals.index(series.product(), day), day);
                units[kept] = series.quantity()[t];
                factors[kept++] = curve.factor(drivers) * ChronoUnit.DAYS.between(day, next);
            }
        }
        return new Levels.Track(Arrays.copyOf(units, kept), Arrays.copyOf(factors, kept));
    }

    @Override
    public void write(Curves model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public Curves read(InputStream in) throws IOException {
        return Curves.read(in);
    }

    @Override
    public Optional<Elasticity> elasticity(Curves model, String product) {
        return Optional.ofNullable(model.of(product)).map(curve -> new Elasticity(curve.elasticity(),
                curve.elasticity() - Z * curve.error(), curve.elasticity() + Z * curve.error(), curve.pooled() ? "pooled" : "own",
                curve.observations()));
    }

    @Override
    public double[] demand(Curves model, String product, double[] prices) {
        return demand(model, DemandQuery.of(product, prices));
    }

    @Override
    public double[] demand(Curves model, DemandQuery query) {
        return model.demand(query);
    }

    @Override
    public Optional<Explanation> explanation(Curves model, DemandQuery query) {
        return model.explanation(query, new Words(data.store().locale()));
    }
}
