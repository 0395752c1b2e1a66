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

/** Lists what rises against its own past: how many times as often a product was chosen in the last days as in as many days before, of which
 * those before count half after four windows. It is the lower bound of the ratio of two Poisson rates that counts, so that chance does not:
 * given their sum, the later count is binomial (Przyborowski and Wilenski 1940), and its share has the bound of Wilson (1927, one-sided 95 %).
 * The past of a product begins with its first record. */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = Trending.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.trending", service = TrainedRecommender.class, configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Trending extends Board {

    // Quantile of the normal distribution at 95 %.
    private static final double Z = 1.6449;
    private static final double HALF_LIFE_WINDOWS = 4;

    private final int days;

    /** The settings. */
    @ObjectClassDefinition(name = "%trending.title", description = "%trending.description", localization = "OSGI-INF/l10n/shelves")
    public @interface Settings {

        /**
         * How many days are compared with those before.
         *
         * @return days
         */
        @AttributeDefinition(name = "%days", description = "%days.help", min = "1", max = "3650")
        int days() default 7;

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
    public Trending(Settings settings, @Reference StoreData data) {
        super(data, settings.within());
        days = settings.days();
    }

    @Override
    Figures figures(Ledger.Part part) {
        Figures figures = new Figures(part.products());
        double[] past = new double[part.products()];
        double[] oldest = new double[part.products()];
        for (int row = 0; row < part.size(); row++) {
            int product = part.product(row);
            double windows = part.age(row) / days;
            oldest[product] = Math.max(oldest[product], windows);
            if (windows < 1) {
                figures.first()[product]++;
            } else {
                past[product] += weight(windows);
            }
        }
        for (int product = 0; product < past.length; product++) {
            // The integral of the weights over the product's past, in windows; at least one window.
            double exposure = Math.max(1, HALF_LIFE_WINDOWS / Math.log(2) * (1 - weight(oldest[product])));
            figures.second()[product] = past[product] == 0 ? 0 : figures.first()[product] * exposure / past[product];
            double share = lowerBound(figures.first()[product], past[product]);
            figures.scores()[product] = share / (1 - share) * exposure;
        }
        return figures;
    }

    // 1 in the window before the last one, half of it four windows earlier.
    private static double weight(double windows) {
        return Math.pow(0.5, Math.max(0, windows - 1) / HALF_LIFE_WINDOWS);
    }

    // The lower bound of the share of the later ones.
    private static double lowerBound(double later, double earlier) {
        double all = later + earlier;
        if (later == 0) {
            return 0;
        }
        double share = later / all;
        return (share + Z * Z / (2 * all) - Z * Math.sqrt(share * (1 - share) / all + Z * Z / (4 * all * all))) / (1 + Z * Z / all);
    }

    @Override
    Reason reason(Words words, Leaders.Entry entry) {
        return entry.second() == 0 ? words.reason("trending-new", entry.score(), entry.first(), days)
                : words.reason("trending", entry.score(), entry.first(), days, entry.second());
    }

    @Override
    String missing() {
        return "There are no views, carts or purchases to compare; import events or orders first.";
    }
}
