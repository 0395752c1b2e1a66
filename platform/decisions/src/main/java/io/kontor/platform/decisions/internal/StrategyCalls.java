package io.kontor.platform.decisions.internal;

import io.kontor.api.plugin.Family;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionStatistics.Fallback;
import io.kontor.platform.decisions.Placement;
import io.kontor.platform.decisions.Recommended;
import io.kontor.platform.decisions.internal.FamilyPipeline.Heard;
import io.kontor.platform.decisions.internal.FamilyPipeline.Said;
import io.kontor.platform.decisions.internal.Fusion.Given;
import io.kontor.platform.decisions.internal.PlacedAnswers.Wish;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The calls that one request to a placement makes. All strategies share one deadline: each may take its part of what is left, so that one
 * which hangs leaves time for the next. For one thread.
 */
final class StrategyCalls {

    private static final long STAND_IN_NANOS = Duration.ofMillis(50).toNanos();
    private static final int LEAST_DEPTH = 60;
    private static final int MOST = 1_000;
    private static final Answer.ServedBy CATALOGUE = new Answer.ServedBy(Recommended.CATALOGUE, "1", Optional.empty());

    private static final String NOTHING = "The strategies of the placement had nothing to offer";

    private final FamilyPipeline pipeline;
    private final Wish wish;
    private final Placement placement;
    private final Trace trace;
    private final int depth;
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final Map<String, Answer.ServedBy> served = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final long until;

    /**
     * No call yet.
     *
     * @param pipeline asks the plugins
     * @param wish the request
     * @param trace the preview
     * @param plain whether no rule holds
     */
    StrategyCalls(FamilyPipeline pipeline, Wish wish, Trace trace, boolean plain) {
        this.pipeline = pipeline;
        this.wish = wish;
        this.placement = wish.definition().placement;
        this.trace = trace;
        int n = wish.request().n();
        boolean alone = plain && placement.strategies().size() < 2 && placement.ranking() == null && placement.diversity().mmrLambda() >= 1
                && placement.diversity().maxPerBrand() == null && placement.diversity().maxPerCategory() == null;
        this.depth = alone ? n : Math.min(MOST, Math.max(LEAST_DEPTH, 3 * n));
        this.until = pipeline.deadline(question(1, product -> false));
    }

    /** How many candidates are asked for at a time. */
    int depth() {
        return depth;
    }

    private RecommendAsked question(int n, Predicate<String> eligible) {
        RecommendationRequest request = wish.request();
        return new RecommendAsked(wish.store(), wish.named(), new RecommendationRequest(request.placement(), request.customer(),
                request.product(), request.session(), request.history(), n, eligible), wish.locale());
    }

    /** The candidates of the strategies. */
    List<Given> strategies(Predicate<String> eligible) {
        RecommendAsked question = question(depth, eligible);
        List<PluginInstance> able = wish.named().isPresent() ? pipeline.candidates(question) : pipeline.able(question);
        if (wish.named().isPresent()) {
            return asked(wanted(able, List.of(wish.named().get())), question, false);
        } else if (!placement.strategies().isEmpty()) {
            return asked(wanted(able, placement.strategies()), question, false);
        }
        List<PluginInstance> learned = able.stream().filter(instance -> !instance.baseline()).toList();
        return asked(learned.isEmpty() ? able : learned, question, true);
    }

    /** How the plugins that know persons order the eligible products; nothing when nobody is known. */
    List<Given> personal(Predicate<String> eligible, int products) {
        RecommendAsked question = question(Math.min(MOST, products), eligible);
        List<PluginInstance> named = wish.named().isPresent() ? pipeline.candidates(question) : List.of();
        if (wish.request().customer().isEmpty() && wish.request().session().isEmpty()) {
            return List.of();
        } else if (wish.named().isPresent()) {
            return asked(wanted(named, List.of(wish.named().get())), question, false);
        }
        List<PluginInstance> able = pipeline.able(question).stream().filter(instance -> !instance.baseline()).toList();
        return placement.strategies().isEmpty() ? asked(able, question, true) : asked(wanted(able, placement.strategies()), question, false);
    }

    private List<PluginInstance> wanted(List<PluginInstance> able, List<String> names) {
        List<PluginInstance> wanted = new ArrayList<>();
        for (String name : names) {
            able.stream().filter(instance -> instance.plugin().equals(name)).findFirst().ifPresentOrElse(wanted::add,
                    () -> failed(name, 0));
        }
        return wanted;
    }

    private void failed(String plugin, int level) {
        String note = plugin + " is not enabled for this store";
        failures.put(plugin, note);
        trace.stage(plugin, level, note, List.of());
    }

    private List<Given> asked(List<PluginInstance> instances, RecommendAsked question, boolean first) {
        List<Given> given = new ArrayList<>();
        PluginInstance loading = null;
        for (int i = 0; i < instances.size() && !(first && !given.isEmpty()); i++) {
            long now = System.nanoTime();
            long end = first ? until : now + (until - now) / (instances.size() - i);
            Heard<Ranking> heard = hear(instances.get(i), question, 0, end);
            loading = heard.loading() && loading == null ? instances.get(i) : loading;
            given(heard, 0).ifPresent(given::add);
        }
        if (given.isEmpty() && loading != null && pipeline.loaded(loading)) {
            given(hear(loading, question, 0, pipeline.deadline(question)), 0).ifPresent(given::add);
        }
        return given;
    }

    private Heard<Ranking> hear(PluginInstance instance, RecommendAsked question, int level, long end) {
        asked.add(instance.plugin());
        Heard<Ranking> heard = pipeline.hear(instance, question, end);
        if (heard.note().isEmpty()) {
            failures.remove(instance.plugin());
        } else {
            failures.put(instance.plugin(), heard.note());
        }
        trace.stage(instance.plugin(), level, heard.note(), heard.said().map(said -> said.value().items())
                .orElse(List.of()));
        return heard;
    }

    private Optional<Given> given(Heard<Ranking> heard, int level) {
        Said<Ranking> said = heard.said().orElse(null);
        if (said == null || said.value().items().isEmpty()) {
            return Optional.empty();
        }
        PluginInstance by = said.by();
        served.put(by.plugin(), new Answer.ServedBy(by.plugin(), by.version().toString(), said.model()));
        return Optional.of(new Given(by.plugin(), said.value().items()));
    }

    /** The candidates in the order of the plugin that ranks them; those that it does not rank come after the others. */
    List<Candidate> ranked(List<Candidate> candidates) {
        if (placement.ranking() == null || candidates.isEmpty()) {
            return candidates;
        }
        Map<String, Candidate> left = new LinkedHashMap<>();
        candidates.forEach(each -> left.put(each.product(), each));
        Set<String> products = Set.copyOf(left.keySet());
        RecommendAsked question = question(Math.min(MOST, candidates.size()), products::contains);
        List<PluginInstance> ranker = wanted(pipeline.able(question), List.of(placement.ranking()));
        long now = System.nanoTime();
        Heard<Ranking> heard = ranker.isEmpty() ? null
                : hear(ranker.get(0), question, 0, now + Math.max(until - now, STAND_IN_NANOS));
        if (heard == null || heard.said().isEmpty() || heard.said().get().value().items().isEmpty()) {
            return candidates;
        }
        List<Candidate> ranked = new ArrayList<>();
        for (RankedItem item : heard.said().get().value().items()) {
            ranked.add(left.remove(item.product()).valued(item.score()));
        }
        ranked = new ArrayList<>(Fusion.spread(ranked));
        for (Candidate each : left.values()) {
            ranked.add(each.valued(Fusion.LEAST * each.value()));
        }
        return ranked;
    }

    /** What the list may be filled up from: the placement's links, the baseline, the catalogue. */
    List<String> chain() {
        Set<String> chain = new LinkedHashSet<>(placement.fallback());
        pipeline.baseline(question(1, product -> false)).map(PluginInstance::plugin).ifPresent(chain::add);
        chain.add(Recommended.CATALOGUE);
        return List.copyOf(chain);
    }

    /**
     * What a plugin of the chain gives that was not asked before.
     *
     * @param level which link it is
     * @param missing how many products the list lacks
     * @param nothing whether the list is still empty, so that a fallback has a deadline of its own
     * @param open which products may be added
     */
    Optional<Given> fallback(String plugin, int level, int missing, boolean nothing, Predicate<String> open) {
        if (!asked.add(plugin)) {
            return Optional.empty();
        }
        RecommendAsked question = question(depth > wish.request().n() ? depth : missing, open);
        PluginInstance instance = pipeline.able(question).stream().filter(each -> each.plugin().equals(plugin)).findFirst().orElse(null);
        if (instance == null) {
            failed(plugin, level);
            return Optional.empty();
        }
        long now = System.nanoTime();
        long end = nothing ? pipeline.deadline(question) : now + Math.max(until - now, STAND_IN_NANOS);
        return given(hear(instance, question, level, end), level);
    }

    /** The answer: served by who gave the most of it, with the first failure as the reason of a fallback. */
    Answer<Recommended> answer(Recommended list) {
        Map<String, Integer> counts = new HashMap<>();
        list.items().forEach(item -> counts.merge(item.strategy().orElseThrow(), 1, Integer::sum));
        Answer.ServedBy by = CATALOGUE;
        int most = 0;
        for (Answer.ServedBy each : served.values()) {
            if (counts.getOrDefault(each.plugin(), 0) > most) {
                most = counts.get(each.plugin());
                by = each;
            }
        }
        String name = by.plugin();
        boolean others = !list.items().isEmpty() && list.items().stream().allMatch(item -> item.level() > 0);
        Optional<String> failure = failures.values().stream().findFirst().or(() -> others ? Optional.of(NOTHING) : Optional.empty());
        Optional<String> fallback = failure.map(reason -> reason.endsWith("again") ? reason + "." : reason + "; " + name + " answered instead.");
        if (fallback.isPresent() && !failure.get().endsWith("again")) {
            pipeline.fellBack(Family.RECOMMEND, list.items().isEmpty() ? Fallback.NOBODY : by == CATALOGUE ? Fallback.BASELINE
                    : Fallback.OTHER_PLUGIN);
        }
        return new Answer<>(RequestIds.next(), by, fallback, list);
    }
}
