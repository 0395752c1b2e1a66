package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.ColumnProfile;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Look;
import io.kontor.platform.monitoring.Monitoring;
import io.kontor.platform.monitoring.MonitoringPolicy;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the models of a plugin still fit, and what opens a problem. */
@Path("stores/{store}/plugins/{plugin}/monitoring")
@Component(service = Resource.class)
public final class MonitoringResource implements Resource {

    private final Monitoring monitoring;
    private final Activations activations;
    private final ModelRegistry registry;
    private final Jobs jobs;

    /**
     * A policy; what is missing in a request gets its default.
     *
     * @param index the population stability index from which something has changed
     * @param significance the chance that one look opens a problem without a change
     * @param outcomePercent by how much the share of known outcomes must fall
     * @param qualityPercent by how much the primary metric must be worse
     * @param retrain whether a training is started when a problem is open
     * @param coolDownHours how long no other one is
     */
    public record PolicyView(Double index, Double significance, Double outcomePercent, Double qualityPercent, Boolean retrain,
            Integer coolDownHours) {
    }

    /**
     * How a column is spread.
     *
     * @param edges of numbers: the greatest value of each bin but the last
     * @param values of categories: the values; then come all others
     * @param reference cases of each bin at the training, those without a value last
     * @param now cases of each bin now
     */
    public record SpreadView(double[] edges, List<String> values, double[] reference, double[] now) {
    }

    /**
     * One thing that was looked at.
     *
     * @param kind what kind of thing
     * @param what which one
     * @param state how it is
     * @param figures by name
     * @param spread how it is spread; null where nothing is, or when only the figures are kept
     */
    public record FindingView(Finding.Kind kind, String what, Finding.State state, Map<String, Double> figures, SpreadView spread) {

        static FindingView of(Finding finding) {
            ColumnProfile reference = finding.reference();
            return new FindingView(finding.kind(), finding.what(), finding.state(), finding.figures(), reference == null ? null
                    : new SpreadView(reference.edges(), reference.values(), reference.counts(), finding.now()));
        }
    }

    /**
     * A look.
     *
     * @param at when
     * @param model the champion's id
     * @param number its number
     * @param findings one for each thing that was looked at
     */
    public record LookView(Instant at, String model, int number, List<FindingView> findings) {

        static LookView of(Look look) {
            return new LookView(look.at(), look.model(), look.number(), look.findings().stream().map(FindingView::of).toList());
        }
    }

    /**
     * How it stands.
     *
     * @param policy what opens a problem
     * @param latest the latest look; null when there was none
     */
    public record MonitoringView(PolicyView policy, LookView latest) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param monitoring looks after champions
     * @param activations knows what is enabled
     * @param registry the models
     * @param jobs take looks
     */
    @Activate
    public MonitoringResource(@Reference Monitoring monitoring, @Reference Activations activations, @Reference ModelRegistry registry,
            @Reference Jobs jobs) {
        this.monitoring = monitoring;
        this.activations = activations;
        this.registry = registry;
        this.jobs = jobs;
    }

    /** Shows. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Shows the latest look at a plugin's champion, with histograms of the training and of now, and what opens a problem.")
    public MonitoringView find(@PathParam("store") String store, @PathParam("plugin") String plugin) {
        known(store, plugin);
        return new MonitoringView(view(monitoring.policy(store, plugin)),
                monitoring.looks(store, plugin, 1).stream().findFirst().map(LookView::of).orElse(null));
    }

    /** Tells what was. */
    @GET
    @Path("looks")
    @Requires(Role.VIEWER)
    @Describe("Lists the latest looks at a plugin's champion, the newest first, with their figures.")
    public Page<LookView> looks(@PathParam("store") String store, @PathParam("plugin") String plugin,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        known(store, plugin);
        Page.limit(limit);
        return new Page<>(monitoring.looks(store, plugin, limit).stream().map(Look::figuresOnly).map(LookView::of).toList(), null);
    }

    /** Looks. */
    @POST
    @Requires(Role.ANALYST)
    @Describe(value = "Looks now whether a plugin's champion still fits.", status = 202)
    public Reply<JobView> look(@PathParam("store") String store, @PathParam("plugin") String plugin, Call call) {
        if (activations.find(store, plugin).isEmpty()) {
            throw ActivationsResource.notEnabled(store, plugin);
        }
        return JobAnswers.started(jobs, monitoring.look(store, plugin, call.starter()), call);
    }

    /** Changes. */
    @PUT
    @Requires(Role.OPERATOR)
    @Describe("Changes what opens a problem of a plugin; what is missing gets its default.")
    public PolicyView change(@PathParam("store") String store, @PathParam("plugin") String plugin, PolicyView wanted) {
        known(store, plugin);
        MonitoringPolicy policy = policy(wanted);
        List<MonitoringPolicy.Fault> faults = policy.faults();
        if (!faults.isEmpty()) {
            throw Problem.fields(422, faults.stream().map(f -> new Problem.FieldError(f.field(), f.message())).toList());
        }
        monitoring.policy(store, plugin, policy);
        return view(policy);
    }

    private void known(String store, String plugin) {
        if (activations.find(store, plugin).isEmpty() && registry.list(store, plugin).isEmpty()) {
            throw ActivationsResource.notEnabled(store, plugin);
        }
    }

    private static PolicyView view(MonitoringPolicy policy) {
        return new PolicyView(policy.index(), policy.significance(), policy.outcomePercent(), policy.qualityPercent(), policy.retrain(),
                policy.coolDownHours());
    }

    private static MonitoringPolicy policy(PolicyView wanted) {
        MonitoringPolicy otherwise = MonitoringPolicy.DEFAULT;
        return new MonitoringPolicy(or(wanted.index, otherwise.index()), or(wanted.significance, otherwise.significance()),
                or(wanted.outcomePercent, otherwise.outcomePercent()), or(wanted.qualityPercent, otherwise.qualityPercent()),
                or(wanted.retrain, otherwise.retrain()), or(wanted.coolDownHours, otherwise.coolDownHours()));
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
