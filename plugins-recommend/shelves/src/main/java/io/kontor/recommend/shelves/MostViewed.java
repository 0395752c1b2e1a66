package io.kontor.recommend.shelves;

import io.kontor.api.data.StoreData;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.TrainedRecommender;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Lists what was looked at most of late. */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = MostViewed.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.most-viewed", service = TrainedRecommender.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MostViewed extends MostDone {

    /** The settings. */
    @ObjectClassDefinition(name = "%mostViewed.title", description = "%mostViewed.description", localization = "OSGI-INF/l10n/shelves")
    public @interface Settings {

        /**
         * Over how many days before the newest record is counted.
         *
         * @return days
         */
        @AttributeDefinition(name = "%days", description = "%days.help", min = "1", max = "3650")
        int days() default 30;

        /**
         * To what the list is held.
         *
         * @return {@code everything}, {@code category}, {@code country} or {@code region}
         */
        @AttributeDefinition(name = "%within", description = "%within.help", options = {
            @Option(label = "%within.everything", value = Within.ALL), @Option(label = "%within.category", value = Within.SAME_CATEGORY),
            @Option(label = "%within.country", value = Within.SAME_COUNTRY), @Option(label = "%within.region", value = Within.SAME_REGION)})
        String within() default Within.ALL;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public MostViewed(Settings settings, @Reference StoreData data) {
        super(data, settings.within(), settings.days(), Ledger.LOOK, "most-viewed",
                "There are no views or clicks to count; import events first.");
    }
}
