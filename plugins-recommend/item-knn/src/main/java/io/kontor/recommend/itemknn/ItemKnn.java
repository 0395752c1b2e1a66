package io.kontor.recommend.itemknn;

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
 * Recommends what the same customers chose as the products that a customer knows already. What was learned is which products go together; the
 * customer's own history comes with each request, so new customers and the clicks of the last second count at once.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = ItemKnn.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.item-knn", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ItemKnn implements TrainedRecommender<Neighbours> {

    private static final String EIGHT_BIT = "8-bit";

    private final Settings settings;
    private final EvidenceRanking evidence;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/itemknn")
    public @interface Settings {

        /**
         * What makes two products similar.
         *
         * @return {@code asymmetric-cosine}, {@code cosine} or {@code bm25}
         */
        @AttributeDefinition(name = "%similarity", description = "%similarity.help", options = {
            @Option(label = "%similarity.asymmetric-cosine", value = "asymmetric-cosine"),
            @Option(label = "%similarity.cosine", value = "cosine"), @Option(label = "%similarity.bm25", value = "bm25")})
        String similarity() default "asymmetric-cosine";

        /**
         * How many similar products are kept for each product.
         *
         * @return a number of products; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%neighbours", description = "%neighbours.help", min = "0", max = "1000")
        int neighbours() default 0;

        /**
         * How many customers must have chosen two products for their choice to count about half: holds back what rests on a few customers.
         *
         * @return a number of customers; 0 to trust a single one, -1 to have it chosen by validation
         */
        @AttributeDefinition(name = "%shrinkage", description = "%shrinkage.help", min = "-1", max = "1000")
        double shrinkage() default -1;

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
    public ItemKnn(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.evidence = new EvidenceRanking(data);
    }

    @Override
    public Neighbours train(Training training) {
        Choices choices = Choices.read(training, settings.halfLifeDays());
        ComparisonSearch search = new ComparisonSearch(Method.of(settings.similarity()), settings.neighbours(), settings.shrinkage());
        Comparison chosen = training.findings().once(Comparison.class, () -> search.best(choices, training.seed(),
                new PartOfJob(training.job(), 0.3, 0.7, "Comparing settings")));
        Neighbours model = chosen.over(choices, new PartOfJob(training.job(), 0.7, 0.95, "Learning"));
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
