package io.kontor.recommend.userknn;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Basket;
import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.choice.SparseMatrix;
import io.kontor.api.choice.Trials;
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
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Recommends what the customers chose who are most like the one who asks. Nothing is learned but how many of them to hear: past choices are
 * kept without names, and each request's basket is compared with them.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = UserKnn.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.user-knn", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class UserKnn implements TrainedRecommender<PastCustomers> {

    private static final double HIDDEN = 0.1;
    private static final int JUDGED = 2_000;

    private final Settings settings;
    private final EvidenceRanking evidence;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/userknn")
    public @interface Settings {

        /**
         * How many similar customers are heard.
         *
         * @return a number of customers; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%neighbours", description = "%neighbours.help", min = "0", max = "5000")
        int neighbours() default 0;

        /**
         * How many products two customers must have in common for that to count about half.
         *
         * @return a number of products
         */
        @AttributeDefinition(name = "%shrinkage", description = "%shrinkage.help", min = "0", max = "1000")
        double shrinkage() default 1;

        /**
         * How many customers the model keeps.
         *
         * @return a number; of more a sample is kept
         */
        @AttributeDefinition(name = "%customers", description = "%customers.help", min = "100", max = "1000000")
        int customers() default 50_000;

        /**
         * After how many days a choice counts half.
         *
         * @return days; 0 for never
         */
        @AttributeDefinition(name = "%halfLifeDays", description = "%halfLifeDays.help", min = "0", max = "3650")
        int halfLifeDays() default 0;
    }

    // A trial: its text stands in the job's log.
    private record Heard(int customers) {

        @Override
        public String toString() {
            return customers + " customers heard";
        }
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public UserKnn(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.evidence = new EvidenceRanking(data);
    }

    @Override
    public PastCustomers train(Training training) {
        Choices choices = telling(Choices.read(training, settings.halfLifeDays()), settings.customers(), training.seed());
        Heard heard = settings.neighbours() > 0 ? new Heard(settings.neighbours()) : training.findings().once(Heard.class,
                () -> chosen(choices, training.seed(), new PartOfJob(training.job(), 0.3, 0.9, "Choosing how many to hear")));
        return new PastCustomers(choices, heard.customers(), settings.shrinkage());
    }

    // Those who chose a single product can tell nobody of another.
    private static Choices telling(Choices choices, int most, long seed) {
        SparseMatrix matrix = choices.matrix();
        int[] kept = new int[matrix.rows()];
        int count = 0;
        for (int actor = 0; actor < kept.length; actor++) {
            if (matrix.length(actor) > 1) {
                kept[count++] = actor;
            }
        }
        if (count == 0) {
            throw new KontorException(KontorException.Kind.DATA,
                    "No two products were chosen by the same customer or in the same session; more orders or events are needed.");
        }
        return new Choices(choices.items(), choices.counting(), matrix.rows(Arrays.copyOf(kept, count))).sample(most, seed);
    }

    private Heard chosen(Choices choices, long seed, JobContext job) {
        ChoiceHoldout held = choices.holdOut(HIDDEN, JUDGED, seed);
        PastCustomers past = new PastCustomers(held.rest(), 1, settings.shrinkage());
        Trials<Heard> trials = new Trials<>(heard -> {
            PastCustomers some = past.heard(heard.customers());
            return held.ndcg((products, weights, scores) -> new Circle(some, products, weights).add(scores), job);
        }, job);
        return trials.best(List.of(new Heard(100), new Heard(25), new Heard(50), new Heard(200), new Heard(400)));
    }

    @Override
    public void write(PastCustomers model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public PastCustomers read(InputStream in) throws IOException {
        return PastCustomers.read(in);
    }

    @Override
    public Ranking recommend(PastCustomers model, RecommendationRequest request) {
        Basket basket = Basket.of(model.items(), model.counting(), request);
        Circle circle = Circle.of(model, basket);
        float[] scores = new float[model.items().size()];
        circle.add(scores);
        int[] best = EvidenceRanking.best(model.items(), scores, request);
        return evidence.of(model.items(), best, basket, circle.parts(best));
    }
}
