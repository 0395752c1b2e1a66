package io.kontor.platform.rest.internal.resources;

import io.kontor.api.data.SnapshotInfo;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.ModelVersion;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The models of a store. */
@Path("stores/{store}/models")
@Component(service = Resource.class)
public final class ModelsResource implements Resource {

    private static final Set<String> ALIASES = Set.of("champion", "challenger", "shadow");

    private final ModelRegistry registry;

    /** A model in JSON. */
    public record ModelView(String id, String plugin, String pluginVersion, int number, List<String> aliases, Instant createdAt,
            Map<String, Double> metrics, Map<String, Double> baseline, SnapshotInfo snapshot, Map<String, Object> settings, long seed,
            long sizeBytes, String sha256) {

        static ModelView of(ModelVersion model) {
            return new ModelView(model.id(), model.provenance().plugin(), model.provenance().pluginVersion(), model.number(),
                    model.aliases().stream().sorted().toList(), model.createdAt(),
                    model.evaluation() == null ? null : model.evaluation().metrics(),
                    model.baseline() == null ? null : model.baseline().metrics(), model.provenance().snapshot(),
                    model.provenance().settings(), model.provenance().seed(), model.sizeBytes(), model.sha256());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param registry the registry
     */
    @Activate
    public ModelsResource(@Reference ModelRegistry registry) {
        this.registry = registry;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the models of a store, the newest first.")
    public Page<ModelView> list(@PathParam("store") String store, @QueryParam("plugin") String plugin,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        List<ModelView> all = registry.list(store, plugin).stream().map(ModelView::of).toList();
        if (cursor != null) {
            int at = all.stream().map(ModelView::id).toList().indexOf(cursor);
            if (at < 0) {
                throw Problem.field(400, "cursor", "is not one that this list gave");
            }
            all = all.subList(at + 1, all.size());
        }
        return Page.cut(all, limit, ModelView::id);
    }

    /** Promotes. */
    @PUT
    @Path("{model}/aliases/{alias}")
    @Requires(Role.APPROVER)
    @Describe("Gives a model an alias; the champion serves.")
    public ModelView alias(@PathParam("store") String store, @PathParam("model") String model, @PathParam("alias") String alias) {
        return ModelView.of(registry.alias(store, model, known(alias)).orElseThrow(() -> gone(model)));
    }

    /** Demotes. */
    @DELETE
    @Path("{model}/aliases/{alias}")
    @Requires(Role.APPROVER)
    @Describe(value = "Takes an alias from a model.", status = 204)
    public Reply<Void> removeAlias(@PathParam("store") String store, @PathParam("model") String model, @PathParam("alias") String alias) {
        if (!registry.removeAlias(store, model, known(alias))) {
            throw Problem.of(404, "The model does not have the alias " + alias + ".");
        }
        return Reply.of(204, null);
    }

    private static String known(String alias) {
        if (!ALIASES.contains(alias)) {
            throw Problem.of(404, "An alias is champion, challenger or shadow.");
        }
        return alias;
    }

    private static Problem gone(String model) {
        return Problem.of(404, "There is no model \"" + model + "\".");
    }
}
