package io.kontor.platform.admin.internal.bundles;

import io.kontor.platform.admin.internal.bundles.BundlesView.Row;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.NavEntry;
import io.kontor.platform.admin.internal.shell.Pages;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Route;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activation;
import io.kontor.platform.stores.Activations;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Bundles come and go here, always with the plan first. The browser sends the jar once for the plan and again to deploy it, so that no half
 * done upload is kept anywhere; what is deployed is checked again.
 */
@Component(service = Pages.class)
public final class BundlePages implements Pages {

    private static final String LIST = "/bundles";

    private final BundleDeployer deployer;
    private final Activations activations;
    private final Changes changes;

    /**
     * Made by Declarative Services.
     *
     * @param deployer deploys
     * @param catalogue knows the plugins' titles
     * @param activations tells where plugins are enabled
     */
    @Activate
    public BundlePages(@Reference BundleDeployer deployer, @Reference PluginCatalogue catalogue, @Reference Activations activations) {
        this.deployer = deployer;
        this.activations = activations;
        this.changes = new Changes(catalogue, activations);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(LIST, Role.VIEWER, this::list),
                Route.post(LIST, Role.ADMIN, this::deploy),
                Route.post("/bundles/plan", Role.ADMIN, this::plan),
                Route.get("/bundles/{name}/{version}/remove", Role.ADMIN, this::planRemoval),
                Route.post("/bundles/{name}/{version}/remove", Role.ADMIN, this::remove));
    }

    @Override
    public List<NavEntry> navigation(Visit visit) {
        return List.of(new NavEntry(NavEntry.Group.INSTALLATION, 20, visit.text("bundles.title"), LIST, "box", Role.VIEWER));
    }

    private Answer list(Visit visit) {
        List<Row> rows = deployer.bundles().stream().map(info -> row(info, visit))
                .sorted(Comparator.comparing(Row::removable).reversed().thenComparing(row -> row.info().symbolicName())
                        .thenComparing(row -> row.info().version())).toList();
        String deployed = visit.field("deployed");
        return Answer.html("bundles/list", new BundlesView(rows, rows.stream().filter(row -> key(row.info()).equals(deployed)).findFirst()
                .orElse(null), visit.field("removed")));
    }

    private Row row(BundleInfo info, Visit visit) {
        return new Row(info, info.plugins().stream().map(id -> changes.title(id, visit)).toList(),
                activations.using(info.symbolicName(), info.version()).stream().map(Activation::store).distinct().count());
    }

    private static String key(BundleInfo info) {
        return info.symbolicName() + "/" + info.version();
    }

    private Answer plan(Visit visit) {
        return refusing(() -> Answer.html("bundles/plan", changes.of(deployer.plan(visit.body(), visit.locale()), visit)), visit);
    }

    private Answer deploy(Visit visit) {
        return refusing(() -> Answer.to(LIST + "?deployed=" + key(deployer.deploy(visit.body(), BundleDeployer.Origin.API))), visit);
    }

    private interface Upload {
        Answer receive() throws IOException;
    }

    private static Answer refusing(Upload upload, Visit visit) {
        try {
            return upload.receive();
        } catch (BundleRefusedException e) {
            return Answer.again("bundles/plan", ChangeView.refused(visit.said(e.getMessage())));
        } catch (IOException e) {
            return Answer.again("bundles/plan", ChangeView.refused(visit.text("bundles.broken")));
        }
    }

    private Answer planRemoval(Visit visit) {
        try {
            return Answer.html("bundles/remove", changes.of(deployer.planRemoval(visit.path("name"), version(visit)), visit));
        } catch (BundleRefusedException e) {
            throw refusal(e);
        }
    }

    private Answer remove(Visit visit) {
        try {
            deployer.undeploy(visit.path("name"), version(visit));
        } catch (BundleRefusedException e) {
            throw refusal(e);
        }
        return Answer.to(LIST + "?removed=" + visit.path("name") + "%20" + version(visit));
    }

    private static Version version(Visit visit) {
        try {
            return Version.parseVersion(visit.path("version"));
        } catch (IllegalArgumentException e) {
            throw Refusal.missing(visit);
        }
    }

    private static Refusal refusal(BundleRefusedException e) {
        return new Refusal(e.kind() == BundleRefusedException.Kind.NOT_FOUND ? 404 : 409, e.getMessage());
    }
}
