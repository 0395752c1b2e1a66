package io.kontor.risk.logisticregression;

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

/**
 * Scores transactions by a logistic regression (Berkson, Application of the logistic function to bio-assay, 1944) over the same features as
 * the random forest: fast, small, and each number's part in the log odds is exact. The score is the probability of fraud.
 */
@Plugin(family = Family.RISK)
@Designate(ocd = LogisticRegression.Settings.class, factory = true)
@Component(name = "io.kontor.risk.logistic-regression", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class LogisticRegression implements TrainedRiskScorer<LinearModel> {

    private static final List<Reason> UNSAID = List.of(new Reason("score", "", Double.NaN));

    private final Settings settings;
    private final StoreData data;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/logisticregression")
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
         * How often the transactions are gone through.
         *
         * @return a count
         */
        @AttributeDefinition(name = "%rounds", description = "%rounds.help", min = "1", max = "200")
        int rounds() default 20;

        /**
         * How many labelled transactions are learned from at most.
         *
         * @return a count
         */
        @AttributeDefinition(name = "%rows", description = "%rows.help", min = "1000", max = "500000")
        int rows() default 40_000;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     */
    @Activate
    public LogisticRegression(Settings settings, @Reference StoreData data) {
        this.settings = settings;
        this.data = data;
    }

    @Override
    public LinearModel train(Training training) {
        return new Learning(training, data.store(), settings.rounds(), settings.rows()).learn();
    }

    @Override
    public void write(LinearModel model, OutputStream out) throws IOException {
        model.write(out);
    }

    @Override
    public LinearModel read(InputStream in) throws IOException {
        return LinearModel.read(in);
    }

    @Override
    public Optional<FeatureSet> features(LinearModel model) {
        return Optional.of(model.features().set());
    }

    @Override
    public List<LeakSuspect> suspects(LinearModel model) {
        return model.features().suspects();
    }

    /**
     * Each number's term in the log odds is exact; as the probability is a function of their sum, its distance from the base is divided among
     * them in proportion.
     */
    @Override
    public Assessment assess(LinearModel model, RiskRequest request) {
        LinearModel.Explained explained = model.explain(request);
        double moved = 0;
        for (double term : explained.terms()) {
            moved += term;
        }
        double scale = Math.abs(moved) < 1e-12 ? 0 : (explained.score() - explained.base()) / moved;
        double[] contributions = explained.terms().clone();
        for (int v = 0; v < contributions.length; v++) {
            contributions[v] *= scale;
        }
        TransactionReasons reasons = new TransactionReasons(data.store().locale(), model.features(), request, explained.values(), contributions);
        return new Assessment(explained.score(), verdict(explained.score()), reasons.reasons(),
                Optional.of(reasons.explanation(Explanation.Kind.ADDITIVE, explained.base(), explained.score())));
    }

    @Override
    public Assessment assessBriefly(LinearModel model, RiskRequest request) {
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
