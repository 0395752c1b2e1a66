package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Ticker;
import io.kontor.api.KontorException;
import io.kontor.api.plugin.Family;
import io.kontor.api.recommend.RankedItem;
import io.kontor.api.recommend.Ranking;
import io.kontor.api.recommend.RecommendationRequest;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionStatistics.Fallback;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Asks the store's recommenders in their order. When none of them answers in time, the earlier answer of the one that should have answered
 * is given, and without one the family's baseline is asked; the answer says so. A list that came out short is filled up from the baseline.
 * Safe for use by many threads.
 */
@Component(service = RecommendPipeline.class)
public final class RecommendPipeline {

    private static final Duration LOADING = Duration.ofSeconds(10);
    /** Requests that may wait for models at once; the others are told to come again. */
    private static final int MOST_WAITING = 16;
    private static final long STAND_IN_NANOS = Duration.ofMillis(50).toNanos();

    private final ActivePlugins plugins;
    private final LiveModels models;
    private final Guard guard;
    private final LastAnswers lastAnswers = new LastAnswers(Ticker.systemTicker());
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /**
     * Made by Declarative Services.
     *
     * @param plugins the running instances
     * @param models their models
     * @param guard calls them
     */
    @Activate
    public RecommendPipeline(@Reference ActivePlugins plugins, @Reference LiveModels models, @Reference Guard guard) {
        this.plugins = plugins;
        this.models = models;
        this.guard = guard;
    }

    /**
     * Answers.
     *
     * @param store the id of an existing store
     * @param named the one plugin to ask instead of all; empty for all
     * @param request what is asked
     * @throws NoSuchElementException when the named plugin is not enabled
     * @throws KontorException of kind CONFIGURATION when there is nobody to be asked, of kind CAPACITY when nobody answered
     */
    Answer<Ranking> ask(String store, Optional<String> named, RecommendationRequest request) {
        return new Run(store, candidates(store, named), request).answer();
    }

    /** The earlier answer alone, when the question cannot even be put together; the reason is the end of a sentence. */
    Optional<Answer<Ranking>> lastAnswer(String store, Optional<String> named, RecommendationRequest request, String reason) {
        Run run = new Run(store, candidates(store, named), request);
        run.candidates.forEach(instance -> run.reasons.put(instance, instance.plugin() + " " + reason));
        return run.lastAnswer();
    }

    /** The plugins to be asked one after the other: the named one or all of the store, the baseline last. */
    private List<PluginInstance> candidates(String store, Optional<String> named) {
        List<PluginInstance> all = plugins.instances(store, Family.RECOMMEND);
        List<PluginInstance> wanted = new ArrayList<>();
        if (named.isPresent()) {
            wanted.add(plugins.instance(store, named.get()).filter(i -> i.family().equals(Family.RECOMMEND)).orElseThrow(() ->
                    new NoSuchElementException("The plugin \"" + named.get() + "\" is not enabled for the store \"" + store + "\".")));
            all.stream().filter(PluginInstance::baseline).filter(i -> !i.plugin().equals(named.get())).forEach(wanted::add);
        } else {
            wanted.addAll(all);
        }
        CallChain chain = CallChain.current();
        wanted.removeIf(instance -> chain != null && chain.asked().contains(instance.plugin()));
        return wanted;
    }

    /** One question on its way through the plugins. */
    private final class Run {

        private final String store;
        private final List<PluginInstance> candidates;
        private final RecommendationRequest request;
        private final long until = guard.deadline();
        private final Map<PluginInstance, String> reasons = new LinkedHashMap<>();
        private PluginInstance loading;
        private boolean onlyUntrained = true;

        Run(String store, List<PluginInstance> candidates, RecommendationRequest request) {
            this.store = store;
            this.candidates = candidates;
            this.request = request;
        }

        Answer<Ranking> answer() {
            for (PluginInstance instance : candidates) {
                boolean standIn = instance.baseline() && !reasons.isEmpty();
                Optional<Answer<Ranking>> kept = standIn ? lastAnswer() : Optional.empty();
                Optional<Answer<Ranking>> answer = kept.isPresent() ? kept : ask(instance, standIn ? guard.deadline() : until);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            return lastAnswer().or(this::afterLoading).orElseThrow(this::nobody);
        }

        private Optional<Answer<Ranking>> ask(PluginInstance instance, long end) {
            Guard.Result<RecommendCall.Said> result = guard.call(instance, end,
                    plugin -> RecommendCall.ask(plugin, instance, models, end, request));
            if (result instanceof Guard.Result.Answered<RecommendCall.Said> answered) {
                return Optional.of(answered(instance, answered.value()));
            } else if (result instanceof Guard.Result.NotReady<RecommendCall.Said> notReady) {
                onlyUntrained &= notReady.cause() == NotReadyException.Cause.NO_MODEL;
                loading = loading == null && notReady.cause() == NotReadyException.Cause.LOADING ? instance : loading;
                reasons.put(instance, instance.plugin() + " " + notReady.reason());
            } else if (result instanceof Guard.Result.Failed<RecommendCall.Said> failed) {
                onlyUntrained = false;
                reasons.put(instance, instance.plugin() + " " + failed.reason());
            }
            return Optional.empty();
        }

        private Answer<Ranking> answered(PluginInstance instance, RecommendCall.Said said) {
            Answer.ServedBy by = new Answer.ServedBy(instance.plugin(), instance.version().toString(), said.model());
            Ranking ranking = filled(instance, said);
            lastAnswers.keep(instance, request, ranking, by);
            reasons.remove(instance);
            Optional<String> fallback = reasons.values().stream().findFirst()
                    .map(reason -> reason + "; " + instance.plugin() + " answered instead.");
            if (fallback.isPresent()) {
                guard.fellBack(Family.RECOMMEND, instance.baseline() ? Fallback.BASELINE : Fallback.OTHER_PLUGIN);
            }
            return new Answer<>(UUID.randomUUID().toString(), by, fallback, ranking);
        }

        private Optional<Answer<Ranking>> lastAnswer() {
            for (Map.Entry<PluginInstance, String> failed : reasons.entrySet()) {
                LastAnswers.Found found = lastAnswers.find(failed.getKey(), request).orElse(null);
                if (found != null) {
                    guard.fellBack(Family.RECOMMEND, Fallback.LAST_ANSWER);
                    return Optional.of(new Answer<>(UUID.randomUUID().toString(), found.by(), Optional.of(failed.getValue()
                            + "; its answer of " + found.seconds() + " s ago is given again."), found.ranking()));
                }
            }
            return Optional.empty();
        }

        /** After a start nobody may have a model in memory: waiting is better than no answer, but not for all threads of the server. */
        private Optional<Answer<Ranking>> afterLoading() {
            if (loading == null || CallChain.current() != null || !waiting.tryAcquire()) {
                return Optional.empty();
            }
            try {
                models.champion(loading, LOADING);
            } catch (KontorException e) {
                reasons.put(loading, loading.plugin() + " could not be asked: " + e.getMessage());
                return Optional.empty();
            } finally {
                waiting.release();
            }
            return ask(loading, guard.deadline());
        }

        private KontorException nobody() {
            guard.fellBack(Family.RECOMMEND, Fallback.NOBODY);
            String reason = reasons.values().stream().findFirst().orElse(null);
            if (reason == null) {
                return new KontorException(KontorException.Kind.CONFIGURATION, "No plugin of the family recommend is enabled for this store.");
            } else if (onlyUntrained) {
                return new KontorException(KontorException.Kind.CONFIGURATION,
                        "No plugin of the family recommend can answer yet: " + reason + ".");
            }
            return new KontorException(KontorException.Kind.CAPACITY, reason + ", and no other plugin could answer.");
        }

        private Ranking filled(PluginInstance by, RecommendCall.Said said) {
            int missing = request.n() - said.ranking().items().size();
            if (missing == 0 || by.baseline() || said.model().isEmpty()) {
                return said.ranking();
            }
            Set<String> there = new HashSet<>();
            said.ranking().items().forEach(item -> there.add(item.product()));
            RecommendationRequest rest = new RecommendationRequest(request.placement(), request.customer(), request.product(),
                    request.session(), request.history(), missing, product -> !there.contains(product) && request.eligible().test(product));
            long now = System.nanoTime();
            long end = now + Math.max(until - now, STAND_IN_NANOS);
            for (PluginInstance instance : candidates(store, Optional.empty())) {
                if (instance.baseline() && models.hasChampion(store, instance.plugin())) {
                    Guard.Result<RecommendCall.Said> result = guard.call(instance, end,
                            plugin -> RecommendCall.ask(plugin, instance, models, end, rest));
                    if (result instanceof Guard.Result.Answered<RecommendCall.Said> more) {
                        return joined(said.ranking(), more.value().ranking());
                    }
                }
            }
            return said.ranking();
        }

        /** Scores of two plugins cannot be compared: those of the second are put below the first's by rank. */
        private Ranking joined(Ranking first, Ranking second) {
            List<RankedItem> items = new ArrayList<>(first.items());
            double last = items.isEmpty() ? 0 : items.get(items.size() - 1).score();
            double step = Math.max(Math.abs(last), 1) * 1e-6;
            for (RankedItem item : second.items()) {
                last -= step;
                items.add(new RankedItem(item.product(), last, item.reasons()));
            }
            return new Ranking(items);
        }
    }
}
