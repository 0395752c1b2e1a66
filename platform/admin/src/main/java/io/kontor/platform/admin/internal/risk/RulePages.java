package io.kontor.platform.admin.internal.risk;

import io.kontor.api.KontorException;
import io.kontor.api.risk.LabelledTransaction;
import io.kontor.api.risk.RiskRule;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.RiskRuleBook;
import io.kontor.platform.decisions.RuleForm;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.security.Role;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The operators' rules for transactions: written, tried on the records, paused and removed. */
@Component(service = Pages.class)
public final class RulePages implements Pages {

    private static final String RULE = "rule";
    private static final int LONGEST_ID = 50;

    private final RiskRuleBook rules;

    /**
     * Made by Declarative Services.
     *
     * @param rules keeps and tries them
     */
    @Activate
    public RulePages(@Reference RiskRuleBook rules) {
        this.rules = rules;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/risk/rule", Role.ANALYST, this::begin),
                Route.post("/stores/{store}/risk/rule", Role.ANALYST, this::work),
                Route.get("/stores/{store}/risk/rules/{rule}", Role.ANALYST, this::show),
                Route.post("/stores/{store}/risk/rules/{rule}", Role.ANALYST, this::work),
                Route.post("/stores/{store}/risk/rules/{rule}/enabled", Role.OPERATOR, this::enable),
                Route.post("/stores/{store}/risk/rules/{rule}/delete", Role.OPERATOR, this::delete));
    }

    private RiskRule find(Visit visit) {
        return rules.find(visit.store().id(), visit.path(RULE)).orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer begin(Visit visit) {
        String from = visit.field("from");
        return Answer.html("risk/rule", rules.starters(visit.store().id()).stream().filter(rule -> rule.id().equals(from)).findFirst()
                .map(rule -> view(visit, "", rule)).orElseGet(() -> new RuleView("", "", "", "review", "", true, List.of(ConditionRow.EMPTY),
                Map.of(), null, visit.may(Role.OPERATOR))));
    }

    private Answer show(Visit visit) {
        return Answer.html("risk/rule", view(visit, visit.path(RULE), find(visit)));
    }

    private static RuleView view(Visit visit, String id, RiskRule rule) {
        RuleForm form = RuleForm.of(rule);
        return new RuleView(id, form.name(), form.description(), form.action(),
                BigDecimal.valueOf(form.weight()).stripTrailingZeros().toPlainString(), form.enabled(),
                form.conditions().stream().map(ConditionRow::of).toList(), Map.of(), null, visit.may(Role.OPERATOR));
    }

    /** A button of the form: adds a condition, tries the rule or keeps it. */
    private Answer work(Visit visit) {
        String id = visit.path(RULE) == null ? "" : find(visit).id();
        List<ConditionRow> rows = new ArrayList<>(ConditionRow.of(visit));
        if (visit.field("do").equals("add")) {
            rows.add(ConditionRow.EMPTY);
            return Answer.html("risk/rule", written(visit, id, rows, Map.of(), null));
        }
        RiskRule rule;
        try {
            rule = new RuleForm(visit.field("name"), visit.field("description"), rows.stream().map(ConditionRow::form).toList(),
                    visit.field("action"), weight(visit), visit.has("enabled")).rule(id.isEmpty() ? newId(visit) : id);
        } catch (FormRefusedException e) {
            return Answer.again("risk/rule", written(visit, id, rows, faults(visit, e), null));
        }
        return visit.field("do").equals("save") ? save(visit, id, rows, rule) : test(visit, id, rows, rule);
    }

    private Answer save(Visit visit, String id, List<ConditionRow> rows, RiskRule rule) {
        if (!visit.may(Role.OPERATOR)) {
            throw new Refusal(403, visit.text("shell.forbidden", visit.text("shell.role." + Role.OPERATOR.text())));
        }
        try {
            rules.put(visit.store().id(), rule);
        } catch (FormRefusedException e) {
            return Answer.again("risk/rule", written(visit, id, rows, faults(visit, e), null));
        }
        return back(visit);
    }

    private Answer test(Visit visit, String id, List<ConditionRow> rows, RiskRule rule) {
        try {
            return Answer.html("risk/rule", written(visit, id, rows, Map.of(), trial(visit, rules.test(visit.store().id(), rule))));
        } catch (KontorException e) {
            return new Answer.Html(409, "risk/rule", written(visit, id, rows, Map.of("", visit.said(e.getMessage())), null));
        }
    }

    private static RuleView written(Visit visit, String id, List<ConditionRow> rows, Map<String, String> faults, RuleView.Trial trial) {
        return new RuleView(id, visit.field("name"), visit.field("description"), visit.field("action"), visit.field("weight"),
                visit.has("enabled"), rows, faults, trial, visit.may(Role.OPERATOR));
    }

    private static Map<String, String> faults(Visit visit, FormRefusedException refused) {
        Map<String, String> faults = new LinkedHashMap<>();
        refused.faults().forEach(fault -> faults.putIfAbsent(fault.field(), visit.text("risk.rule.fault",
                visit.textOr("risk.rule.field." + fault.field().replaceFirst("^.*\\.", ""), fault.field()), visit.said(fault.message()))));
        return faults;
    }

    /** What was written; what is no number is refused by the rule book as out of range. */
    private static Double weight(Visit visit) {
        String text = visit.field("weight");
        try {
            return text.isEmpty() ? null : Double.valueOf(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** An id out of the name, as far as it has letters that ids may have. */
    private String newId(Visit visit) {
        String words = Normalizer.normalize(visit.field("name"), Normalizer.Form.NFD).toLowerCase(Locale.ROOT).replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String stem = words.isEmpty() ? RULE : words.substring(0, Math.min(LONGEST_ID, words.length())).replaceAll("-+$", "");
        String id = words.isEmpty() ? stem + "-1" : stem;
        for (int number = 2; rules.find(visit.store().id(), id).isPresent(); number++) {
            id = stem + "-" + number;
        }
        return id;
    }

    private Answer enable(Visit visit) {
        RiskRule rule = find(visit);
        try {
            rules.put(visit.store().id(), new RiskRule(rule.id(), rule.name(), rule.description(), rule.conditions(), rule.action(),
                    rule.weight(), visit.field("enabled").equals("true")));
        } catch (FormRefusedException e) {
            throw new Refusal(409, e.getMessage());
        }
        return back(visit);
    }

    private Answer delete(Visit visit) {
        if (!rules.delete(visit.store().id(), visit.path(RULE))) {
            throw Refusal.missing(visit);
        }
        return back(visit);
    }

    private static Answer back(Visit visit) {
        return Answer.to("/stores/" + visit.store().id() + "/risk#rules");
    }

    private static RuleView.Trial trial(Visit visit, RiskRuleBook.Trial trial) {
        String unknown = "–";
        List<RuleView.Figure> figures = List.of(
                new RuleView.Figure(visit.text("risk.trial.hits"), visit.format().number(trial.hits()),
                        visit.text("risk.trial.hits.of", visit.format().number(trial.transactions())), ""),
                new RuleView.Figure(visit.text("risk.trial.share"), trial.transactions() == 0 ? unknown
                        : visit.format().percent((double) trial.hits() / trial.transactions()), visit.text("risk.trial.share.of"), ""),
                new RuleView.Figure(visit.text("risk.trial.precision"), trial.precision().map(visit.format()::percent).orElse(unknown),
                        visit.text("risk.trial.precision.of", visit.format().number(trial.fraudHits()),
                                visit.format().number(trial.labelledHits())),
                        trial.precision().map(share -> share >= 0.5 ? "good" : "warn").orElse("")),
                new RuleView.Figure(visit.text("risk.trial.recall"), trial.recall().map(visit.format()::percent).orElse(unknown),
                        visit.text("risk.trial.recall.of", visit.format().number(trial.fraudHits()),
                                visit.format().number(trial.frauds())), ""));
        return new RuleView.Trial(figures, trial.from() == null ? visit.text("risk.trial.none") : visit.text("risk.trial.span",
                visit.format().number(trial.transactions()), visit.format().time(trial.from()), visit.format().time(trial.to())),
                trial.examples().stream().map(each -> example(visit, each)).toList());
    }

    private static RuleView.Example example(Visit visit, RiskRuleBook.Example example) {
        LabelledTransaction row = example.transaction();
        String label = row.label() == LabelledTransaction.Label.UNKNOWN ? "" : row.label().name().toLowerCase(Locale.ROOT);
        return new RuleView.Example(row.transaction().id(), visit.format().time(row.transaction().time()),
                CaseReading.amount(visit, row.transaction()), label.isEmpty() ? "" : visit.text("risk.label." + label), CaseReading.tone(label),
                example.reason().text());
    }
}
