package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.AuditLog;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who changed what. */
@Path("audit")
@Component(service = Resource.class)
public final class AuditResource implements Resource {

    private final AuditLog audit;

    /**
     * A change, or the attempt at one.
     *
     * @param id its place in the list, for paging
     * @param time when
     * @param actor the key or account
     * @param action method and route
     * @param store the store; null when it concerns none
     * @param subject the path's parameters, and what was made
     * @param status the HTTP status of the answer
     */
    public record ChangeView(String id, Instant time, String actor, String action, String store, String subject, int status) {

        static ChangeView of(AuditLog.Noted noted) {
            AuditLog.Entry entry = noted.entry();
            return new ChangeView(Long.toString(noted.id()), entry.time(), entry.actor(), entry.action(), entry.store(), entry.subject(),
                    entry.status());
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param audit the audit log
     */
    @Activate
    public AuditResource(@Reference AuditLog audit) {
        this.audit = audit;
    }

    /** Lists. */
    @GET
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe("Lists who changed what, the latest first.")
    public Page<ChangeView> list(@QueryParam("store") String store, @QueryParam("from") Instant from, @QueryParam("to") Instant to,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        long before;
        try {
            before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Problem.field(400, "cursor", "is not one that this list gave");
        }
        List<ChangeView> changes = audit.list(store, from, to, before, limit + 1).stream().map(ChangeView::of).toList();
        return Page.cut(changes, limit, ChangeView::id);
    }
}
