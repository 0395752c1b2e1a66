package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.ForecastDesk;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Orders to suppliers. */
@Path("stores/{store}/replenishment")
@Component(service = Resource.class)
public final class ReplenishmentResource implements Resource {

    private final Jobs jobs;

    /**
     * Made by Declarative Services.
     *
     * @param jobs runs the plan
     */
    @Activate
    public ReplenishmentResource(@Reference Jobs jobs) {
        this.jobs = jobs;
    }

    /** Plans. */
    @POST
    @Path("plan")
    @Requires(Role.ANALYST)
    @Describe(value = "Looks at every product with stock and a supplier, and leaves proposals for orders.", status = 202)
    public Reply<JobView> plan(@PathParam("store") String store, @QueryParam("plugin") String plugin, Call call) {
        String id = jobs.submit(new JobRequest(ForecastDesk.REPLENISHMENT_PLAN, store, null,
                plugin == null ? Map.of() : Map.of("plugin", plugin), ForecastDesk.REPLENISHMENT_PLAN + "/" + store, call.starter()));
        return JobAnswers.started(jobs, id, call);
    }
}
