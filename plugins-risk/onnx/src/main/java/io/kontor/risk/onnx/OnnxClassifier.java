package io.kontor.risk.onnx;

import io.kontor.api.KontorException;
import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RecentTransactions;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Judges transactions by a classifier that was trained elsewhere and comes as an ONNX file. Training leaves it as it is and learns from the
 * store's labelled transactions from which scores on people should look and transactions be declined.
 */
@Plugin(family = Family.RISK)
@Designate(ocd = OnnxClassifier.Settings.class, factory = true)
@Component(name = "io.kontor.risk.onnx", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class OnnxClassifier implements TrainedRiskScorer<OnnxModel> {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final int LEAST_OF_A_KIND = 10;
    private static final int ASKED_EVERY = 256;
    private static final int MOST_REASONS = 5;
    private static final double WORTH_SAYING = 0.001;

    private final Settings settings;
    private final StoreData data;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/onnx")
    public @interface Settings {

        /**
         * The file with the classifier, as it was uploaded for the store.
         *
         * @return its name
         */
        @AttributeDefinition(name = "%file", description = "%file.help")
        String file() default "model.onnx";

        /**
         * What the columns of the classifier's input are, in their order.
         *
         * @return lines as {@link ModelInput} understands them
         */
        @AttributeDefinition(name = "%inputs", description = "%inputs.help")
        String[] inputs() default {"amount"};

        /**
         * Which output holds the probabilities.
         *
         * @return its name; empty for the first that can hold some
         */
        @AttributeDefinition(name = "%output", description = "%output.help", required = false)
        String output() default "";

        /**
         * Which class is fraud.
         *
         * @return the number of its column or its key
         */
        @AttributeDefinition(name = "%fraudClass", description = "%fraudClass.help")
        String fraudClass() default "1";

        /**
         * Which share of the transactions that a person looks at should be fraud.
         *
         * @return 0 to 1
         */
        @AttributeDefinition(name = "%reviewShare", description = "%reviewShare.help", min = "0.001", max = "1")
        double reviewShare() default 0.2;

        /**
         * Which share of the transactions that are declined should be fraud.
         *
         * @return 0 to 1
         */
        @AttributeDefinition(name = "%declineShare", description = "%declineShare.help", min = "0.001", max = "1")
        double declineShare() default 0.8;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public OnnxClassifier(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.data = data;
        ModelInput.of(List.of(settings.inputs()));
    }

    @Override
    public OnnxModel train(Training training) {
        training.job().checkCancelled();
        byte[] bytes = data.file(settings.file());
        OnnxModel model = OnnxModel.load(new OnnxModel.Given(settings.file(), bytes, List.of(settings.inputs()), settings.output(),
                settings.fraudClass(), data.store().timeZone()));
        Examples examples = examples(training, model);
        double[] scores = examples.scores(model.session());
        double review = examples.threshold(scores, settings.reviewShare());
        double decline = Math.max(review, examples.threshold(scores, settings.declineShare()));
        training.job().log("The classifier " + settings.file() + " (" + bytes.length + " bytes) reviews from a score of " + review
                + " on and declines from " + decline + " on, learned from " + examples.frauds() + " frauds among " + examples.size()
                + " labelled transactions");
        return model.with(new OnnxModel.Learned(review, decline, examples.usual()));
    }

    private Examples examples(Training training, OnnxModel model) {
        Examples examples = new Examples(model.inputs().size());
        RecentTransactions recent = new RecentTransactions();
        int[] count = {0};
        LabelledTransaction.read(training.data(), row -> {
            if (count[0]++ % ASKED_EVERY == 0) {
                training.job().checkCancelled();
            }
            if (row.label() != LabelledTransaction.Label.UNKNOWN) {
                examples.add(model.row(recent.request(row.transaction())), row.label() == LabelledTransaction.Label.FRAUD);
            }
            recent.add(row.transaction());
        });
        if (examples.frauds() < LEAST_OF_A_KIND || examples.size() - examples.frauds() < LEAST_OF_A_KIND) {
            throw new KontorException(KontorException.Kind.DATA, "Store " + data.store().id() + " has " + examples.frauds()
                    + " transactions labelled fraud and " + (examples.size() - examples.frauds()) + " labelled legitimate; at least "
                    + LEAST_OF_A_KIND + " of each are needed to learn thresholds from.");
        }
        return examples;
    }

    @Override
    public void write(OnnxModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public OnnxModel read(InputStream in) throws IOException {
        return OnnxModel.read(in);
    }

    @Override
    public Assessment assess(OnnxModel model, RiskRequest request) {
        OnnxModel.Explained explained = model.explain(request);
        return new Assessment(explained.score(), verdict(model, explained.score()), reasons(model, explained));
    }

    @Override
    public Assessment assessBriefly(OnnxModel model, RiskRequest request) {
        double score = model.score(request);
        return new Assessment(score, verdict(model, score), List.of(new Reason("score", "", Double.NaN)));
    }

    private static Verdict verdict(OnnxModel model, double score) {
        if (score >= model.learned().declineFrom()) {
            return Verdict.DECLINE;
        }
        return score >= model.learned().reviewFrom() ? Verdict.REVIEW : Verdict.APPROVE;
    }

    private List<Reason> reasons(OnnxModel model, OnnxModel.Explained explained) {
        double[] effects = explained.effects();
        List<Reason> reasons = new ArrayList<>();
        IntStream.range(0, effects.length).boxed().filter(c -> Math.abs(effects[c]) >= WORTH_SAYING)
                .sorted(Comparator.comparingDouble(c -> -Math.abs(effects[c]))).limit(MOST_REASONS)
                .forEach(c -> reasons.add(new Reason("input", words(Float.isNaN(explained.values()[c]) ? "reason.missing"
                        : effects[c] > 0 ? "reason.raises" : "reason.lowers", model.inputs().get(c).line(), explained.values()[c],
                        model.learned().usual()[c]), effects[c])));
        if (reasons.isEmpty()) {
            reasons.add(new Reason("usual", words("reason.usual", explained.score()), Double.NaN));
        }
        return reasons;
    }

    private String words(String key, Object... values) {
        ResourceBundle bundle = ResourceBundle.getBundle("OSGI-INF.l10n.onnx", data.store().locale(), getClass().getClassLoader(),
                STORE_LANGUAGE);
        return new MessageFormat(bundle.getString(key), data.store().locale()).format(values);
    }
}
