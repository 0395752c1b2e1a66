package io.kontor.recommend.shelves;

import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
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

/** Lists what is bought most often by those who look at it: purchases since the first look by looks, shrunk to the rate of the whole shop as
 * by a beta prior (Efron and Morris 1975, "Data analysis using Stein's estimator and its generalizations"): (b + k m) / (v + k). */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = BestConverting.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.best-converting", service = TrainedRecommender.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class BestConverting extends Board {

    private final int days;
    private final double shrinkage;

    /** The settings. */
    @ObjectClassDefinition(name = "%bestConverting.title", description = "%bestConverting.description", localization = "OSGI-INF/l10n/shelves")
    public @interface Settings {

        /**
         * Over how many days before the newest record is counted.
         *
         * @return days
         */
        @AttributeDefinition(name = "%days", description = "%days.help", min = "1", max = "3650")
        int days() default 90;

        /**
         * How many looks at the rate of the whole shop are added to each product's own: holds back what rests on a few.
         *
         * @return a number of looks
         */
        @AttributeDefinition(name = "%shrinkage", description = "%shrinkage.help", min = "0", max = "100000")
        double shrinkage() default 50;

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
    public BestConverting(Settings settings, @Reference StoreData data) {
        super(data, settings.within());
        days = settings.days();
        shrinkage = settings.shrinkage();
    }

    @Override
    Figures figures(Ledger.Part part) {
        double[] looks = new double[part.products()];
        double[] purchases = new double[part.products()];
        double[] oldest = new double[part.products()];
        double looked = 0;
        double bought = 0;
        for (int row = 0; row < part.size(); row++) {
            if (part.deed(row) == Ledger.LOOK && part.age(row) < days) {
                int product = part.product(row);
                oldest[product] = Math.max(oldest[product], part.age(row));
                looks[product]++;
                looked++;
            }
        }
        for (int row = 0; row < part.size(); row++) {
            int product = part.product(row);
            if (part.deed(row) == Ledger.PURCHASE && looks[product] > 0 && part.age(row) <= oldest[product]) {
                purchases[product]++;
                bought++;
            }
        }
        Figures figures = new Figures(new double[part.products()], purchases, looks);
        for (int product = 0; product < part.products(); product++) {
            figures.scores()[product] = looks[product] == 0 ? 0
                    : (purchases[product] + shrinkage * bought / looked) / (looks[product] + shrinkage);
        }
        return figures;
    }

    @Override
    Reason reason(Words words, Leaders.Entry entry) {
        return words.reason("best-converting", entry.score(), entry.first(), entry.second());
    }

    @Override
    String missing() {
        return "There are no views with purchases after them; import events and orders first.";
    }
}
