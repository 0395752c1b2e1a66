package io.kontor.recommend.twotower;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.LikelyRanking;
import io.kontor.api.data.StoreData;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.bundles.kernels.Kernels;
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
 * Recommends the products whose vectors are nearest to the customer's: two networks give vectors to customers, by what they chose, and to
 * products, by what they are, so that products of the catalogue that nobody chose yet have a place too. Learned with PyTorch and served without.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = TwoTower.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.two-tower", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class TwoTower implements TrainedRecommender<TowerModel> {

    private final Settings settings;
    private final LikelyRanking ranking;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/twotower")
    public @interface Settings {

        /**
         * How many numbers describe a product or a customer.
         *
         * @return a number of dimensions
         */
        @AttributeDefinition(name = "%dimension", description = "%dimension.help", min = "8", max = "512")
        int dimension() default 64;

        /**
         * How often the records are gone through at most.
         *
         * @return a number of epochs
         */
        @AttributeDefinition(name = "%epochs", description = "%epochs.help", min = "1", max = "1000")
        int epochs() default 100;

        /**
         * How far a step of learning goes.
         *
         * @return a learning rate
         */
        @AttributeDefinition(name = "%learningRate", description = "%learningRate.help", min = "0.00001", max = "0.1")
        double learningRate() default 0.01;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public TwoTower(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.ranking = new LikelyRanking(data);
    }

    @Override
    public TowerModel train(Training training) {
        return TowerTraining.learn(training, settings);
    }

    @Override
    public void write(TowerModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public TowerModel read(InputStream in) throws IOException {
        return TowerModel.read(in);
    }

    @Override
    public Ranking recommend(TowerModel model, RecommendationRequest request) {
        Basket basket = Basket.of(model.items(), model.counting(), request);
        if (basket.size() == 0) {
            return new Ranking(List.of());
        }
        int[] products = new int[basket.size()];
        float[] shares = new float[basket.size()];
        for (int place = 0; place < products.length; place++) {
            products[place] = basket.product(place);
            shares[place] = basket.weight(place);
        }
        Towers towers = model.towers();
        float[] scores = towers.scores(towers.customer(products, shares));
        return ranking.of(model.items(), scores, basket, request, (product, parts) -> {
            float[] own = towers.vector(product);
            for (int place = 0; place < parts.length; place++) {
                parts[place] = shares[place] * Kernels.dot(towers.vector(products[place]), 0, own, 0, own.length);
            }
        });
    }
}
