package io.kontor.platform.admin.internal.families;

import io.kontor.api.KontorException;
import io.kontor.platform.admin.internal.decisions.DecisionView;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.Waterfall;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.decisions.Recommended;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks for recommendations as a customer would get them, and says why. */
@Component(service = Pages.class)
public final class RecommendPages implements Pages {

    private static final int USUAL = 10;
    private static final int MOST = 100;
    private static final int HISTORY = 8;

    private final RecommendationDesk desk;
    private final DataAccess data;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param desk recommends
     * @param data what customers did
     * @param names names products and plugins
     */
    @Activate
    public RecommendPages(@Reference RecommendationDesk desk, @Reference DataAccess data, @Reference Names names) {
        this.desk = desk;
        this.data = data;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/recommend", Role.VIEWER, this::show));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.FAMILIES, 10, visit.text("families.recommend"),
                "/stores/" + visit.store().id() + "/recommend", "star", Role.VIEWER));
    }

    private Answer show(Visit visit) {
        String customer = visit.field("customer");
        String product = visit.field("product");
        int n = count(visit.field("n"));
        if (!visit.has("n")) {
            return page(customer, product, n, false, "", "", List.of(), List.of(), List.of(), "");
        }
        List<Fact> history = customer.isEmpty() ? List.of() : history(visit, customer);
        try {
            var answer = desk.recommend(visit.store().id(), new RecommendationDesk.Question(Optional.empty(), given(customer), given(product),
                    List.of(), n, Optional.empty()));
            List<Fact> by = new ArrayList<>(List.of(new Fact(visit.text("families.plugin"), names.plugin(visit, answer.servedBy().plugin())),
                    new Fact(visit.text("families.version"), answer.servedBy().version())));
            return page(customer, product, n, true, "", visit.said(answer.fallback().orElse("")), by, items(visit, answer.value()), history,
                    visit.may(Role.ANALYST) ? visit.storeUrl("decisions", answer.requestId()) : "");
        } catch (KontorException | NoSuchElementException e) {
            return page(customer, product, n, true, visit.said(e.getMessage()), "", List.of(), List.of(), history, "");
        }
    }

    private static Answer page(String customer, String product, int n, boolean asked, String fault, String fallback, List<Fact> by,
            List<DecisionView.Item> items, List<Fact> history, String decision) {
        return Answer.html("families/recommend", new RecommendView(customer, product, n, asked, fault, fallback, by, items, history, decision));
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static int count(String text) {
        try {
            return Math.max(1, Math.min(MOST, Integer.parseInt(text)));
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }

    private List<DecisionView.Item> items(Visit visit, Recommended list) {
        double best = list.items().stream().mapToDouble(Recommended.Item::score).max().orElse(0);
        List<DecisionView.Item> items = new ArrayList<>();
        for (Recommended.Item item : list.items()) {
            items.add(DecisionView.Item.of(visit, names, items.size() + 1, item.product(), item.score(), best, item.reasons(),
                    item.explanation().map(explanation -> Waterfall.of(visit, explanation)).orElse(null)));
        }
        return items;
    }

    private List<Fact> history(Visit visit, String customer) {
        return data.of(visit.store().id()).history(customer, HISTORY).stream().map(each -> new Fact(names.product(visit, each.product()),
                visit.text("families.did." + each.type().name().toLowerCase(Locale.ROOT), visit.format().time(each.time())))).toList();
    }
}
