package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.PlacementReadiness;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** For whom placements can do what they are meant to do. */
@Path("stores/{store}/placements/{placement}/readiness")
@Component(service = Resource.class)
public final class ReadinessResource implements Resource {

    private final PlacementReadiness readiness;
    private final Placements placements;

    /**
     * What a sample was answered.
     *
     * @param asked how many were asked for
     * @param full how many got a list of the placement's strategies alone
     * @param partly how many got a list that was filled up by a fallback
     * @param fallback how many got nothing of the strategies
     * @param ready which share got something of the strategies; null when nobody was asked for
     * @param low that share among all is above this and below the next with 95 %
     * @param high see low
     */
    public record ServedView(int asked, int full, int partly, int fallback, Double ready, Double low, Double high) {

        static ServedView of(PlacementReadiness.Served served) {
            return new ServedView(served.asked(), served.full(), served.partly(), served.fallback(),
                    MeasuresResource.EstimateView.finite(served.ready()), MeasuresResource.EstimateView.finite(served.interval().low()),
                    MeasuresResource.EstimateView.finite(served.interval().high()));
        }
    }

    /**
     * What a placement can do.
     *
     * @param customers for customers, on no product's page
     * @param products on the pages of products, for an unknown visitor
     */
    public record ReadinessView(ServedView customers, ServedView products) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param readiness tries placements
     * @param placements the operators' placements
     */
    @Activate
    public ReadinessResource(@Reference PlacementReadiness readiness, @Reference Placements placements) {
        this.readiness = readiness;
        this.placements = placements;
    }

    /** Tells. */
    @GET
    @Requires(Role.ANALYST)
    @Describe("For which share of the customers and products a placement's strategies have something, tried on a sample of 200 each.")
    public ReadinessView of(@PathParam("store") String store, @PathParam("placement") String id) {
        PlacementReadiness.Ready ready = readiness.of(store, placements.find(store, id)
                .orElseThrow(() -> Problem.of(404, "There is no placement \"" + id + "\".")));
        return new ReadinessView(ServedView.of(ready.customers()), ServedView.of(ready.products()));
    }
}
