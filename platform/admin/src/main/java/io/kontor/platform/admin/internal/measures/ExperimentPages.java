package io.kontor.platform.admin.internal.measures;

import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.measures.ExperimentListView.Form;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.decisions.Experiment;
import io.kontor.platform.decisions.Experiments;
import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Experiments on placements: begun with other strategies or with other placements in their stead, looked at, ended. */
@Component(service = Pages.class)
public final class ExperimentPages implements Pages {

    private static final int LONGEST_ID = 40;
    private static final double HUNDRED = 100;

    private final Experiments experiments;
    private final Placements placements;
    private final ActivePlugins plugins;
    private final Names names;

    /**
     * Made by Declarative Services.
     *
     * @param experiments keeps them
     * @param placements on which they are made
     * @param plugins what can be tried
     * @param names names plugins
     */
    @Activate
    public ExperimentPages(@Reference Experiments experiments, @Reference Placements placements, @Reference ActivePlugins plugins,
            @Reference Names names) {
        this.experiments = experiments;
        this.placements = placements;
        this.plugins = plugins;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/experiments", Role.ANALYST, visit -> Answer.html("measures/experiments",
                        list(visit, Form.EMPTY, List.of()))),
                Route.post("/stores/{store}/experiments", Role.OPERATOR, this::begin),
                Route.get("/stores/{store}/experiments/{experiment}", Role.ANALYST, this::show),
                Route.post("/stores/{store}/experiments/{experiment}/finish", Role.OPERATOR, this::finish),
                Route.post("/stores/{store}/experiments/{experiment}/delete", Role.OPERATOR, this::delete));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.FAMILIES, 13, visit.text("experiments.title"),
                "/stores/" + visit.store().id() + "/experiments", "trial", Role.ANALYST));
    }

    private ExperimentListView list(Visit visit, Form form, List<String> faults) {
        String store = visit.store().id();
        return new ExperimentListView(experiments.list(store).stream().map(each -> line(visit, each)).toList(),
                placements.list(store).stream().map(each -> new ExperimentListView.Choice(each.id(), title(each))).toList(),
                plugins.instances(store, Family.RECOMMEND).stream().map(PluginInstance::plugin).distinct()
                        .map(id -> new ExperimentListView.Choice(id, names.plugin(visit, id))).toList(), form, faults);
    }

    private ExperimentListView.Line line(Visit visit, Experiment experiment) {
        Experiments.Results results = experiments.results(visit.store().id(), experiment.id()).orElseThrow(() -> Refusal.missing(visit));
        return new ExperimentListView.Line(experiment.name(), visit.storeUrl("experiments", experiment.id()), experiment.placement(),
                visit.format().time(experiment.startedAt()), visit.text(experiment.running() ? "experiments.running" : "experiments.over"),
                ExperimentPicture.verdict(visit, results), ExperimentPicture.tone(results));
    }

    private Answer begin(Visit visit) {
        Form form = new Form(visit.field("title"), visit.field("placement"), visit.fields("strategies"), visit.field("learning"),
                visit.fields("like"), visit.field("percent"), visit.field("minDays"));
        try {
            Experiment kept = experiments.put(visit.store().id(), new Experiment(id(form.title()), form.title(), form.placement(),
                    variants(visit, form), Integer.valueOf(form.minDays()), null, null, null, null, null), visit.principal().name());
            return Answer.to("/stores/" + visit.store().id() + "/experiments/" + kept.id());
        } catch (FormRefusedException e) {
            return Answer.again("measures/experiments", list(visit, form, e.faults().stream()
                    .map(fault -> visit.textOr("experiments.fault." + fault.field().replaceAll("^variants.*", "variants"),
                            fault.field() + " " + fault.message())).distinct().toList()));
        } catch (NumberFormatException e) {
            return Answer.again("measures/experiments", list(visit, form, List.of(visit.text("experiments.fault.number"))));
        }
    }

    /** The placement as it is, then what is tried: it with other strategies, and other placements in its stead, in equal shares. */
    private List<Experiment.Variant> variants(Visit visit, Form form) {
        String store = visit.store().id();
        Map<String, Placement> tried = new LinkedHashMap<>();
        if (!form.strategies().isEmpty() || form.like().isEmpty()) {
            String learning = form.learning().isEmpty() ? null : form.learning();
            tried.put("", placements.find(store, form.placement()).map(base -> base.with(form.strategies(), learning)).orElse(null));
        }
        form.like().forEach(other -> placements.find(store, other).ifPresent(like -> tried.put(other, like)));
        double percent = Double.parseDouble(form.percent());
        List<Experiment.Variant> variants = new ArrayList<>();
        variants.add(new Experiment.Variant("as-it-is", visit.text("experiments.as-it-is"), HUNDRED - percent, null));
        tried.forEach((other, definition) -> variants.add(new Experiment.Variant(other.isEmpty() ? "tried" : other,
                other.isEmpty() ? visit.text("experiments.tried") : visit.text("experiments.tried-like", title(definition)),
                percent / tried.size(), definition)));
        return variants;
    }

    private static String title(Placement placement) {
        return placement.title() == null || placement.title().isEmpty() ? placement.id() : placement.title();
    }

    /** An id out of a title, or out of the time when the title has no letters for it. */
    private static String id(String title) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFD).toLowerCase(Locale.ROOT).replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String id = plain.length() > LONGEST_ID ? plain.substring(0, LONGEST_ID) : plain;
        return id.isEmpty() ? "e" + Instant.now().getEpochSecond() : id;
    }

    private Experiments.Results results(Visit visit) {
        return experiments.results(visit.store().id(), visit.path("experiment")).orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit) {
        Experiments.Results results = results(visit);
        Optional<Placement> placement = placements.find(visit.store().id(), results.experiment().placement());
        return Answer.html("measures/experiment", new ExperimentPicture(visit, names, results, placement).view());
    }

    private Answer finish(Visit visit) {
        String id = results(visit).experiment().id();
        try {
            experiments.finish(visit.store().id(), id, Optional.of(visit.field("winner")).filter(winner -> !winner.isEmpty()),
                    visit.principal().name());
        } catch (FormRefusedException e) {
            throw new Refusal(409, visit.text("experiments.fault.finish"));
        }
        return Answer.to("/stores/" + visit.store().id() + "/experiments/" + id);
    }

    private Answer delete(Visit visit) {
        if (!experiments.delete(visit.store().id(), visit.path("experiment"))) {
            throw Refusal.missing(visit);
        }
        return Answer.to("/stores/" + visit.store().id() + "/experiments");
    }
}
