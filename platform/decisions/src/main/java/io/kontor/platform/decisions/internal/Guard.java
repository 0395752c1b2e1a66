package io.kontor.platform.decisions.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kontor.platform.decisions.DecisionStatistics;
import io.kontor.platform.decisions.Unhurried;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Stands around every call into a plugin: a deadline, a limit on calls at once, and a circuit breaker per plugin, version, store and lane. A
 * call that is late is interrupted and left alone; it keeps its place among the calls at once until it really ends, so that a plugin that
 * ignores the interrupt soon gets no more threads. Safe for use by many threads.
 */
@Component(service = {Guard.class, DecisionStatistics.class})
public final class Guard implements DecisionStatistics {

    private static final Duration DEADLINE = Duration.ofMillis(300);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    /** Late calls of one plugin for all stores together, after which none of its calls is made. */
    private static final int MOST_STUCK = 32;
    /** With less time than this a call would only be counted against the plugin. */
    private static final long LEAST_NANOS = Duration.ofMillis(5).toNanos();

    private final Duration deadline;
    private final Duration pause;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kontor-decision");
        thread.setDaemon(true);
        return thread;
    });
    private final Cache<Places.Key, Places> places = Caffeine.newBuilder().expireAfterAccess(REMEMBERED).executor(Runnable::run).build();
    private final Map<String, AtomicInteger> stuckByPlugin = new ConcurrentHashMap<>();
    private final CallCounts counts = new CallCounts();
    private final FailureLog log = new FailureLog(System::nanoTime);

    /** How a guarded call ended. */
    sealed interface Result<T> {

        /**
         * With an answer.
         *
         * @param value the answer
         */
        record Answered<T>(T value) implements Result<T> {
        }

        /**
         * Without one.
         *
         * @param reason why, as the end of a sentence that begins with the plugin's name
         */
        record Failed<T>(String reason) implements Result<T> {
        }

        /**
         * The plugin has no model to answer with yet.
         *
         * @param reason why, as the end of a sentence that begins with the plugin's name
         * @param cause whether waiting or training would help
         */
        record NotReady<T>(String reason, NotReadyException.Cause cause) implements Result<T> {
        }
    }

    /**
     * Made by Declarative Services.
     *
     * @param context of this bundle; its property {@code kontor.decision.deadline} gives the deadline in milliseconds
     */
    @Activate
    public Guard(BundleContext context) {
        this(deadline(context.getProperty("kontor.decision.deadline")), PAUSE);
    }

    Guard(Duration deadline, Duration pause) {
        this.deadline = deadline;
        this.pause = pause;
    }

    private static Duration deadline(String millis) {
        return millis == null ? DEADLINE : Duration.ofMillis(Long.parseLong(millis));
    }

    /**
     * When an answer to a question that is asked now must be there, in {@link System#nanoTime}; inside of another call not after that, and
     * later when it is {@link Unhurried}.
     *
     * @param effort how many times the usual time it may take
     */
    long deadline(double effort) {
        long own = System.nanoTime() + (long) (deadline.toNanos() * effort * (Unhurried.asking() ? Unhurried.TIMES : 1));
        CallChain outer = CallChain.current();
        return outer == null || own - outer.until() < 0 ? own : outer.until();
    }

    /**
     * Calls a plugin. The function must check the answer and throw when it is not acceptable.
     *
     * @param instance the plugin's instance
     * @param lane what for
     * @param until when the answer must be there, in {@link System#nanoTime}
     * @param call gets the plugin's service object
     */
    <T> Result<T> call(PluginInstance instance, Lane lane, long until, Function<Object, T> call) {
        long deadlines = Math.max(1, Math.round((double) (until - System.nanoTime()) / deadline.toNanos()));
        Places own = places.get(Places.Key.of(instance, lane), this::places);
        if (own.paused()) {
            return paused(instance, lane);
        } else if (own.allStuck() || stuck(own.key()).get() >= MOST_STUCK) {
            return failed(instance, lane, Outcome.STUCK, "is not asked because too many calls to it did not come back");
        }
        try {
            if (!own.take(until - LEAST_NANOS - System.nanoTime())) {
                return failed(instance, lane, Outcome.BUSY, "was busy with as many calls as it may have at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(instance, lane, Outcome.BUSY, "was not waited for because the server stops");
        }
        if (until - LEAST_NANOS - System.nanoTime() < 0) {
            own.giveBack();
            return failed(instance, lane, Outcome.BUSY, "was not asked because no time was left");
        } else if (!own.permitted()) {
            own.giveBack();
            return paused(instance, lane);
        }
        PlacedCall<T> placed = new PlacedCall<>(instance, call, own, CallChain.with(instance, until));
        try {
            threads.execute(placed);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            placed.drop();
            own.failed();
            return failed(instance, lane, Outcome.BUSY, "could not be asked because the server has no thread for it");
        }
        return await(instance, own, placed, until, deadlines * deadline.toMillis());
    }

    private <T> Result<T> await(PluginInstance instance, Places own, PlacedCall<T> placed, long until, long millis) {
        Lane lane = own.key().lane();
        try {
            T value = placed.await(until - System.nanoTime());
            own.succeeded();
            count(instance, lane, Outcome.ANSWERED);
            return new Result.Answered<>(value);
        } catch (TimeoutException e) {
            own.failed();
            String reason = "did not answer within " + millis + " ms";
            log(instance, lane, reason, e);
            return failed(instance, lane, Outcome.LATE, reason);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotReadyException notReady) {
                own.succeeded();
                count(instance, lane, Outcome.NOT_READY);
                return new Result.NotReady<>(notReady.getMessage(), notReady.cause());
            }
            own.failed();
            String reason = "failed with " + e.getCause().getClass().getSimpleName();
            log(instance, lane, reason, e.getCause());
            return failed(instance, lane, Outcome.FAILED, reason);
        } catch (InterruptedException e) {
            own.failed();
            Thread.currentThread().interrupt();
            return failed(instance, lane, Outcome.LATE, "was not waited for because the server stops");
        }
    }

    private <T> Result<T> paused(PluginInstance instance, Lane lane) {
        return failed(instance, lane, Outcome.PAUSED, "is not asked for a while because it failed too often");
    }

    private <T> Result<T> failed(PluginInstance instance, Lane lane, Outcome outcome, String reason) {
        count(instance, lane, outcome);
        return new Result.Failed<>(reason);
    }

    /** The guard's figures tell of answers, and nobody gets a shadow's. */
    private void count(PluginInstance instance, Lane lane, Outcome outcome) {
        if (lane != Lane.SHADOW) {
            counts.call(instance.family(), instance.plugin(), outcome);
        }
    }

    private void log(PluginInstance instance, Lane lane, String reason, Throwable failure) {
        if (lane != Lane.SHADOW) {
            log.failed(instance, reason, failure);
        }
    }

    private Places places(Places.Key key) {
        return new Places(key, pause, stuck(key));
    }

    private AtomicInteger stuck(Places.Key key) {
        return stuckByPlugin.computeIfAbsent(key.plugin() + " " + key.version(), k -> new AtomicInteger());
    }

    /** Counts a fallback. */
    void fellBack(String family, Fallback by) {
        counts.fallback(family, by);
    }

    @Override
    public List<Calls> calls() {
        return counts.calls();
    }

    @Override
    public List<Fallbacks> fallbacks() {
        return counts.fallbacks();
    }

    @Override
    public List<Circuit> circuits() {
        return places.asMap().values().stream().filter(p -> p.key().lane() == Lane.SERVING)
                .map(p -> new Circuit(p.key().family(), p.key().plugin(), p.key().version(), p.key().store(),
                p.state(), p.stuck())).toList();
    }

    @Deactivate
    void close() {
        threads.shutdownNow();
    }
}
