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

/** Lists what those bought in the end who looked at a product: the direction counts. */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = ViewedThenBought.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.viewed-then-bought", service = TrainedRecommender.class,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ViewedThenBought extends Pairing {

    /** The settings. */
    @ObjectClassDefinition(name = "%viewedThenBought.title", description = "%viewedThenBought.description",
            localization = "OSGI-INF/l10n/shelves")
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
    public ViewedThenBought(Settings settings, @Reference StoreData data) {
        super(data, "viewed-then-bought", settings.least(), settings.within());
    }

    @Override
    void add(Meetings meetings, Deed deed) {
        if (deed.look()) {
            meetings.from(deed.actor(), deed);
        } else if (deed.type().equals("purchase")) {
            meetings.to(deed.actor(), deed);
        }
    }

    @Override
    String missing() {
        return "Nobody is known to have bought a product after a look at another one often enough; events and "
                + "orders of known customers are needed.";
    }
}
