package io.kontor.platform.decisions.internal;

import io.kontor.api.decision.Reason;
import io.kontor.api.plugin.Family;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.api.recommend.Recommender;
import io.kontor.api.recommend.TrainedRecommender;
import io.kontor.platform.decisions.ShadowComparison.Measure;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A question to the recommend family. A list that came out short is filled up by the plugin that comes next, and so on to the baseline; when
 * one plugin was named, by the baseline alone.
 */
final class RecommendAsked extends Asked<Ranking> {

    private static final List<Class<?>> KINDS = List.of(TrainedRecommender.class, Recommender.class);
    private static final long STAND_IN_NANOS = Duration.ofMillis(50).toNanos();
    private static final int LONGEST_ANSWER = 1_000_000;

    private final RecommendationRequest request;
    private final Locale locale;

    /** All of a question that makes the answer another one, but for what the person did meanwhile. */
    private record Same(Optional<String> placement, Optional<String> customer, Optional<String> product, List<String> session, int n) {
    }

    /**
     * A question.
     *
     * @param store the id of an existing store
     * @param named the one plugin to ask instead of all; empty for all
     * @param request what is asked
     * @param locale the store's language
     */
    RecommendAsked(String store, Optional<String> named, RecommendationRequest request, Locale locale) {
        super(store, Family.RECOMMEND, KINDS, named);
        this.request = request;
        this.locale = locale;
    }

    @Override
    @SuppressWarnings("unchecked")
    Ranking ask(Object plugin, Turn turn) {
        return plugin instanceof TrainedRecommender<?> trained
                ? checked(((TrainedRecommender<Object>) trained).recommend(turn.model(), request))
                : checked(((Recommender) plugin).recommend(request));
    }

    @Override
    Optional<String> unit() {
        return request.customer().or(() -> request.session().stream().findFirst());
    }

    @Override
    boolean bestFirst() {
        return true;
    }

    @Override
    String subject() {
        return request.customer().or(request::product).or(() -> request.session().stream().findFirst()).orElse("");
    }

    @Override
    String customer() {
        return request.customer().orElse("");
    }

    @Override
    Map<Measure, Double> differences(Ranking champion, Ranking shadow) {
        return Map.of(Measure.OVERLAP, Differences.overlap(champion, shadow), Measure.RANK_BIASED_OVERLAP,
                Differences.rankBiasedOverlap(champion, shadow));
    }

    @Override
    Optional<Object> sameAs() {
        return Optional.of(new Same(request.placement(), request.customer(), request.product(), request.session(), request.n()));
    }

    @Override
    Optional<Ranking> still(Ranking earlier) {
        List<RankedItem> still = earlier.items().stream().filter(item -> request.eligible().test(item.product())).toList();
        return still.isEmpty() ? Optional.empty() : Optional.of(new Ranking(still));
    }

    @Override
    int weight(Ranking answer) {
        return answer.items().size();
    }

    @Override
    boolean empty(Ranking answer) {
        return answer.items().isEmpty();
    }

    @Override
    Ranking completed(FamilyPipeline.Said<Ranking> said, FamilyPipeline pipeline, long until) {
        Ranking list = said.value();
        if (list.items().size() == request.n() || said.by().baseline() || said.model().isEmpty()) {
            return list;
        }
        List<PluginInstance> next = named().isPresent() ? pipeline.baseline(this).stream().toList() : pipeline.able(this);
        // Those before it were asked already, and had no answer or nothing to offer.
        for (int i = next.indexOf(said.by()) + 1; i < next.size() && list.items().size() < request.n(); i++) {
            PluginInstance instance = next.get(i);
            long now = System.nanoTime();
            long end = instance.baseline() ? now + Math.max(until - now, STAND_IN_NANOS) : until;
            if (end - now > 0 && pipeline.call(instance, rest(list), end)
                    instanceof Guard.Result.Answered<FamilyPipeline.Said<Ranking>> more) {
                list = joined(list, more.value().value());
            }
        }
        return list;
    }

    /** Asks for what a list lacks. */
    private RecommendAsked rest(Ranking list) {
        Set<String> there = new HashSet<>();
        list.items().forEach(item -> there.add(item.product()));
        return new RecommendAsked(store(), Optional.empty(), new RecommendationRequest(request.placement(), request.customer(),
                request.product(), request.session(), request.history(), request.n() - there.size(),
                product -> !there.contains(product) && request.eligible().test(product)), locale);
    }

    /** Scores of two plugins cannot be compared: those of the second are put below the first's by rank, and say where they come from. */
    private Ranking joined(Ranking first, Ranking second) {
        Reason filledUp = new PlacementWords(locale).filledUp();
        List<RankedItem> items = new ArrayList<>(first.items());
        double last = items.isEmpty() ? 0 : items.get(items.size() - 1).score();
        double step = Math.max(Math.abs(last), 1) * 1e-6;
        for (RankedItem item : second.items()) {
            last -= step;
            List<Reason> reasons = new ArrayList<>(item.reasons());
            reasons.add(filledUp);
            items.add(new RankedItem(item.product(), last, reasons));
        }
        return new Ranking(items);
    }

    private Ranking checked(Ranking ranking) {
        if (ranking == null) {
            throw new IllegalStateException("the plugin answered nothing at all");
        }
        if (ranking.items().size() > request.n()) {
            throw new IllegalStateException("the plugin answered " + ranking.items().size() + " items instead of " + request.n());
        }
        Set<String> products = new HashSet<>();
        long length = 0;
        for (RankedItem item : ranking.items()) {
            if (!products.add(item.product()) || !request.eligible().test(item.product())) {
                throw new IllegalStateException("the plugin answered a product twice or one that must not be in the answer");
            }
            length += item.product().length();
            for (Reason reason : item.reasons()) {
                length += reason.code().length() + reason.text().length();
            }
        }
        if (length > LONGEST_ANSWER) {
            throw new IllegalStateException("the plugin's answer has " + length + " characters");
        }
        return ranking;
    }
}
