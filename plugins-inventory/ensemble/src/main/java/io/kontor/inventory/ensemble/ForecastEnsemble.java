package io.kontor.inventory.ensemble;

import io.kontor.api.data.StoreData;
import io.kontor.api.ensemble.Members;
import io.kontor.api.inventory.Forecast;
import io.kontor.api.inventory.ForecastRequest;
import io.kontor.api.inventory.TrainedForecaster;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Forecasts by all other plugins of the family that the store has enabled: by their mean, by a weighted mean whose weights are found for the
 * mean and for each quantile by itself, or by the one that did best for the product. What it makes of them it learns from periods that came
 * after those they had learned from.
 */
@Plugin(family = Family.INVENTORY, trainAt = "H 4 * * *")
@Designate(ocd = ForecastEnsemble.Settings.class, factory = true)
@Component(name = "io.kontor.inventory.ensemble", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ForecastEnsemble implements TrainedForecaster<Blend> {

    private final Settings settings;
    private final StoreData data;
    private final Members members;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/forecastensemble")
    public @interface Settings {

        /**
         * How the members' forecasts become one.
         *
         * @return average, stacking or segments
         */
        @AttributeDefinition(name = "%method", description = "%method.help", options = {@Option(label = "%method.average", value = "average"),
            @Option(label = "%method.stacking", value = "stacking"), @Option(label = "%method.segments", value = "segments")})
        String method() default "stacking";

        /**
         * How often the members learn from the earlier periods to be compared on those after them.
         *
         * @return a count
         */
        @AttributeDefinition(name = "%folds", description = "%folds.help", min = "1", max = "10")
        int folds() default 3;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     * @param members the store's other plugins
     */
    @Activate
    public ForecastEnsemble(Settings settings, @Reference StoreData data, @Reference Members members) {
        this.settings = settings;
        this.data = data;
        this.members = members;
    }

    @Override
    public Blend train(Training training) {
        return new Learning(training, members, data, Method.of(settings.method()), settings.folds()).learn();
    }

    @Override
    public void write(Blend model, OutputStream out) throws IOException {
        model.write(new DataOutputStream(out));
    }

    @Override
    public Blend read(InputStream in) throws IOException {
        return Blend.read(new DataInputStream(in), members);
    }

    @Override
    public Forecast forecast(Blend model, ForecastRequest request) {
        return new Combined(model, request, members, data.store().locale()).forecast();
    }
}
