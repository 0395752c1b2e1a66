package io.kontor.platform.rest.internal.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Router;
import io.kontor.platform.security.Access;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Stores;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** API keys. */
@Path("keys")
@Component(service = Resource.class)
public final class KeysResource implements Resource {

    private static final int LONGEST_NAME = 200;

    private final Access access;
    private final Stores stores;

    /**
     * A key in JSON.
     *
     * @param id its id
     * @param name what it is for
     * @param role for all stores; null for none
     * @param stores role by store id
     * @param createdAt when it was made
     * @param expiresAt when it ends; null for never
     * @param key the whole key, only in the answer that made it
     */
    public record KeyView(String id, String name, String role, Map<String, String> stores, Instant createdAt, Instant expiresAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) String key) {

        static KeyView of(Access.ApiKey key, String secret) {
            return new KeyView(key.id(), key.name(), RoleFields.text(key.everywhere()), RoleFields.text(key.perStore()), key.createdAt(),
                    key.expiresAt(), secret);
        }
    }

    /** A wanted key. */
    public record Wanted(String name, String role, Map<String, String> stores, String expiresAt) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param access keeps the keys
     * @param stores knows the stores
     */
    @Activate
    public KeysResource(@Reference Access access, @Reference Stores stores) {
        this.access = access;
        this.stores = stores;
    }

    /** Lists. */
    @GET
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe("Lists the API keys without their secrets.")
    public Page<KeyView> list(@QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        List<KeyView> all = access.keys().stream().map(key -> KeyView.of(key, null))
                .sorted(java.util.Comparator.comparing(KeyView::id)).toList();
        return Page.of(all, limit, cursor, KeyView::id);
    }

    /** Makes. */
    @POST
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe(value = "Makes an API key; its secret is shown only in this answer.", status = 201)
    public Reply<KeyView> create(Wanted wanted) {
        if (wanted.name() == null || wanted.name().isBlank() || wanted.name().length() > LONGEST_NAME || wanted.name().indexOf('\0') >= 0) {
            throw Problem.field(422, "name", "must have 1 to " + LONGEST_NAME + " characters");
        }
        Role everywhere = wanted.role() == null ? null : RoleFields.role("role", wanted.role());
        Map<String, Role> perStore = wanted.stores() == null ? Map.of() : RoleFields.perStore(wanted.stores(), stores);
        RoleFields.demandOne(everywhere, perStore);
        Access.NewKey made = access.create(wanted.name().strip(), everywhere, perStore, expiry(wanted.expiresAt()));
        return Reply.of(201, KeyView.of(made.key(), made.secret())).once(KeyView.of(made.key(), null))
                .with("Location", Router.PREFIX + "/keys/" + made.key().id());
    }

    /** Revokes. */
    @DELETE
    @Path("{key}")
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe(value = "Takes an API key back.", status = 204)
    public Reply<Void> revoke(@PathParam("key") String id) {
        if (!access.revoke(id)) {
            throw Problem.of(404, "There is no key \"" + id + "\".");
        }
        return Reply.of(204, null);
    }

    private static Instant expiry(String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant end = OffsetDateTime.parse(text).toInstant();
            if (end.isBefore(Instant.now())) {
                throw Problem.field(422, "expiresAt", "must lie in the future");
            }
            return end;
        } catch (DateTimeException e) {
            throw Problem.field(422, "expiresAt", "must be a time with offset such as 2027-01-31T08:00:00Z");
        }
    }
}
