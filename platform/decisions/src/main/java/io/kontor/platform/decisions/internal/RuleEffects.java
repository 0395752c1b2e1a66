package io.kontor.platform.decisions.internal;

import io.kontor.api.data.Place;
import io.kontor.platform.data.Shelf.Item;
import io.kontor.platform.data.Shelf;
import io.kontor.platform.decisions.Placement.Rule;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Recommended;
import io.kontor.platform.decisions.internal.Definition.ReadyRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the rules of a placement that hold at a moment for a customer do to candidates. For one thread. */
final class RuleEffects {

    private static final String PIN = Placement.RULE_KINDS.get(0);

    private final List<ReadyRule> rules = new ArrayList<>();
    private final PlacementWords words;
    private final Trace trace;

    RuleEffects(Definition definition, Instant now, Place customer, PlacementWords words, Trace trace) {
        for (ReadyRule each : definition.rules) {
            if (each.applies(now, customer)) {
                rules.add(each);
            }
        }
        this.words = words;
        this.trace = trace;
    }

    /** Whether no rule holds. */
    boolean none() {
        return rules.isEmpty();
    }

    /**
     * Boosts and buries.
     *
     * @param candidates best first
     * @return the same candidates with their new values, best first
     */
    List<Candidate> adjusted(List<Candidate> candidates) {
        if (rules.isEmpty()) {
            return candidates;
        }
        List<Candidate> adjusted = new ArrayList<>(candidates.size());
        Map<String, ReadyRule> by = new HashMap<>();
        for (Candidate each : candidates) {
            Candidate moved = each;
            for (ReadyRule ready : rules) {
                if (!ready.rule().kind().equals(PIN) && ready.match().matches(each.product(), each.item())) {
                    moved = moved.moved(moved.value() * ready.rule().factor(), ready.rule().id(), words.rule(ready.rule()));
                    by.put(each.product(), ready);
                }
            }
            adjusted.add(moved);
        }
        adjusted.sort((a, b) -> Double.compare(b.value(), a.value()));
        if (trace != Trace.NONE) {
            tell(candidates, adjusted, by);
        }
        return adjusted;
    }

    private void tell(List<Candidate> before, List<Candidate> after, Map<String, ReadyRule> by) {
        Map<String, Integer> ranks = ranks(before);
        for (int i = 0; i < after.size(); i++) {
            ReadyRule ready = by.get(after.get(i).product());
            if (ready != null) {
                trace.moved(ready.rule().id(), ready.rule().kind(), after.get(i).product(), ranks.get(after.get(i).product()), i + 1);
            }
        }
    }

    private static Map<String, Integer> ranks(List<Candidate> candidates) {
        Map<String, Integer> ranks = new HashMap<>();
        candidates.forEach(each -> ranks.put(each.product(), ranks.size() + 1));
        return ranks;
    }

    /**
     * Pins what may be in the list.
     *
     * @param candidates best first
     * @param eligible the filters
     * @param shelf knows the products; one that it does not have is not pinned unless it is a candidate
     * @param into the list
     */
    void pin(List<Candidate> candidates, Predicate<String> eligible, Shelf shelf, Selection into) {
        Map<String, Integer> ranks = null;
        Set<String> pinned = new HashSet<>();
        for (ReadyRule ready : rules) {
            if (ready.rule().kind().equals(PIN)) {
                ranks = ranks == null ? ranks(candidates) : ranks;
                int position = ready.rule().position();
                for (String product : pinned(ready, candidates, pinned)) {
                    Integer rank = ranks.get(product);
                    Optional<Item> item = shelf.item(product);
                    if ((rank != null || item.isPresent()) && ready.match().matches(product, item) && eligible.test(product)
                            && pinned.add(product)) {
                        into.pin(position, candidate(ready.rule(), rank == null ? null : candidates.get(rank - 1), product, item));
                        trace.moved(ready.rule().id(), PIN, product, rank == null ? 0 : rank, position);
                        position++;
                    }
                }
            }
        }
    }

    /** The products that a rule names, or else the best candidate that it means. */
    private static List<String> pinned(ReadyRule ready, List<Candidate> candidates, Set<String> taken) {
        if (!ready.rule().products().isEmpty()) {
            return ready.rule().products();
        }
        for (Candidate each : candidates) {
            if (!taken.contains(each.product()) && ready.match().matches(each.product(), each.item())) {
                return List.of(each.product());
            }
        }
        return List.of();
    }

    private Candidate candidate(Rule rule, Candidate known, String product, Optional<Item> item) {
        Candidate base = known == null ? new Candidate(product, item, 0, Recommended.RULE, 0, Optional.empty(), List.of(), Optional.empty())
                : known;
        return base.moved(base.value(), rule.id(), words.rule(rule));
    }
}
