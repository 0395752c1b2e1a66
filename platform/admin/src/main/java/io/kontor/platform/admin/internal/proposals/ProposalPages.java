package io.kontor.platform.admin.internal.proposals;

import io.kontor.platform.admin.internal.pictures.LeadTimes;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.decisions.PriceDesk;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.State;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.ActivePlugins;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What plugins propose, and the decisions of persons on it. */
@Component(service = Pages.class)
public final class ProposalPages implements Pages {

    private final Proposals proposals;
    private final Plans plans;
    private final Deciding deciding;
    private final ProposalReading reading;

    /**
     * Made by Declarative Services.
     *
     * @param proposals keeps them
     * @param jobs runs plans
     * @param active which plugins run
     * @param prices draws demand curves
     * @param forecasts draws forecasts
     * @param data lead times
     * @param names names products and plugins
     */
    @Activate
    public ProposalPages(@Reference Proposals proposals, @Reference Jobs jobs, @Reference ActivePlugins active, @Reference PriceDesk prices,
            @Reference ForecastDesk forecasts, @Reference DataAccess data, @Reference Names names) {
        this.proposals = proposals;
        this.plans = new Plans(jobs, active);
        ProposalWords words = new ProposalWords(names);
        this.deciding = new Deciding(proposals, words);
        this.reading = new ProposalReading(proposals, words, plans, names, new ProposalPictures(prices, forecasts, new LeadTimes(data)));
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/proposals", Role.VIEWER, this::list),
                Route.post("/stores/{store}/proposals", Role.APPROVER, this::decideMany),
                Route.get("/stores/{store}/proposals/{proposal}", Role.VIEWER, this::show),
                Route.post("/stores/{store}/proposals/{proposal}", Role.APPROVER, this::decide),
                Route.post("/stores/{store}/plans/{family}", Role.ANALYST, this::plan),
                Route.get("/stores/{store}/proposals/plans/{job}", Role.VIEWER, this::progress));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.STORE, 10, visit.text("proposals.title"),
                "/stores/" + visit.store().id() + "/proposals", "proposal", Role.VIEWER));
    }

    private Answer list(Visit visit) {
        return Answer.html("proposals/list", reading.list(visit, visit.field("done"), List.of()));
    }

    private Answer decideMany(Visit visit) {
        Optional<State> to = Deciding.state(visit.field("to")).filter(state -> state != State.REVERTED);
        List<String> ids = visit.fields("id");
        if (to.isEmpty() || ids.isEmpty()) {
            return Answer.again("proposals/list", reading.list(visit, "", List.of(visit.text("proposals.choose"))));
        }
        Deciding.Result result = deciding.all(visit, ids, to.get());
        String done = result.done() + "-" + to.get();
        return result.faults().isEmpty() ? Answer.to("/stores/" + visit.store().id() + "/proposals" + reading.query(visit) + "&done=" + done)
                : new Answer.Html(409, "proposals/list", reading.list(visit, done, result.faults()));
    }

    private Kept find(Visit visit) {
        return Deciding.id(visit.path("proposal")).flatMap(id -> proposals.find(visit.store().id(), id))
                .orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit) {
        return Answer.html("proposals/proposal", reading.one(visit, find(visit), "", ""));
    }

    private Answer decide(Visit visit) {
        Kept kept = find(visit);
        State to = Deciding.state(visit.field("to")).orElseThrow(() -> Refusal.missing(visit));
        String note = visit.field("note");
        if (note.length() > Deciding.LONGEST_NOTE) {
            return Answer.again("proposals/proposal", reading.one(visit, kept, note, visit.text("proposals.note.long", Deciding.LONGEST_NOTE)));
        }
        Optional<String> fault = deciding.one(visit, kept.id(), to, note);
        return fault.isEmpty() ? Answer.to("/stores/" + visit.store().id() + "/proposals/" + kept.id())
                : new Answer.Html(409, "proposals/proposal", reading.one(visit, find(visit), note, fault.get()));
    }

    private Answer plan(Visit visit) {
        return Answer.to("/stores/" + visit.store().id() + "/proposals?job=" + plans.start(visit, visit.path("family")));
    }

    private Answer progress(Visit visit) {
        ProposalListView.PlanView view = plans.view(visit, visit.path("job"));
        if (view == null) {
            throw Refusal.missing(visit);
        }
        return Answer.html("proposals/plan", view);
    }
}
