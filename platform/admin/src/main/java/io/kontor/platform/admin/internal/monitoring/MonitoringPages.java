package io.kontor.platform.admin.internal.monitoring;

import io.kontor.platform.admin.internal.monitoring.MonitoringView.ProblemLine;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Chart;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Look;
import io.kontor.platform.monitoring.Monitoring;
import io.kontor.platform.monitoring.Problem;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the models of a store still fit: problems, distributions then and now, and what opens a problem. */
@Component(service = Pages.class)
public final class MonitoringPages implements Pages {

    private static final int SHOWN = 100;
    private static final int CLOSED = 20;
    private static final int DAYS = 90;
    private static final String PLUGIN = "monitoring/plugin";

    private final Monitoring monitoring;
    private final ModelRegistry registry;
    private final Activations activations;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param monitoring looks after champions
     * @param registry the models
     * @param activations knows what is enabled
     * @param names names plugins
     */
    @Activate
    public MonitoringPages(@Reference Monitoring monitoring, @Reference ModelRegistry registry, @Reference Activations activations,
            @Reference Names names) {
        this.monitoring = monitoring;
        this.registry = registry;
        this.activations = activations;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/monitoring", Role.VIEWER, this::list),
                Route.get("/stores/{store}/monitoring/{plugin}", Role.VIEWER, this::show),
                Route.post("/stores/{store}/monitoring/{plugin}", Role.OPERATOR, this::change),
                Route.post("/stores/{store}/monitoring/{plugin}/look", Role.ANALYST, this::look),
                Route.post("/stores/{store}/monitoring/problems/{problem}", Role.ANALYST, this::acknowledge));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.LEARNING, 40, visit.text("monitoring.title"),
                "/stores/" + visit.store().id() + "/monitoring", "search", Role.VIEWER));
    }

    private Answer list(Visit visit) {
        String store = visit.store().id();
        List<MonitoringView.Watched> plugins = new ArrayList<>();
        for (Activation activation : activations.list(store)) {
            if (registry.release(store, activation.plugin()).champion().isPresent()) {
                plugins.add(watched(visit, activation.plugin()));
            }
        }
        return Answer.html("monitoring/list", new MonitoringView(problems(visit, null, false, SHOWN), problems(visit, null, true, CLOSED),
                plugins));
    }

    private MonitoringView.Watched watched(Visit visit, String plugin) {
        Optional<Look> look = monitoring.looks(visit.store().id(), plugin, 1).stream().findFirst();
        String href = visit.storeUrl("monitoring", plugin);
        if (look.isEmpty()) {
            return new MonitoringView.Watched(names.plugin(visit, plugin), href, "–", "", visit.text("monitoring.never"));
        }
        long bad = look.get().findings().stream().filter(one -> one.state() == Finding.State.PROBLEM).count();
        long compared = look.get().findings().stream().filter(one -> one.state() == Finding.State.WELL
                || one.state() == Finding.State.CHANGED).count() + bad;
        return new MonitoringView.Watched(names.plugin(visit, plugin), href, visit.format().time(look.get().at()),
                bad > 0 ? "bad" : compared > 0 ? "good" : "", bad > 0 ? visit.text("monitoring.some", bad, compared)
                : compared > 0 ? visit.text("monitoring.none", compared) : visit.text("monitoring.state.TOO_LITTLE"));
    }

    private List<ProblemLine> problems(Visit visit, String plugin, boolean closed, int limit) {
        return monitoring.problems(visit.store().id(), plugin, closed, Long.MAX_VALUE, limit).stream().map(one -> line(visit, one)).toList();
    }

    private ProblemLine line(Visit visit, Problem one) {
        String since = visit.text(one.state() == Problem.State.CLOSED ? "monitoring.was" : "monitoring.since",
                visit.format().time(one.openedAt()), visit.text("models.nth", Integer.toString(one.number())),
                one.closedAt() == null ? "" : visit.format().time(one.closedAt()));
        String state = visit.text(one.closedBy() == null ? "monitoring.problem." + one.state() : "monitoring.closed." + one.closedBy());
        String note = one.who() == null ? "" : one.note() == null ? one.who() : visit.text("monitoring.note", one.who(), one.note());
        return new ProblemLine(FindingWords.what(visit, one.kind(), one.what()), FindingWords.detail(visit, one.kind(), one.figures()),
                names.plugin(visit, one.plugin()), visit.storeUrl("monitoring", one.plugin()), since, FindingWords.tone(one.state()), state,
                note, one.state() == Problem.State.OPEN && visit.may(Role.ANALYST)
                        ? visit.storeUrl("monitoring", "problems", Long.toString(one.id())) : "");
    }

    private Answer show(Visit visit) {
        known(visit);
        return Answer.html(PLUGIN, view(visit, PolicyForm.of(monitoring.policy(visit.store().id(), visit.path("plugin")))));
    }

    private void known(Visit visit) {
        String store = visit.store().id();
        if (activations.find(store, visit.path("plugin")).isEmpty() && registry.list(store, visit.path("plugin")).isEmpty()) {
            throw Refusal.missing(visit);
        }
    }

    private PluginView view(Visit visit, PolicyForm form) {
        String store = visit.store().id();
        String plugin = visit.path("plugin");
        List<Look> looks = monitoring.looks(store, plugin, DAYS);
        List<Chart> changed = new ArrayList<>();
        List<Chart> others = new ArrayList<>();
        List<PluginView.Line> lines = new ArrayList<>();
        String subtitle = visit.text("monitoring.never");
        Chart timeline = null;
        if (!looks.isEmpty()) {
            Look latest = looks.get(0);
            subtitle = visit.text("monitoring.looked", visit.format().time(latest.at()), visit.text("models.nth",
                    Integer.toString(latest.number())));
            timeline = DriftPictures.timeline(visit, looks, monitoring.policy(store, plugin).index());
            for (Finding one : latest.findings()) {
                lines.add(new PluginView.Line(visit.text("monitoring.kind." + one.kind()), FindingWords.what(visit, one.kind(), one.what()),
                        FindingWords.tone(one.state()), visit.text("monitoring.state." + one.state()),
                        FindingWords.detail(visit, one.kind(), one.figures())));
                if (one.reference() != null && one.figures().containsKey("psi")) {
                    (one.state() == Finding.State.WELL ? others : changed).add(DriftPictures.spread(visit, one));
                }
            }
        }
        return new PluginView(names.plugin(visit, plugin), plugin, subtitle, problems(visit, plugin, false, SHOWN), lines, timeline, changed,
                others, form, visit.may(Role.OPERATOR), visit.may(Role.ANALYST));
    }

    private Answer change(Visit visit) {
        known(visit);
        PolicyForm form = PolicyForm.read(visit);
        if (!form.faults().isEmpty()) {
            return Answer.again(PLUGIN, view(visit, form));
        }
        monitoring.policy(visit.store().id(), visit.path("plugin"), form.policy());
        return Answer.to("/stores/" + visit.store().id() + "/monitoring/" + visit.path("plugin"));
    }

    private Answer look(Visit visit) {
        known(visit);
        String job = monitoring.look(visit.store().id(), visit.path("plugin"), visit.starter());
        return Answer.to("/stores/" + visit.store().id() + "/jobs/" + job);
    }

    private Answer acknowledge(Visit visit) {
        String problem = visit.path("problem");
        if (!problem.matches("\\d{1,18}")) {
            throw Refusal.missing(visit);
        }
        monitoring.acknowledge(visit.store().id(), Long.parseLong(problem), visit.principal().name(), visit.field("note"))
                .orElseThrow(() -> Refusal.missing(visit));
        return Answer.to("/stores/" + visit.store().id() + "/monitoring");
    }
}
