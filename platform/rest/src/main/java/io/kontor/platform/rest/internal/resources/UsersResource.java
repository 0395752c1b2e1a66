package io.kontor.platform.rest.internal.resources;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Router;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Users;
import io.kontor.platform.security.Users.User;
import io.kontor.platform.stores.Stores;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The people who log in with a password. */
@Path("users")
@Component(service = Resource.class)
public final class UsersResource implements Resource {

    private static final String NO_ROLE = "none";

    private final Users users;
    private final Stores stores;

    /**
     * A user in JSON.
     *
     * @param name the name to log in with
     * @param role for all stores; null for none
     * @param stores role by store id
     * @param createdAt when it was added; null when that is not known
     * @param password the generated one, only in the answer that made it
     */
    public record UserView(String name, String role, Map<String, String> stores, Instant createdAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) String password) {

        static UserView of(User user, String password) {
            return new UserView(user.name(), RoleFields.text(user.everywhere()), RoleFields.text(user.perStore()), user.createdAt(),
                    password);
        }
    }

    /** A wanted user. */
    public record NewUser(String name, String role, Map<String, String> stores) {
    }

    /**
     * What a user may do from now on; a field that is missing stays as it is.
     *
     * @param role for all stores; {@value UsersResource#NO_ROLE} takes it away
     * @param stores role by store id, all of them
     */
    public record Grant(String role, Map<String, String> stores) {
    }

    /**
     * A password that was generated.
     *
     * @param password the password; null when the answer is given again
     */
    public record NewPassword(String password) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param users keeps the users
     * @param stores knows the stores
     */
    @Activate
    public UsersResource(@Reference Users users, @Reference Stores stores) {
        this.users = users;
        this.stores = stores;
    }

    /** Lists. */
    @GET
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe("Lists the users by name, with what they may do.")
    public Page<UserView> list(@QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        List<UserView> all = users.list().stream().map(user -> UserView.of(user, null)).toList();
        return Page.of(all, limit, cursor, UserView::name);
    }

    /** Adds. */
    @POST
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe(value = "Adds a user; the generated password is shown only in this answer.", status = 201)
    public Reply<UserView> create(NewUser wanted) {
        if (wanted.name() == null) {
            throw Problem.field(422, "name", "is required");
        }
        Role everywhere = wanted.role() == null ? null : RoleFields.role("role", wanted.role());
        Map<String, Role> perStore = wanted.stores() == null ? Map.of() : RoleFields.perStore(wanted.stores(), stores);
        RoleFields.demandOne(everywhere, perStore);
        String password;
        try {
            password = users.create(wanted.name(), everywhere, perStore).orElseThrow(
                    () -> Problem.field(409, "name", "there is a user \"" + wanted.name() + "\" already"));
        } catch (IllegalArgumentException e) {
            throw Problem.field(422, "name", e.getMessage());
        }
        User added = users.find(wanted.name()).orElseThrow(() -> gone(wanted.name()));
        return Reply.of(201, UserView.of(added, password)).once(UserView.of(added, null))
                .with("Location", Router.PREFIX + "/users/" + added.name());
    }

    /** Changes. */
    @PATCH
    @Path("{user}")
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe("Changes the given fields of what a user may do, from the user's next request on; the role \"none\" takes it away.")
    public UserView grant(@PathParam("user") String name, Grant given) {
        User user = users.find(name).orElseThrow(() -> gone(name));
        Role everywhere = given.role() == null ? user.everywhere()
                : given.role().equals(NO_ROLE) ? null : RoleFields.role("role", given.role());
        Map<String, Role> perStore = given.stores() == null ? user.perStore() : RoleFields.perStore(given.stores(), stores);
        RoleFields.demandOne(everywhere, perStore);
        demandFound(name, () -> users.grant(name, everywhere, perStore));
        return UserView.of(users.find(name).orElseThrow(() -> gone(name)), null);
    }

    /** Resets. */
    @POST
    @Path("{user}/password")
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe("Gives a user a new generated password, shown only in this answer, and ends the user's sessions.")
    public Reply<NewPassword> resetPassword(@PathParam("user") String name) {
        String password = users.resetPassword(name).orElseThrow(() -> gone(name));
        return Reply.of(200, new NewPassword(password)).once(new NewPassword(null));
    }

    /** Removes. */
    @DELETE
    @Path("{user}")
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe(value = "Removes a user and ends the user's sessions.", status = 204)
    public Reply<Void> delete(@PathParam("user") String name) {
        demandFound(name, () -> users.delete(name));
        return Reply.of(204, null);
    }

    private static void demandFound(String name, BooleanSupplier change) {
        boolean found;
        try {
            found = change.getAsBoolean();
        } catch (IllegalStateException e) {
            throw Problem.of(409, e.getMessage());
        }
        if (!found) {
            throw gone(name);
        }
    }

    private static Problem gone(String name) {
        return Problem.of(404, "There is no user \"" + name + "\".");
    }
}
