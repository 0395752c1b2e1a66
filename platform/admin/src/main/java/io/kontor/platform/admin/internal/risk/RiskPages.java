package io.kontor.platform.admin.internal.risk;

import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.api.risk.RiskRule;
import io.kontor.api.risk.Verdict;
import io.kontor.platform.admin.internal.pictures.ScorePicture;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.ReasonLine;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.RiskDesk;
import io.kontor.platform.decisions.RiskRuleBook;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the scores of transactions are spread, and what they led to. */
@Component(service = Pages.class)
public final class RiskPages implements Pages {

    private static final int LOOKED_AT = 500;
    private static final int LATEST = 10;
    private static final int CASES = 20;
    private final DecisionLog log;
    private final RiskDesk desk;
    private final RiskRuleBook rules;
    private final Activations activations;
    private final CaseReading cases;
    private final Names names;

    /** An assessment out of the log. */
    private record Logged(DecisionLog.Entry entry, double score, Verdict verdict, List<Reason> reasons) {

        static Optional<Logged> of(DecisionLog.Entry entry) {
            if (entry.answer() instanceof Map<?, ?> answer && answer.get("score") instanceof Number score
                    && score.doubleValue() >= 0 && score.doubleValue() <= 1) {
                return Arrays.stream(Verdict.values()).filter(verdict -> verdict.name().equalsIgnoreCase(String.valueOf(answer.get("verdict"))))
                        .findFirst().map(verdict -> new Logged(entry, score.doubleValue(), verdict, ReasonLine.read(answer.get("reasons"))));
            }
            return Optional.empty();
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param log has the assessments
     * @param desk has the cases
     * @param rules the rules of stores
     * @param activations has the thresholds
     * @param transactions know what was paid
     * @param names names plugins
     */
    @Activate
    public RiskPages(@Reference DecisionLog log, @Reference RiskDesk desk, @Reference RiskRuleBook rules, @Reference Activations activations,
            @Reference Transactions transactions, @Reference Names names) {
        this.log = log;
        this.desk = desk;
        this.rules = rules;
        this.activations = activations;
        this.cases = new CaseReading(transactions);
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/risk", Role.ANALYST, this::show));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.FAMILIES, 40, visit.text("families.risk"),
                "/stores/" + visit.store().id() + "/risk", "shield", Role.ANALYST));
    }

    private Answer show(Visit visit) {
        List<Logged> logged = log.list(visit.store().id(), Family.RISK, null, null, null, null, LOOKED_AT).stream()
                .map(Logged::of).flatMap(Optional::stream).toList();
        Chart chart = logged.isEmpty() ? null : ScorePicture.of(visit, visit.text("risk.scores", logged.size(),
                visit.format().time(logged.get(logged.size() - 1).entry.time())), visit.text("pictures.transactions"),
                Arrays.stream(Verdict.values()).map(verdict -> new ScorePicture.Group(words(visit, verdict),
                        tone(verdict), logged.stream()
                        .filter(each -> each.verdict == verdict).mapToDouble(Logged::score).toArray())).toList(),
                thresholds(visit, logged.get(0).entry.servedBy().plugin()));
        String store = visit.store().id();
        List<RiskRule> own = rules.list(store);
        return Answer.html("risk/overview", new RiskView(chart, logged.isEmpty() ? "" : visit.text("risk.scores.by",
                names.plugin(visit, logged.get(0).entry.servedBy().plugin())), counts(visit, logged),
                logged.stream().limit(LATEST).map(each -> assessed(visit, each)).toList(),
                visit.storeUrl("decisions") + "?family=" + Family.RISK,
                cases.rows(visit, desk.cases(store, true, Long.MAX_VALUE, CASES)),
                (own.isEmpty() ? rules.starters(store) : own).stream().map(rule -> RiskView.Rule.of(visit, rule, !own.isEmpty())).toList(),
                own.isEmpty(), visit.may(Role.OPERATOR)));
    }

    static String words(Visit visit, Verdict verdict) {
        return visit.text("decisions.verdict." + verdict);
    }

    static String tone(Verdict verdict) {
        return switch (verdict) {
            case APPROVE -> "good";
            case REVIEW -> "warn";
            case DECLINE -> "bad";
        };
    }

    private static List<RiskView.Count> counts(Visit visit, List<Logged> logged) {
        List<RiskView.Count> counts = new ArrayList<>();
        for (Verdict verdict : logged.isEmpty() ? new Verdict[0] : Verdict.values()) {
            long count = logged.stream().filter(each -> each.verdict == verdict).count();
            counts.add(new RiskView.Count(words(visit, verdict), visit.format().number(count),
                    visit.format().percent((double) count / logged.size()), tone(verdict)));
        }
        return counts;
    }

    private static RiskView.Assessed assessed(Visit visit, Logged logged) {
        return new RiskView.Assessed(visit.storeUrl("decisions", logged.entry.requestId()), logged.entry.subject(), words(visit, logged.verdict),
                tone(logged.verdict), visit.format().number(logged.score, 3), mainReason(logged.reasons),
                visit.format().time(logged.entry.time()));
    }

    static String mainReason(List<Reason> reasons) {
        return reasons.stream().max(Comparator.comparingDouble(each -> Double.isNaN(each.weight()) ? 0 : Math.abs(each.weight())))
                .map(Reason::text).orElse("");
    }

    /** The thresholds of the plugin that answers: settings from 0 to 1 that are named after a verdict. */
    private List<Chart.Mark> thresholds(Visit visit, String plugin) {
        List<Chart.Mark> marks = new ArrayList<>();
        Map<String, Object> settings = activations.find(visit.store().id(), plugin).map(Activation::settings).orElse(Map.of());
        settings.forEach((name, value) -> {
            for (Verdict verdict : List.of(Verdict.REVIEW, Verdict.DECLINE)) {
                if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() < 1
                        && name.toLowerCase(Locale.ROOT).contains(verdict.name().toLowerCase(Locale.ROOT))) {
                    marks.add(new Chart.Mark(number.doubleValue(), visit.text("families.from-score", words(visit, verdict),
                            visit.format().number(number.doubleValue(), 3))));
                }
            }
        });
        marks.sort(Comparator.comparingDouble(Chart.Mark::x));
        return marks;
    }
}
