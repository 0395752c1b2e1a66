package io.kontor.recommend.graph;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.EvidenceRanking;
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

/**
 * Recommends where walks lead over a graph of products, their brands, categories and attributes, and the customers who chose them. Products
 * that nobody chose yet are reached through what they have in common with others.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = GraphWalks.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.graph", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class GraphWalks implements TrainedRecommender<GraphModel> {

    private final Settings settings;
    private final StoreData data;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/graph")
    public @interface Settings {

        /**
         * Which share of the steps from a product that somebody chose goes over its brand, categories and attributes.
         *
         * @return 0 to 1; -1 to have it chosen by validation
         */
        @AttributeDefinition(name = "%attributes", description = "%attributes.help", min = "-1", max = "1")
        double attributes() default -1;

        /**
         * With which probability a walk ends at each step: the higher, the nearer it stays.
         *
         * @return above 0 and below 1
         */
        @AttributeDefinition(name = "%restart", description = "%restart.help", min = "0.05", max = "0.9")
        double restart() default 0.5;

        /**
         * How much popular products are favoured: the power of its popularity that a product's score is multiplied with.
         *
         * @return a power; 1 leaves popularity as walks find it, -1 has it chosen by validation
         */
        @AttributeDefinition(name = "%popularity", description = "%popularity.help", min = "-1", max = "2")
        double popularity() default -1;

        /**
         * From how many products walks to a product are kept.
         *
         * @return a number of products
         */
        @AttributeDefinition(name = "%neighbours", description = "%neighbours.help", min = "5", max = "1000")
        int neighbours() default 100;

        /**
         * After how many days a choice counts half.
         *
         * @return days; 0 for never
         */
        @AttributeDefinition(name = "%halfLifeDays", description = "%halfLifeDays.help", min = "0", max = "3650")
        int halfLifeDays() default 0;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public GraphWalks(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.data = data;
    }

    @Override
    public GraphModel train(Training training) {
        Choices choices = Choices.read(training, settings.halfLifeDays());
        Features features = Features.read(training.data(), choices.items());
        PartOfJob choosing = new PartOfJob(training.job(), 0.3, 0.7, "Comparing settings");
        WalkSearch search = new WalkSearch(features, settings.attributes(), settings.restart(), settings.popularity(), settings.neighbours());
        WalkSearch.Favour favour = training.findings().once(WalkSearch.Favour.class, () -> search.best(choices, training.seed(), choosing));
        Graph graph = Graph.of(choices, features, favour.attributes());
        return new GraphModel(new Reach(graph, settings.restart(), settings.neighbours(), favour.popularity())
                .all(choices.counting(), new PartOfJob(training.job(), 0.7, 0.95, "Walking")), features, graph.chosen());
    }

    @Override
    public void write(GraphModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public GraphModel read(InputStream in) throws IOException {
        return GraphModel.read(in);
    }

    @Override
    public Ranking recommend(GraphModel model, RecommendationRequest request) {
        Basket basket = Basket.of(model.items(), model.walks().counting(), request);
        float[] scores = new float[model.items().size()];
        for (int i = 0; i < basket.size(); i++) {
            model.walks().add(basket.product(i), basket.weight(i), scores);
        }
        return new Paths(data, model, basket).ranking(EvidenceRanking.best(model.items(), scores, request));
    }
}
