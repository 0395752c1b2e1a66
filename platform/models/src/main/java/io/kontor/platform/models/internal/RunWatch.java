package io.kontor.platform.models.internal;

import io.kontor.api.job.JobContext;
import io.kontor.platform.models.StoreLimits;
import io.kontor.platform.models.TrainingLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Watches training runs and stops those that take more than their store's limits allow. Memory is told by {@link HeapLedger}: when a run may
 * hold more than its limit, all garbage is collected once to find out, at most for a tenth of the time. Whatever the limits, the run
 * that holds most is stopped when more than nine tenths of the heap are alive, so that the server goes on serving. A plugin that neither
 * asks whether it was cancelled nor minds an interrupt cannot be stopped by anything but an end of the server. Safe for use by several threads.
 */
@Component(service = RunWatch.class)
public final class RunWatch {

    private static final long PERIOD_MILLIS = 50;
    private static final long LEAST_PAUSE_NANOS = 250_000_000L;
    private static final int SHARE_OF_TIME = 10;
    private static final double FULL = 0.9;
    private static final long MIB = 1 << 20;

    private final StoreLimits limits;
    private final LongSupplier nanoTime;
    private final JavaHeap heap = new JavaHeap();
    private final HeapLedger ledger = new HeapLedger();
    private final Map<LimitedRun, Long> running = new HashMap<>();
    private final ExecutorService helpers = Executors.newCachedThreadPool(named("kontor-training-"));
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, named("kontor-training-watch-"));
    private Future<?> watching;
    private long collectedAt = System.nanoTime() - LEAST_PAUSE_NANOS;
    private long pause = LEAST_PAUSE_NANOS;

    /**
     * Made by Declarative Services.
     *
     * @param limits what the runs of each store may take
     */
    @Activate
    public RunWatch(@Reference StoreLimits limits) {
        this(limits, System::nanoTime);
    }

    RunWatch(StoreLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What is done in a run. */
    @FunctionalInterface
    interface Work<T> {

        /**
         * Does it.
         *
         * @param context progress, log and cancel, and the threads that the run may use
         * @return what comes of it
         * @throws Exception to let the run fail
         */
        T in(JobContext context) throws Exception;
    }

    /**
     * Does the work of a run on the calling thread, within the store's limits.
     *
     * @param store the store's id
     * @param context the job
     * @param timed whether the limit of time holds for it
     * @param work all of it
     * @param <T> what comes of it
     * @return what came of it
     * @throws io.kontor.api.KontorException of kind CAPACITY when it was stopped at a limit
     * @throws Exception what it threw
     */
    <T> T within(String store, JobContext context, boolean timed, Work<T> work) throws Exception {
        TrainingLimits allowed = limits.of(store);
        LimitedRun run = new LimitedRun(context, store, timed ? allowed : new TrainingLimits(allowed.threads(), allowed.memoryMb(), null),
                helpers, heap::allocated);
        Callable<T> all = () -> work.in(run);
        begin(run);
        try {
            return run.run(all);
        } finally {
            end(run);
        }
    }

    private synchronized void begin(LimitedRun run) {
        if (run.limits().memoryMb() != null || running.isEmpty()) {
            settle(run.limits().memoryMb() != null);
        }
        ledger.open(run);
        running.put(run, nanoTime.getAsLong());
        if (watching == null) {
            watching = clock.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void end(LimitedRun run) {
        ledger.close(run);
        running.remove(run);
        if (running.isEmpty()) {
            watching.cancel(false);
            watching = null;
        }
    }

    private synchronized void look() {
        running.forEach((run, begun) -> lookAtTime(run, nanoTime.getAsLong() - begun));
        long before = System.nanoTime();
        boolean collecting = suspicious() && before - collectedAt > pause;
        settle(collecting);
        if (collecting) {
            collectedAt = System.nanoTime();
            pause = Math.max(LEAST_PAUSE_NANOS, SHARE_OF_TIME * (collectedAt - before));
        }
    }

    private static void lookAtTime(LimitedRun run, long nanos) {
        Integer minutes = run.limits().minutes();
        if (minutes != null && nanos > TimeUnit.MINUTES.toNanos(minutes)) {
            run.stop("The training was stopped after " + minutes + " minutes: a training run of store " + run.store()
                    + " may take no longer. Allow more time, or let it learn from less.");
        }
    }

    private boolean suspicious() {
        long used = heap.used();
        return running.keySet().stream().anyMatch(run -> run.limits().memoryMb() != null && ledger.most(run, used) > bytes(run));
    }

    private static long bytes(LimitedRun run) {
        return run.limits().memoryMb() * MIB;
    }

    private void settle(boolean collecting) {
        if (collecting) {
            heap.collect();
        }
        OptionalLong alive = heap.alive();
        if (alive.isEmpty()) {
            return;
        }
        ledger.settle(alive.getAsLong());
        for (LimitedRun run : running.keySet()) {
            if (run.limits().memoryMb() != null && ledger.charged(run) > bytes(run)) {
                run.stop("The training was stopped because it held about " + ledger.charged(run) / MIB + " MiB of memory: a training run of "
                        + "store " + run.store() + " may hold no more than " + run.limits().memoryMb() + " MiB. Allow more, or let it "
                        + "learn from less.");
            }
        }
        LimitedRun largest = ledger.largest();
        if (largest != null && alive.getAsLong() > FULL * heap.most()) {
            largest.stop("The training was stopped because the server's memory was nearly used up, " + ledger.charged(largest) / MIB
                    + " MiB of it by this run. Give the server more memory, or let the plugin learn from less.");
        }
    }

    /** Ends the threads. */
    @Deactivate
    void close() {
        clock.shutdownNow();
        helpers.shutdownNow();
    }
}
