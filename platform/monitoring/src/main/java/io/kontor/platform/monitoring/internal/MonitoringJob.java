package io.kontor.platform.monitoring.internal;

import io.kontor.api.KontorException;
import io.kontor.api.job.JobContext;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.decisions.DecisionSamples;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.AliasChange.Author;
import io.kontor.platform.models.AliasChange.Cause;
import io.kontor.platform.models.ModelChecks;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.models.Release;
import io.kontor.platform.monitoring.Finding;
import io.kontor.platform.monitoring.Look;
import io.kontor.platform.monitoring.MonitoringPolicy;
import io.kontor.platform.monitoring.Problem;
import io.kontor.platform.plugins.PluginTask;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Looks at a plugin's champion, opens and closes its problems, and has the plugin trained where the policy says so. Doing it again changes
 * nothing that the first time did.
 */
@Component(service = JobHandler.class, property = JobHandler.TYPE + "=" + PluginTask.MONITOR)
public final class MonitoringJob implements JobHandler {

    private static final String NAME = "monitoring";
    private static final int MOST_JOBS = 500;

    private final ModelRegistry registry;
    private final ModelChecks checks;
    private final DataAccess data;
    private final DecisionSamples decisions;
    private final ActivePlugins active;
    private final Jobs jobs;
    private final StoredMonitoring stored;
    private final Clock clock;

    /**
     * Made by Declarative Services.
     *
     * @param registry the models
     * @param checks looks at records and models
     * @param data the records of stores
     * @param decisions the log of decisions
     * @param active tells a plugin's family
     * @param jobs takes the trainings
     * @param stored keeps what was seen
     */
    @Activate
    public MonitoringJob(@Reference ModelRegistry registry, @Reference ModelChecks checks, @Reference DataAccess data,
            @Reference DecisionSamples decisions, @Reference ActivePlugins active, @Reference Jobs jobs, @Reference StoredMonitoring stored) {
        this(registry, checks, data, decisions, active, jobs, stored, Clock.systemUTC());
    }

    MonitoringJob(ModelRegistry registry, ModelChecks checks, DataAccess data, DecisionSamples decisions, ActivePlugins active, Jobs jobs,
            StoredMonitoring stored, Clock clock) {
        this.registry = registry;
        this.checks = checks;
        this.data = data;
        this.decisions = decisions;
        this.active = active;
        this.jobs = jobs;
        this.stored = stored;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) {
        String store = request.store();
        String plugin = request.plugin();
        Release release = registry.release(store, plugin);
        Optional<ModelVersion> model = release.champion().flatMap(bearer -> registry.find(store, bearer.id()));
        Map<String, Object> result = new LinkedHashMap<>();
        if (model.isEmpty()) {
            context.log("There is no model to look at yet.");
            return result;
        }
        String family = active.instance(store, plugin).map(PluginInstance::family).orElseThrow(() ->
                new KontorException(KontorException.Kind.CONFIGURATION, "Plugin " + plugin + " does not run for store " + store + "."));
        MonitoringPolicy policy = stored.policy(store, plugin);
        // The database keeps microseconds.
        Instant now = Instant.ofEpochMilli(clock.millis());
        Look look = new Watch(checks, data, decisions, model.get(), family, release.championSince(), policy, now, context).look();
        int opened = stored.keep(store, plugin, look);
        result.put("well", count(look, Finding.State.WELL));
        result.put("changed", count(look, Finding.State.CHANGED));
        result.put("problem", count(look, Finding.State.PROBLEM));
        result.put("tooLittle", count(look, Finding.State.TOO_LITTLE));
        result.put("failed", count(look, Finding.State.FAILED));
        result.put("model", model.get().id());
        result.put("opened", opened);
        if (release.policy().guards().quality() && release.previous().isPresent()) {
            result.put("wentBack", goBack(store, plugin, model.get().id(), context));
        }
        retrain(store, plugin, policy, now, context).ifPresent(training -> result.put("training", training));
        return result;
    }

    private static long count(Look look, Finding.State state) {
        return look.findings().stream().filter(one -> one.state() == state).count();
    }

    /**
     * Goes back to the champion before when that one does clearly better on what came since. Forecasts and prices have outcomes only days
     * after they were given, so it is here and not in the guard of answers that such a champion is found out.
     */
    private boolean goBack(String store, String plugin, String champion, JobContext context) {
        try {
            ModelChecks.Beside beside = checks.beside(store, plugin, context).orElse(null);
            if (beside == null || !beside.worse()) {
                return false;
            }
            String reason = "On what came since its training it is clearly worse than the champion before: " + beside.metric() + " "
                    + number(beside.champion()) + " against " + number(beside.before()) + " on " + beside.cases() + " cases.";
            boolean done = registry.rollBack(store, plugin, champion, new Author(NAME, Cause.QUALITY, reason)).isPresent();
            if (done) {
                context.log(reason);
            }
            return done;
        } catch (KontorException e) {
            context.log("The champion could not be compared with the one before: " + e.getMessage());
            return false;
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Outcomes that do not come are no reason: there would be nothing new to learn from. */
    private Optional<String> retrain(String store, String plugin, MonitoringPolicy policy, Instant now, JobContext context) {
        List<Problem> open = stored.problems(store, plugin, false, Long.MAX_VALUE, MOST_JOBS).stream()
                .filter(one -> one.state() == Problem.State.OPEN && one.kind() != Finding.Kind.OUTCOME).toList();
        if (!policy.retrain() || open.isEmpty()) {
            return Optional.empty();
        }
        if (isTraining(store, plugin, Job.State.QUEUED) || isTraining(store, plugin, Job.State.RUNNING)) {
            context.log("No training is started: one is under way.");
            return Optional.empty();
        }
        Optional<String> training = stored.retrain(store, plugin, now, Duration.ofHours(policy.coolDownHours()), () -> jobs.submit(
                new JobRequest(PluginTask.TRAIN, store, plugin, Map.of(), PluginTask.TRAIN + "/" + store + "/" + plugin)));
        context.log(training.isPresent() ? "A training is started: " + open.size() + " problems are open."
                : "No training is started: one was less than " + policy.coolDownHours() + " hours ago.");
        return training;
    }

    private boolean isTraining(String store, String plugin, Job.State state) {
        return jobs.list(store, state, null, MOST_JOBS).stream()
                .anyMatch(job -> job.type().equals(PluginTask.TRAIN) && plugin.equals(job.plugin()));
    }
}
