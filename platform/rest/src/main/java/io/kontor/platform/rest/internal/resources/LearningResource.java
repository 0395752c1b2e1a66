package io.kontor.platform.rest.internal.resources;

import io.kontor.api.bandit.OffPolicyEstimate;
import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.decisions.Learning;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Placements;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What placements learn about their strategies. */
@Path("stores/{store}/placements/{placement}/learning")
@Component(service = Resource.class)
public final class LearningResource implements Resource {

    private final Learning learning;
    private final Placements placements;
    private final DecisionLog log;

    /**
     * What choosing otherwise would have earned an answer.
     *
     * @param value the mean reward, from 0 to 1; null when nothing is known
     * @param low the true value is above this and below the next with 95 %
     * @param high see low
     * @param effectiveSize the size of an evenly weighted sample that would say as much
     */
    public record ValueView(Double value, Double low, Double high, double effectiveSize) {

        static ValueView of(OffPolicyEstimate one) {
            return new ValueView(MeasuresResource.EstimateView.finite(one.value()),
                    MeasuresResource.EstimateView.finite(one.interval().low()), MeasuresResource.EstimateView.finite(one.interval().high()),
                    one.effectiveSize());
        }
    }

    /**
     * What is known of a strategy.
     *
     * @param strategy the plugin
     * @param choices how often it was chosen
     * @param mean what it earned when it was chosen
     * @param inversePropensity what it would earn if it were always chosen, by inverse propensities
     * @param selfNormalised the same, self-normalised
     * @param doublyRobust the same, doubly robust
     */
    public record ArmView(String strategy, long choices, Double mean, ValueView inversePropensity, ValueView selfNormalised,
            ValueView doublyRobust) {

        static ArmView of(Learning.Arm arm) {
            return new ArmView(arm.strategy(), arm.choices(), MeasuresResource.EstimateView.finite(arm.mean()),
                    ValueView.of(arm.inversePropensity()), ValueView.of(arm.selfNormalised()), ValueView.of(arm.doublyRobust()));
        }
    }

    /**
     * What a placement has learned.
     *
     * @param method linucb or thompson
     * @param floor which share of the choices is spread evenly over the strategies
     * @param logged on how many of the latest choices the estimates are made
     * @param served what these earned on average
     * @param uniform what choosing evenly would have earned
     * @param strategies in the placement's order
     */
    public record LearningView(String method, double floor, int logged, Double served, ValueView uniform, List<ArmView> strategies) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param learning what was learned
     * @param placements the operators' placements
     * @param log has the choices
     */
    @Activate
    public LearningResource(@Reference Learning learning, @Reference Placements placements, @Reference DecisionLog log) {
        this.learning = learning;
        this.placements = placements;
        this.log = log;
    }

    /** Tells. */
    @GET
    @Requires(Role.ANALYST)
    @Describe("What a placement that learns knows of its strategies, and what each of them would earn if it were always chosen.")
    public LearningView of(@PathParam("store") String store, @PathParam("placement") String id) {
        Placement placement = placements.find(store, id).orElseThrow(() -> Problem.of(404, "There is no placement \"" + id + "\"."));
        if (!placement.learns()) {
            throw Problem.of(404, "The placement \"" + id + "\" does not learn.");
        }
        log.awaitWritten();
        Learning.Standing standing = learning.of(store, placement);
        return new LearningView(standing.method(), standing.floor(), standing.logged(), MeasuresResource.EstimateView.finite(standing.served()),
                ValueView.of(standing.uniform()), standing.arms().stream().map(ArmView::of).toList());
    }
}
