package io.kontor.recommend.rp3beta;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.choice.Neighbours;
import io.kontor.api.data.StoreData;
import io.kontor.api.job.PartOfJob;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
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
 * Recommends where a random walk from a customer's products over those who chose them leads, away from what is popular anyway. Strong in
 * large catalogues with few choices a product.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = RandomWalks.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.rp3beta", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RandomWalks implements TrainedRecommender<Neighbours> {

    private static final String EIGHT_BIT = "8-bit";

    private final Settings settings;
    private final EvidenceRanking evidence;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/rp3beta")
    public @interface Settings {

        /**
         * The power of each step's probability: below 1 evens out between those who choose much and little.
         *
         * @return a power; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%alpha", description = "%alpha.help", min = "0", max = "3")
        double alpha() default 0;

        /**
         * The power of a product's popularity by which its score is divided.
         *
         * @return a power; 0 to leave popularity as it is, -1 to have it chosen by validation
         */
        @AttributeDefinition(name = "%beta", description = "%beta.help", min = "-1", max = "3")
        double beta() default -1;

        /**
         * From how many products walks to a product are kept.
         *
         * @return a number of products; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%neighbours", description = "%neighbours.help", min = "0", max = "1000")
        int neighbours() default 0;

        /**
         * After how many days a choice counts half.
         *
         * @return days; 0 for never
         */
        @AttributeDefinition(name = "%halfLifeDays", description = "%halfLifeDays.help", min = "0", max = "3650")
        int halfLifeDays() default 0;

        /**
         * How exactly similarities are kept.
         *
         * @return {@code float} or {@code 8-bit}
         */
        @AttributeDefinition(name = "%precision", description = "%precision.help", options = {
            @Option(label = "%precision.float", value = "float"), @Option(label = "%precision.8-bit", value = EIGHT_BIT)})
        String precision() default "float";
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public RandomWalks(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.evidence = new EvidenceRanking(data);
    }

    @Override
    public Neighbours train(Training training) {
        Choices choices = Choices.read(training, settings.halfLifeDays());
        WalkSearch search = new WalkSearch(settings.alpha(), settings.beta(), settings.neighbours());
        Walk walk = training.findings().once(Walk.class, () -> search.best(choices, training.seed(),
                new PartOfJob(training.job(), 0.3, 0.7, "Comparing settings")));
        Neighbours model = walk.over(choices, new PartOfJob(training.job(), 0.7, 0.95, "Learning"));
        return settings.precision().equals(EIGHT_BIT) ? model.packed() : model;
    }

    @Override
    public void write(Neighbours model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public Neighbours read(InputStream in) throws IOException {
        return Neighbours.read(in);
    }

    @Override
    public Ranking recommend(Neighbours model, RecommendationRequest request) {
        return evidence.of(model.items(), model, Basket.of(model.items(), model.counting(), request), request);
    }
}
