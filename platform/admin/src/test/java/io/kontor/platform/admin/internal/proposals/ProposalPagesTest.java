package io.kontor.platform.admin.internal.proposals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.data.StoreData;
import io.kontor.api.decision.ArithmeticLine;
import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.api.pricing.GuardrailStep;
import io.kontor.platform.admin.internal.shell.Answer;
import io.kontor.platform.admin.internal.shell.Called;
import io.kontor.platform.admin.internal.shell.Refusal;
import io.kontor.platform.admin.internal.shell.Stub;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.data.DataAccess;
import io.kontor.platform.decisions.Answer.ServedBy;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.decisions.Proposals.Decision;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.State;
import io.kontor.platform.jobs.JobRequest;
import io.kontor.platform.jobs.Jobs;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.plugins.PluginCatalogue;
import io.kontor.platform.security.Role;
import io.kontor.platform.stores.ActivePlugins;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Proposals as they are listed, looked at and decided on. */
class ProposalPagesTest {

    private static final String LIST = "/stores/{store}/proposals";
    private static final String ONE = "/stores/{store}/proposals/{proposal}";

    private State state = State.PENDING;
    private final List<String> decided = new ArrayList<>();
    private final List<JobRequest> submitted = new ArrayList<>();
    private final ProposalPages pages = new ProposalPages(
            Stub.of(Proposals.class, Map.of("list", given -> List.of(kept(1), kept(2)), "pending", given -> Map.of("pricing", 2L),
                    "find", given -> (Long) given[1] <= 2 ? Optional.of(kept((Long) given[1])) : Optional.empty(), "decide", given -> {
                        decided.add(given[1] + " " + given[2] + " by " + given[3] + ": " + given[4]);
                        return Optional.of(kept((Long) given[1]));
                    })),
            Stub.of(Jobs.class, Map.of("submit", given -> {
                submitted.add((JobRequest) given[0]);
                return "j1";
            })), Stub.of(ActivePlugins.class, Map.of("instances", given -> List.of())), null, null, null,
            new Names(Stub.of(DataAccess.class, Map.of("of", given -> Stub.of(StoreData.class, Map.of("product", id -> Optional.empty())))),
                    Stub.of(PluginCatalogue.class, Map.of("find", given -> Optional.empty()))));

    private Kept kept(long id) {
        Proposal proposal = new Proposal("discount", "tea", Map.of("price", 9.0), List.of(new ArithmeticLine("Price", 9)), Map.of(),
                List.of(new Reason("bound-max-change", "Held.", 1), new Reason("bound-stock", "Little stock.", 1),
                        new Reason("gain", "More.", 1)));
        return new Kept(id, "shop", "pricing", "", state, proposal, new ServedBy("com.acme.prices", "1.0.0", Optional.empty()), Optional.empty(),
                Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty(),
                List.of(new GuardrailStep("max-change", 12.5, 11, "Held."), new GuardrailStep("round-up", 11, 11, "Fine.")),
                List.of(new Decision(State.APPROVED, Instant.EPOCH, Optional.of("ada"), Optional.of("try it")),
                        new Decision(State.REVERTED, Instant.EPOCH, Optional.of("bo"), Optional.empty()),
                        new Decision(State.SUPERSEDED, Instant.EPOCH, Optional.empty(), Optional.empty())));
    }

    @Test
    void showsEveryDecisionAndEveryStepOfTheGuardrails() throws IOException {
        ProposalView view = Called.view(Called.page(pages, Role.VIEWER, "GET", ONE, Map.of("proposal", "1")), 200, ProposalView.class);
        assertEquals(List.of("Proposed by prices", "Approved by ada", "Taken back by bo", "Replaced by a newer one"),
                view.history().stream().map(ProposalView.Happened::what).toList());
        assertEquals("try it", view.history().get(1).note());
        assertEquals(List.of(new ProposalView.Step("Largest change", "No price moves further than this at once.", "€12.50", "€11.00", true,
                "Held."), new ProposalView.Step("round up", "", "€11.00", "€11.00", false, "Fine.")), view.trail());
        assertEquals(List.of("Little stock."), view.bounds(), "what the trail tells is not told twice");
        assertEquals(List.of("More."), view.reasons());
        assertEquals(List.of(), view.decisions(), "a viewer decides nothing");
    }

    @Test
    void anApproverDecidesWithANoteInTheirName() throws IOException {
        assertEquals(new Answer.Redirect("/stores/shop/proposals/1"),
                Called.page(pages, Role.APPROVER, "POST", ONE, Map.of("proposal", "1"), "to", "approve", "note", "well"));
        assertEquals(List.of("1 APPROVED by ann: well"), decided);
        ProposalView tooLong = Called.view(Called.page(pages, Role.APPROVER, "POST", ONE, Map.of("proposal", "1"), "to", "reject", "note",
                "x".repeat(1_001)), 422, ProposalView.class);
        assertEquals("A note has at most 1,000 characters.", tooLong.fault());
        assertEquals(List.of("approve", "reject"), tooLong.decisions());
        state = State.APPROVED;
        assertEquals(List.of("revert"), Called.view(Called.page(pages, Role.APPROVER, "GET", ONE, Map.of("proposal", "1")), 200,
                ProposalView.class).decisions());
        assertThrows(Refusal.class, () -> Called.page(pages, Role.VIEWER, "GET", ONE, Map.of("proposal", "3")));
        assertThrows(Refusal.class, () -> Called.page(pages, Role.APPROVER, "POST", ONE, Map.of("proposal", "1"), "to", "SUPERSEDED"));
    }

    @Test
    void manyAreDecidedAtOnceButNoneWithoutAChoice() throws IOException {
        Answer answer = Called.page(pages, Role.APPROVER, "POST", LIST, Map.of(), "to", "reject", "id", "1", "id", "2");
        assertTrue(((Answer.Redirect) answer).path().endsWith("&done=2-REJECTED"), answer::toString);
        assertEquals(List.of("1 REJECTED by ann: ", "2 REJECTED by ann: "), decided);
        assertEquals(List.of("Nothing was selected. Select proposals, then approve or reject them."), Called.view(Called.page(pages,
                Role.APPROVER, "POST", LIST, Map.of(), "to", "approve"), 422, ProposalListView.class).faults());
        ProposalListView list = Called.view(Called.page(pages, Role.VIEWER, "GET", LIST, Map.of(), "done", "2-REJECTED"), 200,
                ProposalListView.class);
        assertEquals("2 proposals were rejected.", list.done());
        assertEquals("Pricing (2 waiting)", list.families().get(1).label());
        assertEquals(List.of("1", "2"), list.rows().stream().map(ProposalListView.Row::id).toList());
    }

    @Test
    void aPlanIsStartedInTheVisitorsName() throws IOException {
        assertEquals(new Answer.Redirect("/stores/shop/proposals?job=j1"),
                Called.page(pages, Role.ANALYST, "POST", "/stores/{store}/plans/{family}", Map.of("family", "pricing")));
        assertEquals(new Starter(Starter.Kind.USER, "ann"), submitted.get(0).startedBy());
        assertThrows(Refusal.class, () -> Called.page(pages, Role.ANALYST, "POST", "/stores/{store}/plans/{family}", Map.of("family", "risk")));
    }
}
