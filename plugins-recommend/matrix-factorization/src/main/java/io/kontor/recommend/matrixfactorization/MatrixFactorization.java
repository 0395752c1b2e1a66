package io.kontor.recommend.matrixfactorization;

import io.kontor.api.admin.AdminPage;
import io.kontor.api.admin.Page;
import io.kontor.api.admin.PageContent;
import io.kontor.api.admin.PageRequest;
import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.LikelyRanking;
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
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Recommends what a customer is predicted to rate highest, by factors and biases of customers and products. Only those of products are kept; a
 * customer's are found again for each request from the ratings and choices that come with it. A page shows how training went.
 */
@Plugin(family = Family.RECOMMEND)
@Page(id = "learning", title = "%page.title")
@Designate(ocd = MatrixFactorization.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.matrix-factorization", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MatrixFactorization implements TrainedRecommender<RatingModel>, AdminPage {

    private static final double READ = 0.3;
    private static final double SOUGHT = 0.8;
    private static final double LEARNED = 0.98;

    private final Settings settings;
    private final LikelyRanking likely;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/matrixfactorization")
    public @interface Settings {

        /**
         * How many factors a product has.
         *
         * @return a number of factors
         */
        @AttributeDefinition(name = "%factors", description = "%factors.help", min = "2", max = "512")
        int factors() default 64;

        /**
         * How often all ratings are gone through at most.
         *
         * @return a number of epochs
         */
        @AttributeDefinition(name = "%epochs", description = "%epochs.help", min = "1", max = "500")
        int epochs() default 30;

        /**
         * How far one batch may move the factors.
         *
         * @return the step size of Adam
         */
        @AttributeDefinition(name = "%learningRate", description = "%learningRate.help", min = "0.00001", max = "1")
        double learningRate() default 0.005;

        /**
         * How strongly factors are held back.
         *
         * @return the strength a rating; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%regularisation", description = "%regularisation.help", min = "0", max = "10")
        double regularisation() default 0;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public MatrixFactorization(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.likely = new LikelyRanking(data);
    }

    @Override
    public RatingModel train(Training training) {
        Choices choices = Choices.read(training, 0);
        Ratings ratings = Ratings.read(training, choices);
        RatingSearch search = new RatingSearch(settings.factors(), settings.epochs(), settings.learningRate(), settings.regularisation());
        if (ratings.explicit()) {
            return search.best(ratings, training.seed(), new PartOfJob(training.job(), READ, LEARNED, "Learning factors"));
        }
        RatingSearch.Plan plan = training.findings().once(RatingSearch.Plan.class, () -> search.best(choices, training.seed(),
                new PartOfJob(training.job(), READ, SOUGHT, "Choosing how to learn")));
        return RatingSearch.learn(ratings, plan, training.seed(),
                new PartOfJob(training.job(), SOUGHT, LEARNED, "Learning factors"));
    }

    @Override
    public void write(RatingModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public RatingModel read(InputStream in) throws IOException {
        return RatingModel.read(in);
    }

    @Override
    public Ranking recommend(RatingModel model, RecommendationRequest request) {
        Basket basket = Basket.of(model.items(), model.counting(), request);
        if (basket.size() == 0) {
            return new Ranking(List.of());
        }
        FoldIn customer = FoldIn.of(model, basket, request);
        return likely.of(model.items(), model.scores(customer.vector()), basket, request, customer);
    }

    @Override
    public PageContent render(PageRequest request) {
        return CoursePage.of(request.model(RatingModel.class), request.locale());
    }
}
