package io.kontor.platform.admin.internal.installation;

import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.models.StoreLimits;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Stores;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores that are added, changed and removed. */
@Component(service = Pages.class)
public final class StorePages implements Pages {

    private final Stores stores;
    private final StoreLimits limits;

    /**
     * Made by Declarative Services.
     *
     * @param stores the stores
     * @param limits what their training runs may take
     */
    @Activate
    public StorePages(@Reference Stores stores, @Reference StoreLimits limits) {
        this.stores = stores;
        this.limits = limits;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/installation/stores/new", Role.ADMIN, visit -> Answer.html("installation/store", StoreForm.fresh())),
                Route.post("/installation/stores/new", Role.ADMIN, this::create),
                Route.get("/stores/{store}/properties", Role.ADMIN, visit -> Answer.html("installation/store", shown(visit))),
                Route.post("/stores/{store}/properties", Role.ADMIN, this::update),
                Route.post("/stores/{store}/limits", Role.ADMIN, this::limit),
                Route.post("/stores/{store}/delete", Role.ADMIN, this::delete));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.OPERATION, 90, visit.text("installation.properties"),
                "/stores/" + visit.store().id() + "/properties", "settings", Role.ADMIN));
    }

    private Answer create(Visit visit) {
        StoreForm form = StoreForm.read(visit, null);
        if (!form.faults().isEmpty()) {
            return Answer.again("installation/store", form);
        }
        Store store = form.store();
        return stores.create(store) ? Answer.to("/stores/" + store.id())
                : Answer.again("installation/store", form.with("id", visit.text("installation.store-taken", store.id())));
    }

    private StoreForm shown(Visit visit) {
        return StoreForm.of(visit.store()).with(limits.own(visit.store().id()), limits.of(visit.store().id()));
    }

    private Answer limit(Visit visit) {
        StoreForm form = shown(visit).readLimits(visit);
        if (!form.faults().isEmpty()) {
            return Answer.again("installation/store", form);
        }
        limits.change(visit.store().id(), form.limits());
        return Answer.to("/stores/" + visit.store().id() + "/properties");
    }

    private Answer update(Visit visit) {
        StoreForm form = StoreForm.read(visit, visit.store()).with(limits.own(visit.store().id()), limits.of(visit.store().id()));
        if (!form.faults().isEmpty()) {
            return Answer.again("installation/store", form);
        }
        stores.update(form.store());
        return Answer.to("/stores/" + visit.store().id());
    }

    private Answer delete(Visit visit) {
        if (!visit.field("id").equals(visit.store().id())) {
            return Answer.again("installation/store", shown(visit).with("delete", visit.text("installation.delete-fault")));
        }
        stores.delete(visit.store().id());
        return Answer.to("/");
    }
}
