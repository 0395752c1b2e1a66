package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** The OpenAPI description, made from the routes that serve at this moment. */
@Path("openapi.json")
@Component(service = Resource.class)
public final class OpenApiResource implements Resource {

    /** Describes. */
    @GET
    @Requires(value = Role.VIEWER, scope = Requires.Scope.OPEN)
    @Describe("Describes this API in OpenAPI 3.1.")
    public Map<String, Object> describe(Call call) {
        return call.describeRoutes();
    }
}
