package io.kontor.platform.rest.internal.metrics;

import io.kontor.api.plugin.Family;
import io.kontor.api.store.Store;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.DecisionStatistics;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.monitoring.Monitoring;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.rest.internal.metrics.Exposition.Type;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.RequestMetrics;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import io.kontor.platform.stores.Stores;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server counts, for Prometheus. Names of stores are left out: with a thousand of them each would be a thousand series. */
@Path("metrics")
@Component(service = Resource.class)
public final class MetricsResource implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsResource.class);
    private static final List<String> FAMILIES = List.of(Family.RECOMMEND, Family.INVENTORY, Family.PRICING, Family.RISK);

    private final RequestMetrics requests;
    private final EventMetrics events;
    private final Stores stores;
    private final ActivePlugins plugins;
    private final LiveModels models;
    private final BundleDeployer bundles;
    private final Jobs jobs;
    private final DecisionStatistics decisions;
    private final DecisionLog log;
    private final Monitoring monitoring;

    /** A plugin of a family. */
    private record Enabled(String family, String plugin) {
    }

    /** Circuit breakers of a plugin in one state. */
    private record Breakers(String family, String plugin, DecisionStatistics.State state) {
    }

    /** How a bundle is installed. */
    private record Installed(String origin, String state) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param requests counts requests
     * @param events counts events
     * @param stores the stores
     * @param plugins their running instances
     * @param models their models
     * @param bundles what is installed
     * @param jobs the jobs
     * @param decisions what the guard around the plugins saw
     * @param log the log of decisions
     * @param monitoring what is wrong with models
     */
    @Activate
    public MetricsResource(@Reference RequestMetrics requests, @Reference EventMetrics events, @Reference Stores stores,
            @Reference ActivePlugins plugins, @Reference LiveModels models, @Reference BundleDeployer bundles, @Reference Jobs jobs,
            @Reference DecisionStatistics decisions, @Reference DecisionLog log, @Reference Monitoring monitoring) {
        this.requests = requests;
        this.events = events;
        this.stores = stores;
        this.plugins = plugins;
        this.models = models;
        this.bundles = bundles;
        this.jobs = jobs;
        this.decisions = decisions;
        this.log = log;
        this.monitoring = monitoring;
    }

    /** Writes. */
    @GET
    @Requires(value = Role.VIEWER, scope = Requires.Scope.EVERYWHERE)
    @Describe(value = "Gives the server's metrics in the text format of Prometheus; also at /metrics.", produces = "text/plain")
    public Reply<String> metrics() {
        Exposition out = new Exposition();
        requests(out);
        events.write(out);
        decisions(out);
        enabled(out);
        bundles(out);
        jobs(out);
        problems(out);
        JvmMetrics.write(out);
        byte[] text = out.text().getBytes(StandardCharsets.UTF_8);
        return Reply.streaming(Exposition.CONTENT_TYPE, stream -> stream.write(text));
    }

    private void requests(Exposition out) {
        Exposition.Family family = out.family("kontor_http_request_duration_seconds", Type.HISTOGRAM,
                "Time from the first look at a request to the end of its answer.");
        requests.forEach((key, durations) -> family.histogram(durations.bounds(), durations.counts(), durations.seconds(), "method",
                key.method(), "route", key.route(), "status", Integer.toString(key.status())));
    }

    private void decisions(Exposition out) {
        Exposition.Family calls = out.family("kontor_plugin_calls_total", Type.COUNTER, "Calls into plugins, by how they ended.");
        decisions.calls().forEach(c -> calls.sample(c.count(), "family", c.family(), "plugin", c.plugin(), "outcome", text(c.outcome())));
        Exposition.Family fallbacks = out.family("kontor_decision_fallbacks_total", Type.COUNTER,
                "Decisions that the plugin asked first did not give, by who gave them.");
        decisions.fallbacks().forEach(f -> fallbacks.sample(f.count(), "family", f.family(), "by", text(f.by())));
        out.family("kontor_decision_log_left_out_total", Type.COUNTER,
                "Decisions that are not in the log because the database could not keep up.").sample(log.leftOut());
        Map<Breakers, Long> states = new HashMap<>();
        Map<Enabled, Long> stuck = new HashMap<>();
        for (DecisionStatistics.Circuit circuit : decisions.circuits()) {
            states.merge(new Breakers(circuit.family(), circuit.plugin(), circuit.state()), 1L, Long::sum);
            stuck.merge(new Enabled(circuit.family(), circuit.plugin()), (long) circuit.stuck(), Long::sum);
        }
        Exposition.Family breakers = out.family("kontor_plugin_breakers", Type.GAUGE,
                "Stores by the state of a plugin's circuit breaker; an open one is not asked.");
        states.forEach((b, count) -> breakers.sample(count, "family", b.family(), "plugin", b.plugin(), "state", text(b.state())));
        Exposition.Family late = out.family("kontor_plugin_calls_stuck", Type.GAUGE, "Calls that run past their deadline at the moment.");
        stuck.forEach((plugin, count) -> late.sample(count, "family", plugin.family(), "plugin", plugin.plugin()));
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private void enabled(Exposition out) {
        Map<Enabled, Integer> running = new HashMap<>();
        Map<Enabled, Integer> serving = new HashMap<>();
        List<Store> all = stores.list();
        for (Store store : all) {
            for (String family : FAMILIES) {
                for (PluginInstance instance : plugins.instances(store.id(), family)) {
                    Enabled plugin = new Enabled(family, instance.plugin());
                    running.merge(plugin, 1, Integer::sum);
                    serving.merge(plugin, models.hasChampion(store.id(), instance.plugin()) ? 1 : 0, Integer::sum);
                }
            }
        }
        out.family("kontor_stores", Type.GAUGE, "Stores.").sample(all.size());
        Exposition.Family instances = out.family("kontor_plugin_instances", Type.GAUGE, "Stores for which a plugin runs.");
        running.forEach((plugin, count) -> instances.sample(count, "family", plugin.family(), "plugin", plugin.plugin()));
        Exposition.Family champions = out.family("kontor_models_live", Type.GAUGE, "Stores for which a plugin has a model that answers.");
        serving.forEach((plugin, count) -> champions.sample(count, "family", plugin.family(), "plugin", plugin.plugin()));
    }

    private void bundles(Exposition out) {
        Exposition.Family family = out.family("kontor_bundles", Type.GAUGE, "Bundles that bring plugins.");
        bundles.bundles().stream().collect(Collectors.groupingBy(bundle -> new Installed(bundle.origin(), bundle.state()),
                Collectors.counting())).forEach((key, count) -> family.sample(count, "origin", key.origin(), "state", key.state()));
    }

    /** Asks the database: when that does not answer, the rest is told all the same. */
    private void problems(Exposition out) {
        List<Monitoring.Count> counts;
        try {
            counts = monitoring.counts();
        } catch (RuntimeException e) {
            LOG.warn("The database did not answer when the problems of models were to be counted", e);
            return;
        }
        Exposition.Family family = out.family("kontor_model_problems", Type.GAUGE, "Problems of models that are not closed.");
        counts.forEach(one -> family.sample(one.count(), "plugin", one.plugin(), "kind", text(one.kind())));
    }

    /** Asks the database: when that does not answer, the rest is told all the same. */
    private void jobs(Exposition out) {
        Map<Job.State, Long> counts;
        try {
            counts = jobs.counts();
        } catch (RuntimeException e) {
            LOG.warn("The database did not answer when the jobs were to be counted", e);
            counts = Map.of();
        }
        out.family("kontor_database_up", Type.GAUGE, "Whether the database answers: 1 or 0.").sample(counts.isEmpty() ? 0 : 1);
        Exposition.Family family = out.family("kontor_jobs", Type.GAUGE, "Jobs in the history, by state.");
        counts.forEach((state, count) -> family.sample(count, "state", text(state)));
    }
}
