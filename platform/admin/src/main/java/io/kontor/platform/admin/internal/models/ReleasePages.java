package io.kontor.platform.admin.internal.models;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.decisions.ShadowComparison;
import io.kontor.platform.decisions.Trials;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the models of a plugin come to serve: which do, who changed that when and why, the policy, and the way back. */
@Component(service = Pages.class)
public final class ReleasePages implements Pages {

    private static final int SHOWN = 50;

    private final ModelRegistry registry;
    private final Activations activations;
    private final Names names;
    private final Trials trials;
    private final ShadowComparison shadows;

    /**
     * Made by Declarative Services.
     *
     * @param registry has the models
     * @param activations knows what is enabled
     * @param names names plugins
     * @param trials tells how trials stand
     * @param shadows compares shadows
     */
    @Activate
    public ReleasePages(@Reference ModelRegistry registry, @Reference Activations activations, @Reference Names names,
            @Reference Trials trials, @Reference ShadowComparison shadows) {
        this.trials = trials;
        this.shadows = shadows;
        this.registry = registry;
        this.activations = activations;
        this.names = names;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/models/release/{plugin}", Role.VIEWER, this::show),
                Route.post("/stores/{store}/models/release/{plugin}", Role.APPROVER, this::change),
                Route.post("/stores/{store}/models/release/{plugin}/rollback", Role.APPROVER, this::rollBack));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of();
    }

    private Answer show(Visit visit) {
        return Answer.html("models/release", view(visit, PolicyForm.of(known(visit).policy())));
    }

    private Release known(Visit visit) {
        String store = visit.store().id();
        String plugin = visit.path("plugin");
        if (activations.find(store, plugin).isEmpty() && registry.list(store, plugin).isEmpty()) {
            throw Refusal.missing(visit);
        }
        return registry.release(store, plugin);
    }

    private ReleaseView view(Visit visit, PolicyForm form) {
        String plugin = visit.path("plugin");
        Release release = registry.release(visit.store().id(), plugin);
        List<AliasChange> history = registry.history(visit.store().id(), plugin, Long.MAX_VALUE, SHOWN);
        List<ReleaseView.Serving> serving = new ArrayList<>();
        serving(visit, "champion", release.champion(), release.championSince()).ifPresent(serving::add);
        serving(visit, release.canary() ? "canary" : "challenger", release.challenger(), release.canarySince()).ifPresent(serving::add);
        serving(visit, "shadow", release.shadow(), null).ifPresent(serving::add);
        serving(visit, "previous", release.previous(), null).ifPresent(serving::add);
        return new ReleaseView(names.plugin(visit, plugin), plugin, serving, visit.may(Role.APPROVER),
                release.previous().map(model -> Integer.toString(model.number())).orElse(""), form,
                trials.of(visit.store().id(), plugin).map(one -> TrialView.of(visit, one)).orElse(null),
                shadows.of(visit.store().id(), plugin).map(one -> ShadowPicture.of(visit, one)).orElse(null),
                history.stream().map(change -> line(visit, change)).toList());
    }

    private static Optional<ReleaseView.Serving> serving(Visit visit, String part, Optional<Release.Bearer> model, Instant since) {
        return model.map(one -> new ReleaseView.Serving(visit.text("release.part." + part), visit.text("models.nth",
                Integer.toString(one.number())), since == null ? visit.text("release.part." + part + ".help")
                : visit.text("release.since", visit.format().time(since)), visit.storeUrl("models", one.id())));
    }

    private static ReleaseView.Event line(Visit visit, AliasChange change) {
        AliasChange.Cause cause = change.author().cause();
        String what = change.alias().equals(AliasChange.POLICY) ? visit.text("release.event.policy")
                : change.to() == null ? visit.text("release.event.none", visit.text("release.alias." + change.alias()))
                : change.from() == null ? visit.text("release.event.first", visit.text("release.alias." + change.alias()),
                Integer.toString(change.to().number()))
                : visit.text("release.event.moved", visit.text("release.alias." + change.alias()), Integer.toString(change.from().number()),
                Integer.toString(change.to().number()));
        return new ReleaseView.Event(visit.format().time(change.at()), what, visit.text("release.cause." + cause.name()), tone(cause),
                change.author().name(), visit.said(change.author().reason()));
    }

    private static String tone(AliasChange.Cause cause) {
        return switch (cause) {
            case ERRORS, LATENCY, QUALITY -> "bad";
            case ROLLBACK -> "warn";
            case CANARY, CANARY_PASSED -> "accent";
            default -> "";
        };
    }

    private Answer change(Visit visit) {
        known(visit);
        PolicyForm form = PolicyForm.read(visit);
        if (!form.faults().isEmpty()) {
            return Answer.again("models/release", view(visit, form));
        }
        registry.policy(visit.store().id(), visit.path("plugin"), form.policy(),
                new AliasChange.Author(visit.principal().name(), AliasChange.Cause.POLICY, ""));
        return back(visit);
    }

    private Answer rollBack(Visit visit) {
        known(visit);
        registry.rollBack(visit.store().id(), visit.path("plugin"), null, new AliasChange.Author(visit.principal().name(),
                AliasChange.Cause.ROLLBACK, visit.field("reason"))).orElseThrow(() -> new Refusal(409, visit.text("release.nowhere")));
        return back(visit);
    }

    private static Answer back(Visit visit) {
        return Answer.to("/stores/" + visit.store().id() + "/models/release/" + visit.path("plugin"));
    }

    /**
     * The form of a policy.
     *
     * @param values what stands in its fields, by name
     * @param faults what is wrong, by name
     * @param policy what the fields say; null when something is wrong
     */
    public record PolicyForm(Map<String, String> values, Map<String, String> faults, ReleasePolicy policy) {

        private static final List<String> NUMBERS = List.of("marginPercent", "confidencePercent", "canary.percent", "canary.minutes",
                "canary.cases", "guards.errorPercent", "guards.p95Millis", "guards.hours", "shadowPercent");

        static PolicyForm of(ReleasePolicy policy) {
            Map<String, String> values = new java.util.TreeMap<>();
            values.put("promotion", policy.promotion().name());
            values.put("comparison", policy.comparison().name());
            values.put("marginPercent", plain(policy.marginPercent()));
            values.put("confidencePercent", plain(policy.confidencePercent()));
            values.put("canary.percent", plain(policy.canary().percent()));
            values.put("canary.minutes", plain(policy.canary().minutes()));
            values.put("canary.cases", plain(policy.canary().cases()));
            values.put("guards.errorPercent", plain(policy.guards().errorPercent()));
            values.put("guards.p95Millis", plain(policy.guards().p95Millis()));
            values.put("guards.quality", Boolean.toString(policy.guards().quality()));
            values.put("guards.hours", plain(policy.guards().hours()));
            values.put("shadowPercent", plain(policy.shadowPercent()));
            return new PolicyForm(values, Map.of(), policy);
        }

        private static String plain(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }

        static PolicyForm read(Visit visit) {
            Map<String, String> values = new java.util.TreeMap<>();
            Map<String, String> faults = new java.util.TreeMap<>();
            Map<String, Double> numbers = new java.util.TreeMap<>();
            for (String name : NUMBERS) {
                String text = visit.field(name);
                values.put(name, text);
                try {
                    numbers.put(name, Double.valueOf(text));
                } catch (NumberFormatException e) {
                    numbers.put(name, Double.NaN);
                }
            }
            boolean byHand = visit.field("promotion").equals(ReleasePolicy.Promotion.BY_HAND.name());
            boolean better = visit.field("comparison").equals(ReleasePolicy.Comparison.BETTER.name());
            values.put("promotion", (byHand ? ReleasePolicy.Promotion.BY_HAND : ReleasePolicy.Promotion.AUTOMATIC).name());
            values.put("comparison", (better ? ReleasePolicy.Comparison.BETTER : ReleasePolicy.Comparison.NOT_WORSE).name());
            values.put("guards.quality", Boolean.toString(visit.has("guards.quality")));
            for (String name : List.of("canary.minutes", "canary.cases", "guards.p95Millis", "guards.hours")) {
                if (numbers.get(name) != Math.rint(numbers.get(name))) {
                    faults.put(name, visit.text("release.whole"));
                }
            }
            ReleasePolicy policy = new ReleasePolicy(ReleasePolicy.Promotion.valueOf(values.get("promotion")),
                    ReleasePolicy.Comparison.valueOf(values.get("comparison")), numbers.get("marginPercent"), numbers.get("confidencePercent"),
                    new ReleasePolicy.Canary(numbers.get("canary.percent"), whole(numbers.get("canary.minutes")),
                            whole(numbers.get("canary.cases"))),
                    new ReleasePolicy.Guards(numbers.get("guards.errorPercent"), whole(numbers.get("guards.p95Millis")),
                            visit.has("guards.quality"), whole(numbers.get("guards.hours"))), numbers.get("shadowPercent"));
            policy.faults().forEach(fault -> faults.putIfAbsent(fault.field(), visit.text("release.range",
                    visit.format().number(fault.least(), 2), visit.format().number(fault.most(), 2))));
            return new PolicyForm(values, faults, faults.isEmpty() ? policy : null);
        }

        /** What is no number is out of every range. */
        private static int whole(double value) {
            return Double.isNaN(value) ? Integer.MIN_VALUE : (int) value;
        }
    }
}
