package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.FormRefusedException;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.PlacementPreview;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.decisions.RecommendationDesk;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Unaudited;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The operator's placements: where recommended products stand, and how their lists come about. */
@Path("stores/{store}/placements")
@Component(service = Resource.class)
public final class PlacementsResource implements Resource {

    private static final int USUAL = 10;
    private static final int MOST_ITEMS = 1_000;
    private static final int MOST_SESSION_PRODUCTS = 200;

    private final Placements placements;
    private final RecommendationDesk desk;

    /**
     * For whom a preview is.
     *
     * @param placement a definition that need not be the store's; null for the one that the store has
     * @param customer as whom to look; null for an unknown visitor
     * @param product the product looked at; null for none
     * @param session products of the running visit, oldest first; null for none
     * @param n how many items; 10 when missing
     */
    public record PreviewWish(Placement placement, String customer, String product, List<String> session, Integer n) {
    }

    /**
     * How a list comes about, stage by stage.
     *
     * @param strategies what each strategy and each link of the chain gave
     * @param ranked the candidates merged and ordered, before rules
     * @param held products that were held back, the first 200 of them
     * @param heldCounts how many were held back, by code of why
     * @param moved what rules did
     * @param adjusted the candidates after boosts and buries, before diversity and pins
     * @param answer the list as a request would get it, but that it is not logged
     */
    public record PreviewView(List<PlacementPreview.Stage> strategies, List<PlacementPreview.Scored> ranked,
            List<PlacementPreview.Held> held, Map<String, Integer> heldCounts, List<PlacementPreview.Moved> moved,
            List<PlacementPreview.Scored> adjusted, RecommendationsResource.RecommendationView answer) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param placements keeps them
     * @param desk answers by them
     */
    @Activate
    public PlacementsResource(@Reference Placements placements, @Reference RecommendationDesk desk) {
        this.placements = placements;
        this.desk = desk;
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

    /** Previews. */
    @POST
    @Unaudited
    @Path("{placement}/preview")
    @Requires(Role.ANALYST)
    @Describe("Shows how a placement, or a definition of it in the body that is not kept, answers as a customer, stage by stage.")
    public PreviewView preview(@PathParam("store") String store, @PathParam("placement") String id, PreviewWish wish) {
        int n = wish.n() == null ? USUAL : wish.n();
        if (n < 1 || n > MOST_ITEMS) {
            throw Problem.field(422, "n", "must be 1 to " + MOST_ITEMS);
        }
        List<String> session = wish.session() == null ? List.of() : wish.session();
        if (session.size() > MOST_SESSION_PRODUCTS) {
            throw Problem.field(422, "session", "may have at most " + MOST_SESSION_PRODUCTS + " products");
        }
        session.forEach(product -> RecommendationsResource.checkGiven("session", product));
        Placement placement = wish.placement() == null ? find(store, id) : checked(named(wish.placement(), id));
        PlacementPreview preview = desk.preview(store, placement, new RecommendationDesk.Question(Optional.of(id),
                RecommendationsResource.id("customer", wish.customer()), RecommendationsResource.id("product", wish.product()), session, n,
                Optional.empty()));
        return new PreviewView(preview.strategies(), preview.ranked(), preview.held(), preview.heldCounts(), preview.moved(),
                preview.adjusted(), RecommendationsResource.view(null, preview.answer()));
    }

    private Placement checked(Placement placement) {
        try {
            placements.check(placement);
            return placement;
        } catch (FormRefusedException e) {
            throw Problem.fields(422, e.faults().stream()
                    .map(fault -> new Problem.FieldError("placement." + fault.field(), fault.message())).toList());
        }
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
