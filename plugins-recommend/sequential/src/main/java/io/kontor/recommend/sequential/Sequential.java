package io.kontor.recommend.sequential;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.LikelyRanking;
import io.kontor.api.data.StoreData;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Recommends what comes next, by the order in which a customer chose: a network with self-attention, learned with PyTorch and served without.
 * The customer's own history and visit come with each request, so new customers and the clicks of the last second count at once.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = Sequential.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.sequential", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Sequential implements TrainedRecommender<SequenceModel> {

    private final Settings settings;
    private final LikelyRanking ranking;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/sequential")
    public @interface Settings {

        /**
         * How many numbers describe a product.
         *
         * @return a number of dimensions
         */
        @AttributeDefinition(name = "%dimension", description = "%dimension.help", min = "8", max = "512")
        int dimension() default 64;

        /**
         * How many of the latest choices are read.
         *
         * @return a number of products
         */
        @AttributeDefinition(name = "%length", description = "%length.help", min = "2", max = "500")
        int length() default 50;

        /**
         * How many blocks of attention follow each other.
         *
         * @return a number of blocks
         */
        @AttributeDefinition(name = "%blocks", description = "%blocks.help", min = "1", max = "4")
        int blocks() default 1;

        /**
         * How often the records are gone through at most.
         *
         * @return a number of epochs
         */
        @AttributeDefinition(name = "%epochs", description = "%epochs.help", min = "1", max = "1000")
        int epochs() default 50;

        /**
         * Which share of the numbers inside is left out while it learns.
         *
         * @return a share
         */
        @AttributeDefinition(name = "%dropout", description = "%dropout.help", min = "0", max = "0.9")
        double dropout() default 0.3;

        /**
         * How far a step of learning goes.
         *
         * @return a learning rate
         */
        @AttributeDefinition(name = "%learningRate", description = "%learningRate.help", min = "0.00001", max = "0.1")
        double learningRate() default 0.002;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public Sequential(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.ranking = new LikelyRanking(data);
    }

    @Override
    public SequenceModel train(Training training) {
        return SequenceTraining.learn(Choices.read(training, 0), settings, training.seed(), training.job());
    }

    @Override
    public void write(SequenceModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public SequenceModel read(InputStream in) throws IOException {
        return SequenceModel.read(in);
    }

    @Override
    public Ranking recommend(SequenceModel model, RecommendationRequest request) {
        Basket basket = Basket.inOrder(model.items(), model.counting(), request, model.encoder().shape().length());
        if (basket.size() == 0) {
            return new Ranking(List.of());
        }
        Evidence evidence = new Evidence(model.encoder(), basket);
        return ranking.of(model.items(), evidence.scores(), basket, request, evidence);
    }
}
