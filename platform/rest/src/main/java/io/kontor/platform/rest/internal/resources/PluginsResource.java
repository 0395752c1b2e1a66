package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.plugins.PluginDescriptor;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The catalogue of plugins. */
@Path("plugins")
@Component(service = Resource.class)
public final class PluginsResource implements Resource {

    private final PluginCatalogue catalogue;

    /** A plugin in JSON; its texts and schema are those of the highest version. */
    public record PluginView(String id, String family, String title, String description, List<String> versions, String bundle,
            Map<String, Object> settingsSchema, boolean trainable, boolean baseline) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param catalogue the catalogue
     */
    @Activate
    public PluginsResource(@Reference PluginCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Lists. */
    @GET
    @Requires(value = Role.VIEWER, scope = Requires.Scope.ANY_KEY)
    @Describe("Lists the plugins that can be enabled.")
    public Page<PluginView> list(Call call, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        Map<String, List<PluginDescriptor>> byId = new TreeMap<>();
        for (PluginDescriptor plugin : catalogue.plugins(call.locale())) {
            byId.computeIfAbsent(plugin.id(), id -> new ArrayList<>()).add(plugin);
        }
        List<PluginView> all = byId.values().stream().map(versions -> {
            PluginDescriptor highest = versions.get(0);
            return new PluginView(highest.id(), highest.family(), highest.title(), highest.description(),
                    versions.stream().map(v -> v.version().toString()).toList(), highest.bundle(), highest.settings().jsonSchema(),
                    highest.trainable(), highest.baseline());
        }).toList();
        return Page.of(all, limit, cursor, PluginView::id);
    }
}
