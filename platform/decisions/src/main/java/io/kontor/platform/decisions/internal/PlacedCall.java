package io.kontor.platform.decisions.internal;

import io.kontor.platform.stores.PluginInstance;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * One call into a plugin on a thread of its own. It holds a place from its creation until it has really ended, which may be long after
 * the caller has gone on.
 *
 * @param <T> type of the answer
 */
final class PlacedCall<T> implements Runnable {

    /** Where the call is. The caller and the thread race for the transitions. */
    private enum Phase {
        WAITING, RUNNING, LATE, ENDED
    }

    private final PluginInstance instance;
    private final Function<Object, T> call;
    private final Places places;
    private final CallChain chain;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile Thread thread;

    PlacedCall(PluginInstance instance, Function<Object, T> call, Places places, CallChain chain) {
        this.instance = instance;
        this.call = call;
        this.places = places;
        this.chain = chain;
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        if (!phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
            return;
        }
        T value = null;
        Throwable failure = null;
        try {
            value = chain.within(this::lease);
        } catch (Throwable e) {
            failure = e;
        }
        boolean late = end();
        places.giveBack();
        if (late) {
            places.cameBack();
        }
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    /** Nobody interrupts the thread after this, so that the interrupt cannot meet the next call on it. */
    private synchronized boolean end() {
        boolean late = phase.getAndSet(Phase.ENDED) == Phase.LATE;
        thread = null;
        Thread.interrupted();
        return late;
    }

    private T lease() {
        try (PluginInstance.Lease lease = instance.lease().orElseThrow(() -> new IllegalStateException("the instance could not be started"))) {
            Thread current = Thread.currentThread();
            ClassLoader before = current.getContextClassLoader();
            current.setContextClassLoader(lease.service().getClass().getClassLoader());
            try {
                return call.apply(lease.service());
            } finally {
                current.setContextClassLoader(before);
            }
        }
    }

    /**
     * Waits for the answer.
     *
     * @param nanos at most so long
     * @return the answer
     * @throws TimeoutException when it is late; the call is interrupted and left alone; shows where it was
     */
    T await(long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw abandon();
        } catch (InterruptedException e) {
            abandon();
            throw e;
        }
    }

    /** For a call that no thread will take. */
    void drop() {
        if (phase.compareAndSet(Phase.WAITING, Phase.ENDED)) {
            places.giveBack();
        }
    }

    private synchronized TimeoutException abandon() {
        TimeoutException late = new TimeoutException("it was here when its time was over");
        late.setStackTrace(new StackTraceElement[0]);
        drop();
        if (phase.compareAndSet(Phase.RUNNING, Phase.LATE)) {
            places.late();
            late.setStackTrace(thread.getStackTrace());
            thread.interrupt();
        }
        return late;
    }
}
