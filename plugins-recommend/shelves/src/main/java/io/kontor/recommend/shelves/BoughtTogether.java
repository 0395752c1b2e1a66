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

/** Lists what was bought in the same orders as a product, or as those of a cart. The orders of a customer on one day are one. */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = BoughtTogether.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.bought-together", service = TrainedRecommender.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class BoughtTogether extends Pairing {

    /** The settings. */
    @ObjectClassDefinition(name = "%boughtTogether.title", description = "%boughtTogether.description", localization = "OSGI-INF/l10n/shelves")
    public @interface Settings {

        /**
         * How often two products must have met at least.
         *
         * @return a number of times
         */
        @AttributeDefinition(name = "%least", description = "%least.help", min = "1", max = "10000")
        int least() default 2;

        /**
         * To what the list is held.
         *
         * @return {@code everything} or {@code category}
         */
        @AttributeDefinition(name = "%within", description = "%within.help", options = {
            @Option(label = "%within.everything", value = Within.ALL), @Option(label = "%within.category", value = Within.SAME_CATEGORY)})
        String within() default Within.ALL;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public BoughtTogether(Settings settings, @Reference StoreData data) {
        super(data, "bought-together", settings.least(), settings.within());
    }

    @Override
    void add(Meetings meetings, Deed deed) {
        if (deed.type().equals("purchase")) {
            meetings.both(deed.byDay(), deed);
        }
    }

    @Override
    String missing() {
        return "No two products were bought together often enough; more orders are needed.";
    }
}
