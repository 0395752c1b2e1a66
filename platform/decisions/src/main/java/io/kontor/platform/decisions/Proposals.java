package io.kontor.platform.decisions;

import io.kontor.api.decision.Proposal;
import io.kontor.api.pricing.GuardrailStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What plugins propose and persons decide on. An approved proposal takes effect in the store's records, in the transaction of the approval:
 * a price as a price record from now on, an order as units on order. Taking it back writes the opposite. A service; safe for use by several
 * threads.
 */
@ProviderType
public interface Proposals {

    /** How far a proposal has come. */
    enum State {
        /** Waits for a decision. */
        PENDING,
        /** Has taken effect. */
        APPROVED,
        /** Will not take effect. */
        REJECTED,
        /** Had taken effect, which was taken back. */
        REVERTED,
        /** A newer proposal for the same subject came before a decision. */
        SUPERSEDED
    }

    /**
     * A proposal to be kept.
     *
     * @param place the location concerned; empty when it is all
     * @param answer the proposal with who made it
     * @param trail what guardrails did to it, in their order; empty for what passes none
     */
    record New(String place, Answer<Proposal> answer, List<GuardrailStep> trail) {
    }

    /**
     * What was decided on a proposal at one time.
     *
     * @param state APPROVED, REJECTED, REVERTED or SUPERSEDED
     * @param at when
     * @param by by whom; empty for what was superseded
     * @param note what the person said; empty when nothing
     */
    record Decision(State state, Instant at, Optional<String> by, Optional<String> note) {
    }

    /**
     * A kept proposal.
     *
     * @param id its id, ascending in the order of time
     * @param store the store's id
     * @param family the family's name
     * @param place the location concerned; empty when it is all
     * @param state how far it has come
     * @param proposal what is proposed
     * @param servedBy who proposed it
     * @param fallback why a fallback proposed it; empty when none did
     * @param proposedAt when
     * @param decidedAt when it was last decided on; empty while it waits
     * @param decidedBy by whom; empty while it waits
     * @param note what the person said; empty when nothing
     * @param trail what guardrails did to it, in their order; empty for what passed none
     * @param history every decision on it, the first one first
     */
    record Kept(long id, String store, String family, String place, State state, Proposal proposal, Answer.ServedBy servedBy,
            Optional<String> fallback, Instant proposedAt, Optional<Instant> decidedAt, Optional<String> decidedBy, Optional<String> note,
            List<GuardrailStep> trail, List<Decision> history) {
    }

    /**
     * Keeps the result of a plan: supersedes what waits for the family and kind, and adds the new proposals.
     *
     * @param store the store's id
     * @param family the family's name
     * @param kind the kind of all of them
     * @param proposals the new ones
     */
    void renew(String store, String family, String kind, List<New> proposals);

    /**
     * Proposals, the latest first.
     *
     * @param store the store's id
     * @param family only of this family; null for all
     * @param state only in this state; null for all
     * @param before only with a smaller id; {@link Long#MAX_VALUE} for the latest
     * @param limit at most so many, 1 to 500
     * @return the proposals
     */
    List<Kept> list(String store, String family, State state, long before, int limit);

    /**
     * How many proposals wait.
     *
     * @param store the store's id
     * @return by family; families without any are missing
     */
    Map<String, Long> pending(String store);

    /**
     * One proposal.
     *
     * @param store the store's id
     * @param id its id
     * @return the proposal, or empty
     */
    Optional<Kept> find(String store, long id);

    /**
     * Decides. Allowed are: a waiting one is approved or rejected, an approved one is reverted.
     *
     * @param store the store's id
     * @param id its id
     * @param to APPROVED, REJECTED or REVERTED
     * @param by who decides
     * @param note what the person says; empty for nothing
     * @return the proposal as it is then, or empty when there is no such proposal
     * @throws IllegalStateException in one plain sentence, when the proposal is in another state
     * @throws io.kontor.api.KontorException of kind DATA when its effect is refused; nothing has changed
     */
    Optional<Kept> decide(String store, long id, State to, String by, String note);
}
