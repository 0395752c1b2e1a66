package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.ShadowComparison;
import io.kontor.platform.decisions.Trials;
import io.kontor.platform.models.AliasChange;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.ReleasePolicy;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Json;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activations;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How models of a plugin come to serve for a store, and how one goes back. */
@Path("stores/{store}/plugins/{plugin}")
@Component(service = Resource.class)
public final class ReleaseResource implements Resource {

    private final ModelRegistry registry;
    private final Activations activations;
    private final Trials trials;
    private final ShadowComparison shadows;

    /**
     * A release policy; what is missing in a request gets its default.
     *
     * @param promotion who promotes a model that passes the comparison
     * @param comparison what passes beside the baseline and the champion's settings
     * @param marginPercent by how much of the rival's value
     * @param confidencePercent how sure the comparison must be
     * @param canary a share of the requests that a new model answers first
     * @param guards what sends a model back
     * @param shadowPercent which share of the requests the shadow is asked too
     * @param serving which models serve; not read in requests
     */
    public record PolicyView(ReleasePolicy.Promotion promotion, ReleasePolicy.Comparison comparison, Double marginPercent,
            Double confidencePercent, CanaryView canary, GuardsView guards, Double shadowPercent, ServingView serving) {
    }

    /** A canary. */
    public record CanaryView(Double percent, Integer minutes, Integer cases) {
    }

    /** Guards. */
    public record GuardsView(Double errorPercent, Integer p95Millis, Boolean quality, Integer hours) {
    }

    /** A model. */
    public record NamedView(String id, int number) {

        static NamedView of(Optional<Release.Bearer> bearer) {
            return bearer.map(one -> new NamedView(one.id(), one.number())).orElse(null);
        }
    }

    /**
     * Which models serve.
     *
     * @param champion the one that serves; null for none
     * @param championSince since when; null when unknown
     * @param challenger the one that may be next; null for none
     * @param canarySince since when the challenger answers its share; null when it does not
     * @param shadow the one that is asked beside the champion; null for none
     * @param previous the one that a rollback goes back to; null for none
     */
    public record ServingView(NamedView champion, Instant championSince, NamedView challenger, Instant canarySince, NamedView shadow,
            NamedView previous) {
    }

    /** A change of an alias or a policy. */
    public record ChangeView(long id, String alias, AliasChange.Model from, AliasChange.Model to, Instant at, String by,
            AliasChange.Cause cause, String reason) {

        static ChangeView of(AliasChange change) {
            return new ChangeView(change.id(), change.alias(), change.from(), change.to(), change.at(), change.author().name(),
                    change.author().cause(), change.author().reason());
        }
    }

    /**
     * A comparison with a shadow.
     *
     * @param champion id of the model that served
     * @param shadow id of the model beside it
     * @param measures histograms
     * @param main the measure of the hours
     * @param hours the latest hours with samples
     * @param examples the latest samples, the newest first
     * @param leftOut samples left out since the server started because the queue was full, for all stores
     */
    public record ShadowView(String champion, String shadow, List<MeasureView> measures, ShadowComparison.Measure main,
            List<ShadowComparison.Hour> hours, List<ExampleView> examples, long leftOut) {
    }

    /** A histogram; of latencies its bins are decimal logarithms of milliseconds. */
    public record MeasureView(ShadowComparison.Measure measure, long cases, double mean, List<BinView> bins) {
    }

    /** A bin of a histogram. */
    public record BinView(double from, double to, long cases) {
    }

    /** A sample. */
    public record ExampleView(Instant time, String subject, Object champion, Object shadow) {
    }

    /** Why somebody goes back; may be null. */
    public record Why(String reason) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param registry the models
     * @param activations knows what is enabled
     * @param trials tells how trials stand
     * @param shadows compares shadows
     */
    @Activate
    public ReleaseResource(@Reference ModelRegistry registry, @Reference Activations activations, @Reference Trials trials,
            @Reference ShadowComparison shadows) {
        this.registry = registry;
        this.activations = activations;
        this.trials = trials;
        this.shadows = shadows;
    }

    /** Shows. */
    @GET
    @Path("release")
    @Requires(Role.VIEWER)
    @Describe("Shows how models of a plugin come to serve, and which do.")
    public PolicyView find(@PathParam("store") String store, @PathParam("plugin") String plugin) {
        known(store, plugin);
        return view(registry.release(store, plugin));
    }

    /** Changes. */
    @PUT
    @Path("release")
    @Requires(Role.APPROVER)
    @Describe("Changes how models of a plugin come to serve; what is missing gets its default.")
    public PolicyView change(@PathParam("store") String store, @PathParam("plugin") String plugin, PolicyView wanted, Call call) {
        known(store, plugin);
        ReleasePolicy policy = policy(wanted);
        List<ReleasePolicy.Fault> faults = policy.faults();
        if (!faults.isEmpty()) {
            throw Problem.fields(422, faults.stream().map(f -> new Problem.FieldError(f.field(), f.message())).toList());
        }
        return view(registry.policy(store, plugin, policy,
                new AliasChange.Author(call.principal().name(), AliasChange.Cause.POLICY, "")));
    }

    /** Goes back. */
    @POST
    @Path("rollback")
    @Requires(Role.APPROVER)
    @Describe("Goes back to the champion before. Running requests finish with the present one.")
    public ModelsResource.ModelView rollBack(@PathParam("store") String store, @PathParam("plugin") String plugin, Why why, Call call) {
        known(store, plugin);
        ModelVersion model = registry.rollBack(store, plugin, null, new AliasChange.Author(call.principal().name(),
                AliasChange.Cause.ROLLBACK, why.reason() == null ? "" : why.reason().strip())).orElseThrow(() ->
                        Problem.of(409, "There is no champion to go back to: no other model of the plugin served before and is still there."));
        return ModelsResource.ModelView.of(model);
    }

    /** Tells what happened. */
    @GET
    @Path("release/history")
    @Requires(Role.VIEWER)
    @Describe("Lists who gave which model an alias, when and why, the newest first.")
    public Page<ChangeView> history(@PathParam("store") String store, @PathParam("plugin") String plugin,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") Long cursor) {
        known(store, plugin);
        Page.limit(limit);
        List<ChangeView> changes = registry.history(store, plugin, cursor == null ? Long.MAX_VALUE : cursor, limit + 1).stream()
                .map(ChangeView::of).toList();
        return Page.cut(changes, limit, change -> Long.toString(change.id()));
    }

    /** Tells how a trial stands. */
    @GET
    @Path("release/trial")
    @Requires(Role.VIEWER)
    @Describe("Shows how the trial of a challenger on a share of the requests stands beside the champion.")
    public Trials.Standing trial(@PathParam("store") String store, @PathParam("plugin") String plugin) {
        known(store, plugin);
        return trials.of(store, plugin).orElseThrow(() -> Problem.of(404, "No model of the plugin is on trial."));
    }

    /** Compares. */
    @GET
    @Path("release/shadow")
    @Requires(Role.VIEWER)
    @Describe("Shows how the answers of the shadow differ from the champion's on a sample of the live requests.")
    public ShadowView shadow(@PathParam("store") String store, @PathParam("plugin") String plugin) {
        known(store, plugin);
        ShadowComparison.Compared compared = shadows.of(store, plugin).orElseThrow(() ->
                Problem.of(404, "The plugin has no champion with a shadow beside it."));
        return new ShadowView(compared.champion(), compared.shadow(), compared.spreads().stream().map(ReleaseResource::measure).toList(),
                compared.main(), compared.hours(), compared.examples().stream().map(one -> new ExampleView(one.time(), one.subject(),
                json(one.champion()), json(one.shadow()))).toList(), compared.leftOut());
    }

    private static Object json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), Object.class);
    }

    private static MeasureView measure(ShadowComparison.Spread spread) {
        List<BinView> bins = new ArrayList<>();
        for (int i = 0; i < spread.bins().length; i++) {
            bins.add(new BinView(spread.measure().edge(i), spread.measure().edge(i + 1), spread.bins()[i]));
        }
        return new MeasureView(spread.measure(), spread.cases(), spread.mean(), bins);
    }

    private void known(String store, String plugin) {
        if (activations.find(store, plugin).isEmpty() && registry.list(store, plugin).isEmpty()) {
            throw ActivationsResource.notEnabled(store, plugin);
        }
    }

    private static PolicyView view(Release release) {
        ReleasePolicy policy = release.policy();
        return new PolicyView(policy.promotion(), policy.comparison(), policy.marginPercent(), policy.confidencePercent(),
                new CanaryView(policy.canary().percent(), policy.canary().minutes(), policy.canary().cases()),
                new GuardsView(policy.guards().errorPercent(), policy.guards().p95Millis(), policy.guards().quality(), policy.guards().hours()),
                policy.shadowPercent(), new ServingView(NamedView.of(release.champion()), release.championSince(),
                NamedView.of(release.challenger()), release.canary() ? release.canarySince() : null, NamedView.of(release.shadow()),
                NamedView.of(release.previous())));
    }

    private static ReleasePolicy policy(PolicyView wanted) {
        ReleasePolicy otherwise = ReleasePolicy.DEFAULT;
        CanaryView canary = wanted.canary() == null ? new CanaryView(null, null, null) : wanted.canary();
        GuardsView guards = wanted.guards() == null ? new GuardsView(null, null, null, null) : wanted.guards();
        return new ReleasePolicy(or(wanted.promotion(), otherwise.promotion()), or(wanted.comparison(), otherwise.comparison()),
                or(wanted.marginPercent(), otherwise.marginPercent()), or(wanted.confidencePercent(), otherwise.confidencePercent()),
                new ReleasePolicy.Canary(or(canary.percent(), otherwise.canary().percent()), or(canary.minutes(), otherwise.canary().minutes()),
                        or(canary.cases(), otherwise.canary().cases())),
                new ReleasePolicy.Guards(or(guards.errorPercent(), otherwise.guards().errorPercent()),
                        or(guards.p95Millis(), otherwise.guards().p95Millis()), or(guards.quality(), otherwise.guards().quality()),
                        or(guards.hours(), otherwise.guards().hours())),
                or(wanted.shadowPercent(), otherwise.shadowPercent()));
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
