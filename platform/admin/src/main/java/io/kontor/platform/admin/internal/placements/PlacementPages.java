package io.kontor.platform.admin.internal.placements;

import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activations;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The operators' placements: written, looked at as a customer, paused and removed. */
@Component(service = Pages.class)
public final class PlacementPages implements Pages {

    private static final String PLACEMENT = "placement";
    private static final int LONGEST_ID = 50;
    private static final int CHANGES = 10;
    private static final int USUAL = 10;
    private static final int MOST = 100;

    private final Placements placements;
    private final RecommendationDesk desk;
    private final Activations activations;
    private final Names names;

    /**
     * A placement in the list.
     *
     * @param id its id
     * @param title what it is called
     * @param kind where it stands
     * @param strategies who gives its candidates
     * @param rules how many rules it has
     * @param enabled whether it has an effect
     * @param href its page
     */
    public record Row(String id, String title, String kind, String strategies, String rules, boolean enabled, String href) {
    }

    /**
     * The list.
     *
     * @param rows in order of their ids
     * @param may whether the visitor may change them
     */
    public record PlacementList(List<Row> rows, boolean may) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param placements keeps them
     * @param desk previews them
     * @param activations knows the store's plugins
     * @param names names products and plugins
     */
    @Activate
    public PlacementPages(@Reference Placements placements, @Reference RecommendationDesk desk, @Reference Activations activations,
            @Reference Names names) {
        this.placements = placements;
        this.desk = desk;
        this.activations = activations;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/placements", Role.VIEWER, this::list),
                Route.get("/stores/{store}/placement", Role.ANALYST, visit -> Answer.html("placements/placement",
                        view(visit, "", PlacementFields.empty(), Map.of(), null))),
                Route.post("/stores/{store}/placement", Role.ANALYST, this::work),
                Route.get("/stores/{store}/placements/{placement}", Role.ANALYST, visit -> Answer.html("placements/placement",
                        view(visit, visit.path(PLACEMENT), PlacementFields.of(find(visit)), Map.of(), null))),
                Route.post("/stores/{store}/placements/{placement}", Role.ANALYST, this::work),
                Route.post("/stores/{store}/placements/{placement}/enabled", Role.OPERATOR, this::enable),
                Route.post("/stores/{store}/placements/{placement}/delete", Role.OPERATOR, this::delete));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.FAMILIES, 12, visit.text("placements.title"),
                "/stores/" + visit.store().id() + "/placements", "grid", Role.VIEWER));
    }

    private Placement find(Visit visit) {
        return placements.find(visit.store().id(), visit.path(PLACEMENT)).orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer list(Visit visit) {
        List<Row> rows = placements.list(visit.store().id()).stream().map(each -> new Row(each.id(), each.title(),
                visit.text("placements.kind." + each.kind()), each.strategies().isEmpty() ? visit.text("placements.strategies.best")
                : String.join(visit.text("decisions.comma"), each.strategies().stream().map(id -> names.plugin(visit, id)).toList()),
                visit.format().number(each.rules().size()), each.enabled(), visit.storeUrl("placements", each.id()))).toList();
        return Answer.html("placements/list", new PlacementList(rows, visit.may(Role.OPERATOR)));
    }

    private PlacementView view(Visit visit, String id, PlacementFields fields, Map<String, String> faults, PreviewPicture preview) {
        Set<String> ids = new TreeSet<>();
        activations.list(visit.store().id()).stream().map(each -> each.plugin())
                .filter(plugin -> names.familyOf(visit, plugin).equals(Family.RECOMMEND)).forEach(ids::add);
        Set<String> enabled = Set.copyOf(ids);
        ids.addAll(fields.strategies());
        List<PlacementView.Choice> plugins = ids.stream().map(plugin -> new PlacementView.Choice(plugin, names.plugin(visit, plugin),
                enabled.contains(plugin))).toList();
        List<PlacementView.Changed> changes = id.isEmpty() ? List.of() : placements.history(visit.store().id(), id, CHANGES).stream()
                .map(each -> new PlacementView.Changed(visit.format().number(each.version()), visit.format().time(each.time()), each.by()))
                .toList();
        return new PlacementView(id, fields, plugins, faults, preview, visit.may(Role.OPERATOR), changes);
    }

    /** A button of the form: adds a rule, previews the placement or keeps it. */
    private Answer work(Visit visit) {
        String id = visit.path(PLACEMENT) == null ? "" : find(visit).id();
        PlacementFields fields = PlacementFields.of(visit);
        if (visit.field("do").equals("add")) {
            return Answer.html("placements/placement", view(visit, id, fields.withRule(), Map.of(), null));
        }
        Placement placement = fields.placement(id.isEmpty() ? newId(visit) : id);
        try {
            placements.check(placement);
            return visit.field("do").equals("save") ? save(visit, placement) : preview(visit, id, fields, placement);
        } catch (FormRefusedException e) {
            return Answer.again("placements/placement", view(visit, id, fields, faults(visit, e), null));
        }
    }

    private Answer save(Visit visit, Placement placement) throws FormRefusedException {
        if (!visit.may(Role.OPERATOR)) {
            throw new Refusal(403, visit.text("shell.forbidden", visit.text("shell.role." + Role.OPERATOR.text())));
        }
        placements.put(visit.store().id(), placement, visit.principal().name());
        return Answer.to("/stores/" + visit.store().id() + "/placements");
    }

    private Answer preview(Visit visit, String id, PlacementFields fields, Placement placement) {
        RecommendationDesk.Question question = new RecommendationDesk.Question(Optional.of(placement.id()), given(visit.field("asCustomer")),
                given(visit.field("asProduct")), Arrays.stream(visit.field("asSession").split("[,，]")).map(String::strip)
                .filter(each -> !each.isEmpty()).toList(), count(visit.field("asN")), Optional.empty());
        try {
            return Answer.html("placements/placement", view(visit, id, fields, Map.of(), PreviewPicture.of(visit, names,
                    desk.preview(visit.store().id(), placement, question), rule -> placement.rules().stream()
                    .filter(each -> each.id().equals(rule)).findFirst().map(Rule::name).orElse(rule))));
        } catch (NoSuchElementException e) {
            return Answer.again("placements/placement", view(visit, id, fields, Map.of("", visit.said(e.getMessage())), null));
        }
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static int count(String text) {
        try {
            return Math.max(1, Math.min(MOST, Integer.parseInt(text)));
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }

    private static Map<String, String> faults(Visit visit, FormRefusedException refused) {
        Map<String, String> faults = new LinkedHashMap<>();
        refused.faults().forEach(fault -> faults.putIfAbsent(fault.field(), visit.text("placements.fault",
                visit.textOr("placements.field." + fault.field().replaceFirst("^.*\\.", ""), fault.field()), visit.said(fault.message()))));
        return faults;
    }

    /** An id out of the title, as far as it has letters that ids may have, or else out of the kind. */
    private String newId(Visit visit) {
        String words = Normalizer.normalize(visit.field("title"), Normalizer.Form.NFD).toLowerCase(Locale.ROOT).replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String kind = Placement.KINDS.contains(visit.field("kind")) ? visit.field("kind") : PLACEMENT;
        String stem = words.isEmpty() ? kind : words.substring(0, Math.min(LONGEST_ID, words.length())).replaceAll("-+$", "");
        List<String> taken = new ArrayList<>();
        placements.list(visit.store().id()).forEach(each -> taken.add(each.id()));
        String id = stem;
        for (int number = 2; taken.contains(id); number++) {
            id = stem + "-" + number;
        }
        return id;
    }

    private Answer enable(Visit visit) {
        Placement found = find(visit);
        try {
            placements.put(visit.store().id(), new Placement(found.id(), found.title(), found.kind(), visit.field("enabled").equals("true"),
                    found.strategies(), found.ranking(), found.filters(), found.rules(), found.diversity(), found.fallback(),
                    found.personalWeight(), found.learning()), visit.principal().name());
        } catch (FormRefusedException e) {
            throw new Refusal(409, e.getMessage());
        }
        return Answer.to("/stores/" + visit.store().id() + "/placements");
    }

    private Answer delete(Visit visit) {
        if (!placements.delete(visit.store().id(), visit.path(PLACEMENT), visit.principal().name())) {
            throw Refusal.missing(visit);
        }
        return Answer.to("/stores/" + visit.store().id() + "/placements");
    }
}
