package io.kontor.recommend.ease;

import io.kontor.api.KontorException;
import io.kontor.api.choice.Basket;
import io.kontor.api.choice.ChoiceHoldout;
import io.kontor.api.choice.Choices;
import io.kontor.api.choice.EvidenceRanking;
import io.kontor.api.choice.Items;
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
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Recommends by what each product says of each other one, learned for all at once, so that what one product says is not counted again for
 * another that says the same. New customers and the clicks of the last second count at once, as the basket comes with each request.
 */
@Plugin(family = Family.RECOMMEND)
@Designate(ocd = Ease.Settings.class, factory = true)
@Component(name = "io.kontor.recommend.ease", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Ease implements TrainedRecommender<EaseModel> {

    private static final String EIGHT_BIT = "8-bit";
    private static final double HIDDEN = 0.1;
    private static final int JUDGED_ACTORS = 5_000;
    private static final int JUDGED_PRODUCTS = 2_000;

    private final Settings settings;
    private final EvidenceRanking evidence;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/ease")
    public @interface Settings {

        /**
         * How much is held back from what rests on few choices.
         *
         * @return a number of choices; 0 to have it chosen by validation
         */
        @AttributeDefinition(name = "%lambda", description = "%lambda.help", min = "0", max = "1000000")
        double lambda() default 0;

        /**
         * How many products the model knows: the most chosen ones. Memory grows with the square, time with the cube.
         *
         * @return a number of products; 0 for as many as fit into the memory
         */
        @AttributeDefinition(name = "%items", description = "%items.help", min = "0", max = "40000")
        int items() default 0;

        /**
         * After how many days a choice counts half.
         *
         * @return days; 0 for never
         */
        @AttributeDefinition(name = "%halfLifeDays", description = "%halfLifeDays.help", min = "0", max = "3650")
        int halfLifeDays() default 0;

        /**
         * How exactly the weights are kept.
         *
         * @return {@code float} or {@code 8-bit}
         */
        @AttributeDefinition(name = "%precision", description = "%precision.help", options = {
            @Option(label = "%precision.float", value = "float"), @Option(label = "%precision.8-bit", value = EIGHT_BIT)})
        String precision() default EIGHT_BIT;

        /**
         * Whether products of which the same is said count as alike, as much as validation says.
         *
         * @return false to look at choices only
         */
        @AttributeDefinition(name = "%texts", description = "%texts.help")
        boolean texts() default true;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public Ease(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.evidence = new EvidenceRanking(data);
    }

    @Override
    public EaseModel train(Training training) {
        JobContext job = training.job();
        Choices all = Choices.read(training, settings.halfLifeDays());
        Choices choices = all.mostChosen(products(all.items().size(), job));
        Likeness likeness = settings.texts() ? Likeness.read(training.data(), choices.items(), job) : Likeness.none(choices.items().size());
        Trial chosen = training.findings().once(Trial.class,
                () -> chosen(choices, likeness, training.seed(), new PartOfJob(job, 0.3, 0.6, "Choosing lambda")));
        float[] weights = new Autoencoder(choices, likeness).weights(chosen, new PartOfJob(job, 0.6, 0.95, "Learning"));
        int size = choices.items().size();
        return new EaseModel(choices.items(), choices.counting(),
                settings.precision().equals(EIGHT_BIT) ? ByteRows.of(weights, size) : new FloatRows(weights, size));
    }

    private int products(int there, JobContext job) {
        int most = MatrixMemory.products(Runtime.getRuntime().maxMemory());
        if (settings.items() > most && there > most) {
            throw new KontorException(KontorException.Kind.CAPACITY, "A model of " + settings.items() + " products needs more memory than the"
                    + " server has; at most " + most + " fit.");
        }
        int products = settings.items() == 0 ? most : settings.items();
        if (there > products) {
            job.log("The model knows the " + products + " most chosen of " + there + " products.");
        }
        return products;
    }

    // Tried on the most chosen products only, as the best values hardly depend on the others and each trial costs the cube of their number.
    private Trial chosen(Choices choices, Likeness likeness, long seed, JobContext job) {
        if (settings.lambda() > 0 && likeness.silent()) {
            return new Trial(settings.lambda(), 0);
        }
        ChoiceHoldout held = choices.mostChosen(JUDGED_PRODUCTS).holdOut(HIDDEN, JUDGED_ACTORS, seed);
        Items judged = held.rest().items();
        Autoencoder autoencoder = new Autoencoder(held.rest(),
                likeness.of(IntStream.range(0, judged.size()).map(product -> choices.items().indexOf(judged.id(product))).toArray()));
        Trials<Trial> trials = new Trials<>(
                one -> held.ndcg(new FloatRows(autoencoder.weights(one, job), judged.size())::addAll, job), job);
        Trial coarse = settings.lambda() > 0 ? new Trial(settings.lambda(), 0)
                : trials.best(DoubleStream.of(120, 30, 480, 1_920).mapToObj(lambda -> new Trial(lambda, 0)).toList());
        Trial best = likeness.silent() ? coarse
                : trials.best(DoubleStream.of(0, 3, 10, 1, 30).mapToObj(content -> new Trial(coarse.lambda(), content)).toList());
        return settings.lambda() > 0 ? best
                : trials.best(DoubleStream.of(1, 0.5, 2).mapToObj(factor -> new Trial(factor * best.lambda(), best.content())).toList());
    }

    @Override
    public void write(EaseModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public EaseModel read(InputStream in) throws IOException {
        return EaseModel.read(in);
    }

    @Override
    public Ranking recommend(EaseModel model, RecommendationRequest request) {
        return evidence.of(model.items(), model.rows(), Basket.of(model.items(), model.counting(), request), request);
    }
}
