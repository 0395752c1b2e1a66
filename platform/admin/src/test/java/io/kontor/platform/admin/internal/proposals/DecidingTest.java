package io.kontor.platform.admin.internal.proposals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kontor.api.decision.ArithmeticLine;
import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.shell.Visits;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.decisions.Answer.ServedBy;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.State;
import io.kontor.platform.security.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Decisions of a visitor on proposals, and the words for them. */
class DecidingTest {

    private static final Visit VISIT = Visits.of(Role.APPROVER);

    private final Few proposals = new Few();
    private final Deciding deciding = new Deciding(proposals, new ProposalWords(null) {

        @Override
        String subject(Visit visit, Kept kept) {
            return "Tea";
        }
    });

    /** Proposals in memory. */
    private static final class Few implements Proposals {

        private final Map<Long, Kept> kept = new HashMap<>();

        void add(long id, State state, String by) {
            Proposal proposal = new Proposal("price", "p", Map.of("price", 12.0, "currentPrice", 10.0),
                    List.of(new ArithmeticLine("Price", 12)), Map.of("unitsPerWeek", -2.0, "profitPerWeek", 30.0),
                    List.of(new Reason("bound-max-change", "Held.", 1)));
            kept.put(id, new Kept(id, "shop", "pricing", "", state, proposal, new ServedBy("p", "1", Optional.empty()), Optional.empty(),
                    Instant.EPOCH, by.isEmpty() ? Optional.empty() : Optional.of(Instant.EPOCH),
                    by.isEmpty() ? Optional.empty() : Optional.of(by), Optional.empty(), List.of(), List.of()));
        }

        @Override
        public void renew(String store, String family, String kind, List<New> proposals) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Kept> list(String store, String family, State state, long before, int limit) {
            return List.copyOf(kept.values());
        }

        @Override
        public Map<String, Long> pending(String store) {
            return Map.of();
        }

        @Override
        public Optional<Kept> find(String store, long id) {
            return Optional.ofNullable(kept.get(id));
        }

        @Override
        public Optional<Kept> decide(String store, long id, State to, String by, String note) {
            if (kept.containsKey(id) && kept.get(id).state() != State.PENDING) {
                throw new IllegalStateException("The proposal is not pending.");
            }
            find(store, id).ifPresent(each -> add(id, to, by));
            return find(store, id);
        }
    }

    @Test
    void decidesOnAllThatCanBeDecidedAndSaysPlainlyWhatCannot() {
        proposals.add(1, State.PENDING, "");
        proposals.add(2, State.REJECTED, "bob");
        Deciding.Result result = deciding.all(VISIT, List.of("1", "2", "3", "x"), State.APPROVED);
        assertEquals(1, result.done());
        assertEquals(State.APPROVED, proposals.kept.get(1L).state());
        assertEquals("ann", proposals.kept.get(1L).decidedBy().orElseThrow());
        assertEquals(3, result.faults().size());
        assertTrue(result.faults().get(0).startsWith("Tea: not possible, it is already “Rejected” by bob"), result.faults().get(0));
        assertEquals(List.of("There is no such proposal any more.", "There is no such proposal any more."), result.faults().subList(1, 3));
    }

    @Test
    void saysWhatAPriceChangesAndBringsTheMostTellingFirst() {
        proposals.add(1, State.PENDING, "");
        Proposal proposal = proposals.kept.get(1L).proposal();
        assertEquals("€10.00", ProposalWords.from(VISIT, proposal));
        assertEquals("€12.00", ProposalWords.to(VISIT, proposal));
        assertEquals("+20%", ProposalWords.share(VISIT, proposal));
        assertEquals(List.of(new Fact("profit a week", "+€30.00"), new Fact("units a week", "-2")), ProposalWords.impact(VISIT, proposal));
        assertTrue(ProposalWords.bound(proposal.reasons().get(0)));
    }

    @Test
    void knowsOnlyTheButtonsOfThePages() {
        assertEquals(Optional.of(State.APPROVED), Deciding.state("approve"));
        assertEquals(Optional.empty(), Deciding.state("SUPERSEDED"));
    }

    @Test
    void asksForAPlansProgressUntilItHasEndedAndEscapesWhatItSays() {
        String running = Visits.render("proposals/plan", VISIT, new ProposalListView.PlanView("/x", 0.5, false, "<script>1</script>", ""));
        assertTrue(running.contains("hx-get=\"/x\"") && running.contains("&lt;script>"), running);
        String ended = Visits.render("proposals/plan", VISIT, new ProposalListView.PlanView("/x", 1, true, "Done.", "good"));
        assertFalse(ended.contains("hx-get"), ended);
    }
}
