package io.kontor.platform.admin.internal.models;

import io.kontor.api.KontorException;
import io.kontor.api.metric.Difference;
import io.kontor.api.model.MemberShare;
import io.kontor.platform.admin.internal.models.ModelView.Action;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelCard;
import io.kontor.platform.models.ModelCards;
import io.kontor.platform.models.ModelExchange;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.security.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The models of a store, how good they are beside the baseline, and which of them serves. */
@Component(service = Pages.class)
public final class ModelPages implements Pages {

    private static final List<String> ALIASES = List.of(ModelRegistry.CHAMPION, "challenger", "shadow");
    private static final int SHOWN = 5;

    private static final int MOST_MEMBERS = 40;

    private final ModelRegistry registry;
    private final Names names;
    private final Fates fates;
    private final ModelCards cards;
    private final ModelExchange exchange;

    /**
     * Made by Declarative Services.
     *
     * @param registry has the models
     * @param jobs tells what training said
     * @param names names plugins
     * @param cards tells what to mind of models
     * @param exchange writes and reads models as files
     */
    @Activate
    public ModelPages(@Reference ModelRegistry registry, @Reference Jobs jobs, @Reference Names names,
            @Reference ModelCards cards, @Reference ModelExchange exchange) {
        this.cards = cards;
        this.exchange = exchange;
        this.registry = registry;
        this.names = names;
        this.fates = new Fates(jobs);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/models", Role.VIEWER, this::list),
                Route.post("/stores/{store}/models", Role.OPERATOR, this::receive),
                Route.get("/stores/{store}/models/{model}", Role.VIEWER, this::show),
                Route.get("/stores/{store}/models/{model}/file", Role.OPERATOR, this::file),
                Route.post("/stores/{store}/models/{model}/give/{alias}", Role.APPROVER, this::give),
                Route.post("/stores/{store}/models/{model}/take/{alias}", Role.APPROVER, this::take));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.LEARNING, 30, visit.text("models.title"),
                "/stores/" + visit.store().id() + "/models", "model", Role.VIEWER));
    }

    private Answer list(Visit visit) {
        String wanted = visit.field("plugin");
        Map<String, List<ModelVersion>> byPlugin = new LinkedHashMap<>();
        registry.list(visit.store().id(), wanted.isEmpty() ? null : wanted)
                .forEach(model -> byPlugin.computeIfAbsent(model.provenance().plugin(), plugin -> new ArrayList<>()).add(model));
        Map<String, Fates.Fate> said = fates.of(visit.store().id());
        List<ModelListView.Group> groups = new ArrayList<>();
        byPlugin.forEach((plugin, models) -> {
            ModelVersion champion = champion(models);
            List<ModelRow> rows = models.stream().limit(wanted.isEmpty() ? SHOWN : Integer.MAX_VALUE)
                    .map(model -> ModelRow.of(visit, model, rival(champion, model), said.get(model.id()))).toList();
            String family = names.familyOf(visit, plugin);
            groups.add(new ModelListView.Group(names.plugin(visit, plugin), family.isEmpty() ? "" : Names.family(visit, family), rows,
                    models.size() - rows.size(), visit.storeUrl("models") + "?plugin=" + plugin, visit.storeUrl("models", "release", plugin)));
        });
        return Answer.html("models/list", new ModelListView(groups));
    }

    private static ModelVersion champion(List<ModelVersion> models) {
        return models.stream().filter(model -> model.aliases().contains(ModelRegistry.CHAMPION)).findFirst().orElse(null);
    }

    private static ModelVersion rival(ModelVersion champion, ModelVersion model) {
        return champion == null || champion.id().equals(model.id()) ? null : champion;
    }

    private ModelVersion find(Visit visit) {
        return registry.find(visit.store().id(), visit.path("model")).orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit) {
        ModelVersion model = find(visit);
        String plugin = model.provenance().plugin();
        ModelVersion rival = rival(champion(registry.list(visit.store().id(), plugin)), model);
        Fates.Fate fate = fates.of(visit.store().id()).get(model.id());
        String title = visit.text("models.one", names.plugin(visit, plugin), Integer.toString(model.number()));
        return Answer.html("models/model", new ModelView(title, ModelRow.of(visit, model, rival, fate), Metric.of(visit, model, rival),
                model.evaluation() == null ? "" : visit.text("models.cases", model.evaluation().cases()),
                model.aliases().contains(ModelRegistry.CHAMPION), rival == null ? "" : Integer.toString(rival.number()),
                model.champion() != null, differences(visit, model), SliceGroup.of(visit, model), CurveCharts.of(visit, model),
                fate == null ? "" : visit.said(fate.reason()), limits(visit, model), facts(visit, model),
                settings(visit, model), visit.may(Role.OPERATOR) ? visit.storeUrl("models", model.id(), "file") : "", actions(visit, model)));
    }

    private Answer file(Visit visit) {
        ModelVersion model = find(visit);
        String store = visit.store().id();
        return new Answer.Stream("application/zip", model.provenance().plugin() + "-" + model.number() + ".zip",
                out -> exchange.write(store, model.id(), out));
    }

    /** Takes a model from a file; what is wrong with it is said beside the form. */
    private Answer receive(Visit visit) throws IOException {
        try {
            ModelVersion model = exchange.read(visit.store().id(), visit.body(), visit.principal().name());
            return Answer.to("/stores/" + visit.store().id() + "/models/" + model.id());
        } catch (KontorException e) {
            return Answer.again("imports/refused", visit.said(e.getMessage()));
        }
    }

    private List<String> limits(Visit visit, ModelVersion model) {
        return cards.of(visit.store().id(), model.id(), visit.locale()).map(ModelCard::limits).orElse(List.of()).stream()
                .map(ModelCard.Limit::text).toList();
    }

    private static List<ModelView.Difference> differences(Visit visit, ModelVersion model) {
        List<ModelView.Difference> all = new ArrayList<>();
        for (String rival : List.of(ModelVersion.BASELINE, ModelVersion.CHAMPION)) {
            Difference difference = model.differences().get(rival);
            if (difference != null && Double.isFinite(difference.value()) && Double.isFinite(difference.interval().low())) {
                int better = model.evaluation().higherIsBetter() ? difference.sign() : -difference.sign();
                all.add(new ModelView.Difference(visit.text("models.difference." + rival,
                        Metric.label(visit, model.evaluation().primary()), signed(visit, difference.value()),
                        signed(visit, difference.interval().low()), signed(visit, difference.interval().high()),
                        visit.text(better > 0 ? "models.clearly-better" : better < 0 ? "models.clearly-worse" : "models.within-noise")),
                        better > 0 ? "good" : better < 0 ? "bad" : ""));
            }
        }
        return all;
    }

    private static String signed(Visit visit, double value) {
        return (value > 0 ? "+" : "") + visit.format().number(value, 4);
    }

    private List<Fact> facts(Visit visit, ModelVersion model) {
        var snapshot = model.provenance().snapshot();
        List<Fact> facts = new ArrayList<>(List.of(new Fact(visit.text("models.trained"), visit.format().time(model.provenance().trainedAt())),
                new Fact(visit.text("models.plugin-version"), model.provenance().pluginVersion()),
                new Fact(visit.text("models.bundle-hash"), model.provenance().code().bundleSha256()),
                new Fact(visit.text("models.platform"), model.provenance().code().platform()),
                new Fact(visit.text("models.from"), visit.format().time(snapshot.from())),
                new Fact(visit.text("models.to"), visit.format().time(snapshot.to())),
                new Fact(visit.text("models.rows"), visit.format().number(snapshot.rows())),
                new Fact(visit.text("models.withheld"), visit.format().number(snapshot.withheld())),
                new Fact(visit.text("models.hash"), snapshot.hash()),
                new Fact(visit.text("models.seed"), Long.toString(model.provenance().seed())),
                new Fact(visit.text("models.size"), visit.format().bytes(model.sizeBytes())),
                new Fact(visit.text("models.checksum"), model.sha256())));
        model.provenance().features().ifPresent(set -> facts.add(new Fact(visit.text("models.features"),
                visit.text("models.features.value", set.features().size(), set.fingerprint()))));
        model.provenance().members().stream().filter(share -> share.segment().isEmpty() || share.weight() > 0).limit(MOST_MEMBERS)
                .forEach(share -> facts.add(member(visit, share)));
        return facts;
    }

    /** A member of an ensemble with what it counts, for all cases or those of a segment. */
    private Fact member(Visit visit, MemberShare share) {
        String name = names.plugin(visit, share.plugin());
        String weight = visit.format().number(share.weight(), 3);
        return new Fact(share.segment().isEmpty() ? visit.text("models.member", name)
                : visit.text("models.member.segment", name, share.segment()),
                Double.isNaN(share.loss()) ? visit.text("models.member.weight", weight)
                        : visit.text("models.member.judged", weight, visit.format().number(share.loss(), 4)));
    }

    private List<Fact> settings(Visit visit, ModelVersion model) {
        return model.provenance().settings().entrySet().stream().map(each -> new Fact(
                names.setting(visit, model.provenance().plugin(), each.getKey()), String.valueOf(each.getValue()))).toList();
    }

    private static List<Action> actions(Visit visit, ModelVersion model) {
        List<Action> actions = new ArrayList<>();
        for (String alias : visit.may(Role.APPROVER) ? ALIASES : List.<String>of()) {
            boolean has = model.aliases().contains(alias);
            boolean champion = alias.equals(ModelRegistry.CHAMPION);
            actions.add(new Action(visit.text((has ? "models.take." : "models.give.") + alias),
                    visit.storeUrl("models", model.id(), has ? "take" : "give", alias), has ? "danger" : champion ? "primary" : "",
                    champion ? visit.text(has ? "models.take.question" : "models.give.question") : ""));
        }
        return actions;
    }

    private Answer give(Visit visit) {
        registry.alias(visit.store().id(), visit.path("model"), alias(visit), author(visit)).orElseThrow(() -> Refusal.missing(visit));
        return back(visit);
    }

    /** Taking away what a model does not have any more changes nothing: the page then shows how it is. */
    private Answer take(Visit visit) {
        find(visit);
        registry.removeAlias(visit.store().id(), visit.path("model"), alias(visit), author(visit));
        return back(visit);
    }

    private static AliasChange.Author author(Visit visit) {
        return AliasChange.Author.person(visit.principal().name(), visit.field("reason"));
    }

    private static String alias(Visit visit) {
        if (!ALIASES.contains(visit.path("alias"))) {
            throw Refusal.missing(visit);
        }
        return visit.path("alias");
    }

    private static Answer back(Visit visit) {
        return Answer.to("/stores/" + visit.store().id() + "/models/" + visit.path("model"));
    }
}
