package io.kontor.platform.rest.internal.resources;

import io.kontor.platform.decisions.DecisionLog;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What was answered to whom and why. */
@Path("stores/{store}/decisions")
@Component(service = Resource.class)
public final class DecisionsResource implements Resource {

    private final DecisionLog log;

    /**
     * A served answer.
     *
     * @param requestId names it
     * @param time when
     * @param family the family's name
     * @param subject what it was about
     * @param servedBy who gave it
     * @param fallback why a fallback answered; null when none did
     * @param question what was asked
     * @param answer what was answered
     */
    public record DecisionView(String requestId, Instant time, String family, String subject, ServedByView servedBy, String fallback,
            Map<String, ?> question, Object answer) {

        static DecisionView of(DecisionLog.Entry entry) {
            return new DecisionView(entry.requestId(), entry.time(), entry.family(), entry.subject(), ServedByView.of(entry.servedBy()),
                    entry.fallback().orElse(null), entry.question(), entry.answer());
        }
    }

    /**
     * A served answer with what became of it.
     *
     * @param decision the answer
     * @param feedback what became of it, by time
     */
    public record FollowedView(DecisionView decision, List<FeedbackView> feedback) {
    }

    /** What became of an answer. */
    public record FeedbackView(String product, String type, Instant time) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param log has the answers
     */
    @Activate
    public DecisionsResource(@Reference DecisionLog log) {
        this.log = log;
    }

    /** Lists. */
    @GET
    @Requires(Role.ANALYST)
    @Describe("Lists the served answers of a store, the latest first.")
    public Page<DecisionView> list(@PathParam("store") String store, @QueryParam("family") String family,
            @QueryParam("subject") String subject, @QueryParam("from") Instant from, @QueryParam("to") Instant to,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit, @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        List<DecisionView> read = log.list(store, family, subject, from, to, cursor, limit + 1).stream().map(DecisionView::of).toList();
        return Page.cut(read, limit, DecisionView::requestId);
    }

    /** One. */
    @GET
    @Path("{request}")
    @Requires(Role.ANALYST)
    @Describe("A served answer with its question, its reasons and what became of it.")
    public FollowedView find(@PathParam("store") String store, @PathParam("request") String request) {
        DecisionView decision = log.find(store, request).map(DecisionView::of)
                .orElseThrow(() -> Problem.of(404, "There is no decision \"" + request + "\"."));
        return new FollowedView(decision, log.feedbackOn(store, request).stream()
                .map(one -> new FeedbackView(one.product().isEmpty() ? null : one.product(), one.type(), one.time())).toList());
    }
}
