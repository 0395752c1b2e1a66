package io.kontor.platform.admin.internal.proposals;

import io.kontor.api.KontorException;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides for a visitor, and says plainly what could not be decided. */
final class Deciding {

    static final int LONGEST_NOTE = 1_000;

    private final Proposals proposals;
    private final ProposalWords words;

    /** How many were decided, and what is the matter with the others. */
    record Result(int done, List<String> faults) {
    }

    Deciding(Proposals proposals, ProposalWords words) {
        this.proposals = proposals;
        this.words = words;
    }

    /** What a button asks for. */
    static Optional<State> state(String button) {
        return switch (button) {
            case "approve" -> Optional.of(State.APPROVED);
            case "reject" -> Optional.of(State.REJECTED);
            case "revert" -> Optional.of(State.REVERTED);
            default -> Optional.empty();
        };
    }

    static Optional<Long> id(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Decides on each by itself: what others have decided meanwhile does not hold up the rest. */
    Result all(Visit visit, List<String> ids, State to) {
        List<String> faults = new ArrayList<>();
        int done = 0;
        for (String text : ids) {
            Optional<Long> id = id(text);
            Optional<String> fault = id.isEmpty() ? Optional.of(visit.text("proposals.gone")) : one(visit, id.get(), to, "");
            fault.ifPresent(faults::add);
            done += fault.isEmpty() ? 1 : 0;
        }
        return new Result(done, faults);
    }

    /** Decides on one; what is the matter, or empty when it is decided. */
    Optional<String> one(Visit visit, long id, State to, String note) {
        String store = visit.store().id();
        try {
            return proposals.decide(store, id, to, visit.principal().name(), note).isPresent() ? Optional.empty()
                    : Optional.of(visit.text("proposals.gone"));
        } catch (IllegalStateException e) {
            return Optional.of(proposals.find(store, id).map(kept -> conflict(visit, kept)).orElseGet(() -> visit.text("proposals.gone")));
        } catch (KontorException e) {
            return Optional.of(visit.said(e.getMessage()));
        }
    }

    private String conflict(Visit visit, Kept kept) {
        String subject = words.subject(visit, kept);
        String state = visit.text("proposals.state." + kept.state());
        return kept.decidedBy().isEmpty() ? visit.text("proposals.conflict", subject, state)
                : visit.text("proposals.conflict.by", subject, state, kept.decidedBy().get(),
                visit.format().time(kept.decidedAt().orElse(null)));
    }
}
