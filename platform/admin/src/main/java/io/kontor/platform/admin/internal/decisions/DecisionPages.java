package io.kontor.platform.admin.internal.decisions;

import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.data.Demands;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.security.Role;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What was answered, to whom, by whom and why. */
@Component(service = Pages.class)
public final class DecisionPages implements Pages {

    private static final int PAGE = 50;
    private static final List<String> FAMILIES = List.of(Family.RECOMMEND, Family.INVENTORY, Family.PRICING, Family.RISK);

    private final DecisionLog log;
    private final ModelRegistry models;
    private final Names names;
    private final Said said;
    private final DecisionReading reading;

    /**
     * Made by Declarative Services.
     *
     * @param log has the answers
     * @param models knows their models
     * @param demands what was sold before a forecast
     * @param names names products and plugins
     */
    @Activate
    public DecisionPages(@Reference DecisionLog log, @Reference ModelRegistry models, @Reference Demands demands, @Reference Names names) {
        this.log = log;
        this.models = models;
        this.names = names;
        this.said = new Said(names);
        this.reading = new DecisionReading(names, said, demands);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/decisions", Role.ANALYST, this::list),
                Route.get("/stores/{store}/decisions/{request}", Role.ANALYST, this::show));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.STORE, 20, visit.text("decisions.title"),
                "/stores/" + visit.store().id() + "/decisions", "decision", Role.ANALYST));
    }

    private Answer list(Visit visit) {
        DecisionFilter filter = DecisionFilter.of(visit);
        String after = visit.field("after");
        List<DecisionLog.Entry> found = log.list(visit.store().id(), filter.familyOrNull(), filter.subjectOrNull(), filter.since(visit),
                filter.until(visit), after.isEmpty() ? null : after, PAGE + 1);
        List<DecisionListView.Row> rows = found.stream().limit(PAGE).map(entry -> row(visit, entry)).toList();
        String next = found.size() > PAGE ? visit.storeUrl("decisions") + filter.query(found.get(PAGE - 1).requestId()) : "";
        return Answer.html("decisions/list", new DecisionListView(filter,
                FAMILIES.stream().map(family -> new DecisionListView.Choice(family, Names.family(visit, family))).toList(), rows, next));
    }

    private DecisionListView.Row row(Visit visit, DecisionLog.Entry entry) {
        return new DecisionListView.Row(visit.storeUrl("decisions", entry.requestId()), visit.format().time(entry.time()),
                Names.family(visit, entry.family()), said.subject(visit, entry), said.answer(visit, entry),
                names.plugin(visit, entry.servedBy().plugin()), model(visit, entry), entry.fallback().isPresent());
    }

    private String model(Visit visit, DecisionLog.Entry entry) {
        return entry.servedBy().model().map(id -> models.find(visit.store().id(), id)
                .map(model -> visit.text("models.nth", Integer.toString(model.number())))
                .orElseGet(() -> visit.text("decisions.model.gone"))).orElse("");
    }

    private Answer show(Visit visit) {
        DecisionLog.Entry entry = log.find(visit.store().id(), visit.path("request")).orElseThrow(() -> Refusal.missing(visit));
        return Answer.html("decisions/decision", reading.view(visit, entry, model(visit, entry),
                log.feedbackOn(visit.store().id(), entry.requestId())));
    }
}
