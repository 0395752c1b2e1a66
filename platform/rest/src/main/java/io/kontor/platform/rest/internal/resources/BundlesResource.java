package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.plugins.BundleDeployer;
import io.kontor.platform.plugins.BundleInfo;
import io.kontor.platform.plugins.BundlePlan;
import io.kontor.platform.plugins.BundleRefusedException;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.rest.internal.routing.Router;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.Activations;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Bundles on the running server. */
@Path("bundles")
@Component(service = Resource.class)
public final class BundlesResource implements Resource {

    private final BundleDeployer deployer;
    private final Activations activations;

    /** A bundle in JSON. */
    public record BundleView(String symbolicName, String version, String state, List<String> plugins, String origin, String sha256,
            Instant deployedAt) {

        static BundleView of(BundleInfo info) {
            return new BundleView(info.symbolicName(), info.version().toString(), info.state(), info.plugins(), info.origin(),
                    info.sha256(), info.deployedAt());
        }

        String key() {
            return symbolicName + "/" + version;
        }
    }

    /** Where a plugin is enabled. */
    public record Use(String store, String plugin) {
    }

    /** What a change would do. */
    public record PlanView(String action, String symbolicName, String version, List<String> plugins, List<String> otherVersions,
            List<String> restarts, List<Use> enabled) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param deployer deploys
     * @param activations tells where plugins are enabled
     */
    @Activate
    public BundlesResource(@Reference BundleDeployer deployer, @Reference Activations activations) {
        this.deployer = deployer;
        this.activations = activations;
    }

    /** Lists. */
    @GET
    @Requires(value = Role.VIEWER, scope = Requires.Scope.EVERYWHERE)
    @Describe("Lists the bundles that bring plugins.")
    public Page<BundleView> list(@QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        List<BundleView> all = deployer.bundles().stream().map(BundleView::of)
                .sorted(java.util.Comparator.comparing(BundleView::key)).toList();
        return Page.of(all, limit, cursor, BundleView::key);
    }

    /** Deploys. */
    @POST
    @Consumes({"application/java-archive", "application/octet-stream"})
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe(value = "Deploys a bundle, or plans it with dryRun.", status = 201)
    public Reply<BundleView> deploy(Call call, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) throws IOException {
        if (dryRun) {
            BundlePlan plan = refusing(() -> planned(call));
            return cast(Reply.of(200, view(plan)));
        }
        BundleInfo info = refusing(() -> deployed(call));
        return Reply.of(201, BundleView.of(info)).with("Location",
                Router.PREFIX + "/bundles/" + info.symbolicName() + "/" + info.version());
    }

    /** Removes. */
    @DELETE
    @Path("{symbolicName}/{version}")
    @Requires(value = Role.ADMIN, scope = Requires.Scope.EVERYWHERE)
    @Describe(value = "Removes a deployed bundle, or plans it with dryRun.", status = 204)
    public Reply<PlanView> undeploy(@PathParam("symbolicName") String name, @PathParam("version") String version,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
        Version parsed;
        try {
            parsed = Version.parseVersion(version);
        } catch (IllegalArgumentException e) {
            throw Problem.of(404, "There is no bundle " + name + " " + version + ".");
        }
        if (dryRun) {
            return Reply.of(200, view(refusing(() -> deployer.planRemoval(name, parsed))));
        }
        refusing(() -> {
            deployer.undeploy(name, parsed);
            return null;
        });
        return Reply.of(204, null);
    }

    private BundlePlan planned(Call call) {
        try {
            return deployer.plan(call.body(), call.locale());
        } catch (IOException e) {
            throw Problem.of(400, "The body could not be read to its end.");
        }
    }

    private BundleInfo deployed(Call call) {
        try {
            return deployer.deploy(call.body(), BundleDeployer.Origin.API);
        } catch (IOException e) {
            throw Problem.of(400, "The body could not be read to its end.");
        }
    }

    private PlanView view(BundlePlan plan) {
        List<Use> uses = "uninstall".equals(plan.action())
                ? activations.using(plan.symbolicName(), plan.version()).stream().map(a -> new Use(a.store(), a.plugin())).toList()
                : plan.otherVersions().stream().flatMap(v -> activations.using(plan.symbolicName(), v).stream())
                        .map(a -> new Use(a.store(), a.plugin())).distinct().toList();
        return new PlanView(plan.action(), plan.symbolicName(), plan.version().toString(), plan.plugins(),
                plan.otherVersions().stream().map(Version::toString).toList(), plan.restarts(), uses);
    }

    private static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (BundleRefusedException e) {
            throw Problem.of(switch (e.kind()) {
                case UNACCEPTABLE -> 422;
                case CONFLICT -> 409;
                case NOT_FOUND -> 404;
                case TOO_LARGE -> 413;
            }, e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Reply<T> cast(Reply<?> reply) {
        return (Reply<T>) reply;
    }
}
