package io.kontor.platform.decisions.internal;

import io.kontor.platform.decisions.Trials;
import io.kontor.platform.models.AliasChange.Author;
import io.kontor.platform.models.AliasChange.Cause;
import io.kontor.platform.models.LiveModels;
import io.kontor.platform.models.ModelRegistry;
import io.kontor.platform.models.Release;
import io.kontor.platform.models.ReleasePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches models on trial and new champions. One whose answers fail or are slow more often than the policy allows is sent back at once; a
 * trial that lasted long enough without that, and whose outcomes are not clearly worse than the champion's, makes its model the champion. A
 * new champion whose outcomes are clearly worse than those of the one before is sent back too.
 * What requests see of it is counting; changes are made on a thread of its own.
 */
@Component(service = ReleaseWatch.class, immediate = true)
public final class ReleaseWatch implements CallObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseWatch.class);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(20);
    private static final int LOOKS_APART = 10;
    private static final double SLOW_SHARE = 0.05;
    private static final double HUNDRED = 100;
    private static final String NAME = "release-watch";

    private final LiveModels models;
    private final ModelRegistry registry;
    private final TrialOutcomes outcomes;
    private final Map<Watched, Alarms> alarms = new ConcurrentHashMap<>();
    private final Map<Watched, Instant> looks = new HashMap<>();
    private final ScheduledExecutorService thread;

    /** A model that is watched, under the limits of a policy. */
    private record Watched(String store, String plugin, String model, ReleasePolicy.Guards guards) {
    }

    /** What was counted of a model. */
    private static final class Alarms {

        private final RateAlarm errors;
        private final RateAlarm slow;
        private final long slowNanos;
        private long cases;
        private boolean raised;

        Alarms(ReleasePolicy.Guards guards) {
            errors = guards.errorPercent() >= HUNDRED ? null : new RateAlarm(guards.errorPercent() / HUNDRED);
            slow = guards.p95Millis() == 0 ? null : new RateAlarm(SLOW_SHARE);
            slowNanos = Duration.ofMillis(guards.p95Millis()).toNanos();
        }

        /** What is wrong; null when nothing is, or when it was said before. */
        synchronized Author add(boolean failed, long nanos) {
            cases++;
            long now = System.nanoTime();
            boolean failing = errors != null && errors.add(failed, now);
            boolean late = slow != null && slow.add(nanos > slowNanos, now);
            if (raised || !failing && !late) {
                return null;
            }
            raised = true;
            return failing ? new Author(NAME, Cause.ERRORS, errors.badCases() + " of " + errors.cases() + " answers failed.")
                    : new Author(NAME, Cause.LATENCY, slow.badCases() + " of " + slow.cases() + " answers took more than "
                    + Duration.ofNanos(slowNanos).toMillis() + " ms.");
        }

        synchronized long cases() {
            return cases;
        }
    }

    /**
     * Starts watching.
     *
     * @param models tells which models serve
     * @param registry promotes and goes back
     * @param outcomes what became of answers
     * @param context of this bundle; its property {@code kontor.release.look} gives the time between two looks at trials in milliseconds
     */
    @Activate
    public ReleaseWatch(@Reference LiveModels models, @Reference ModelRegistry registry, @Reference TrialOutcomes outcomes,
            BundleContext context) {
        this(models, registry, outcomes, context.getProperty("kontor.release.look") == null ? LOOKS_EVERY
                : Duration.ofMillis(Long.parseLong(context.getProperty("kontor.release.look"))));
    }

    ReleaseWatch(LiveModels models, ModelRegistry registry, TrialOutcomes outcomes, Duration looksEvery) {
        this.models = models;
        this.registry = registry;
        this.outcomes = outcomes;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "kontor-release-watch");
            made.setDaemon(true);
            return made;
        });
        thread.scheduleWithFixedDelay(this::look, looksEvery.toMillis(), looksEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public <A> void called(Called<A> call) {
        String store = call.instance().store();
        String plugin = call.instance().plugin();
        Release release = models.release(store, plugin);
        boolean tried = release.canary() && release.challenger().get().id().equals(call.model());
        if (!tried && !isNewChampion(release, call.model())) {
            return;
        }
        ReleasePolicy.Guards guards = release.policy().guards();
        Watched watched = new Watched(store, plugin, call.model(), guards);
        Alarms counted = alarms.get(watched);
        if (counted == null) {
            counted = alarms.computeIfAbsent(watched, w -> new Alarms(guards));
        }
        Author author = counted.add(call.value() == null, call.nanos());
        if (author != null) {
            thread.execute(() -> sendBack(watched, author));
        }
    }

    private static boolean isNewChampion(Release release, String model) {
        return release.newChampion(Instant.now()) && release.champion().get().id().equals(model);
    }

    private void sendBack(Watched watched, Author author) {
        try {
            Release release = models.release(watched.store(), watched.plugin());
            boolean done;
            if (release.canary() && release.challenger().get().id().equals(watched.model())) {
                done = registry.removeAlias(watched.store(), watched.model(), ModelRegistry.CHALLENGER, author);
            } else {
                done = registry.rollBack(watched.store(), watched.plugin(), watched.model(), author).isPresent();
            }
            if (done) {
                LOG.warn("Model {} of plugin {} was sent back for store {}: {} Look at the model and train again", watched.model(),
                        watched.plugin(), watched.store(), author.reason());
            }
        } catch (RuntimeException e) {
            LOG.error("Model {} of plugin {} should be sent back for store {} but could not be: {}", watched.model(), watched.plugin(),
                    watched.store(), author.reason(), e);
            alarms.remove(watched);
        }
    }

    /** Looks at all trials, and forgets what was counted of models that are watched no more. */
    void look() {
        try {
            for (ModelRegistry.Trial trial : registry.trials()) {
                judge(trial);
            }
            for (ModelRegistry.Trial watched : registry.newChampions()) {
                judgeChampion(watched);
            }
            alarms.keySet().removeIf(watched -> !isWatched(watched));
            looks.keySet().removeIf(watched -> !isWatched(watched));
        } catch (RuntimeException e) {
            LOG.warn("The trials of models could not be looked at; it is tried again in a moment", e);
        }
    }

    private boolean isWatched(Watched watched) {
        Release release = models.release(watched.store(), watched.plugin());
        return release.policy().guards().equals(watched.guards()) && (isNewChampion(release, watched.model())
                || release.canary() && release.challenger().get().id().equals(watched.model()));
    }

    private void judge(ModelRegistry.Trial trial) {
        Release release = trial.release();
        String model = release.challenger().orElseThrow().id();
        Trials.Standing standing = outcomes.of(trial.store(), trial.plugin(), release);
        Watched watched = new Watched(trial.store(), trial.plugin(), model, release.policy().guards());
        long answers = Math.max(standing.challenger().answers(), counted(watched));
        if (release.policy().guards().quality() && standing.clearlyWorse()) {
            sendBack(watched, new Author(NAME, Cause.QUALITY, "What became of the answers is clearly worse: " + means(standing) + "."));
        } else if (answers >= standing.cases() && !Instant.now().isBefore(standing.until())
                && release.policy().promotion() == ReleasePolicy.Promotion.AUTOMATIC) {
            boolean known = standing.measure() != Trials.Measure.NONE && standing.challenger().outcomes() > 0;
            Author author = new Author(NAME, Cause.CANARY_PASSED, known
                    ? answers + " answers in the trial and no guard objected: " + means(standing) + "."
                    : answers + " answers in the trial and no guard objected.");
            registry.alias(trial.store(), model, ModelRegistry.CHAMPION, author);
            LOG.info("Model {} of plugin {} serves for store {}: {}", model, trial.plugin(), trial.store(), author.reason());
        }
    }

    /** Looked at again when it has served a tenth longer: a day of the log is too long to be read every few seconds. */
    private void judgeChampion(ModelRegistry.Trial promoted) {
        Release release = promoted.release();
        if (!release.policy().guards().quality() || !outcomes.known(promoted.store(), promoted.plugin())) {
            return;
        }
        Watched watched = new Watched(promoted.store(), promoted.plugin(), release.champion().orElseThrow().id(), release.policy().guards());
        Instant now = Instant.now();
        if (now.isBefore(looks.getOrDefault(watched, now))) {
            return;
        }
        looks.put(watched, now.plus(Duration.between(release.championSince(), now).dividedBy(LOOKS_APART)));
        Trials.Standing standing = outcomes.afterPromotion(promoted.store(), promoted.plugin(), release);
        if (standing.clearlyWorse()) {
            sendBack(watched, new Author(NAME, Cause.QUALITY,
                    "What became of the answers is clearly worse than of the champion before at the same hours: " + means(standing) + "."));
        }
    }

    /** Not all answers are in the log: those that other plugins got are not. */
    private long counted(Watched watched) {
        Alarms counted = alarms.get(watched);
        return counted == null ? 0 : counted.cases();
    }

    private static String means(Trials.Standing standing) {
        Trials.Arm own = standing.challenger();
        Trials.Arm champion = standing.champion();
        return standing.measure() == Trials.Measure.RESPONSE
                ? "share of answers with a response " + mean(own) + " of " + own.outcomes() + " answers against " + mean(champion) + " of "
                + champion.outcomes() + " answers of the champion"
                : "fit of the scores " + mean(own) + " of " + own.outcomes() + " answers against " + mean(champion) + " of "
                + champion.outcomes() + " answers of the champion";
    }

    private static String mean(Trials.Arm arm) {
        return String.format(Locale.ROOT, "%.4f", arm.mean());
    }

    @Deactivate
    void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
