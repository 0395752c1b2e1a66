package io.kontor.pricing.elasticity;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Entity;
import io.kontor.api.data.Step;
import io.kontor.api.data.StoreData;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.pricing.Elasticity;
import io.kontor.api.pricing.TrainedDemandModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
 * Learns the price elasticity of each product from its own weeks, and pools it with those of its category and of the store: a product with
 * many weeks of varied prices keeps its own estimate, one with few is drawn to its category. Pooling of this kind was never far from the
 * best and never of the wrong sign on scanner data, where single regressions often are (Montgomery, 1997).
 */
@Plugin(family = Family.PRICING)
@Designate(ocd = PriceElasticity.Settings.class, factory = true)
@Component(name = "io.kontor.pricing.elasticity", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PriceElasticity implements TrainedDemandModel<Curves> {

    private static final double Z = 1.959963984540054;
    private static final int ASKED_EVERY = 16;
    /** Weight of a week against the one after it in the level of late. */
    private static final double FADING = 0.8;
    private static final int DAYS_OF_WEEK = 7;
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
        Map<String, String> categories = categories(training);
        Map<String, Regression> own = new HashMap<>();
        Map<String, Integer> observations = new HashMap<>();
        for (int i = 0; i < products.size(); i++) {
            training.job().checkCancelled();
            if (i % ASKED_EVERY == 0) {
                training.job().progress((double) i / products.size(), "product " + i + " of " + products.size());
            }
            Panel panel = Panel.of(table, products.get(i));
            observations.put(products.get(i), panel.size());
            Regression regression = Regression.of(panel);
            if (regression != null) {
                own.put(products.get(i), regression);
            }
        }
        Shrinkage store = Shrinkage.of(own.values().stream().map(PriceElasticity::estimate).toList(), Shrinkage.PRIOR);
        Map<String, List<Shrinkage.Estimate>> byCategory = new TreeMap<>();
        for (String product : products) {
            if (own.containsKey(product)) {
                byCategory.computeIfAbsent(categories.getOrDefault(product, ""), c -> new ArrayList<>()).add(estimate(own.get(product)));
            }
        }
        Map<String, Shrinkage> pooled = new HashMap<>();
        byCategory.forEach((category, estimates) -> pooled.put(category, Shrinkage.of(estimates, store)));
        TreeMap<String, Curve> curves = new TreeMap<>();
        for (String product : products) {
            Regression regression = own.get(product);
            Shrinkage.Estimate elasticity = pooled.getOrDefault(categories.getOrDefault(product, ""), store)
                    .member(regression == null ? null : estimate(regression));
            curve(table, product, elasticity, regression, observations.get(product)).ifPresent(curve -> curves.put(product, curve));
        }
        training.job().log(own.size() + " of " + products.size() + " products have an elasticity of their own; the store's mean is "
                + Math.round(store.mean() * 100) / 100.0);
        return new Curves(curves);
    }

    private static Shrinkage.Estimate estimate(Regression regression) {
        return new Shrinkage.Estimate(regression.elasticity(), regression.error());
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

    /** The level of late: units against what price and promotion alone would have made of one unit, newer weeks counting more. */
    private static Optional<Curve> curve(DemandTable table, String product, Shrinkage.Estimate elasticity, Regression regression,
            int observations) {
        DemandSeries weeks = table.series(product, "", Step.WEEK).orElse(null);
        if (weeks == null) {
            return Optional.empty();
        }
        double reference = Double.NaN;
        for (double price : weeks.price()) {
            reference = price > 0 ? price : reference;
        }
        if (Double.isNaN(reference)) {
            return Optional.empty();
        }
        double promotion = regression == null ? 0 : regression.promotion();
        double units = 0;
        double expected = 0;
        double price = reference;
        double weight = 1;
        for (int t = weeks.quantity().length - 1; t >= 0 && weight > 1e-4; t--) {
            if (!(weeks.inStock()[t] < IN_STOCK)) {
                price = weeks.price()[t] > 0 ? weeks.price()[t] : price;
                double promoted = Double.isNaN(weeks.promotion()[t]) ? 0 : weeks.promotion()[t];
                units += weight * weeks.quantity()[t];
                expected += weight * Math.pow(price / reference, elasticity.value()) * Math.exp(promotion * promoted);
                weight *= FADING;
            }
        }
        double level = expected > 0 ? units / expected / DAYS_OF_WEEK : 0;
        return Optional.of(new Curve(elasticity.value(), elasticity.error(), regression == null, observations, reference, level));
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
        Curve curve = model.of(product);
        return curve == null ? new double[0] : Arrays.stream(prices).map(curve::demand).toArray();
    }
}
