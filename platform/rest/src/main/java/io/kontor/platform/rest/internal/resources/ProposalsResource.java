package io.kontor.platform.rest.internal.resources;

import io.kontor.api.decision.ArithmeticLine;
import io.kontor.api.decision.Reason;
import io.kontor.api.pricing.GuardrailStep;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.State;
import io.kontor.platform.rest.internal.routing.Call;
import io.kontor.platform.rest.internal.routing.Describe;
import io.kontor.platform.rest.internal.routing.Problem;
import io.kontor.platform.rest.internal.routing.Requires;
import io.kontor.platform.rest.internal.routing.Resource;
import io.kontor.platform.security.Role;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What plugins propose and persons decide on. */
@Path("stores/{store}/proposals")
@Component(service = Resource.class)
public final class ProposalsResource implements Resource {

    private final Proposals proposals;

    /**
     * A proposal.
     *
     * @param id its id
     * @param family the family's name
     * @param kind what is proposed: order, price or a kind of a plugin's own
     * @param subject the product
     * @param location where; null when it is all locations
     * @param change the new values by name
     * @param arithmetic how they came about
     * @param impact expected effects by name
     * @param reasons why
     * @param state pending, approved, rejected, reverted or superseded
     * @param servedBy who proposed it
     * @param fallback why a fallback proposed it; null when none did
     * @param proposedAt when
     * @param decidedAt when it was last decided on; null while it waits
     * @param decidedBy by whom; null while it waits
     * @param note what the person said; null when nothing
     * @param trail what each guardrail did to a price, in their order
     * @param history every decision on it, the first one first
     * @param explanation what each constraint that bound made of the value that was wanted; null when the plugin does not tell
     */
    public record ProposalView(String id, String family, String kind, String subject, String location, Map<String, Object> change,
            List<ArithmeticLine> arithmetic, Map<String, Double> impact, List<Reason> reasons, String state, ServedByView servedBy,
            String fallback, Instant proposedAt, Instant decidedAt, String decidedBy, String note, List<GuardrailStep> trail,
            List<DecisionView> history, ExplanationView explanation) {

        static ProposalView of(Kept kept) {
            return new ProposalView(Long.toString(kept.id()), kept.family(), kept.proposal().kind(), kept.proposal().subject(),
                    kept.place().isEmpty() ? null : kept.place(), kept.proposal().change(), kept.proposal().arithmetic(),
                    kept.proposal().impact(), kept.proposal().reasons(), kept.state().name().toLowerCase(Locale.ROOT),
                    ServedByView.of(kept.servedBy()), kept.fallback().orElse(null), kept.proposedAt(), kept.decidedAt().orElse(null),
                    kept.decidedBy().orElse(null), kept.note().orElse(null), kept.trail(),
                    kept.history().stream().map(DecisionView::of).toList(),
                    kept.proposal().explanation().map(ExplanationView::of).orElse(null));
        }
    }

    /**
     * A decision on a proposal.
     *
     * @param state what it became: approved, rejected, reverted or superseded
     * @param time when
     * @param by by whom; null for what a newer proposal superseded
     * @param note what the person said; null when nothing
     */
    public record DecisionView(String state, Instant time, String by, String note) {

        static DecisionView of(Proposals.Decision decision) {
            return new DecisionView(decision.state().name().toLowerCase(Locale.ROOT), decision.at(), decision.by().orElse(null),
                    decision.note().orElse(null));
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param proposals keeps them
     */
    @Activate
    public ProposalsResource(@Reference Proposals proposals) {
        this.proposals = proposals;
    }

    /** Lists. */
    @GET
    @Requires(Role.VIEWER)
    @Describe("Lists the proposals of a store, the latest first.")
    public Page<ProposalView> list(@PathParam("store") String store, @QueryParam("family") String family,
            @QueryParam("state") String state, @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") String cursor) {
        Page.limit(limit);
        long before = cursor == null ? Long.MAX_VALUE : number(cursor, () -> Problem.field(400, "cursor", "is not one that this list gave"));
        List<ProposalView> read = proposals.list(store, family, state(state), before, limit + 1).stream().map(ProposalView::of).toList();
        return Page.cut(read, limit, ProposalView::id);
    }

    private static State state(String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(State.values()).filter(state -> state.name().equalsIgnoreCase(text)).findFirst().orElseThrow(() ->
                Problem.field(422, "state", "must be pending, approved, rejected, reverted or superseded"));
    }

    /** One. */
    @GET
    @Path("{proposal}")
    @Requires(Role.VIEWER)
    @Describe("A proposal with its arithmetic, the trail of its guardrails and the history of decisions on it.")
    public ProposalView find(@PathParam("store") String store, @PathParam("proposal") String proposal) {
        return ProposalView.of(proposals.find(store, id(proposal)).orElseThrow(() -> gone(proposal)));
    }

    /** Approves. */
    @POST
    @Path("{proposal}/approve")
    @Requires(Role.APPROVER)
    @Describe("Lets a pending proposal take effect.")
    public ProposalView approve(@PathParam("store") String store, @PathParam("proposal") String proposal, @QueryParam("note") String note,
            Call call) {
        return decide(store, proposal, State.APPROVED, note, call);
    }

    /** Rejects. */
    @POST
    @Path("{proposal}/reject")
    @Requires(Role.APPROVER)
    @Describe("Turns a pending proposal down.")
    public ProposalView reject(@PathParam("store") String store, @PathParam("proposal") String proposal, @QueryParam("note") String note,
            Call call) {
        return decide(store, proposal, State.REJECTED, note, call);
    }

    /** Reverts. */
    @POST
    @Path("{proposal}/revert")
    @Requires(Role.APPROVER)
    @Describe("Takes the effect of an approved proposal back.")
    public ProposalView revert(@PathParam("store") String store, @PathParam("proposal") String proposal, @QueryParam("note") String note,
            Call call) {
        return decide(store, proposal, State.REVERTED, note, call);
    }

    private ProposalView decide(String store, String proposal, State to, String note, Call call) {
        try {
            return ProposalView.of(proposals.decide(store, id(proposal), to, call.principal().name(), note == null ? "" : note)
                    .orElseThrow(() -> gone(proposal)));
        } catch (IllegalStateException e) {
            throw Problem.of(409, e.getMessage());
        }
    }

    private static long id(String text) {
        return number(text, () -> gone(text));
    }

    private static long number(String text, Supplier<Problem> otherwise) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw otherwise.get();
        }
    }

    private static Problem gone(String proposal) {
        return Problem.of(404, "There is no proposal \"" + proposal + "\".");
    }
}
