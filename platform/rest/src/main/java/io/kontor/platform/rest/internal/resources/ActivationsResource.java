package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import io.kontor.platform.stores.SettingsRefusedException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which plugins are enabled for a store. */
@Path("stores/{store}/plugins")
@Component(service = Resource.class)
public final class ActivationsResource implements Resource {

    private final Activations activations;
    private final PluginCatalogue catalogue;

    /** An activation in JSON. */
    public record ActivationView(String plugin, String version, boolean pinned, Activation.State state, String reason,
            Map<String, Object> settings) {

        static ActivationView of(Activation activation) {
            return new ActivationView(activation.plugin(), activation.version().toString(), activation.pinned().isPresent(),
                    activation.state(), activation.reason(), activation.settings());
        }
    }

    /**
     * What is wanted.
     *
     * @param settings values by name; missing ones take the default
     * @param version the bundle version to stay on; null to follow the highest
     */
    public record Wanted(Map<String, Object> settings, String version) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param activations the activations
     * @param catalogue knows the plugins
     */
    @Activate
    public ActivationsResource(@Reference Activations activations, @Reference PluginCatalogue catalogue) {
        this.activations = activations;
        this.catalogue = catalogue;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the plugins enabled for a store.")
    public Page<ActivationView> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        List<ActivationView> all = activations.list(store).stream().map(ActivationView::of).toList();
        return Page.of(all, limit, cursor, ActivationView::plugin);
    }

    /** Shows. */
    @GET
    @Path("{plugin}")
    @Requires(Role.VIEWER)
    @Describe("Shows how a plugin does for a store.")
    public ActivationView find(@PathParam("store") String store, @PathParam("plugin") String plugin) {
        return ActivationView.of(activations.find(store, plugin).orElseThrow(() -> notEnabled(store, plugin)));
    }

    /** Enables or changes. */
    @PUT
    @Path("{plugin}")
    @Requires(Role.OPERATOR)
    @Describe("Enables a plugin for a store or changes its settings.")
    public ActivationView enable(@PathParam("store") String store, @PathParam("plugin") String plugin, Wanted wanted, Call call) {
        PluginDescriptor known = catalogue.find(plugin, null, Locale.ENGLISH)
                .orElseThrow(() -> Problem.of(404, "There is no plugin \"" + plugin + "\"."));
        Version version = null;
        if (wanted.version() != null) {
            try {
                version = Version.parseVersion(wanted.version());
            } catch (IllegalArgumentException e) {
                throw Problem.field(422, "version", "must be a version such as 1.2.0");
            }
            if (catalogue.find(plugin, version, Locale.ENGLISH).isEmpty()) {
                throw Problem.field(422, "version", "version " + version + " of " + known.bundle() + " is not installed");
            }
        }
        try {
            return ActivationView.of(activations.enable(store, plugin, wanted.settings() == null ? Map.of() : wanted.settings(), version));
        } catch (SettingsRefusedException e) {
            throw refused(e);
        }
    }

    /** Disables. */
    @DELETE
    @Path("{plugin}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Disables a plugin for a store; its models stay.", status = 204)
    public Reply<Void> disable(@PathParam("store") String store, @PathParam("plugin") String plugin) {
        if (!activations.disable(store, plugin)) {
            throw notEnabled(store, plugin);
        }
        return Reply.of(204, null);
    }

    static Problem notEnabled(String store, String plugin) {
        return Problem.of(404, "The plugin \"" + plugin + "\" is not enabled for the store \"" + store + "\".");
    }

    static Problem refused(SettingsRefusedException e) {
        return Problem.fields(422, e.faults().stream().map(f -> new Problem.FieldError("settings." + f.field(), f.message())).toList());
    }
}
