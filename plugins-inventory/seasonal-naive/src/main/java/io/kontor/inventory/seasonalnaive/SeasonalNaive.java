package io.kontor.inventory.seasonalnaive;

import io.kontor.api.data.DemandSeries;
import io.kontor.api.data.Step;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.Forecaster;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Expects of each period what was sold one season before: a week for days, a year for weeks and months. A series shorter than two seasons is
 * expected to go on with its last value. The method to be beaten (Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd
 * edition, 2021, section 5.2).
 *
 * <p>Quantiles come from the errors that the method made in the past, widened by the square root of the number of seasons ahead.
 */
@Plugin(family = Family.INVENTORY, baseline = true)
@Designate(ocd = SeasonalNaive.Settings.class, factory = true)
@Component(name = "io.kontor.inventory.seasonal-naive", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class SeasonalNaive implements Forecaster {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private final StoreData data;

    /** There is nothing to be set. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/seasonalnaive")
    public @interface Settings {
    }

    /**
     * Made for one store.
     *
     * @param data the store's data
     */
    @Activate
    public SeasonalNaive(@Reference StoreData data) {
        this.data = data;
    }

    private static int season(DemandSeries history) {
        int season = history.step().season();
        return history.quantity().length >= 2 * season ? season : 1;
    }

    @Override
    public Forecast forecast(ForecastRequest request) {
        double[] sold = request.history().quantity();
        int season = season(request.history());
        double[] mean = new double[request.horizon()];
        for (int h = 0; h < mean.length; h++) {
            mean[h] = sold[sold.length - season + h % season];
        }
        double[] errors = new double[Math.max(0, sold.length - season)];
        Arrays.setAll(errors, i -> sold[i + season] - sold[i]);
        Arrays.sort(errors);
        double[][] quantiles = new double[request.quantiles().length][mean.length];
        for (int q = 0; q < quantiles.length; q++) {
            double error = errors.length == 0 ? 0 : quantile(errors, request.quantiles()[q]);
            for (int h = 0; h < mean.length; h++) {
                quantiles[q][h] = Math.max(0, mean[h] + error * Math.sqrt(h / season + 1.0));
            }
        }
        return new Forecast(mean, quantiles, season == 1 ? "naive" : "snaive", List.of(reason(request.history().step(), season)));
    }

    private Reason reason(Step step, int season) {
        Locale locale = data.store().locale();
        ResourceBundle words = ResourceBundle.getBundle("OSGI-INF.l10n.seasonalnaive", locale, getClass().getClassLoader(), STORE_LANGUAGE);
        String key = season == 1 ? "reason.last" : step == Step.DAY ? "reason.week" : "reason.year";
        return new Reason(season == 1 ? "last-period" : "last-season", new MessageFormat(words.getString(key), locale).format(new Object[0]),
                Double.NaN);
    }

    /** The quantile of sorted values, by linear interpolation (type 7 of Hyndman and Fan, 1996). */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
