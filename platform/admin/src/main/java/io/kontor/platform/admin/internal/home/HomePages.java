package io.kontor.platform.admin.internal.home;

import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Where a visit begins: what needs attention, in one store or in all. */
@Component(service = Pages.class)
public final class HomePages implements Pages {

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/", null, visit -> Answer.html("home/index", this)),
                Route.get("/stores/{store}", Role.VIEWER, visit -> Answer.html("home/index", this)));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        List<NavEntry> entries = new ArrayList<>();
        if (visit.store() != null) {
            entries.add(new NavEntry(NavEntry.Group.STORE, 0, visit.text("home.title"), "/stores/" + visit.store().id(), "home", Role.VIEWER));
        }
        return entries;
    }
}
