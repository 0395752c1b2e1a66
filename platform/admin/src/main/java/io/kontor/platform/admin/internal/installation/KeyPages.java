package io.kontor.platform.admin.internal.installation;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.security.Access;
import io.kontor.platform.security.Access.ApiKey;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The keys that shops and scripts use. */
@Component(service = Pages.class)
public final class KeyPages implements Pages {

    private static final int LONGEST_NAME = 200;

    private final Access access;

    /**
     * Made by Declarative Services.
     *
     * @param access keeps the keys
     */
    @Activate
    public KeyPages(@Reference Access access) {
        this.access = access;
    }

    /**
     * All keys and the form for a new one.
     *
     * @param keys the newest first
     * @param name what was typed
     * @param expires the day that was typed
     * @param grants what was chosen
     * @param fault what is wrong with it; empty when nothing is
     */
    public record KeyList(List<ApiKey> keys, String name, String expires, Grants grants, String fault) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/keys", Role.ADMIN, visit -> list(visit, 200, Grants.none(visit), "")),
                Route.post("/keys", Role.ADMIN, this::create),
                Route.post("/keys/{key}/revoke", Role.ADMIN, this::revoke));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of(new NavEntry(NavEntry.Group.INSTALLATION, 60, visit.text("installation.keys"), "/keys", "key", Role.ADMIN));
    }

    private Answer list(Visit visit, int status, Grants grants, String fault) {
        return new Answer.Html(status, "installation/keys",
                new KeyList(access.keys(), visit.field("name"), visit.field("expires"), grants, fault));
    }

    private Answer create(Visit visit) {
        Grants grants = Grants.of(visit);
        String name = visit.field("name");
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return list(visit, 422, grants, visit.text("installation.key-name-fault"));
        } else if (grants.empty()) {
            return list(visit, 422, grants, visit.text("installation.role-fault"));
        }
        Instant expires = null;
        if (!visit.field("expires").isEmpty()) {
            try {
                expires = LocalDate.parse(visit.field("expires")).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeParseException e) {
                return list(visit, 422, grants, visit.text("installation.day-fault"));
            }
            if (expires.isBefore(Instant.now())) {
                return list(visit, 422, grants, visit.text("installation.day-past"));
            }
        }
        Access.NewKey made = access.create(name, grants.everywhere(), grants.perStore(), expires);
        return Answer.html("installation/secret", new UserPages.Secret(visit.text("installation.key-added"), name, made.secret(),
                visit.text("installation.key-hint"), "/keys"));
    }

    private Answer revoke(Visit visit) {
        if (!access.revoke(visit.path("key"))) {
            throw Refusal.missing(visit);
        }
        return Answer.to("/keys");
    }
}
