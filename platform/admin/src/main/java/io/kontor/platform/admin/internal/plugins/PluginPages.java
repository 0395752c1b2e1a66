package io.kontor.platform.admin.internal.plugins;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.jobs.Job;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.plugins.SettingsSchema;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The plugins of a store: what there is, how each does, its settings and its training. */
@Component(service = Pages.class)
public final class PluginPages implements Pages {

    private static final String ID = "id";
    private static final int LATEST_JOBS = 100;

    private final PluginCatalogue catalogue;
    private final Activations activations;
    private final Jobs jobs;
    private final StorePlugins plugins;

    /**
     * Made by Declarative Services.
     *
     * @param catalogue what is installed
     * @param activations what is enabled
     * @param models what was learned
     * @param jobs trains
     */
    @Activate
    public PluginPages(@Reference PluginCatalogue catalogue, @Reference Activations activations, @Reference ModelRegistry models,
            @Reference Jobs jobs) {
        this.catalogue = catalogue;
        this.activations = activations;
        this.jobs = jobs;
        this.plugins = new StorePlugins(catalogue, activations, models);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/stores/{store}/plugins", Role.VIEWER, this::list),
                Route.get("/stores/{store}/plugins/{id}", Role.VIEWER, this::show),
                Route.get("/stores/{store}/plugins/{id}/status", Role.VIEWER, this::status),
                Route.post("/stores/{store}/plugins/{id}", Role.OPERATOR, this::save),
                Route.post("/stores/{store}/plugins/{id}/enable", Role.OPERATOR, this::enable),
                Route.post("/stores/{store}/plugins/{id}/disable", Role.OPERATOR, this::disable),
                Route.post("/stores/{store}/plugins/{id}/train", Role.ANALYST, this::train));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.OPERATION, 0, visit.text("plugins.title"),
                "/stores/" + visit.store().id() + "/plugins", "plug", Role.VIEWER));
    }

    private Answer list(Visit visit) {
        String disabled = visit.field("disabled");
        return Answer.html("plugins/list", new CatalogueView(plugins.byFamily(visit),
                disabled.isEmpty() ? "" : catalogue.find(disabled, null, visit.locale()).map(PluginDescriptor::title).orElse("")));
    }

    private Answer show(Visit visit) {
        PluginEntry plugin = plugins.entry(visit, visit.path(ID));
        SettingsForm form = schema(plugin.id(), plugin.activation() == null ? null : plugin.version(), visit)
                .map(schema -> SettingsForm.of(schema, present(plugin))).orElse(new SettingsForm(List.of()));
        return Answer.html("plugins/show", view(plugin, form, pinned(plugin), visit.has("saved"), ""));
    }

    private PluginView view(PluginEntry plugin, SettingsForm form, String version, boolean saved, String problem) {
        return new PluginView(new StatusView(plugin, training(plugin)), form, version,
                plugin.versions().stream().map(Version::toString).toList(), saved, problem);
    }

    private Optional<SettingsSchema> schema(String plugin, Version version, Visit visit) {
        return catalogue.find(plugin, version, visit.locale()).map(PluginDescriptor::settings);
    }

    private static Map<String, Object> present(PluginEntry plugin) {
        return plugin.activation() == null ? Map.of() : plugin.activation().settings();
    }

    private static String pinned(PluginEntry plugin) {
        return plugin.activation() == null ? "" : plugin.activation().pinned().map(Version::toString).orElse("");
    }

    private Job training(PluginEntry plugin) {
        if (!plugin.trainable() || !plugin.enabled()) {
            return null;
        }
        return jobs.list(plugin.activation().store(), null, null, LATEST_JOBS).stream()
                .filter(job -> ModelRegistry.TRAIN_JOB.equals(job.type()) && plugin.id().equals(job.plugin())).findFirst().orElse(null);
    }

    private Answer status(Visit visit) {
        PluginEntry plugin = plugins.entry(visit, visit.path(ID));
        Job job = jobs.find(visit.field("job")).filter(found -> visit.store().id().equals(found.store()) && plugin.id().equals(found.plugin()))
                .orElseGet(() -> training(plugin));
        return Answer.html("plugins/status", new StatusView(plugin, job));
    }

    private Answer enable(Visit visit) {
        PluginEntry plugin = plugins.entry(visit, visit.path(ID));
        return plugin.enabled() ? Answer.to(path(visit)) : apply(visit, plugin, null, new SettingsReading(
                schema(plugin.id(), null, visit).orElseThrow(() -> Refusal.missing(visit)), name -> List.of(), Map.of()));
    }

    private Answer save(Visit visit) {
        PluginEntry plugin = plugins.entry(visit, visit.path(ID));
        Version version = visit.field("version").isEmpty() ? null : version(visit);
        SettingsSchema schema = schema(plugin.id(), version, visit).orElseThrow(() -> new Refusal(422,
                visit.text("plugins.version.absent", visit.field("version"))));
        return apply(visit, plugin, version, new SettingsReading(schema, visit::fields, present(plugin)));
    }

    private static Version version(Visit visit) {
        try {
            return Version.parseVersion(visit.field("version"));
        } catch (IllegalArgumentException e) {
            throw new Refusal(422, visit.text("plugins.version.absent", visit.field("version")));
        }
    }

    private Answer apply(Visit visit, PluginEntry plugin, Version version, SettingsReading reading) {
        if (!reading.readable()) {
            return again(visit, plugin, version, reading.checked());
        }
        try {
            activations.enable(visit.store().id(), plugin.id(), reading.values(), version);
        } catch (SettingsRefusedException e) {
            e.faults().forEach(reading::add);
            return again(visit, plugin, version, reading);
        }
        return Answer.to(path(visit) + "?saved=1");
    }

    private Answer again(Visit visit, PluginEntry plugin, Version version, SettingsReading reading) {
        return Answer.again("plugins/show", view(plugin, reading.form(), version == null ? "" : version.toString(), false,
                visit.text("plugins.refused")));
    }

    private Answer disable(Visit visit) {
        PluginEntry plugin = plugins.entry(visit, visit.path(ID));
        activations.disable(visit.store().id(), plugin.id());
        return Answer.to("/stores/" + visit.store().id() + "/plugins?disabled=" + plugin.id());
    }

    private Answer train(Visit visit) {
        String store = visit.store().id();
        PluginEntry plugin = plugins.entry(visit, visit.path(ID));
        Activation activation = plugin.activation();
        if (activation == null || !plugin.trainable()) {
            throw new Refusal(409, visit.text("plugins.train.not"));
        }
        if (!plugin.versions().contains(activation.version())) {
            throw new NoSuchElementException(plugin.reason());
        }
        jobs.submit(new JobRequest(ModelRegistry.TRAIN_JOB, store, plugin.id(), Map.of(),
                ModelRegistry.TRAIN_JOB + "/" + store + "/" + plugin.id(), visit.starter()));
        return Answer.to(path(visit));
    }

    private static String path(Visit visit) {
        return "/stores/" + visit.store().id() + "/plugins/" + visit.path(ID);
    }
}
