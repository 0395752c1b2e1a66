package io.kontor.recommend.bpr;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.LikelyRanking;
import io.kontor.api.data.StoreData;
import io.kontor.api.job.JobContext;
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
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Recommends by factors that were learned by comparing pairs: what was chosen against what was not. Only those of products are kept; a
 * customer's are found again for each request from the history that comes with it.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = PairwiseRanking.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.bpr", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PairwiseRanking implements TrainedRecommender<BprModel> {

    private static final double READ = 0.3;
    private static final double SOUGHT = 0.7;
    private static final double LEARNED = 0.98;

    private final Settings settings;
    private final LikelyRanking likely;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/bpr")
    public @interface Settings {

        /**
         * How many factors a product has.
         *
         * @return a number of factors; 0 to have it chosen by validation, at least 64
         */
        @AttributeDefinition(name = "%factors", description = "%factors.help", min = "0", max = "512")
        int factors() default 0;

        /**
         * How often as many pairs are compared as there are choices, at most; validation ends it earlier.
         *
         * @return a number of epochs
         */
        @AttributeDefinition(name = "%epochs", description = "%epochs.help", min = "1", max = "1000")
        int epochs() default 40;

        /**
         * How far one pair may move the factors.
         *
         * @return the step size; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%learningRate", description = "%learningRate.help", min = "0", max = "1")
        double learningRate() default 0;

        /**
         * How strongly factors are held back.
         *
         * @return the strength a pair; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%regularisation", description = "%regularisation.help", min = "0", max = "10")
        double regularisation() default 0;

        /**
         * Of how many drawn products the one with the highest score is compared with the chosen one.
         *
         * @return a number of products; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%drawn", description = "%drawn.help", min = "0", max = "1000")
        int drawn() default 0;

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
    public PairwiseRanking(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.likely = new LikelyRanking(data);
    }

    @Override
    public BprModel train(Training training) {
        JobContext job = training.job();
        Choices choices = Choices.read(training, settings.halfLifeDays());
        PaceSearch search = new PaceSearch(settings.factors(), settings.epochs(), settings.learningRate(), settings.regularisation(),
                settings.drawn());
        PaceSearch.Plan plan = training.findings().once(PaceSearch.Plan.class, () -> search.best(choices, training.seed(),
                new PartOfJob(job, READ, SOUGHT, "Choosing how to learn")));
        Learning learning = new Learning(choices, plan.pace(), training.seed(), job);
        for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
            job.log(String.format(Locale.ROOT, "Epoch %d: loss %.5f.", epoch, learning.epoch()));
            job.progress(SOUGHT + (LEARNED - SOUGHT) * epoch / plan.epochs(), "Comparing pairs of products");
        }
        return learning.model();
    }

    @Override
    public void write(BprModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public BprModel read(InputStream in) throws IOException {
        return BprModel.read(in);
    }

    @Override
    public Ranking recommend(BprModel model, RecommendationRequest request) {
        Basket basket = Basket.of(model.items(), model.counting(), request);
        if (basket.size() == 0) {
            return new Ranking(List.of());
        }
        FoldIn customer = new FoldIn(model, basket);
        return likely.of(model.items(), model.scores(customer.vector()), basket, request, customer);
    }
}
