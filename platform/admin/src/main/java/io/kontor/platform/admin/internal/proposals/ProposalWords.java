package io.kontor.platform.admin.internal.proposals;

import io.kontor.api.decision.Proposal;
import io.kontor.api.decision.Reason;
import io.kontor.api.pricing.GuardrailStep;
import io.kontor.platform.admin.internal.shell.Visit;
import io.kontor.platform.admin.internal.words.Fact;
import io.kontor.platform.admin.internal.words.Names;
import io.kontor.platform.decisions.Proposals.Kept;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what a proposal changes and what it would bring. */
class ProposalWords {

    static final String PRICE = "price";
    static final String ORDER = "order";
    /** Effects that the platform knows, the most telling first. */
    private static final List<String> EFFECTS = List.of("profitPerWeek", "revenuePerWeek", "unitsPerWeek", "cost", "stockoutRisk",
            "stockoutRiskAfter", "units");

    private final Names names;

    ProposalWords(Names names) {
        this.names = names;
    }

    /** What it is about: the product, with the location where there is one. */
    String subject(Visit visit, Kept kept) {
        String product = names.product(visit, kept.proposal().subject());
        return kept.place().isEmpty() ? product : visit.text("proposals.at", product, kept.place());
    }

    static String kind(Visit visit, String kind) {
        return visit.textOr("proposals.kind." + kind, kind);
    }

    /** What it is now; empty where it is nothing. */
    static String from(Visit visit, Proposal proposal) {
        return proposal.kind().equals(PRICE) ? money(visit, proposal.change().get("currentPrice")) : "";
    }

    /** What it would be. */
    static String to(Visit visit, Proposal proposal) {
        return switch (proposal.kind()) {
            case PRICE -> money(visit, proposal.change().get(PRICE));
            case ORDER -> visit.text("proposals.order", number(visit, proposal.change().get("quantity")));
            default -> visit.text("proposals.changes", proposal.change().size());
        };
    }

    /** The share by which a price changes, with its sign; empty for what is no price. */
    static String share(Visit visit, Proposal proposal) {
        if (proposal.kind().equals(PRICE) && proposal.change().get("currentPrice") instanceof Number from && from.doubleValue() > 0
                && proposal.change().get(PRICE) instanceof Number to) {
            double share = to.doubleValue() / from.doubleValue() - 1;
            return (share > 0 ? "+" : "") + visit.format().percent(share);
        }
        return "";
    }

    /** The rest of what it changes. */
    static List<Fact> details(Visit visit, Proposal proposal) {
        List<Fact> facts = new ArrayList<>();
        proposal.change().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> {
            String name = each.getKey();
            String value = name.endsWith("rice") ? money(visit, each.getValue())
                    : each.getValue() instanceof Number ? number(visit, each.getValue()) : String.valueOf(each.getValue());
            facts.add(new Fact(visit.textOr("proposals.change." + name, name), value));
        });
        return facts;
    }

    /** What it would bring, the most telling first. */
    static List<Fact> impact(Visit visit, Proposal proposal) {
        Comparator<String> order = Comparator.comparingInt(name -> EFFECTS.contains(name) ? EFFECTS.indexOf(name) : EFFECTS.size());
        return proposal.impact().entrySet().stream().sorted(Map.Entry.comparingByKey(order.thenComparing(Comparator.naturalOrder())))
                .map(each -> new Fact(visit.textOr("proposals.impact." + each.getKey(), each.getKey()), effect(visit, each.getKey(),
                        each.getValue()))).toList();
    }

    private static String effect(Visit visit, String name, double value) {
        return switch (name) {
            case "profitPerWeek", "revenuePerWeek" -> (value > 0 ? "+" : "") + visit.format().money(value);
            case "cost" -> visit.format().money(value);
            case "stockoutRisk", "stockoutRiskAfter" -> visit.format().percent(value);
            case "unitsPerWeek" -> (value > 0 ? "+" : "") + visit.format().number(value, 1);
            default -> visit.format().number(value, 2);
        };
    }

    /** Whether a reason tells of something that bound the proposal: such reasons are called so by the policies. */
    static boolean bound(Reason reason) {
        return reason.code().startsWith("bound-") || reason.code().endsWith("-bound") || reason.code().startsWith("rounded-");
    }

    /** What bound a proposal beside the guardrails of its trail, which tells of them better. */
    static List<String> bounds(Kept kept) {
        Set<String> told = kept.trail().stream().map(step -> "bound-" + step.guardrail()).collect(Collectors.toSet());
        return kept.proposal().reasons().stream().filter(reason -> bound(reason) && !told.contains(reason.code())).map(Reason::text).toList();
    }

    /** What each guardrail did. */
    static List<ProposalView.Step> trail(Visit visit, List<GuardrailStep> trail) {
        return trail.stream().map(step -> new ProposalView.Step(visit.textOr("proposals.guardrail." + step.guardrail(),
                step.guardrail().replace('-', ' ')), visit.textOr("proposals.guardrail." + step.guardrail() + ".meaning", ""),
                money(visit, step.before()), money(visit, step.after()), step.bound(), step.text())).toList();
    }

    private static String money(Visit visit, Object value) {
        return value instanceof Number number ? visit.format().money(number.doubleValue()) : "–";
    }

    private static String number(Visit visit, Object value) {
        return value instanceof Number number ? visit.format().number(number.doubleValue(), 2) : "–";
    }
}
