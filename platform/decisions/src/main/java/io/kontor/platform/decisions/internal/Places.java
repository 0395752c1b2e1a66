package io.kontor.platform.decisions.internal;

import dev.failsafe.CircuitBreaker;
import io.kontor.platform.decisions.DecisionStatistics.State;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the guard knows of one plugin, version, store and lane: the circuit breaker, and the places for calls at once. A call that is late keeps
 * its place until it really ends. Holds names only, nothing of the plugin. Safe for use by many threads.
 */
final class Places {

    /** Calls at once. */
    static final int CALLS_AT_ONCE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);
    private static final int FAILURES = 5;
    private static final int OF_CALLS = 10;
    private static final int SUCCESSES_TO_CLOSE = 2;

    private final Key key;
    private final CircuitBreaker<Object> breaker;
    private final Semaphore free = new Semaphore(CALLS_AT_ONCE);
    private final AtomicInteger stuck = new AtomicInteger();
    private final AtomicInteger stuckOfPlugin;

    /** Whose they are, and for what. */
    record Key(String family, String plugin, String version, String store, Lane lane) {

        static Key of(PluginInstance instance, Lane lane) {
            return new Key(instance.family(), instance.plugin(), instance.version().toString(), instance.store(), lane);
        }
    }

    /**
     * Free places.
     *
     * @param key whose
     * @param pause how long a plugin that failed too often is not asked
     * @param stuckOfPlugin counts the late calls of the plugin's version for all stores
     */
    Places(Key key, Duration pause, AtomicInteger stuckOfPlugin) {
        this.key = key;
        this.stuckOfPlugin = stuckOfPlugin;
        this.breaker = CircuitBreaker.builder().withFailureThreshold(FAILURES, OF_CALLS).withSuccessThreshold(SUCCESSES_TO_CLOSE)
                .withDelay(pause)
                .onOpen(event -> LOG.warn("Plugin {} failed too often for store {} and is not asked for {} ms; see its settings or disable it",
                        key.plugin(), key.store(), pause.toMillis()))
                .onClose(event -> LOG.info("Plugin {} answers again for store {}", key.plugin(), key.store())).build();
    }

    Key key() {
        return key;
    }

    State state() {
        return switch (breaker.getState()) {
            case CLOSED -> State.CLOSED;
            case HALF_OPEN -> State.HALF_OPEN;
            case OPEN -> State.OPEN;
        };
    }

    /** Whether the plugin failed too often lately. Cheap, so that nobody waits for a place in vain. */
    boolean paused() {
        return breaker.isOpen() && !breaker.getRemainingDelay().isZero();
    }

    /** Whether no place will come free soon. */
    boolean allStuck() {
        return stuck.get() >= CALLS_AT_ONCE;
    }

    int stuck() {
        return stuck.get();
    }

    /** Takes a place, waiting for one at most so long. */
    boolean take(long nanos) throws InterruptedException {
        return free.tryAcquire() || free.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    void giveBack() {
        free.release();
    }

    /** Asks the breaker; every permit is to be followed by {@link #succeeded} or {@link #failed}. */
    boolean permitted() {
        return breaker.tryAcquirePermit();
    }

    void succeeded() {
        breaker.recordSuccess();
    }

    void failed() {
        breaker.recordFailure();
    }

    void late() {
        stuck.incrementAndGet();
        stuckOfPlugin.incrementAndGet();
    }

    /** A call that was late has ended after all. */
    void cameBack() {
        stuck.decrementAndGet();
        stuckOfPlugin.decrementAndGet();
    }
}
