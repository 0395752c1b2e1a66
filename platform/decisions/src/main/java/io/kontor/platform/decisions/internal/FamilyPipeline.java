package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Ticker;
import io.kontor.api.KontorException;
import io.kontor.platform.decisions.Answer;
import io.kontor.platform.decisions.DecisionStatistics.Fallback;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.Release;
import io.kontor.platform.stores.ActivePlugins;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Asks the store's plugins of a family in their order, or the best first. One whose model has nothing to offer leaves its turn to the next.
 * When none of them answers in time, the earlier answer of the one that should have answered is given, and without one the family's baseline
 * is asked, which has twice the time when nothing can be given in its place; the answer says so. Safe for use by many threads.
 */
@Component(service = FamilyPipeline.class)
public final class FamilyPipeline {

    private static final Duration LOADING = Duration.ofSeconds(10);
    /** Requests that may wait for models at once; the others are told to come again. */
    private static final int MOST_WAITING = 16;

    private final ActivePlugins plugins;
    private final LiveModels models;
    private final Guard guard;
    private final List<CallObserver> observers;
    private final LastAnswers lastAnswers = new LastAnswers(Ticker.systemTicker());
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /**
     * What a plugin said.
     *
     * @param by the plugin's instance
     * @param value acceptable
     * @param model the id of the model that was asked; empty when the plugin needs none
     * @param <A> type of the answer
     */
    record Said<A>(PluginInstance by, A value, Optional<String> model) {
    }

    /**
     * Made by Declarative Services.
     *
     * @param plugins the running instances
     * @param models their models
     * @param guard calls them
     * @param watch sees how calls end
     * @param shadows see what was answered
     */
    @Activate
    public FamilyPipeline(@Reference ActivePlugins plugins, @Reference LiveModels models, @Reference Guard guard,
            @Reference ReleaseWatch watch, @Reference Shadows shadows) {
        this(plugins, models, guard, new CallObserver[] {watch, shadows});
    }

    FamilyPipeline(ActivePlugins plugins, LiveModels models, Guard guard, CallObserver... observers) {
        this.plugins = plugins;
        this.models = models;
        this.guard = guard;
        this.observers = List.of(observers);
    }

    /**
     * Answers.
     *
     * @param asked the question
     * @throws NoSuchElementException when the named plugin is not enabled
     * @throws KontorException of kind CONFIGURATION when there is nobody to be asked, of kind CAPACITY when nobody answered
     */
    <A> Answer<A> ask(Asked<A> asked) {
        return new Run<>(asked).answer();
    }

    /** The earlier answer alone, when the question cannot even be put together; the reason is the end of a sentence. */
    <A> Optional<Answer<A>> lastAnswer(Asked<A> asked, String reason) {
        Run<A> run = new Run<>(asked);
        run.candidates.forEach(instance -> run.reasons.put(instance, instance.plugin() + " " + reason));
        return run.lastAnswer();
    }

    /**
     * Asks one instance alone, through the guard. While a trial lasts, its model answers those whom it is made on, in half of the time; when it
     * does not, the champion answers them in the other half.
     */
    <A> Guard.Result<Said<A>> call(PluginInstance instance, Asked<A> asked, long until) {
        if (tried(instance, asked)) {
            long now = System.nanoTime();
            Guard.Result<Said<A>> result = call(instance, asked, now + (until - now) / 2, Lane.CANARY, ModelRegistry.CHALLENGER);
            if (result instanceof Guard.Result.Answered<Said<A>>) {
                return result;
            }
        }
        return call(instance, asked, until, Lane.SERVING, ModelRegistry.CHAMPION);
    }

    private boolean tried(PluginInstance instance, Asked<?> asked) {
        Release release = models.release(instance.store(), instance.plugin());
        return release.canary() && asked.unit().filter(unit -> Sticky.percent(release.challenger().get().id(), unit)
                < release.policy().canary().percent()).isPresent();
    }

    private <A> Guard.Result<Said<A>> call(PluginInstance instance, Asked<A> asked, long until, Lane lane, String alias) {
        Turn turn = new Turn(instance, models, until, alias);
        long begun = System.nanoTime();
        Guard.Result<Said<A>> result = guard.call(instance, lane, until, plugin -> {
            A value = asked.ask(plugin, turn);
            return new Said<>(instance, value, turn.modelId());
        });
        tell(instance, asked, turn, alias, result, System.nanoTime() - begun);
        return result;
    }

    /** A model that cannot be used fails as much as one that throws; one that is still being loaded says nothing of itself. */
    private <A> void tell(PluginInstance instance, Asked<A> asked, Turn turn, String alias, Guard.Result<Said<A>> result, long nanos) {
        if (result instanceof Guard.Result.NotReady<Said<A>> notReady && notReady.cause() != NotReadyException.Cause.UNUSABLE) {
            return;
        }
        A value = result instanceof Guard.Result.Answered<Said<A>> answered ? answered.value().value() : null;
        String model = turn.modelId().or(() -> models.release(instance.store(), instance.plugin()).bearer(alias).map(Release.Bearer::id))
                .orElse(null);
        if (model != null) {
            CallObserver.Called<A> call = new CallObserver.Called<>(instance, asked, model, value, nanos);
            observers.forEach(observer -> observer.called(call));
        }
    }

    /** The family's baseline for a question, when it is enabled and can answer. */
    <A> Optional<PluginInstance> baseline(Asked<A> asked) {
        return fitting(asked).filter(PluginInstance::baseline).filter(i -> models.hasChampion(i.store(), i.plugin())).findFirst();
    }

    /**
     * The store's plugins that can answer a question, in the order in which they are asked. Where quality decides, those whose models were
     * judged come first; what nobody has judged comes before the baseline only while nobody is judged.
     */
    <A> List<PluginInstance> able(Asked<A> asked) {
        List<PluginInstance> all = fitting(asked).toList();
        if (!asked.bestFirst()) {
            return all;
        }
        boolean anyJudged = all.stream().anyMatch(instance -> !instance.baseline() && judged(instance));
        return all.stream().sorted(Comparator.comparingInt((PluginInstance instance) -> turn(instance, anyJudged))
                .thenComparingDouble(instance -> -quality(instance))).toList();
    }

    private int turn(PluginInstance instance, boolean anyJudged) {
        if (instance.baseline()) {
            return 1;
        }
        return anyJudged && !judged(instance) ? 2 : 0;
    }

    /** When an answer to a question that is asked now must be there, in {@link System#nanoTime}. */
    long deadline(Asked<?> asked) {
        return guard.deadline(asked.effort());
    }

    /** Counts that a fallback answered. */
    void fellBack(String family, Fallback by) {
        guard.fellBack(family, by);
    }

    /**
     * What came of asking one plugin.
     *
     * @param said the answer; empty when there is none
     * @param note why there is none, or none of now, without the full stop; empty when all went well
     * @param loading whether its model was still being read
     * @param <A> type of the answer
     */
    record Heard<A>(Optional<Said<A>> said, String note, boolean loading) {
    }

    /** Asks one plugin; when it fails, its earlier answer to the same question is given. */
    <A> Heard<A> hear(PluginInstance instance, Asked<A> asked, long until) {
        Guard.Result<Said<A>> result = call(instance, asked, until);
        if (result instanceof Guard.Result.Answered<Said<A>> answered) {
            Said<A> said = answered.value();
            lastAnswers.keep(instance, asked, said.value(), new Answer.ServedBy(instance.plugin(), instance.version().toString(), said.model()));
            return new Heard<>(Optional.of(said), "", false);
        }
        String reason = instance.plugin() + " " + (result instanceof Guard.Result.NotReady<Said<A>> notReady ? notReady.reason()
                : ((Guard.Result.Failed<Said<A>>) result).reason());
        LastAnswers.Found<A> found = lastAnswers.find(instance, asked).orElse(null);
        if (found != null) {
            guard.fellBack(asked.family(), Fallback.LAST_ANSWER);
            return new Heard<>(Optional.of(new Said<>(instance, found.value(), found.by().model())), reason + "; its answer of "
                    + found.seconds() + " s ago is given again", false);
        }
        return new Heard<>(Optional.empty(), reason, result instanceof Guard.Result.NotReady<Said<A>> notReady
                && notReady.cause() == NotReadyException.Cause.LOADING);
    }

    /** Waits until a plugin's model is in memory, unless too many wait already; whether waiting is over. */
    boolean loaded(PluginInstance instance) {
        if (CallChain.current() != null || !waiting.tryAcquire()) {
            return false;
        }
        try {
            models.champion(instance, LOADING);
            return true;
        } catch (KontorException e) {
            return false;
        } finally {
            waiting.release();
        }
    }

    private <A> Stream<PluginInstance> fitting(Asked<A> asked) {
        CallChain chain = CallChain.current();
        return plugins.instances(asked.store(), asked.family()).stream().filter(instance -> fits(instance, asked))
                .filter(instance -> chain == null || !chain.asked().contains(instance.plugin()));
    }

    private static boolean fits(PluginInstance instance, Asked<?> asked) {
        return asked.kinds().stream().anyMatch(instance::provides);
    }

    /** The plugins to be asked one after the other: all of the store, or the named one and the baseline. */
    <A> List<PluginInstance> candidates(Asked<A> asked) {
        List<PluginInstance> all = able(asked);
        if (asked.named().isEmpty()) {
            return all;
        }
        String name = asked.named().get();
        PluginInstance named = plugins.instance(asked.store(), name).filter(i -> i.family().equals(asked.family())).orElseThrow(() ->
                new NoSuchElementException("The plugin \"" + name + "\" is not enabled for the store \"" + asked.store() + "\"."));
        if (!fits(named, asked)) {
            throw new NoSuchElementException("The plugin \"" + name + "\" does not answer such questions.");
        }
        List<PluginInstance> wanted = new ArrayList<>();
        all.stream().filter(i -> i.plugin().equals(name)).forEach(wanted::add);
        all.stream().filter(PluginInstance::baseline).filter(i -> !i.plugin().equals(name)).forEach(wanted::add);
        return wanted;
    }

    private boolean judged(PluginInstance instance) {
        return quality(instance) > Double.NEGATIVE_INFINITY;
    }

    /** How good the champion was when it was judged; minus infinity without one, or when it was not. */
    private double quality(PluginInstance instance) {
        return models.release(instance.store(), instance.plugin()).champion().map(Release.Bearer::quality)
                .filter(quality -> !Double.isNaN(quality)).orElse(Double.NEGATIVE_INFINITY);
    }

    /** One question on its way through the plugins. */
    private final class Run<A> {

        private final Asked<A> asked;
        private final List<PluginInstance> candidates;
        private final long until;
        private final Map<PluginInstance, String> reasons = new LinkedHashMap<>();
        private PluginInstance loading;
        private Said<A> nothing;
        private boolean onlyUntrained = true;

        Run(Asked<A> asked) {
            this.asked = asked;
            this.candidates = candidates(asked);
            this.until = guard.deadline(asked.effort());
        }

        Answer<A> answer() {
            for (PluginInstance instance : candidates) {
                boolean standIn = instance.baseline() && !reasons.isEmpty();
                Optional<Answer<A>> kept = standIn ? lastAnswer() : Optional.empty();
                Optional<Answer<A>> answer = kept.isPresent() ? kept : ask(instance, end(instance, standIn));
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            return lastAnswer().or(this::afterLoading).or(() -> Optional.ofNullable(nothing).map(this::answered)).orElseThrow(this::nobody);
        }

        /** A baseline comes last; when it has no earlier answer either, nobody else will answer, so it is given twice the time. */
        private long end(PluginInstance instance, boolean standIn) {
            if (instance.baseline() && lastAnswers.find(instance, asked).isEmpty()) {
                return guard.deadline(2 * asked.effort());
            }
            return standIn ? guard.deadline(asked.effort()) : until;
        }

        private Optional<Answer<A>> ask(PluginInstance instance, long end) {
            Guard.Result<Said<A>> result = call(instance, asked, end);
            if (result instanceof Guard.Result.Answered<Said<A>> answered) {
                Said<A> said = answered.value();
                boolean offers = said.model().isEmpty() || !asked.empty(said.value());
                nothing = offers || nothing != null ? nothing : said;
                return offers ? Optional.of(answered(said)) : Optional.empty();
            } else if (result instanceof Guard.Result.NotReady<Said<A>> notReady) {
                onlyUntrained &= notReady.cause() == NotReadyException.Cause.NO_MODEL;
                loading = loading == null && notReady.cause() == NotReadyException.Cause.LOADING ? instance : loading;
                reasons.put(instance, instance.plugin() + " " + notReady.reason());
            } else if (result instanceof Guard.Result.Failed<Said<A>> failed) {
                onlyUntrained = false;
                reasons.put(instance, instance.plugin() + " " + failed.reason());
            }
            return Optional.empty();
        }

        private Answer<A> answered(Said<A> said) {
            PluginInstance instance = said.by();
            Answer.ServedBy by = new Answer.ServedBy(instance.plugin(), instance.version().toString(), said.model());
            A value = asked.completed(said, FamilyPipeline.this, until);
            lastAnswers.keep(instance, asked, value, by);
            reasons.remove(instance);
            Optional<String> fallback = reasons.values().stream().findFirst()
                    .map(reason -> reason + "; " + instance.plugin() + " answered instead.");
            if (fallback.isPresent()) {
                guard.fellBack(asked.family(), instance.baseline() ? Fallback.BASELINE : Fallback.OTHER_PLUGIN);
            } else if (asked.named().isPresent() && nothing != null && nothing != said) {
                fallback = Optional.of(nothing.by().plugin() + " had nothing to offer; " + instance.plugin() + " answered instead.");
            }
            return new Answer<>(RequestIds.next(), by, fallback, value);
        }

        private Optional<Answer<A>> lastAnswer() {
            for (Map.Entry<PluginInstance, String> failed : reasons.entrySet()) {
                LastAnswers.Found<A> found = lastAnswers.find(failed.getKey(), asked).orElse(null);
                if (found != null) {
                    guard.fellBack(asked.family(), Fallback.LAST_ANSWER);
                    return Optional.of(new Answer<>(RequestIds.next(), found.by(), Optional.of(failed.getValue()
                            + "; its answer of " + found.seconds() + " s ago is given again."), found.value()));
                }
            }
            return Optional.empty();
        }

        /** After a start nobody may have a model in memory: waiting is better than no answer, but not for all threads of the server. */
        private Optional<Answer<A>> afterLoading() {
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
            return ask(loading, guard.deadline(asked.effort()));
        }

        private KontorException nobody() {
            guard.fellBack(asked.family(), Fallback.NOBODY);
            String reason = reasons.values().stream().findFirst().orElse(null);
            if (reason == null) {
                return new KontorException(KontorException.Kind.CONFIGURATION, plugins.instances(asked.store(), asked.family()).isEmpty()
                        ? "No plugin of the family " + asked.family() + " is enabled for this store."
                        : "No plugin of the family " + asked.family() + " that is enabled for this store answers such questions.");
            } else if (onlyUntrained) {
                return new KontorException(KontorException.Kind.CONFIGURATION,
                        "No plugin of the family " + asked.family() + " can answer yet: " + reason + ".");
            }
            return new KontorException(KontorException.Kind.CAPACITY, reason + ", and no other plugin could answer.");
        }
    }
}
