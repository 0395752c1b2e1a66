package io.kontor.platform.admin.internal.home;

import io.kontor.api.data.Entity;
import io.kontor.api.store.Store;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.data.DataAccess.Extent;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where a visit begins: what needs attention, in one store or in all. */
@Component(service = Pages.class)
public final class HomePages implements Pages {

    private static final int STORES_A_PAGE = 50;

    private final StoreHealth health;

    /**
     * Made by Declarative Services.
     *
     * @param health knows what needs a person
     */
    @Activate
    public HomePages(@Reference StoreHealth health) {
        this.health = health;
    }

    /**
     * The home of a store.
     *
     * @param attention what needs a person, the worst first
     * @param extents how much there is
     * @param plugins what is enabled
     */
    public record StoreHome(List<Attention> attention, Map<Entity, Extent> extents, List<StoreHealth.Enabled> plugins) {

        /** Whether the store has nothing yet to work with. */
        public boolean fresh() {
            return extents.values().stream().allMatch(extent -> extent.rows() == 0);
        }
    }

    /**
     * All stores that the visitor may see, a page of them.
     *
     * @param stores in order
     * @param more the id after which the next page begins; empty on the last one
     */
    public record AllStores(List<Line> stores, String more) {
    }

    /**
     * One store among all.
     *
     * @param store the store
     * @param attention what needs a person
     * @param orders its order lines
     */
    public record Line(Store store, List<Attention> attention, Extent orders) {
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/", null, this::all), Route.get("/stores/{store}", Role.VIEWER, this::store));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return visit.store() == null ? List.of() : List.of(new NavEntry(NavEntry.Group.STORE, 0, visit.text("home.title"),
                "/stores/" + visit.store().id(), "home", Role.VIEWER));
    }

    private Answer store(Visit visit) {
        return Answer.html("home/store", new StoreHome(health.attention(visit.store(), visit), health.extents(visit.store()),
                health.enabled(visit.store(), visit)));
    }

    private Answer all(Visit visit) {
        String after = visit.field("after");
        List<Store> stores = visit.stores().stream().filter(store -> store.id().compareTo(after) > 0).limit(STORES_A_PAGE + 1).toList();
        List<Line> lines = new ArrayList<>();
        for (Store store : stores.subList(0, Math.min(STORES_A_PAGE, stores.size()))) {
            lines.add(new Line(store, health.attention(store, visit), health.extents(store).get(Entity.ORDERS)));
        }
        return Answer.html("home/all", new AllStores(lines, stores.size() > STORES_A_PAGE ? lines.get(STORES_A_PAGE - 1).store().id() : ""));
    }
}
