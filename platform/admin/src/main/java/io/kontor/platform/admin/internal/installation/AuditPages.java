package io.kontor.platform.admin.internal.installation;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.security.AuditLog;
import io.kontor.platform.security.AuditLog.Noted;
import io.kontor.platform.security.Role;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who changed what and when. */
@Component(service = Pages.class)
public final class AuditPages implements Pages {

    private static final int ROWS = 50;

    private final AuditLog audit;

    /**
     * Made by Declarative Services.
     *
     * @param audit keeps the entries
     */
    @Activate
    public AuditPages(@Reference AuditLog audit) {
        this.audit = audit;
    }

    /**
     * A page of entries.
     *
     * @param entries the latest first
     * @param more the id before which the next page begins; 0 on the last one
     * @param store only of this store; empty for all
     */
    public record Entries(List<Noted> entries, long more, String store) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/audit", Role.ADMIN, this::list));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of(new NavEntry(NavEntry.Group.INSTALLATION, 70, visit.text("installation.audit"), "/audit", "audit", Role.ADMIN));
    }

    private Answer list(Visit visit) {
        String store = visit.field("store");
        List<Noted> found = audit.list(store.isEmpty() ? null : store, null, null, before(visit), ROWS + 1);
        boolean more = found.size() > ROWS;
        return Answer.html("installation/audit", new Entries(more ? found.subList(0, ROWS) : found, more ? found.get(ROWS - 1).id() : 0, store));
    }

    private static long before(Visit visit) {
        try {
            return visit.has("before") ? Long.parseLong(visit.field("before")) : Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw Refusal.missing(visit);
        }
    }
}
