package io.kontor.platform.decisions.internal;

import io.kontor.api.decision.Reason;
import io.kontor.api.recommend.RankedItem;
import io.kontor.platform.data.Shelf.Item;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Recommended;
import io.kontor.platform.decisions.internal.Fusion.Given;
import io.kontor.platform.decisions.internal.PlacedAnswers.Wish;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One request on its way through a placement. For one thread. */
final class PlacedRun {

    private final Wish wish;
    private final Placement placement;
    private final Trace trace;
    private final PlacementWords words;
    private final Predicate<String> eligible;
    private final RuleEffects rules;
    private final Selection selection;
    private final StrategyCalls calls;
    private int level;

    PlacedRun(FamilyPipeline pipeline, Wish wish, Trace trace) {
        this.wish = wish;
        this.placement = wish.definition().placement;
        this.trace = trace;
        this.words = new PlacementWords(wish.locale());
        this.eligible = trace.seen(wish.sieve());
        this.rules = new RuleEffects(wish.definition(), wish.now(), wish.customer(), words, trace);
        this.selection = new Selection(wish.request().n(), placement.diversity());
        this.calls = new StrategyCalls(pipeline, wish, trace, rules.none());
    }

    Answer<Recommended> answer() {
        List<Candidate> ranked = calls.ranked(Fusion.merged(calls.strategies(eligible), 0, wish.shelf()));
        trace.ranked(ranked);
        List<Candidate> adjusted = rules.adjusted(ranked);
        trace.adjusted(adjusted);
        rules.pin(adjusted, eligible, wish.shelf(), selection);
        selection.take(adjusted);
        boolean nothing = ranked.isEmpty();
        if (!selection.full()) {
            for (String link : calls.chain()) {
                level++;
                link(link, nothing);
                if (selection.full()) {
                    break;
                }
            }
        }
        return answered(wish.request().n());
    }

    private void link(String link, boolean nothing) {
        switch (link) {
            case Placement.POPULAR -> catalogue(wish.shelf().popular(), link);
            case Placement.NEWEST -> catalogue(ids(wish.shelf().newest()), link);
            case Recommended.CATALOGUE -> {
                catalogue(wish.shelf().popular(), Placement.POPULAR);
                catalogue(ids(wish.shelf().newest()), "any");
            }
            default -> calls.fallback(link, level, selection.missing(), nothing, this::open).ifPresent(given ->
                    add(below(Fusion.merged(List.of(given), level, wish.shelf()), words.filledUp())));
        }
    }

    private static Iterable<String> ids(List<Item> items) {
        return () -> items.stream().map(Item::id).iterator();
    }

    private boolean open(String product) {
        return !selection.contains(product) && eligible.test(product) && selection.permits(wish.shelf().item(product));
    }

    /** Goes through the catalogue, a portion at a time so that rules have something to order. */
    private void catalogue(Iterable<String> products, String order) {
        boolean kept = !wish.shelf().newest().isEmpty();
        List<Reason> reasons = List.of(words.catalogue(order));
        List<RankedItem> some = new ArrayList<>();
        for (String product : products) {
            if (selection.full()) {
                return;
            } else if (open(product) && (!kept || wish.shelf().item(product).isPresent())) {
                some.add(new RankedItem(product, -some.size(), reasons));
                if (some.size() >= calls.depth()) {
                    catalogued(some, order);
                    some.clear();
                }
            }
        }
        catalogued(some, order);
    }

    private void catalogued(List<RankedItem> some, String order) {
        if (!some.isEmpty()) {
            trace.stage(order.equals("any") ? Recommended.CATALOGUE : order, level, "", some);
            add(below(Fusion.merged(List.of(new Given(Recommended.CATALOGUE, some)), level, wish.shelf()), null));
        }
    }

    /** Products of a fallback have values below all those of the links before it. */
    private List<Candidate> below(List<Candidate> candidates, Reason reason) {
        double scale = Math.pow(Fusion.LEAST, level);
        List<Candidate> below = new ArrayList<>(candidates.size());
        for (Candidate each : candidates) {
            List<Reason> reasons = new ArrayList<>(each.reasons());
            if (reason != null) {
                reasons.add(reason);
            }
            below.add(new Candidate(each.product(), each.item(), each.value() * scale, each.strategy(), level, each.rule(), reasons,
                    each.explanation()));
        }
        return below;
    }

    private void add(List<Candidate> candidates) {
        selection.take(rules.adjusted(candidates));
    }

    Answer<Recommended> rerank(List<String> products, double weight) {
        List<RankedItem> shop = new ArrayList<>();
        Map<String, RankedItem> personal = new HashMap<>();
        Map<String, String> by = new HashMap<>();
        Map<String, Double> values = new HashMap<>();
        if (weight > 0) {
            List<Candidate> ranked = calls.ranked(Fusion.merged(calls.personal(eligible, products.size()), 0, wish.shelf()));
            for (int i = 0; i < ranked.size(); i++) {
                Candidate each = ranked.get(i);
                personal.put(each.product(), new RankedItem(each.product(), 0, each.reasons(), each.explanation()));
                by.put(each.product(), each.strategy());
                values.put(each.product(), weight / (Fusion.RANKS + i + 1));
            }
        }
        List<Candidate> blended = new ArrayList<>();
        double own = personal.isEmpty() ? 1 : 1 - weight;
        for (int i = 0; i < products.size(); i++) {
            String product = products.get(i);
            if (eligible.test(product)) {
                RankedItem item = personal.get(product);
                List<Reason> reasons = new ArrayList<>(item == null ? List.of() : item.reasons());
                reasons.add(words.given(i + 1));
                double value = own / (Fusion.RANKS + i + 1) + values.getOrDefault(product, 0.0);
                shop.add(new RankedItem(product, value, reasons));
                blended.add(new Candidate(product, wish.shelf().item(product), value, by.getOrDefault(product, Recommended.SHOP), 0,
                        Optional.empty(), reasons, item == null ? Optional.empty() : item.explanation()));
            }
        }
        trace.stage(Recommended.SHOP, 0, "", shop);
        blended.sort((a, b) -> Double.compare(b.value(), a.value()));
        List<Candidate> spread = Fusion.spread(blended);
        trace.ranked(spread);
        List<Candidate> adjusted = rules.adjusted(spread);
        trace.adjusted(adjusted);
        rules.pin(adjusted, eligible, wish.shelf(), selection);
        selection.take(adjusted);
        return answered(Math.min(wish.request().n(), products.size()));
    }

    /** The list, every product of it tested once more. */
    private Answer<Recommended> answered(int n) {
        List<Candidate> list = selection.list();
        Set<String> there = new HashSet<>();
        List<Recommended.Item> items = new ArrayList<>(list.size());
        double[] scores = new double[list.size()];
        double most = 0;
        for (int i = list.size() - 1; i >= 0; i--) {
            most = Math.max(most, list.get(i).value());
            scores[i] = most;
        }
        int deepest = 0;
        for (int i = 0; i < list.size() && items.size() < n; i++) {
            Candidate each = list.get(i);
            if (wish.sieve().test(each.product()) && there.add(each.product())) {
                deepest = Math.max(deepest, each.level());
                items.add(new Recommended.Item(each.product(), scores[i], each.reasons(), each.explanation(), Optional.of(each.strategy()),
                        each.rule(), each.level()));
            }
        }
        return calls.answer(new Recommended(Optional.of(placement.id()).filter(id -> !id.isEmpty()), deepest, items));
    }
}
