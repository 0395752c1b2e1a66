package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Training of a store's plugins. */
@Path("stores/{store}/plugins/{plugin}/train")
@Component(service = Resource.class)
public final class TrainingResource implements Resource {

    private final Activations activations;
    private final PluginCatalogue catalogue;
    private final Jobs jobs;

    /**
     * How to train.
     *
     * @param settings changes to the activation's settings for this run only; null for none
     * @param seed the seed; null for the default
     */
    public record Run(Map<String, Object> settings, Long seed) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param activations knows what is enabled
     * @param catalogue knows the plugins' settings
     * @param jobs runs the training
     */
    @Activate
    public TrainingResource(@Reference Activations activations, @Reference PluginCatalogue catalogue, @Reference Jobs jobs) {
        this.activations = activations;
        this.catalogue = catalogue;
        this.jobs = jobs;
    }

    /** Trains. */
    @POST
    @Requires(Role.ANALYST)
    @Describe(value = "Trains a model, compares it with the baseline and promotes it when it is better.", status = 202)
    public Reply<JobView> train(@PathParam("store") String store, @PathParam("plugin") String plugin, Run run, Call call) {
        Activation activation = activations.find(store, plugin).orElseThrow(() -> ActivationsResource.notEnabled(store, plugin));
        PluginDescriptor descriptor = catalogue.find(plugin, activation.version(), call.locale()).orElseThrow(() -> Problem.of(409,
                "Version " + activation.version() + " of the plugin is not installed."));
        if (!descriptor.trainable()) {
            throw Problem.of(422, "The plugin \"" + plugin + "\" learns no model.");
        }
        Map<String, Object> parameters = new HashMap<>();
        if (run.settings() != null) {
            check(descriptor.settings(), activation.settings(), run.settings());
            parameters.put("settings", run.settings());
        }
        if (run.seed() != null) {
            parameters.put("seed", run.seed());
        }
        String id = jobs.submit(new JobRequest(ModelRegistry.TRAIN_JOB, store, plugin, parameters,
                ModelRegistry.TRAIN_JOB + "/" + store + "/" + plugin, call.starter()));
        return JobAnswers.started(jobs, id, call);
    }

    private static void check(SettingsSchema schema, Map<String, Object> present, Map<String, Object> changes) {
        Map<String, Object> merged = new HashMap<>(present);
        merged.putAll(changes);
        List<SettingsSchema.Fault> faults = schema.check(merged);
        if (!faults.isEmpty()) {
            throw Problem.fields(422, faults.stream().map(f -> new Problem.FieldError("settings." + f.field(), f.message())).toList());
        }
    }
}
