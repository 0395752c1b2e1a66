package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.models.StoreLimits;
import io.kontor.platform.models.TrainingLimits;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What training runs of a store may take. */
@Path("stores/{store}/training-limits")
@Component(service = Resource.class)
public final class LimitsResource implements Resource {

    private final StoreLimits limits;

    /**
     * Limits in JSON.
     *
     * @param threads how many threads a run may compute on; null for the installation's number
     * @param memoryMb how many MiB of the heap it may hold; null for the installation's
     * @param minutes how long a training run may take; null for the installation's
     * @param effective what holds with what the installation says; not read in requests
     */
    public record LimitsView(Integer threads, Integer memoryMb, Integer minutes, TrainingLimits effective) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param limits knows and changes them
     */
    @Activate
    public LimitsResource(@Reference StoreLimits limits) {
        this.limits = limits;
    }

    /** Shows. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Shows how many threads, how much memory and how much time a training run of the store may take.")
    public LimitsView find(@PathParam("store") String store) {
        TrainingLimits own = limits.own(store);
        return new LimitsView(own.threads(), own.memoryMb(), own.minutes(), limits.of(store));
    }

    /** Changes. */
    @PUT
    @Requires(Role.OPERATOR)
    @Describe("Changes what a training run of the store may take; what is missing is as the installation says.")
    public LimitsView change(@PathParam("store") String store, LimitsView wanted) {
        TrainingLimits own = new TrainingLimits(wanted.threads(), wanted.memoryMb(), wanted.minutes());
        List<TrainingLimits.Fault> faults = own.faults();
        if (!faults.isEmpty()) {
            throw Problem.fields(422, faults.stream().map(fault -> new Problem.FieldError(fault.field(), fault.message())).toList());
        }
        limits.change(store, own);
        return find(store);
    }
}
