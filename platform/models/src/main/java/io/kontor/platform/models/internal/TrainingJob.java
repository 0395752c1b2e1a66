package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.job.JobContext;
import io.kontor.api.model.Evaluation;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.jobs.JobHandler;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.internal.ChampionIndex.Key;
import io.kontor.platform.models.internal.DatabaseModelRegistry.Registered;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import io.kontor.platform.stores.Stores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Trains a plugin for a store. Works with an instance of its own, so that neither a long training holds up a change of settings nor such a
 * change reaches into a running training. A job that is taken up again after its model was registered does not train a second time.
 */
@Component(service = JobHandler.class, property = JobHandler.TYPE + "=" + ModelRegistry.TRAIN_JOB)
public final class TrainingJob implements JobHandler {

    /** Used when none is given, so that a run can be repeated without writing the seed down. */
    static final long DEFAULT_SEED = 42;

    private final PluginCatalogue catalogue;
    private final Workshop workshop;
    private final RunWatch watch;

    /**
     * The handler.
     *
     * @param data the records of stores
     * @param stores which stores there are
     * @param active which plugins run for them
     * @param activations makes instances for a run
     * @param catalogue tells a plugin's family
     * @param registry where models are registered
     * @param index which models serve
     * @param files where artifacts are kept
     * @param code tells which code trains
     * @param recordings has the records that runs share
     * @param watch keeps runs within their limits
     */
    @Activate
    public TrainingJob(@Reference DataAccess data, @Reference Stores stores, @Reference ActivePlugins active,
            @Reference Activations activations, @Reference PluginCatalogue catalogue, @Reference DatabaseModelRegistry registry,
            @Reference ChampionIndex index, @Reference ArtifactFiles files, @Reference InstalledCode code,
            @Reference Recordings recordings, @Reference RunWatch watch) {
        this.catalogue = catalogue;
        this.watch = watch;
        this.workshop = new Workshop(data, stores, active, activations, registry, index, files, new ModelJson(), code,
                recordings);
    }

    @Override
    public Map<String, Object> run(String job, JobRequest request, JobContext context) throws Exception {
        Key key = new Key(request.store(), request.plugin());
        var earlier = workshop.registry().registeredBy(job, key);
        if (earlier.isPresent()) {
            context.log("The model was registered before the server stopped; it is not trained again.");
            return result(earlier.get());
        }
        workshop.data().cleaned(key.store()).forEach(context::log);
        try (Activations.Trial trial = workshop.activations().trial(key.store(), key.plugin(), settings(request.parameters().get("settings")))) {
            Contestant<?> candidate = Contestant.of(key, trial);
            FamilyEvaluation evaluation = Evaluations.of(catalogue, key.plugin(), trial.version());
            long seed = seed(request.parameters().get("seed"));
            return result(watch.within(key.store(), context, true,
                    limited -> new TrainingRun(workshop, evaluation, job, key.store(), seed, limited).train(candidate)));
        } catch (SettingsRefusedException | NoSuchElementException e) {
            throw new KontorException(Kind.CONFIGURATION, e.getMessage(), e);
        }
    }

    private static Map<String, Object> settings(Object given) {
        if (given == null) {
            return Map.of();
        }
        if (!(given instanceof Map<?, ?> map)) {
            throw new KontorException(Kind.CONFIGURATION, "settings must be an object with a value for each name.");
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        map.forEach((name, value) -> settings.put(String.valueOf(name), value));
        return settings;
    }

    private static long seed(Object given) {
        if (given == null) {
            return DEFAULT_SEED;
        }
        if (given instanceof Number number && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        throw new KontorException(Kind.CONFIGURATION, "seed must be a whole number.");
    }

    private static Map<String, Object> result(Registered registered) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", registered.model().id());
        result.put("metrics", metrics(registered.model().evaluation()));
        result.put("baseline", metrics(registered.model().baseline()));
        result.put("promoted", registered.verdict().promoted());
        result.put("reason", registered.verdict().reason());
        return result;
    }

    private static Map<String, Double> metrics(Evaluation evaluation) {
        return evaluation == null ? null : evaluation.metrics();
    }
}
