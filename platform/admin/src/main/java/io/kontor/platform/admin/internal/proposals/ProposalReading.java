package io.kontor.platform.admin.internal.proposals;

import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.platform.admin.internal.jobs.JobWords;
import io.kontor.platform.admin.internal.proposals.ProposalListView.Choice;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.admin.internal.words.Waterfall;
import io.kontor.platform.decisions.Proposals;
import io.kontor.platform.decisions.Proposals.Kept;
import io.kontor.platform.decisions.Proposals.State;
import io.kontor.platform.jobs.Starter;
import io.kontor.platform.security.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the pages of proposals. */
final class ProposalReading {

    private static final int PAGE = 50;
    private static final String ALL = "all";

    private final Proposals proposals;
    private final ProposalWords words;
    private final Plans plans;
    private final Names names;
    private final ProposalPictures pictures;

    ProposalReading(Proposals proposals, ProposalWords words, Plans plans, Names names, ProposalPictures pictures) {
        this.proposals = proposals;
        this.words = words;
        this.plans = plans;
        this.names = names;
        this.pictures = pictures;
    }

    /** The list as the address asks for it; without a state, what waits. */
    ProposalListView list(Visit visit, String done, List<String> faults) {
        String store = visit.store().id();
        String family = family(visit);
        Optional<State> state = state(visit);
        long before = Deciding.id(visit.field("before")).orElse(Long.MAX_VALUE);
        List<Kept> found = proposals.list(store, family.isEmpty() ? null : family, state.orElse(null), before, PAGE + 1);
        String next = found.size() > PAGE ? visit.storeUrl("proposals") + query(visit) + "&before=" + found.get(PAGE - 1).id() : "";
        Map<String, Long> pending = proposals.pending(store);
        List<Choice> families = List.of(Family.INVENTORY, Family.PRICING).stream().map(each -> new Choice(each,
                visit.text("proposals.waiting", Names.family(visit, each), pending.getOrDefault(each, 0L)))).toList();
        List<Choice> states = Arrays.stream(State.values()).map(each -> new Choice(each.name().toLowerCase(Locale.ROOT),
                visit.text("proposals.state." + each))).toList();
        return new ProposalListView(family, state.map(each -> each.name().toLowerCase(Locale.ROOT)).orElse(ALL), families, states,
                found.stream().limit(PAGE).map(kept -> row(visit, kept)).toList(), next, visit.may(Role.APPROVER), done(visit, done), faults,
                visit.may(Role.ANALYST) ? plans.of(visit) : List.of(), plans.view(visit, visit.field("job")));
    }

    private static String family(Visit visit) {
        String family = visit.field("family");
        return List.of(Family.INVENTORY, Family.PRICING).contains(family) ? family : "";
    }

    private static Optional<State> state(Visit visit) {
        String wanted = visit.has("state") ? visit.field("state") : State.PENDING.name();
        return Arrays.stream(State.values()).filter(state -> state.name().equalsIgnoreCase(wanted)).findFirst();
    }

    /** The filter as the query of an address. */
    String query(Visit visit) {
        return "?family=" + family(visit) + "&state=" + state(visit).map(state -> state.name().toLowerCase(Locale.ROOT)).orElse(ALL);
    }

    private static String done(Visit visit, String done) {
        int dash = done.indexOf('-');
        long count = dash < 0 ? 0 : Deciding.id(done.substring(0, dash)).orElse(0L);
        String what = done.substring(dash + 1);
        return count > 0 && (what.equals("APPROVED") || what.equals("REJECTED")) ? visit.text("proposals.done." + what, count) : "";
    }

    private ProposalListView.Row row(Visit visit, Kept kept) {
        Proposal proposal = kept.proposal();
        return new ProposalListView.Row(Long.toString(kept.id()), visit.storeUrl("proposals", Long.toString(kept.id())),
                words.subject(visit, kept), ProposalWords.kind(visit, proposal.kind()), ProposalWords.from(visit, proposal),
                ProposalWords.to(visit, proposal), ProposalWords.share(visit, proposal), ProposalWords.impact(visit, proposal),
                proposal.reasons().isEmpty() ? "" : proposal.reasons().get(0).text(), visit.format().time(kept.proposedAt()),
                visit.text("proposals.state." + kept.state()), tone(kept.state()), kept.state() == State.PENDING);
    }

    private static String tone(State state) {
        return switch (state) {
            case PENDING -> "accent";
            case APPROVED -> "good";
            case REJECTED -> "bad";
            case REVERTED -> "warn";
            case SUPERSEDED -> "";
        };
    }

    ProposalView one(Visit visit, Kept kept, String note, String fault) {
        Proposal proposal = kept.proposal();
        ProposalPictures.Drawn drawn = pictures.of(visit, kept, names.product(visit, proposal.subject()));
        List<Fact> arithmetic = proposal.arithmetic().stream()
                .map(line -> new Fact(line.label(), visit.format().number(line.value(), 2))).toList();
        List<String> decisions = !visit.may(Role.APPROVER) ? List.of() : switch (kept.state()) {
            case PENDING -> List.of("approve", "reject");
            case APPROVED -> List.of("revert");
            default -> List.of();
        };
        return new ProposalView(row(visit, kept), visit.storeUrl("proposals", Long.toString(kept.id())), ProposalWords.details(visit, proposal),
                arithmetic, ProposalWords.trail(visit, kept.trail()), ProposalWords.bounds(kept),
                proposal.explanation().filter(told -> !told.contributions().isEmpty()).map(told -> Waterfall.of(visit, told)).orElse(null),
                proposal.reasons().stream().filter(reason -> !ProposalWords.bound(reason)).map(Reason::text).toList(), drawn.charts(),
                drawn.why(), history(visit, kept), visit.text("proposals.by", names.plugin(visit, kept.servedBy().plugin()),
                kept.servedBy().version()),
                visit.said(kept.fallback().orElse("")), decisions, note, fault);
    }

    private List<ProposalView.Happened> history(Visit visit, Kept kept) {
        List<ProposalView.Happened> history = new ArrayList<>();
        history.add(new ProposalView.Happened(visit.format().time(kept.proposedAt()), visit.text("proposals.proposed",
                names.plugin(visit, kept.servedBy().plugin())), ""));
        for (Proposals.Decision decision : kept.history()) {
            String state = visit.text("proposals.state." + decision.state());
            history.add(new ProposalView.Happened(visit.format().time(decision.at()), decision.by().isEmpty() ? state
                    : visit.text("proposals.decided", state, JobWords.starter(visit,
                    Starter.of(decision.by().get()))), decision.note().orElse("")));
        }
        return history;
    }
}
