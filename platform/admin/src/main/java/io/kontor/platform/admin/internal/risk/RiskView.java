package io.kontor.platform.admin.internal.risk;

import io.kontor.api.risk.RiskRule;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.Visit;
import java.util.List;

/**
 * How transactions were assessed lately.
 *
 * @param chart the spread of the scores; null when nothing was assessed
 * @param of what the chart shows, in one or two sentences
 * @param counts how many of each verdict
 * @param latest the latest assessments
 * @param all the address of all of them
 * @param cases transactions that a person should look at, the newest first
 * @param rules the store's own rules, or the built-in ones that apply while it has none
 * @param builtIn whether the rules are the built-in ones
 * @param may whether the visitor may change rules and label cases
 */
public record RiskView(Chart chart, String of, List<Count> counts, List<Assessed> latest, String all, List<CaseRow> cases, List<Rule> rules,
        boolean builtIn, boolean may) {

    /** A rule. */
    public record Rule(String id, String name, String description, String conditions, String action, String tone, boolean enabled,
            String href) {

        static Rule of(Visit visit, RiskRule rule, boolean own) {
            String tone = switch (rule.action()) {
                case DECLINE -> "bad";
                case REVIEW -> "warn";
                case APPROVE -> "good";
                case SCORE -> "accent";
            };
            return new Rule(rule.id(), rule.name(), rule.description(), RuleWords.conditions(visit, rule),
                    visit.text("families.rule.action." + rule.action()), tone, rule.enabled(),
                    own ? visit.storeUrl("risk", "rules", rule.id()) : visit.storeUrl("risk", "rule") + "?from=" + rule.id());
        }
    }

    /** How many transactions got a verdict, and which share that is. */
    public record Count(String label, String value, String share, String tone) {
    }

    /** One assessment. */
    public record Assessed(String href, String transaction, String verdict, String tone, String score, String reason, String time) {
    }
}
