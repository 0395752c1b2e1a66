package io.kontor.platform.admin.internal.installation;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.security.Role;
import io.kontor.platform.security.Users;
import io.kontor.platform.security.Users.User;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The people who log in, and everybody's own password. */
@Component(service = Pages.class)
public final class UserPages implements Pages {

    private final Users users;

    /**
     * Made by Declarative Services.
     *
     * @param users who may log in
     */
    @Activate
    public UserPages(@Reference Users users) {
        this.users = users;
    }

    /**
     * All users and the form for a new one.
     *
     * @param users by name
     * @param name what was typed
     * @param grants what was chosen
     * @param fault what is wrong with it; empty when nothing is
     */
    public record UserList(List<User> users, String name, Grants grants, String fault) {
    }

    /**
     * One user.
     *
     * @param user who
     * @param grants their roles, or what was chosen
     * @param fault what is wrong; empty when nothing is
     */
    public record OneUser(User user, Grants grants, String fault) {
    }

    /**
     * A secret that is shown once.
     *
     * @param title what happened
     * @param name whose it is
     * @param secret the secret
     * @param hint what to do with it
     * @param back where to go on, below {@code /admin}
     */
    public record Secret(String title, String name, String secret, String hint, String back) {
    }

    /**
     * The visitor's own password.
     *
     * @param fault what is wrong; empty when nothing is
     */
    public record Own(String fault) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/users", Role.ADMIN, visit -> list(visit, 200, "", Grants.none(visit), "")),
                Route.post("/users", Role.ADMIN, this::create),
                Route.get("/users/{user}", Role.ADMIN, visit -> show(visit, 200, null, "")),
                Route.post("/users/{user}", Role.ADMIN, this::grant),
                Route.post("/users/{user}/password", Role.ADMIN, this::reset),
                Route.post("/users/{user}/delete", Role.ADMIN, this::delete),
                Route.get("/password", null, visit -> Answer.html("installation/password", new Own(""))),
                Route.post("/password", null, this::changeOwn));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of(new NavEntry(NavEntry.Group.INSTALLATION, 50, visit.text("installation.users"), "/users", "users", Role.ADMIN));
    }

    private Answer list(Visit visit, int status, String name, Grants grants, String fault) {
        return new Answer.Html(status, "installation/users", new UserList(users.list(), name, grants, fault));
    }

    private Answer create(Visit visit) {
        Grants grants = Grants.of(visit);
        String name = visit.field("name");
        if (!name.matches("[a-z0-9._@-]{1,100}")) {
            return list(visit, 422, name, grants, visit.text("installation.user-name-fault"));
        } else if (grants.empty()) {
            return list(visit, 422, name, grants, visit.text("installation.role-fault"));
        }
        return users.create(name, grants.everywhere(), grants.perStore())
                .map(password -> secret(visit, "installation.user-added", name, password))
                .orElseGet(() -> list(visit, 422, name, grants, visit.text("installation.user-taken", name)));
    }

    private static Answer secret(Visit visit, String title, String name, String password) {
        return Answer.html("installation/secret",
                new Secret(visit.text(title), name, password, visit.text("installation.password-hint"), "/users"));
    }

    private User user(Visit visit) {
        return users.find(visit.path("user")).orElseThrow(() -> Refusal.missing(visit));
    }

    private Answer show(Visit visit, int status, Grants chosen, String fault) {
        User user = user(visit);
        Grants grants = chosen == null ? new Grants(user.everywhere(), user.perStore(), visit.stores()) : chosen;
        return new Answer.Html(status, "installation/user", new OneUser(user, grants, fault));
    }

    private Answer grant(Visit visit) {
        Grants grants = Grants.of(visit);
        if (grants.empty()) {
            return show(visit, 422, grants, visit.text("installation.role-fault"));
        }
        try {
            users.grant(user(visit).name(), grants.everywhere(), grants.perStore());
        } catch (IllegalStateException lastAdmin) {
            return show(visit, 422, grants, visit.text("installation.last-admin"));
        }
        return Answer.to("/users");
    }

    private Answer reset(Visit visit) {
        String name = user(visit).name();
        Optional<String> password = users.resetPassword(name);
        return secret(visit, "installation.password-new", name, password.orElseThrow(() -> Refusal.missing(visit)));
    }

    private Answer delete(Visit visit) {
        try {
            users.delete(user(visit).name());
        } catch (IllegalStateException lastAdmin) {
            return show(visit, 422, null, visit.text("installation.last-admin"));
        }
        return Answer.to("/users");
    }

    private Answer changeOwn(Visit visit) {
        String chosen = visit.raw("chosen");
        if (!chosen.equals(visit.raw("again"))) {
            return Answer.again("installation/password", new Own(visit.text("installation.not-the-same")));
        }
        try {
            return users.changePassword(visit.principal().name(), visit.raw("old"), chosen, visit.address()) ? Answer.to("/")
                    : Answer.again("installation/password", new Own(visit.text("installation.password-wrong")));
        } catch (IllegalArgumentException tooShort) {
            return Answer.again("installation/password", new Own(visit.text("installation.password-short")));
        }
    }
}
