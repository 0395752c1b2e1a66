package io.kontor.platform.admin.internal.risk;

import io.kontor.api.risk.LabelledTransaction.Label;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.Transactions;
import io.kontor.platform.decisions.RiskDesk;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Transactions that a person should look at, and what they turned out to be. */
@Component(service = Pages.class)
public final class CasePages implements Pages {

    private static final int A_PAGE = 50;

    private final RiskDesk desk;
    private final CaseReading reading;

    /**
     * Made by Declarative Services.
     *
     * @param desk has the cases
     * @param transactions know what was paid
     */
    @Activate
    public CasePages(@Reference RiskDesk desk, @Reference Transactions transactions) {
        this.desk = desk;
        this.reading = new CaseReading(transactions);
    }

    /**
     * A page of cases, the newest first.
     *
     * @param rows the cases
     * @param state open, closed or empty for both
     * @param next the address of the next page; empty on the last one
     * @param may whether the visitor may label them
     */
    public record CaseList(List<CaseRow> rows, String state, String next, boolean may) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/risk/cases", Role.ANALYST, this::list),
                Route.get("/stores/{store}/risk/cases/{case}", Role.ANALYST, this::show),
                Route.post("/stores/{store}/risk/cases/{case}", Role.OPERATOR, this::label));
    }

    private Answer list(Visit visit) {
        String state = visit.field("state").equals("closed") ? "closed" : visit.field("state").equals("all") ? "all" : "open";
        List<RiskDesk.Case> found = desk.cases(visit.store().id(), state.equals("all") ? null : Boolean.valueOf(state.equals("open")),
                number(visit.field("before"), Long.MAX_VALUE), A_PAGE + 1);
        String next = found.size() > A_PAGE ? visit.storeUrl("risk", "cases") + "?state=" + state + "&before=" + found.get(A_PAGE - 1).id() : "";
        return Answer.html("risk/cases", new CaseList(reading.rows(visit, found.stream().limit(A_PAGE).toList()), state, next,
                visit.may(Role.OPERATOR)));
    }

    private static long number(String text, long otherwise) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private RiskDesk.Case find(Visit visit) {
        long id = number(visit.path("case"), -1);
        return (id < 0 || id == Long.MAX_VALUE ? List.<RiskDesk.Case>of() : desk.cases(visit.store().id(), null, id + 1, 1)).stream()
                .filter(found -> found.id() == id).findFirst().orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit) {
        return Answer.html("risk/case", reading.view(visit, find(visit), ""));
    }

    private Answer label(Visit visit) {
        RiskDesk.Case one = find(visit);
        Label label = switch (visit.field("label")) {
            case "fraud" -> Label.FRAUD;
            case "legitimate" -> Label.LEGITIMATE;
            default -> throw Refusal.missing(visit);
        };
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        boolean known = desk.label(visit.store().id(), List.of(new RiskDesk.Label(
                new Transactions.Labelling(one.transaction(), label, now), visit.principal().name())))[0];
        if (!known) {
            return new Answer.Html(409, "risk/case", reading.view(visit, one, visit.text("risk.case.gone")));
        }
        String to = "/stores/" + visit.store().id() + "/risk";
        return Answer.to(switch (visit.field("back")) {
            case "risk" -> to + "#cases";
            case "list" -> to + "/cases";
            default -> to + "/cases/" + one.id();
        });
    }
}
