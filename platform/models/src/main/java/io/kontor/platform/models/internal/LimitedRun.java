package io.kontor.platform.models.internal;

import io.kontor.api.KontorException;
import io.kontor.api.KontorException.Kind;
import io.kontor.api.job.JobContext;
import io.kontor.platform.models.TrainingLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * A training run within its limits: lends it threads, knows what they have allocated, and stops it by the context and an interrupt when it
 * takes more than it may. Safe for use by several threads.
 */
class LimitedRun implements JobContext {

    private static final ThreadLocal<Boolean> WORKING = ThreadLocal.withInitial(() -> false);

    private final JobContext job;
    private final String store;
    private final TrainingLimits limits;
    private final Executor helpers;
    private final LongUnaryOperator allocated;
    private final Semaphore free;
    private final Map<Thread, Long> working = new HashMap<>();
    private long done;
    private String stopped;

    /**
     * A run that has not begun.
     *
     * @param job the job, for progress, log and cancel
     * @param store the store's id
     * @param limits with a number of threads
     * @param helpers runs parts beside the run's own thread
     * @param allocated how many bytes the thread of an id has allocated since it began
     */
    LimitedRun(JobContext job, String store, TrainingLimits limits, Executor helpers, LongUnaryOperator allocated) {
        this.job = job;
        this.store = store;
        this.limits = limits;
        this.helpers = helpers;
        this.allocated = allocated;
        this.free = new Semaphore(limits.threads() - 1);
    }

    /** Whether the calling thread works for a run, so that nobody waits for an answer. */
    static boolean working() {
        return WORKING.get();
    }

    String store() {
        return store;
    }

    TrainingLimits limits() {
        return limits;
    }

    /**
     * Does the run's work on the calling thread.
     *
     * @param work all of it
     * @param <T> what it gives
     * @return what it gave
     * @throws KontorException of kind CAPACITY when it was stopped at a limit
     * @throws Exception what it threw
     */
    <T> T run(Callable<T> work) throws Exception {
        enter();
        try {
            return work.call();
        } catch (Exception e) {
            throw reason() == null ? e : new KontorException(Kind.CAPACITY, reason(), e);
        } finally {
            leave();
        }
    }

    private synchronized void enter() {
        checkCancelled();
        WORKING.set(true);
        working.put(Thread.currentThread(), allocated.applyAsLong(Thread.currentThread().getId()));
    }

    /** From now on no interrupt reaches the calling thread; one that came for the run is taken back. */
    private synchronized void leave() {
        Thread thread = Thread.currentThread();
        WORKING.remove();
        done += allocated.applyAsLong(thread.getId()) - working.remove(thread);
        if (stopped != null) {
            Thread.interrupted();
        }
    }

    /** How many bytes the run's threads have allocated so far. */
    synchronized long allocated() {
        long sum = done;
        for (Map.Entry<Thread, Long> one : working.entrySet()) {
            sum += allocated.applyAsLong(one.getKey().getId()) - one.getValue();
        }
        return sum;
    }

    /**
     * Stops the run; the first reason stays.
     *
     * @param reason one sentence for the operator
     */
    synchronized void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
            working.keySet().forEach(Thread::interrupt);
        }
    }

    private synchronized String reason() {
        return stopped;
    }

    @Override
    public void progress(double fraction, String message) {
        job.progress(fraction, message);
    }

    @Override
    public void log(String line) {
        job.log(line);
    }

    @Override
    public void checkCancelled() {
        job.checkCancelled();
        if (reason() != null) {
            throw new CancellationException(reason());
        }
    }

    @Override
    public int threads() {
        return limits.threads();
    }

    @Override
    public <T> List<T> all(List<? extends Supplier<? extends T>> parts) {
        Parts<T> shared = new Parts<>(parts, this::checkCancelled);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        List<Future<?>> lent = new ArrayList<>();
        while (lent.size() < parts.size() - 1 && free.tryAcquire()) {
            FutureTask<?> help = new FutureTask<>(() -> help(shared, loader), null);
            lent.add(help);
            helpers.execute(help);
        }
        shared.work();
        boolean interrupted = false;
        for (Future<?> help : lent) {
            interrupted |= ended(help);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return shared.results();
    }

    /** Waits to the end even when interrupted: a part that still works must not outlive its run. */
    private static boolean ended(Future<?> help) {
        boolean interrupted = false;
        while (!help.isDone()) {
            try {
                help.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a thread that was lent to a run failed", e.getCause());
            }
        }
        return interrupted;
    }

    private void help(Parts<?> parts, ClassLoader loader) {
        try {
            enter();
            Thread.currentThread().setContextClassLoader(loader);
            try {
                parts.work();
            } finally {
                Thread.currentThread().setContextClassLoader(null);
                leave();
            }
        } catch (CancellationException e) {
            parts.stop(e);
        } finally {
            free.release();
        }
    }

    /** Parts that several threads take one after the other. */
    private static final class Parts<T> {

        private final List<? extends Supplier<? extends T>> parts;
        private final Runnable check;
        private final List<T> results = new ArrayList<>();
        private final AtomicInteger next = new AtomicInteger();
        private int failed = Integer.MAX_VALUE;
        private Throwable failure;

        Parts(List<? extends Supplier<? extends T>> parts, Runnable check) {
            this.parts = parts;
            this.check = check;
            parts.forEach(part -> results.add(null));
        }

        void work() {
            for (int part = next.getAndIncrement(); part < parts.size(); part = next.getAndIncrement()) {
                try {
                    check.run();
                    T result = parts.get(part).get();
                    synchronized (this) {
                        results.set(part, result);
                    }
                } catch (Throwable e) {
                    // whatever it is, it ends the run on the run's own thread, which knows what to say
                    fail(part, e);
                }
            }
        }

        void stop(Throwable why) {
            fail(parts.size(), why);
        }

        private synchronized void fail(int part, Throwable why) {
            next.set(parts.size());
            if (part < failed) {
                failed = part;
                failure = why;
            }
        }

        synchronized List<T> results() {
            if (failure instanceof Error error) {
                throw error;
            } else if (failure != null) {
                throw (RuntimeException) failure;
            }
            return results;
        }
    }
}
