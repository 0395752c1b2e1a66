package io.kontor.risk.rules;

import io.kontor.api.data.StoreData;
import io.kontor.api.decision.Reason;
import io.kontor.api.explain.Contribution;
import io.kontor.api.explain.Explanation;
import io.kontor.api.plugin.Family;
import io.kontor.api.plugin.Plugin;
import io.kontor.api.risk.Assessment;
import io.kontor.api.risk.RiskRequest;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.RiskRules;
import io.kontor.api.risk.RiskScorer;
import io.kontor.api.risk.RuleHit;
import io.kontor.api.risk.Verdict;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Judges transactions by the store's rules. The weights of those that apply add up to the score, which is no probability; the verdict comes
 * from the rules' actions and from the score's thresholds.
 */
@Plugin(family = Family.RISK, baseline = true)
@Designate(ocd = OperatorRules.Settings.class, factory = true)
@Component(name = "io.kontor.risk.rules", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class OperatorRules implements RiskScorer {

    private static final ResourceBundle.Control STORE_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /** Rounds the sum, as 0.5 + 0.2 + 0.2 should reach 0.9. */
    private static final double DIGITS = 1e6;

    private final Settings settings;
    private final StoreData data;
    private final RiskRules rules;

    /** The settings. */
    @ObjectClassDefinition(name = "%title", description = "%description", localization = "OSGI-INF/l10n/rules")
    public @interface Settings {

        /**
         * From which score a person should look.
         *
         * @return above 0, at most 1
         */
        @AttributeDefinition(name = "%reviewScore", description = "%reviewScore.help", min = "0.01", max = "1")
        double reviewScore() default 0.5;

        /**
         * From which score a transaction is declined.
         *
         * @return above 0, at most 1
         */
        @AttributeDefinition(name = "%declineScore", description = "%declineScore.help", min = "0.01", max = "1")
        double declineScore() default 0.9;

        /**
         * Whether the built-in rules apply while the store has none of its own.
         *
         * @return true as a rule
         */
        @AttributeDefinition(name = "%starterRules", description = "%starterRules.help")
        boolean starterRules() default true;
    }

    /**
     * Made for one store.
     *
     * @param settings the store's settings
     * @param data the store's data
     * @param rules the store's rules
     */
    @Activate
    public OperatorRules(Settings settings, @Reference StoreData data, @Reference RiskRules rules) {
        this.settings = settings;
        this.data = data;
        this.rules = rules;
    }

    @Override
    public Assessment assess(RiskRequest request) {
        List<RiskRule> own = rules.rules();
        List<RiskRule> applied = own.isEmpty() && settings.starterRules() ? rules.starters() : own;
        List<RuleHit> hits = rules.hits(applied, request);
        double sum = 0;
        for (RuleHit hit : hits) {
            sum += hit.rule().weight();
        }
        double score = Math.max(0, Math.min(1, Math.rint(sum * DIGITS) / DIGITS));
        Verdict scored = score >= settings.declineScore() ? Verdict.DECLINE : score >= settings.reviewScore() ? Verdict.REVIEW : Verdict.APPROVE;
        return new Assessment(score, RuleHit.decide(scored, hits), reasons(applied, hits, score, scored), Optional.of(explanation(hits, score)));
    }

    /** The weights of the rules that apply, and what is cut off beyond 0 and 1. */
    private Explanation explanation(List<RuleHit> hits, double score) {
        List<Contribution> contributions = new ArrayList<>();
        double cut = score;
        for (RuleHit hit : hits) {
            if (hit.rule().weight() != 0) {
                contributions.add(new Contribution(hit.reason().code(), hit.rule().name(), hit.reason().text(), hit.rule().weight()));
                cut -= hit.rule().weight();
            }
        }
        contributions.sort(Comparator.comparingDouble((Contribution each) -> -Math.abs(each.amount())));
        if (Math.abs(cut) > 1 / DIGITS) {
            contributions.add(new Contribution("bounds", words().getString("reason.bounds"), "", cut));
            cut = 0;
        }
        return new Explanation(Explanation.Kind.ADDITIVE, cut, score, contributions);
    }

    private List<Reason> reasons(List<RiskRule> applied, List<RuleHit> hits, double score, Verdict scored) {
        if (hits.isEmpty()) {
            long enabled = applied.stream().filter(RiskRule::enabled).count();
            return List.of(reason(enabled == 0 ? "no-rules" : "no-rule-applies", 0, enabled));
        }
        List<Reason> reasons = new ArrayList<>();
        hits.stream().map(RuleHit::reason).sorted(Comparator.comparingDouble((Reason reason) -> Math.abs(reason.weight())).reversed())
                .forEach(reasons::add);
        if (scored == Verdict.DECLINE) {
            reasons.add(reason("score-declines", Double.NaN, score, settings.declineScore()));
        } else if (scored == Verdict.REVIEW) {
            reasons.add(reason("score-reviews", Double.NaN, score, settings.reviewScore()));
        }
        return reasons;
    }

    private Reason reason(String code, double weight, Object... values) {
        return new Reason(code, new MessageFormat(words().getString("reason." + code), data.store().locale()).format(values), weight);
    }

    private ResourceBundle words() {
        return ResourceBundle.getBundle("OSGI-INF.l10n.rules", data.store().locale(), getClass().getClassLoader(), STORE_LANGUAGE);
    }
}
