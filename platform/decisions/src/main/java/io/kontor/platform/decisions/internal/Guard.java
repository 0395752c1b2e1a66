package io.kontor.platform.decisions.internal;

import dev.failsafe.CircuitBreaker;
import io.kontor.platform.stores.PluginInstance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands around every call into a plugin: a deadline, a limit on calls at once, and a circuit breaker per plugin and store. A call that is
 * late is interrupted and left alone; it keeps its place among the calls at once until it really ends, so that a plugin that ignores the
 * interrupt soon gets no more threads. Safe for use by many threads.
 */
final class Guard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
    private static final int CALLS_AT_ONCE = 4;
    private static final int FAILURES = 5;
    private static final int OF_CALLS = 10;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Duration deadline;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "kontor-decision");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

    /** What is known of one plugin and store. */
    private record Circuit(CircuitBreaker<Object> breaker, Semaphore places) {
    }

    /** How a guarded call ended. */
    sealed interface Outcome<T> {

        /**
         * With an answer.
         *
         * @param value the answer
         */
        record Answered<T>(T value) implements Outcome<T> {
        }

        /**
         * Without one.
         *
         * @param reason why, as the end of a sentence that begins with the plugin's name
         */
        record Failed<T>(String reason) implements Outcome<T> {
        }
    }

    Guard(Duration deadline) {
        this.deadline = deadline;
    }

    /** Calls a plugin. The function must check the answer and throw when it is not acceptable. */
    <T> Outcome<T> call(PluginInstance instance, Function<Object, T> call) {
        String key = instance.plugin() + "\n" + instance.store() + "\n" + instance.version();
        Circuit circuit = circuits.computeIfAbsent(key, k -> circuit(instance));
        if (!circuit.breaker().tryAcquirePermit()) {
            return new Outcome.Failed<>("is not asked for a while because it failed too often");
        }
        if (!circuit.places().tryAcquire()) {
            circuit.breaker().recordFailure();
            return new Outcome.Failed<>("is busy with as many calls as it may have at once");
        }
        Future<T> running;
        try {
            running = threads.submit(() -> {
                try {
                    return lease(instance, call);
                } finally {
                    circuit.places().release();
                }
            });
        } catch (RejectedExecutionException e) {
            circuit.places().release();
            return new Outcome.Failed<>("could not be asked because the server stops");
        }
        return await(instance, circuit, running);
    }

    private <T> Outcome<T> await(PluginInstance instance, Circuit circuit, Future<T> running) {
        try {
            T value = running.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            circuit.breaker().recordSuccess();
            return new Outcome.Answered<>(value);
        } catch (TimeoutException e) {
            running.cancel(true);
            circuit.breaker().recordFailure();
            return new Outcome.Failed<>("did not answer within " + deadline.toMillis() + " ms");
        } catch (ExecutionException e) {
            circuit.breaker().recordFailure();
            LOG.debug("{} failed for {}", instance.plugin(), instance.store(), e.getCause());
            return new Outcome.Failed<>("failed with " + e.getCause().getClass().getSimpleName());
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            return new Outcome.Failed<>("was not waited for because the server stops");
        }
    }

    private static <T> T lease(PluginInstance instance, Function<Object, T> call) {
        try (PluginInstance.Lease lease = instance.lease().orElseThrow(() -> new IllegalStateException("the instance has gone"))) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(lease.service().getClass().getClassLoader());
            try {
                return call.apply(lease.service());
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private static Circuit circuit(PluginInstance instance) {
        CircuitBreaker<Object> breaker = CircuitBreaker.builder().withFailureThreshold(FAILURES, OF_CALLS).withDelay(PAUSE)
                .onOpen(event -> LOG.warn("{} failed too often for {} and is not asked for {} s; see its settings or disable it",
                        instance.plugin(), instance.store(), PAUSE.toSeconds()))
                .onClose(event -> LOG.info("{} answers again for {}", instance.plugin(), instance.store())).build();
        return new Circuit(breaker, new Semaphore(CALLS_AT_ONCE));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
