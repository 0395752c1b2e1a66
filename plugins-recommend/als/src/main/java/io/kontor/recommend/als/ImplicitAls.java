package io.kontor.recommend.als;

import io.kontor.api.choice.Basket;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.data.StoreData;
import io.kontor.api.job.JobContext;
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
import org.osgi.service.metatype.annotations.Option;

/**
 * Recommends by hidden tastes: each product and each customer has a vector of factors, and what a customer will choose is where the two point
 * the same way. Only products' vectors are kept; a customer's is found again for each request from the history that comes with it, so that new
 * customers and the clicks of the last second count at once.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = ImplicitAls.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.als", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ImplicitAls implements TrainedRecommender<ItemFactors> {

    private static final String EIGHT_BIT = "8-bit";
    private static final double READ = 0.3;
    private static final double TUNED = 0.6;

    private final Settings settings;
    private final EvidenceRanking evidence;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/als")
    public @interface Settings {

        /**
         * How many factors a product has.
         *
         * @return a number of factors; 0 for what held-out choices say, at least 64
         */
        @AttributeDefinition(name = "%factors", description = "%factors.help", min = "0", max = "512")
        int factors() default 0;

        /**
         * How often the factors of customers and of products are improved.
         *
         * @return a number of rounds
         */
        @AttributeDefinition(name = "%iterations", description = "%iterations.help", min = "1", max = "100")
        int iterations() default 15;

        /**
         * How strongly factors are held back.
         *
         * @return the strength a choice; 0 for what held-out choices say
         */
        @AttributeDefinition(name = "%regularisation", description = "%regularisation.help", min = "0", max = "10")
        double regularisation() default 0;

        /**
         * How much it counts that somebody did not choose a product.
         *
         * @return a weight, a purchase having 1; 0 for what held-out choices say
         */
        @AttributeDefinition(name = "%unobserved", description = "%unobserved.help", min = "0", max = "10")
        double unobserved() default 0;

        /**
         * After how many days a choice counts half.
         *
         * @return days; 0 for never
         */
        @AttributeDefinition(name = "%halfLifeDays", description = "%halfLifeDays.help", min = "0", max = "3650")
        int halfLifeDays() default 0;

        /**
         * How exactly factors are kept.
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
    public ImplicitAls(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.evidence = new EvidenceRanking(data);
    }

    @Override
    public ItemFactors train(Training training) {
        JobContext job = training.job();
        Choices choices = Choices.read(training, settings.halfLifeDays());
        double[] given = {settings.regularisation(), settings.unobserved()};
        Tuning.Chosen chosen = training.findings().once(Tuning.Chosen.class, () -> Tuning.best(settings.factors(), given, choices,
                training.seed(), job, fraction -> job.progress(READ + (TUNED - READ) * fraction, "Comparing settings")));
        Strengths strengths = chosen.strengths();
        job.log(chosen + ".");
        Evenness evenness = Evenness.of(choices.matrix(), chosen.evenness());
        float[] learned = new Factorisation(choices.matrix(), evenness, chosen.factors(), job).run(strengths, settings.iterations(),
                training.seed(), fraction -> job.progress(TUNED + (0.98 - TUNED) * fraction, "Learning factors"));
        return ItemFactors.of(choices.items(), choices.counting(), evenness, strengths, chosen.factors(), learned,
                settings.precision().equals(EIGHT_BIT));
    }

    @Override
    public void write(ItemFactors model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public ItemFactors read(InputStream in) throws IOException {
        return ItemFactors.read(in);
    }

    @Override
    public Ranking recommend(ItemFactors model, RecommendationRequest request) {
        Basket basket = Basket.of(model.items(), model.counting(), request);
        if (basket.size() == 0) {
            return new Ranking(List.of());
        }
        int[] products = new int[basket.size()];
        float[] weights = new float[products.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = basket.product(i);
            weights[i] = basket.weight(i);
        }
        model.evenness().weigh(products, weights);
        FoldIn customer = new FoldIn(model, products, weights);
        int current = request.product().map(model.items()::indexOf).orElse(-1);
        int[] best = Search.best(model, customer.vector(), request.n(),
                product -> product != current && request.eligible().test(model.items().id(product)));
        return evidence.of(model.items(), best, basket, customer.parts(best));
    }
}
