package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.rest.internal.Readiness;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Reply;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the server lives and can work. */
@Path("health")
@Component(service = Resource.class)
public final class HealthResource implements Resource {

    private final Readiness readiness;

    /**
     * Health in JSON.
     *
     * @param status up; of readiness starting, ready or stopping
     * @param waitingFor what must come before a starting server is ready
     */
    public record Health(String status, List<String> waitingFor) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param readiness knows what is missing
     */
    @Activate
    public HealthResource(@Reference Readiness readiness) {
        this.readiness = readiness;
    }

    /** Lives. */
    @GET
    @Path("live")
    @Requires(value = Role.VIEWER, scope = Requires.Scope.OPEN)
    @Describe("Answers as long as the process lives.")
    public Health live() {
        return new Health("up", List.of());
    }

    /** Works. */
    @GET
    @Path("ready")
    @Requires(value = Role.VIEWER, scope = Requires.Scope.OPEN)
    @Describe("Tells whether the server can work and what it waits for.")
    public Reply<Health> ready() {
        if (readiness.stopping()) {
            return Reply.of(503, new Health("stopping", List.of())).with("Retry-After", Problem.STOPPED_SECONDS);
        }
        List<String> missing = readiness.missing();
        return missing.isEmpty() ? Reply.of(200, new Health("ready", missing)) : Reply.of(503, new Health("starting", missing))
                .with("Retry-After", "1");
    }
}
