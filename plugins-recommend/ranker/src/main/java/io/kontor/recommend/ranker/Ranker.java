package io.kontor.recommend.ranker;

import io.kontor.api.data.StoreData;
import io.kontor.api.ensemble.Members;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
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

/**
 * The second stage of a recommender: the best of the store's other plugins of the family bring candidates, and a factorisation machine ranks
 * them by how they stand in each list and by what is known of customer and product (category, brand, price band, age of the interest,
 * popularity, age of the product). It learns from the last products of customers, which the others had not seen.
 */
@Plugin(family = Family.RECOMMEND, trainAt = "H 5 * * *")
@Designate(ocd = Ranker.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.ranker", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Ranker implements TrainedRecommender<Stage> {

    private final Settings settings;
    private final StoreData data;
    private final Members members;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/ranker")
    public @interface Settings {

        /**
         * How many candidates each of the other plugins brings.
         *
         * @return a number of products
         */
        @AttributeDefinition(name = "%candidates", description = "%candidates.help", min = "20", max = "500")
        int candidates() default 100;

        /**
         * How many numbers describe how a trait goes together with others.
         *
         * @return a count
         */
        @AttributeDefinition(name = "%factors", description = "%factors.help", min = "1", max = "64")
        int factors() default 8;

        /**
         * How often the examples are gone through.
         *
         * @return a count
         */
        @AttributeDefinition(name = "%rounds", description = "%rounds.help", min = "1", max = "100")
        int rounds() default 8;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     * @param members the store's other plugins
     */
    @Activate
    public Ranker(Settings settings, @Reference StoreData data, @Reference Members members) {
        this.settings = settings;
        this.data = data;
        this.members = members;
    }

    @Override
    public Stage train(Training training) {
        return new Learning(training, members, data, settings).learn();
    }

    @Override
    public void write(Stage model, OutputStream out) throws IOException {
        model.write(new DataOutputStream(out));
    }

    @Override
    public Stage read(InputStream in) throws IOException {
        return Stage.read(new DataInputStream(in), members);
    }

    @Override
    public Ranking recommend(Stage model, RecommendationRequest request) {
        return new Answer(model, request, members, data, settings.candidates()).ranking();
    }
}
