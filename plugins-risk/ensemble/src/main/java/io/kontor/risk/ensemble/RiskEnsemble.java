package io.kontor.risk.ensemble;

import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.ensemble.Members;
import io.kontor.api.model.Training;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.TrainedRiskScorer;
import io.kontor.api.risk.Verdict;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
 * Judges transactions by all other plugins of the family that the store has enabled: by the mean of their scores, by a logistic regression
 * over their scores, or by the one that did best on transactions of the same kind. What it makes of them it learns from transactions that
 * came after those they had learned from.
 */
@Plugin(family = Family.RISK, trainAt = "H 4 * * *")
@Designate(ocd = RiskEnsemble.Settings.class, factory = true)
@Component(name = "io.kontor.risk.ensemble", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class RiskEnsemble implements TrainedRiskScorer<Blend> {

    private static final List<Reason> UNSAID = List.of(new Reason("score", "", Double.NaN));

    private final Settings settings;
    private final StoreData data;
    private final Members members;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/riskensemble")
    public @interface Settings {

        /**
         * How the members' scores become one.
         *
         * @return average, stacking or segments
         */
        @AttributeDefinition(name = "%method", description = "%method.help", options = {@Option(label = "%method.average", value = "average"),
            @Option(label = "%method.stacking", value = "stacking"), @Option(label = "%method.segments", value = "segments")})
        String method() default "stacking";

        /**
         * What parts transactions into segments.
         *
         * @return method or country
         */
        @AttributeDefinition(name = "%segmentBy", description = "%segmentBy.help", options = {
            @Option(label = "%segmentBy.method", value = "method"), @Option(label = "%segmentBy.country", value = "country")})
        String segmentBy() default "method";

        /**
         * How often the members learn from an earlier part of the records to be compared on the part after it.
         *
         * @return a count
         */
        @AttributeDefinition(name = "%folds", description = "%folds.help", min = "1", max = "10")
        int folds() default 3;

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
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     * @param members the store's other plugins
     */
    @Activate
    public RiskEnsemble(Settings settings, @Reference StoreData data, @Reference Members members) {
        this.settings = settings;
        this.data = data;
        this.members = members;
    }

    @Override
    public Blend train(Training training) {
        return new Learning(training, members, Method.of(settings.method()), Segment.of(settings.segmentBy()), settings.folds()).learn();
    }

    @Override
    public void write(Blend model, OutputStream out) throws IOException {
        model.write(new DataOutputStream(out));
    }

    @Override
    public Blend read(InputStream in) throws IOException {
        return Blend.read(new DataInputStream(in), members);
    }

    @Override
    public Assessment assess(Blend model, RiskRequest request) {
        Said said = Said.of(model, request, members, false);
        Reasons reasons = new Reasons(data.store().locale(), model, said);
        return new Assessment(said.score(), verdict(said.score()), reasons.reasons(), reasons.explanation());
    }

    @Override
    public Assessment assessBriefly(Blend model, RiskRequest request) {
        double score = Said.of(model, request, members, true).score();
        return new Assessment(score, verdict(score), UNSAID, Optional.empty());
    }

    private Verdict verdict(double score) {
        return score >= settings.declineFrom() ? Verdict.DECLINE : score >= settings.reviewFrom() ? Verdict.REVIEW : Verdict.APPROVE;
    }
}
