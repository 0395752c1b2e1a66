package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.rest.internal.routing.Call;
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
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The operator's placements: where recommended products stand, and how their lists come about. */
@Path("stores/{store}/placements")
@Component(service = Resource.class)
public final class PlacementsResource implements Resource {

    private final Placements placements;

    /**
     * Made by Declarative Services.
     *
     * @param placements keeps them
     */
    @Activate
    public PlacementsResource(@Reference Placements placements) {
        this.placements = placements;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the placements of a store.")
    public Page<Placement> list(@PathParam("store") String store, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        return Page.of(placements.list(store), limit, cursor, Placement::id);
    }

    /** Shows. */
    @GET
    @Path("{placement}")
    @Requires(Role.VIEWER)
    @Describe("Shows a placement.")
    public Placement find(@PathParam("store") String store, @PathParam("placement") String id) {
        return placements.find(store, id).orElseThrow(() -> gone(id));
    }

    /** Adds or changes. */
    @PUT
    @Path("{placement}")
    @Requires(Role.OPERATOR)
    @Describe("Adds or replaces a placement; it applies from the next request on.")
    public Placement put(@PathParam("store") String store, @PathParam("placement") String id, Placement wanted, Call call) {
        Placement placement = named(wanted, id);
        try {
            placements.put(store, placement, call.principal().name());
        } catch (FormRefusedException e) {
            throw refused(e);
        }
        return placement;
    }

    /** Removes. */
    @DELETE
    @Path("{placement}")
    @Requires(Role.OPERATOR)
    @Describe(value = "Removes a placement; requests that name it are answered as without one.", status = 204)
    public Reply<Void> delete(@PathParam("store") String store, @PathParam("placement") String id, Call call) {
        if (!placements.delete(store, id, call.principal().name())) {
            throw gone(id);
        }
        return Reply.of(204, null);
    }

    /** Tells. */
    @GET
    @Path("{placement}/history")
    @Requires(Role.ANALYST)
    @Describe("Tells the changes of a placement, the latest first; the content of a change that removed it is null.")
    public Page<Placements.Change> history(@PathParam("store") String store, @PathParam("placement") String id,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        List<Placements.Change> changes = placements.history(store, id, Page.limit(limit));
        if (changes.isEmpty()) {
            throw gone(id);
        }
        return new Page<>(changes, null);
    }

    static Placement named(Placement wanted, String id) {
        if (wanted.id() != null && !wanted.id().equals(id)) {
            throw Problem.field(422, "id", "is not the one in the path");
        }
        return wanted.named(id);
    }

    static Problem refused(FormRefusedException e) {
        return Problem.fields(422, e.faults().stream().map(fault -> new Problem.FieldError(fault.field(), fault.message())).toList());
    }

    private static Problem gone(String id) {
        return Problem.of(404, "There is no placement \"" + id + "\".");
    }
}
