package io.kontor.inventory.exponentialsmoothing;

import io.kontor.api.KontorException;
import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.DemandTable;
import io.kontor.api.data.Step;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Forecasts by exponential smoothing, whose form is chosen for each product and length of period, averaged with the theta method. Periods in
 * which a product was out of stock tell nothing about its demand and are passed over. Quantiles are put to the test on the past of all
 * products of the store, and mended by what is found there.
 */
@Plugin(family = Family.INVENTORY)
@Designate(ocd = ExponentialSmoothing.Settings.class, factory = true)
@Component(name = "io.kontor.inventory.exponential-smoothing", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ExponentialSmoothing implements TrainedForecaster<Patterns> {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int ASKED_EVERY = 8;
    /** From so many past periods quantiles are put to the test. */
    private static final int ORIGINS = 3;
    /** A trend is worth a word when it is more than this share of the level in a season. */
    private static final double NOTEWORTHY = 0.02;

    private final Settings settings;
    private final StoreData data;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/exponentialsmoothing")
    public @interface Settings {

        /**
         * In how much of a period a product must have been in stock for the period's sales to count as its demand.
         *
         * @return share of the period
         */
        @AttributeDefinition(name = "%leastInStock", description = "%leastInStock.help", min = "0", max = "1")
        double leastInStock() default 0.9;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public ExponentialSmoothing(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.data = data;
    }

    /** What of a series is known to be demand; a series that was never wholly in stock is taken as it is. */
    private double[] demand(DemandSeries series) {
        double[] y = series.quantity().clone();
        double[] inStock = series.inStock();
        boolean ever = false;
        for (int t = 0; t < y.length; t++) {
            ever |= !(inStock[t] < settings.leastInStock());
        }
        for (int t = 0; t < y.length && ever; t++) {
            y[t] = inStock[t] < settings.leastInStock() ? Double.NaN : y[t];
        }
        return y;
    }

    @Override
    public Patterns train(Training training) {
        DemandTable table = DemandTable.of(training.data(), data.store().timeZone(), training.job());
        List<String> products = table.products();
        if (products.isEmpty()) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + data.store().id()
                    + " has sold nothing yet, so there is no demand to learn from; import sales or orders first.");
        }
        Map<Step, TreeMap<String, Pattern>> byStep = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            byStep.put(step, new TreeMap<>());
        }
        Map<Step, Calibration.Trial> trials = new EnumMap<>(Step.class);
        List<Pattern[]> learned = patterns(table, training.job());
        for (int i = 0; i < products.size(); i++) {
            training.job().checkCancelled();
            for (Step step : Step.values()) {
                Pattern pattern = learned.get(i)[step.ordinal()];
                if (!pattern.equals(Pattern.UNKNOWN)) {
                    byStep.get(step).put(products.get(i), pattern);
                    trials.computeIfAbsent(step, each -> new Calibration.Trial()).add(known(table, products.get(i), step), pattern,
                            step.season(), horizon(step), ORIGINS);
                }
            }
        }
        Map<Step, Calibration> calibrations = new EnumMap<>(Step.class);
        trials.forEach((step, trial) -> calibrations.put(step, trial.calibration()));
        Patterns patterns = new Patterns(byStep, calibrations);
        training.job().log(patterns.size() + " patterns of " + products.size() + " products");
        return patterns;
    }

    /** For each product the pattern of each step; products are learned apart from each other, on as many threads as there may be. */
    private List<Pattern[]> patterns(DemandTable table, JobContext job) {
        List<String> products = table.products();
        AtomicInteger done = new AtomicInteger();
        List<Supplier<List<Pattern[]>>> parts = new ArrayList<>();
        for (int from = 0; from < products.size(); from += ASKED_EVERY) {
            List<String> some = products.subList(from, Math.min(products.size(), from + ASKED_EVERY));
            parts.add(() -> {
                List<Pattern[]> patterns = new ArrayList<>();
                for (String product : some) {
                    job.checkCancelled();
                    Pattern[] learned = new Pattern[Step.values().length];
                    for (Step step : Step.values()) {
                        learned[step.ordinal()] = Pattern.of(known(table, product, step), step.season());
                    }
                    patterns.add(learned);
                }
                int now = done.addAndGet(some.size());
                job.progress((double) now / products.size(), "product " + now + " of " + products.size());
                return patterns;
            });
        }
        return job.all(parts).stream().flatMap(List::stream).toList();
    }

    private double[] known(DemandTable table, String product, Step step) {
        return table.series(product, "", step).map(this::demand).orElse(new double[0]);
    }

    /** How far ahead quantiles are put to the test. */
    private static int horizon(Step step) {
        return switch (step) {
            case DAY -> 28;
            case WEEK -> 8;
            case MONTH -> 6;
        };
    }

    @Override
    public void write(Patterns model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public Patterns read(InputStream in) throws IOException {
        return Patterns.read(in);
    }

    @Override
    public Forecast forecast(Patterns model, ForecastRequest request) {
        DemandSeries history = request.history();
        double[] y = demand(history);
        Pattern pattern = model.of(history.product(), history.step());
        Pattern.Projection projection = pattern.project(y, history.step().season(), request.horizon());
        boolean counts = Calibration.counts(history.quantity());
        Calibration calibration = model.calibration(history.step());
        int kind = Calibration.kind(y);
        double[][] quantiles = new double[request.quantiles().length][request.horizon()];
        for (int q = 0; q < quantiles.length; q++) {
            double level = calibration.level(request.quantiles()[q], kind);
            for (int h = 0; h < request.horizon(); h++) {
                double value = Spread.quantile(projection.mean()[h], projection.variance()[h], level, counts);
                quantiles[q][h] = q == 0 ? value : Math.max(value, quantiles[q - 1][h]);
            }
        }
        Locale locale = data.store().locale();
        ResourceBundle words = ResourceBundle.getBundle("OSGI-INF.l10n.exponentialsmoothing", locale, getClass().getClassLoader(),
                STORE_LANGUAGE);
        return new Forecast(projection.mean(), quantiles, pattern.method(), reasons(words, locale, history, y, projection),
                Optional.of(projection.parts().explanation(Arrays.stream(projection.mean()).sum(),
                        part -> new Contribution(part, words.getString("part." + part), "", 0))));
    }

    private static List<Reason> reasons(ResourceBundle words, Locale locale, DemandSeries history, double[] y, Pattern.Projection projection) {
        List<Reason> reasons = new ArrayList<>();
        reasons.add(reason(words, locale, "level", projection.level(), projection.level()));
        double change = projection.slope() * Math.min(history.step().season(), 12);
        if (Math.abs(change) > NOTEWORTHY * projection.level()) {
            reasons.add(reason(words, locale, change > 0 ? "rising" : "falling", projection.slope(), Math.abs(projection.slope())));
        }
        if (projection.seasonal()) {
            reasons.add(reason(words, locale, history.step() == Step.DAY ? "weekdays" : "seasons", Double.NaN, 0));
        }
        long missing = Arrays.stream(y).filter(Double::isNaN).count();
        if (missing > 0) {
            reasons.add(reason(words, locale, "out-of-stock", Double.NaN, missing));
        }
        return reasons;
    }

    private static Reason reason(ResourceBundle words, Locale locale, String code, double weight, double number) {
        return new Reason(code, new MessageFormat(words.getString("reason." + code), locale).format(new Object[] {number}), weight);
    }
}
