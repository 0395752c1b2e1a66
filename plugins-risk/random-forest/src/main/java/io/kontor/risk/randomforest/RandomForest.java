package io.kontor.risk.randomforest;

import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Explanation;
import io.kontor.api.feature.FeatureSet;
import io.kontor.api.feature.LeakSuspect;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.TransactionReasons;
import io.kontor.api.risk.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Scores transactions by a random forest that has learned from the labelled ones: from their amount, time, countries, method and attributes,
 * and from the earlier payments with the same customer, card, device, e-mail address or IP address. The score is the probability of fraud.
 */
@Plugin(family = Family.RISK)
@Designate(ocd = RandomForest.Settings.class, factory = true)
@Component(name = "io.kontor.risk.random-forest", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RandomForest implements TrainedRiskScorer<FraudModel> {

    private static final String PRUNED = "pruned";
    private static final List<Reason> UNSAID = List.of(new Reason("score", "", Double.NaN));

    private final Settings settings;
    private final StoreData data;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/randomforest")
    public @interface Settings {

        /**
         * From which probability of fraud on a person should look.
         *
         * @return 0 to 1
         */
        @AttributeDefinition(name = "%reviewFrom", description = "%reviewFrom.help", min = "0", max = "1")
        double reviewFrom() default 0.2;

        /**
         * From which probability of fraud on a transaction is refused.
         *
         * @return 0 to 1
         */
        @AttributeDefinition(name = "%declineFrom", description = "%declineFrom.help", min = "0", max = "1")
        double declineFrom() default 0.8;

        /**
         * How many trees vote.
         *
         * @return a count
         */
        @AttributeDefinition(name = "%trees", description = "%trees.help", min = "10", max = "1000")
        int trees() default 100;

        /**
         * How many labelled transactions are learned from at most.
         *
         * @return a count
         */
        @AttributeDefinition(name = "%rows", description = "%rows.help", min = "1000", max = "500000")
        int rows() default 40_000;

        /**
         * Whether trees stay as they have grown.
         *
         * @return {@code full} or {@code pruned}
         */
        @AttributeDefinition(name = "%size", description = "%size.help", options = {
            @Option(label = "%size.full", value = "full"), @Option(label = "%size.pruned", value = PRUNED)})
        String size() default "full";
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public RandomForest(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.data = data;
    }

    @Override
    public FraudModel train(Training training) {
        return new Learning(training, data.store(), settings.trees(), settings.rows(), settings.size().equals(PRUNED)).learn();
    }

    @Override
    public void write(FraudModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public FraudModel read(InputStream in) throws IOException {
        return FraudModel.read(in);
    }

    @Override
    public Assessment assess(FraudModel model, RiskRequest request) {
        FraudModel.Explained explained = model.explain(request);
        TransactionReasons reasons = new TransactionReasons(data.store().locale(), model.features(), request, explained.values(),
                explained.contributions());
        return new Assessment(explained.score(), verdict(explained.score()), reasons.reasons(),
                Optional.of(reasons.explanation(Explanation.Kind.SHAPLEY, explained.base(), explained.score())));
    }

    @Override
    public Optional<FeatureSet> features(FraudModel model) {
        return Optional.of(model.features().set());
    }

    @Override
    public List<LeakSuspect> suspects(FraudModel model) {
        return model.features().suspects();
    }

    @Override
    public Assessment assessBriefly(FraudModel model, RiskRequest request) {
        double score = model.score(request);
        return new Assessment(score, verdict(score), UNSAID);
    }

    private Verdict verdict(double score) {
        if (score >= settings.declineFrom()) {
            return Verdict.DECLINE;
        }
        return score >= settings.reviewFrom() ? Verdict.REVIEW : Verdict.APPROVE;
    }
}
