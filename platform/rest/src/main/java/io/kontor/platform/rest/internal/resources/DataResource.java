package io.kontor.platform.rest.internal.resources;

import io.kontor.api.data.Entity;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What data a store has. */
@Path("stores/{store}")
@Component(service = Resource.class)
public final class DataResource implements Resource {

    private final DataAccess data;

    /** How much of an entity there is. */
    public record ExtentView(String entity, long rows, Instant from, Instant to, long quarantined) {
    }

    /** A row that was put aside. */
    public record QuarantineView(String id, String entity, String job, long line, String field, String reason, String raw, Instant time) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param data the records
     */
    @Activate
    public DataResource(@Reference DataAccess data) {
        this.data = data;
    }

    /** Lists. */
    @GET
    @Path("data")
    @Requires(Role.VIEWER)
    @Describe("Tells how much of each kind of record a store has.")
    public Page<ExtentView> extents(@PathParam("store") String store) {
        return new Page<>(data.extents(store).stream()
                .map(e -> new ExtentView(e.entity().path(), e.rows(), e.from(), e.to(), e.quarantined())).toList(), null);
    }

    /** Checks. */
    @GET
    @Path("data/quality")
    @Requires(Role.VIEWER)
    @Describe("Tells what looks wrong with a store's data.")
    public Page<Map<String, Object>> quality(@PathParam("store") String store) {
        return new Page<>(data.quality(store), null);
    }

    /** Lists what was put aside. */
    @GET
    @Path("quarantine")
    @Requires(Role.ANALYST)
    @Describe("Lists the rows that were put aside, the latest first, each with the reason.")
    public Page<QuarantineView> quarantine(@PathParam("store") String store, @QueryParam("entity") String entity,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        Entity wanted = entity == null ? null : Entity.of(entity)
                .orElseThrow(() -> Problem.field(422, "entity", "there are no records called \"" + entity + "\""));
        long before;
        try {
            before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Problem.field(400, "cursor", "is not one that this list gave");
        }
        int ask = Math.min(limit + 1, 500);
        List<QuarantineView> rows = data.quarantine(store, wanted, before, ask).stream()
                .map(q -> new QuarantineView(Long.toString(q.id()), q.entity().path(), q.job(), q.line(), q.field(), q.reason(), q.raw(),
                        q.time())).toList();
        if (ask == limit && rows.size() == ask) {
            return new Page<>(rows, rows.get(ask - 1).id());
        }
        return Page.cut(rows, limit, QuarantineView::id);
    }
}
